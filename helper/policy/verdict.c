/* Facts and settings in; the decision, the local groups, and the rule that decided out. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/text.h"
#include "helper/policy/demand.h"
#include "helper/policy/names.h"
#include "helper/policy/rules.h"
#include "helper/policy/verdict.h"

struct judged {
	const struct settings *s;
	const struct identity *id;
	const struct verdict_login *login;
	int64_t skew;
};

static bool
login_id_ok(const struct judged *j)
{
	return strcmp(j->id->login_id, j->login->login_id) == 0;
}

static bool
issuer_ok(const struct judged *j)
{
	return strcmp(j->id->issuer, j->s->provider.issuer) == 0;
}

static bool
audience_ok(const struct judged *j)
{
	return strcmp(j->id->audience, j->s->provider.client_id) == 0;
}

static bool
azp_ok(const struct judged *j)
{
	return !j->id->has_azp || strcmp(j->id->azp, j->s->provider.client_id) == 0;
}

/* The device flow may go without (design section 8), the code flow never (C-080). */
static bool
nonce_ok(const struct judged *j)
{
	if (!j->id->has_nonce)
		return j->id->flow == IDENTITY_DEVICE && !j->s->provider.device_nonce_required;
	return j->login->nonce != NULL && strcmp(j->id->nonce, j->login->nonce) == 0;
}

static bool
exp_ok(const struct judged *j)
{
	return j->id->exp > j->login->now - j->skew;
}

static bool
iat_ok(const struct judged *j)
{
	int64_t leeway = (int64_t)j->s->provider.iat_leeway;

	return j->id->iat <= j->login->now + j->skew &&
	    j->id->iat >= j->login->started - (leeway > j->skew ? leeway : j->skew);
}

static bool
nbf_ok(const struct judged *j)
{
	return !j->id->has_nbf || j->id->nbf <= j->login->now + j->skew;
}

static bool
sub_ok(const struct judged *j)
{
	size_t len = strlen(j->id->sub);

	return len >= 1 && len <= 255 && text_is_ascii(j->id->sub, len, true);
}

/* The second look: it guards against mistakes in the worker, not against its capture. */
static const struct {
	bool (*ok)(const struct judged *);
	const char *reason, *text;
} look[] = {
	{ login_id_ok, "mon.login_id", "the facts are those of another login" },
	{ issuer_ok, "mon.issuer", "the issuer is not the configured one" },
	{ audience_ok, "mon.aud", "the audience is not this client" },
	{ azp_ok, "mon.azp", "the authorized party is not this client" },
	{ nonce_ok, "mon.nonce", "the nonce is not this login's" },
	{ exp_ok, "mon.exp", "the ID token has expired" },
	{ iat_ok, "mon.iat", "the ID token was not issued during this login" },
	{ nbf_ok, "mon.nbf", "the ID token is not valid yet" },
	{ sub_ok, "mon.sub", "the subject is not 1 to 255 printable ASCII characters" },
};

static enum errcode
second_look(const struct judged *j, struct err *e)
{
	for (size_t i = 0; i < sizeof(look) / sizeof(look[0]); i++)
		if (!look[i].ok(j))
			return err_set(e, E_CLM, look[i].reason, "second look: %s", look[i].text);
	return E_OK;
}

/*
 * The name without "@domain" where strip_domain is set: it must be there, once and exactly, or the
 * name is that of somebody outside the domain. NULL where it is not. local holds at least
 * NAMES_ACCOUNT_MAX + 1 bytes.
 */
static const char *
strip(const struct judged *j, char *local, size_t size)
{
	const char *domain = j->s->provider.strip_domain, *name = j->id->name, *at;

	if (domain == NULL)
		return name;
	if ((at = strrchr(name, '@')) == NULL || strcmp(at + 1, domain) != 0 ||
	    (size_t)(at - name) >= size)
		return NULL;
	memcpy(local, name, (size_t)(at - name));
	local[at - name] = '\0';
	return local;
}

/* Any user of the provider can approve any code, so the name must be the account's (C-099). */
static enum errcode
bind_name(const struct judged *j, struct err *e)
{
	char local[NAMES_ACCOUNT_MAX + 1], shown[80], account[48];
	const char *name;

	if (!j->id->has_name || j->id->name[0] == '\0')
		return err_set(e, E_NAME, "usr.none",
		    "the provider sent no %s for this person; is its scope requested and granted?",
		    j->s->provider.username_claim);
	text_escape(shown, sizeof(shown), j->id->name, strlen(j->id->name));
	if ((name = strip(j, local, sizeof(local))) == NULL)
		return err_set(e, E_NAME, "usr.form",
		    "\"%s\" is not a name of the domain in strip_domain", shown);
	if (!names_is_account(name))
		return err_set(
		    e, E_NAME, "usr.form", "\"%s\" cannot be the name of an account", shown);
	text_escape(account, sizeof(account), j->login->account, strlen(j->login->account));
	if (strcmp(name, j->login->account) != 0)
		return err_set(e, E_NAME, "usr.other", "\"%s\" approved, but the account is \"%s\"",
		    shown, account);
	return E_OK;
}

/* C-081: how and when the person signed in, as [login] and the service's own section demand. */
static enum errcode
meet_demands(const struct judged *j, struct verdict *v, struct err *e)
{
	const struct settings_demand *d[2];
	const char *key = "";
	enum errcode r = E_OK;

	settings_demands(j->s, j->login->service, d);
	for (size_t i = 0; i < 2 && d[i] != NULL && r == E_OK; i++)
		if ((r = demand_met(d[i], j->id, j->login->now, j->skew, &key, e)) != E_OK)
			(void)snprintf(v->rule, sizeof(v->rule),
			    i == 0 ? "[login]%.0s %s" : "[service %.64s] %s",
			    settings_family(j->login->service), key);
	return r;
}

static enum errcode
apply_policy(const struct judged *j, struct verdict *v, struct err *e)
{
	char shown[80];
	enum errcode r;

	text_escape(shown, sizeof(shown), j->login->account, strlen(j->login->account));
	if ((r = meet_demands(j, v, e)) != E_OK)
		return r;
	if (!rules_allow(j->s, j->id, j->login->service, v->rule, sizeof(v->rule)))
		return err_set(e, E_POL, "pol.group", "%s is in no group of %s%s", shown, v->rule,
		    j->id->has_groups ? "" : "; the provider sent no groups");
	if ((r = rules_groups(j->s, j->id, &v->groups)) != E_OK)
		return err_set(e, r, NULL, "out of memory");
	return E_OK;
}

void
verdict_judge(struct verdict *v, const struct settings *s, const struct identity *id,
    const struct verdict_login *login)
{
	struct judged j = { s, id, login, (int64_t)s->provider.clock_skew };
	struct err e = { .code = E_OK };
	enum errcode r;

	*v = (struct verdict){ .decision = VERDICT_REFUSE, .code = E_POL };
	if ((r = second_look(&j, &e)) == E_OK && (r = bind_name(&j, &e)) == E_OK)
		r = apply_policy(&j, v, &e);
	v->code = r;
	if (r == E_OK)
		v->decision = VERDICT_ALLOW;
	(void)snprintf(v->reason, sizeof(v->reason), "%s", r == E_OK ? "ok" : err_reason(&e));
	(void)snprintf(v->text, sizeof(v->text), "%s", r == E_OK ? "allowed" : e.text);
}

void
verdict_clear(struct verdict *v)
{
	strlist_clear(&v->groups);
	*v = (struct verdict){ .decision = VERDICT_REFUSE, .code = E_POL };
}
