/* What a login would come to, and why. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/outcome.h"
#include "helper/award.h"
#include "helper/report.h"
#include "helper/sys/pins.h"

#define NAME "explain" /* of the login that is thought of, and its nonce */

static void
end(struct outcome *o, enum msg_verdict v, const char *reason, const char *text)
{
	o->end = v;
	(void)snprintf(o->reason, sizeof(o->reason), "%s", reason);
	(void)snprintf(o->text, sizeof(o->text), "%s", text);
}

/* A failure that a login would have had as well is its end. */
static enum errcode
end_by(struct outcome *o, enum errcode r, const struct err *why)
{
	end(o, report_verdict(r), err_reason(why), why->text);
	return E_OK;
}

/* The sentences of what never comes to a login: doc/reasons.md has the same ids. */
static const char *
gate_words(const char *reason)
{
	static const char *const words[][2] = {
		{ "exempt.service", "services does not name this service" },
		{ "exempt.flow", "flow = none leaves this service to other modules" },
		{ "exempt.user", "ignore_users names this account" },
		{ "exempt.system",
		    "a system account (min_uid), and no [account] section says otherwise" },
		{ "exempt.root", "root, and there is no [account root]" },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i][0], reason) == 0)
			return words[i][1];
	return "this host knows no such account; a made-up code is shown, which nobody can approve";
}

/* Whether it comes to a login at all; as in the monitor, root first. */
static bool
pass_gate(struct outcome *o)
{
	const struct settings_login *l = settings_login_for(o->s, o->service);
	const char *reason = "exempt.root";
	enum gate g = gate_spares_root(o->s, o->account, &o->host)
	    ? GATE_EXEMPT
	    : gate_judge(o->s, l, o->service, o->account, &o->host, &reason);

	if (g == GATE_LOGIN || (g == GATE_STRANGER && l->strangers == SETTINGS_STRANGERS_SERVE))
		return true;
	/* a decoy ends as a code does that nobody approves */
	end(o, g == GATE_EXEMPT ? MSG_IGNORE : report_verdict(E_EXP), reason, gate_words(reason));
	return false;
}

static void
look_at_record(struct outcome *o, const char *dir, struct err *failure)
{
	o->record_unseen = access(dir, R_OK | X_OK) != 0 && errno == EACCES;
	if (!o->record_unseen)
		(void)!pins_load(&o->pin, dir, o->account, failure);
	if (o->sub_known)
		return;
	(void)snprintf(o->id.sub, sizeof(o->id.sub), "%s", o->pin.bound ? o->pin.sub : "unknown");
}

/* What the session would be given must exist here. */
static void
award(struct outcome *o, const struct verdict_login *login)
{
	struct err why = { .code = E_OK };
	struct grant g = { .account = NULL };
	enum errcode r = award_grant(&g, login, &o->id, &o->verdict, &why);

	grant_clear(&g);
	if (r != E_OK)
		(void)end_by(o, r, &why);
}

/* A first login of somebody who is on record as another account's. */
static enum errcode
look_at_others(struct outcome *o, const struct outcome_ask *a, const struct verdict_login *login,
    struct bind_account *b, struct err *e)
{
	char owner[NAMES_ACCOUNT_MAX + 1] = "";
	enum errcode r;

	if (o->verdict.pin != BIND_FIRST || !o->sub_known || o->record_unseen)
		return E_OK;
	r = pins_owner(owner, a->pins, o->account, o->id.issuer, o->id.sub, e);
	if (r != E_OK || owner[0] == '\0')
		return r;
	b->elsewhere = owner;
	verdict_clear(&o->verdict);
	verdict_judge(&o->verdict, o->s, &o->id, login, b);
	b->elsewhere = NULL;
	return E_OK;
}

static enum errcode
judge(struct outcome *o, const struct outcome_ask *a, const struct verdict_login *login,
    struct err *e)
{
	struct bind_account b = { .exists = o->host.exists, .uid = o->host.uid, .groups = &o->own };
	struct err failure = { .code = E_OK };
	enum errcode r;

	if (o->host.exists && (r = account_groups(&o->own, o->account, &o->host, e)) != E_OK)
		return r;
	look_at_record(o, a->pins, &failure);
	b.pin = &o->pin;
	b.pin_failure = failure.code == E_OK ? NULL : &failure;
	verdict_judge(&o->verdict, o->s, &o->id, login, &b);
	if ((r = look_at_others(o, a, login, &b, e)) != E_OK)
		return r;
	o->judged = true;
	end(o, report_verdict(o->verdict.code), o->verdict.reason, o->verdict.text);
	if (o->end == MSG_ALLOW)
		award(o, login);
	return E_OK;
}

/* The account that was asked about, or the one that bears the name that was. */
static bool
name_account(struct outcome *o, const struct outcome_ask *a)
{
	const char *asked = a->person.name != NULL ? a->person.name : o->id.name, *name;
	struct identity by = { .has_name = true };
	char local[IDENTITY_NAME_MAX];

	if ((name = a->account) == NULL) {
		(void)snprintf(by.name, sizeof(by.name), "%s", asked);
		name = bind_person(o->s, &by, local);
	}
	if (name == NULL) /* strip_domain, and a name without it: bind_name tells */
		name = asked;
	if (name[0] == '\0' || strlen(name) >= sizeof(o->account))
		return false;
	(void)snprintf(o->account, sizeof(o->account), "%s", name);
	return true;
}

