/* Whose a personal account is. */
#include "config.h"

#include <string.h>

#include "common/text.h"
#include "helper/policy/bind.h"
#include "helper/policy/ceiling.h"
#include "helper/policy/names.h"

const char *
bind_person(const struct settings *s, const struct identity *id, char *local)
{
	const char *domain = s->provider.strip_domain, *name = id->name, *at;

	if (!id->has_name || name[0] == '\0')
		return NULL;
	if (domain == NULL)
		return name;
	if ((at = strrchr(name, '@')) == NULL || strcmp(at + 1, domain) != 0)
		return NULL;
	memcpy(local, name, (size_t)(at - name));
	local[at - name] = '\0';
	return local;
}

enum errcode
bind_name(const struct settings *s, const struct identity *id, const char *account, struct err *e)
{
	char local[IDENTITY_NAME_MAX], shown[80], wanted[48];
	const char *name;

	if (!id->has_name || id->name[0] == '\0')
		return err_set(e, E_NAME, "usr.none",
		    "the provider sent no %s for this person; is its scope requested and granted?",
		    s->provider.username_claim);
	text_escape(shown, sizeof(shown), id->name, strlen(id->name));
	if ((name = bind_person(s, id, local)) == NULL)
		return err_set(e, E_NAME, "usr.form",
		    "\"%s\" is not a name of the domain in strip_domain", shown);
	if (!names_is_account(name))
		return err_set(
		    e, E_NAME, "usr.form", "\"%s\" cannot be the name of an account", shown);
	text_escape(wanted, sizeof(wanted), account, strlen(account));
	if (strcmp(name, account) != 0)
		return err_set(e, E_NAME, "usr.other", "\"%s\" approved, but the account is \"%s\"",
		    shown, wanted);
	return E_OK;
}

/* From here on the account's name is one that names_is_account passed: bind_name came first. */
enum errcode
bind_uid(const struct settings_login *l, const char *account, const struct bind_account *a,
    struct err *e)
{
	if (!ceiling_is_system(a->uid, l->min_uid))
		return E_OK;
	return err_set(e, E_NAME, "usr.system",
	    "\"%.40s\" has uid %lu, which no name opens: below min_uid, or nobody's; an [account] "
	    "section can",
	    account, (unsigned long)a->uid);
}

static enum errcode
fail_as(const struct err *why, struct err *e)
{
	return err_set(e, why->code, why->reason, "%s", why->text);
}

static const char *
root_group(const struct settings *s, const struct bind_account *a)
{
	return ceiling_root_group(a->groups, &s->root_groups);
}

enum errcode
bind_ceiling(
    const struct settings *s, const char *account, const struct bind_account *a, struct err *e)
{
	const char *group = root_group(s, a);

	if (group == NULL)
		return E_OK;
	if (a->pin_failure != NULL)
		return fail_as(a->pin_failure, e);
	if (a->pin != NULL && a->pin->approved)
		return E_OK;
	return err_set(e, E_POL, "pol.ceiling",
	    "\"%.40s\" is as good as root by its local group %.40s, so its name alone does not "
	    "open it: latchkey pin %.40s, or an [account] section, does",
	    account, group, account);
}

enum errcode
bind_pin(enum bind_state *out, const struct settings *s, const struct settings_login *l,
    const struct identity *id, const char *account, const struct bind_account *a, struct err *e)
{
	bool strict = root_group(s, a) != NULL;
	enum pin_judgement j = PIN_FREE;

	*out = BIND_PINNED;
	if (l->pin == SETTINGS_PIN_NO && !strict)
		return E_OK;
	if (a->pin_failure != NULL)
		return fail_as(a->pin_failure, e);
	if (a->pin != NULL)
		j = pin_judge(a->pin, id->issuer, id->sub);
	if (j == PIN_SAME || (j == PIN_FREE && a->elsewhere == NULL)) {
		*out = j == PIN_FREE ? BIND_FIRST : BIND_PINNED;
		return E_OK;
	}
	if (l->pin == SETTINGS_PIN_WARN && !strict) {
		*out = BIND_WARNED;
		return E_OK;
	}
	if (j == PIN_FREE)
		return err_set(e, E_NAME, "pin.elsewhere",
		    "the person who is \"%.40s\" here comes by the name of \"%.40s\"; if that is "
		    "their new name: latchkey forget %.40s",
		    a->elsewhere, account, a->elsewhere);
	if (j == PIN_OTHER_ISSUER)
		return err_set(e, E_NAME, "pin.issuer",
		    "\"%.40s\" is pinned to a person of %.120s; if its people are those of the "
		    "issuer now: latchkey forget --all --issuer %.120s",
		    account, a->pin->issuer, a->pin->issuer);
	return err_set(e, E_NAME, "pin.sub",
	    "\"%.40s\" is pinned to another person, who had this name before; if it is the same "
	    "one: latchkey forget %.40s",
	    account, account);
}