enum errcode
outcome_find(
    struct outcome *o, const struct outcome_ask *a, const struct settings *s, struct err *e)
{
	int64_t now = clock_wall(a->clock);
	struct verdict_login login = { .login_id = NAME,
		.service = a->service,
		.account = o->account,
		.nonce = NAME,
		.flow = IDENTITY_DEVICE,
		.started = now,
		.now = now };
	struct err why = { .code = E_OK };
	enum errcode r, person;

	*o = (struct outcome){ .service = a->service, .s = s, .end = MSG_SYSTEM };
	person = person_make(&o->id, &a->person, s, &login, &why);
	if (person == E_FORMAT || person == E_SYS || person == E_LIMIT || person == E_NOMEM)
		return err_set(e, person, NULL, "%s", why.text);
	if (!name_account(o, a))
		return err_set(e, E_FORMAT, NULL, "which account? there is no %s to go by%s%s",
		    s->provider.username_claim, person == E_OK ? "" : ": ", why.text);
	o->sub_known = o->id.sub[0] != '\0';
	o->shared = settings_account_for(s, o->account) != NULL;
	if ((r = account_find(&o->host, o->account, e)) != E_OK || !pass_gate(o))
		return r;
	return person == E_OK ? judge(o, a, &login, e) : end_by(o, person, &why);
}

void
outcome_clear(struct outcome *o)
{
	strlist_clear(&o->own);
	verdict_clear(&o->verdict);
}

static const char *
pin_words(const struct outcome *o)
{
	switch (o->verdict.pin) {
	case BIND_FIRST:
		return "nobody's by the record; this login would make it this person's";
	case BIND_WARNED:
		return "another person's by the record, and pin = warn";
	case BIND_PINNED:
		break;
	}
	if (!o->pin.bound)
		return "not on record (pin = no)";
	return o->sub_known ? "this person's by the record"
	                    : "this person's, if sub is the recorded one";
}

static const char *
words_of(const struct outcome *o, enum verdict_step step)
{
	switch (step) {
	case VERDICT_FACTS:
		return "issuer and client are the configured ones";
	case VERDICT_NAME:
		return "the person's name is the account's, byte for byte";
	case VERDICT_EXISTS:
		return "this host has the account";
	case VERDICT_UID:
		return "no system account";
	case VERDICT_DEMANDS:
		return "nothing is demanded of the sign-in that it lacks";
	case VERDICT_DENY:
		return "in no group of deny_groups";
	case VERDICT_ALLOW_RULE:
		return o->verdict.rule;
	case VERDICT_CEILING:
		return o->pin.approved ? "approved by latchkey pin"
		                       : "not as good as root by its own local groups";
	case VERDICT_PIN:
		return pin_words(o);
	}
	return "";
}

enum outcome_answer
outcome_answer(const struct outcome *o, enum verdict_step step, const char **words)
{
	*words = "not asked of a shared account";
	if (o->judged && o->shared && verdict_is_personal(step))
		return OUTCOME_SPARED;
	*words = "not asked";
	if (!o->judged || step > o->verdict.step)
		return OUTCOME_UNASKED;
	*words = o->verdict.text;
	if (step == o->verdict.step && o->verdict.decision != VERDICT_ALLOW)
		return OUTCOME_NO;
	*words = "not looked at: the record is root's to read";
	if (step == VERDICT_PIN && o->record_unseen)
		return OUTCOME_UNKNOWN;
	*words = words_of(o, step);
	return OUTCOME_YES;
}

const char *
outcome_entry(const struct outcome *o)
{
	bool decided = o->verdict.decision == VERDICT_ALLOW ? o->end == MSG_ALLOW
	                                                    : o->verdict.step <= VERDICT_ALLOW_RULE;

	return decided && o->verdict.rule[0] != '\0' ? o->verdict.rule : NULL;
}

const char *
outcome_pam(enum msg_verdict end)
{
	switch (end) {
	case MSG_ALLOW:
		return "PAM_SUCCESS";
	case MSG_IGNORE:
		return "PAM_IGNORE";
	case MSG_USER_UNKNOWN:
		return "PAM_USER_UNKNOWN";
	case MSG_UNAVAILABLE:
		return "PAM_AUTHINFO_UNAVAIL";
	case MSG_SYSTEM:
		return "PAM_SYSTEM_ERR";
	case MSG_REFUSED:
		return "PAM_AUTH_ERR";
	case MSG_FORBIDDEN:
		return "PAM_PERM_DENIED";
	case MSG_CANCELLED:
		return "PAM_CONV_ERR";
	case MSG_TOO_OFTEN:
		return "PAM_MAXTRIES";
	}
	return "PAM_SYSTEM_ERR";
}

enum errcode
outcome_groups(struct strlist *out, const struct outcome *o)
{
	const struct strlist *all = &o->s->group_names;
	enum errcode r = E_OK;

	for (size_t i = 0; i < all->n && r == E_OK; i++)
		if (identity_has_group(&o->id, (unsigned)i))
			r = strlist_add(out, all->v[i], strlen(all->v[i]), all->n);
	if (r != E_OK)
		strlist_clear(out);
	return r;
}
