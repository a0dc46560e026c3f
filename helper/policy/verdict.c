/* Facts, settings and the account in; the decision, and the rule that decided, out. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/text.h"
#include "helper/policy/demand.h"
#include "helper/policy/rules.h"
#include "helper/policy/verdict.h"

struct judged {
	const struct settings *s;
	const struct identity *id;
	const struct verdict_login *login;
	const struct bind_account *account;
	const struct settings_login *rules; /* what holds for the service */
	struct rules_ask ask;
	int64_t skew;
};

static bool
login_id_ok(const struct judged *j)
{
	return strcmp(j->id->login_id, j->login->login_id) == 0;
}

/* A code that was approved elsewhere must not pass for a sign-in on this machine. */
static bool
flow_ok(const struct judged *j)
{
	return j->id->flow == j->login->flow;
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
	{ flow_ok, "mon.flow", "the facts are those of another flow" },
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
rule_facts(const struct judged *j, struct verdict *v, struct err *e)
{
	(void)v;
	return second_look(j, e);
}

static enum errcode
rule_exists(const struct judged *j, struct verdict *v, struct err *e)
{
	(void)v;
	if (j->account->exists)
		return E_OK;
	return err_set(e, E_NAME, "usr.unknown", "this host knows no such account");
}

static enum errcode
rule_name(const struct judged *j, struct verdict *v, struct err *e)
{
	(void)v;
	return bind_name(j->s, j->id, j->login->account, e);
}

static enum errcode
rule_uid(const struct judged *j, struct verdict *v, struct err *e)
{
	(void)v;
	return bind_uid(j->rules, j->login->account, j->account, e);
}

static enum errcode
rule_deny(const struct judged *j, struct verdict *v, struct err *e)
{
	return rules_deny(&j->ask, v->rule, e);
}

static enum errcode
rule_allow(const struct judged *j, struct verdict *v, struct err *e)
{
	return rules_allow(&j->ask, v->rule, e);
}

static enum errcode
rule_ceiling(const struct judged *j, struct verdict *v, struct err *e)
{
	(void)v;
	return bind_ceiling(j->s, j->login->account, j->account, e);
}

static enum errcode
rule_pin(const struct judged *j, struct verdict *v, struct err *e)
{
	return bind_pin(&v->pin, j->s, j->rules, j->id, j->login->account, j->account, e);
}

/* The policy, in its order. A section [account] stands in the place of the personal rules. */
static const struct {
	enum verdict_step step;
	bool personal; /* not asked of a shared account */
	enum errcode (*judge)(const struct judged *, struct verdict *, struct err *);
} rule[] = {
	{ VERDICT_FACTS, false, rule_facts },
	{ VERDICT_NAME, true, rule_name },
	{ VERDICT_EXISTS, false, rule_exists },
	{ VERDICT_UID, true, rule_uid },
	{ VERDICT_DEMANDS, false, meet_demands },
	{ VERDICT_DENY, false, rule_deny },
	{ VERDICT_ALLOW_RULE, false, rule_allow },
	{ VERDICT_CEILING, true, rule_ceiling },
	{ VERDICT_PIN, true, rule_pin },
};

/* NAME=VALUE; the person's name is foreign text. */
static enum errcode
put_variable(struct verdict *v, const char *name, const char *value)
{
	char line[VERDICT_ENV_LINE_MAX], shown[VERDICT_ENV_LINE_MAX - 32];

	text_escape(shown, sizeof(shown), value, strlen(value));
	(void)snprintf(line, sizeof(line), "%.30s=%s", name, shown);
	return strlist_add(&v->env, line, strlen(line), VERDICT_ENV_MAX);
}

/* What the session of an allowed person gets. */
static enum errcode
endow(const struct judged *j, struct verdict *v, struct err *e)
{
	enum errcode r = rules_groups(j->s, j->id, &v->groups);

	if (r == E_OK && j->rules->session_env &&
	    (r = put_variable(v, "LATCHKEY_SUBJECT", j->id->sub)) == E_OK)
		r = put_variable(v, "LATCHKEY_USERNAME", j->id->name);
	return r == E_OK ? E_OK : err_set(e, r, NULL, "out of memory");
}

static enum errcode
judge(const struct judged *j, struct verdict *v, struct err *e)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < sizeof(rule) / sizeof(rule[0]) && r == E_OK; i++) {
		if (rule[i].personal && j->ask.shared != NULL)
			continue;
		v->step = rule[i].step;
		r = rule[i].judge(j, v, e);
	}
	return r == E_OK ? endow(j, v, e) : r;
}

static void
say_why(struct verdict *v, enum errcode r, const struct err *e)
{
	const char *reason = r != E_OK ? err_reason(e) : "ok", *text = "allowed";

	if (r == E_OK && v->pin == BIND_WARNED) {
		reason = "pin.warn";
		text = "allowed, but the account is pinned to another person (pin = warn)";
	}
	(void)snprintf(v->reason, sizeof(v->reason), "%s", reason);
	(void)snprintf(v->text, sizeof(v->text), "%s", r != E_OK ? e->text : text);
}

void
verdict_judge(struct verdict *v, const struct settings *s, const struct identity *id,
    const struct verdict_login *login, const struct bind_account *account)
{
	char local[IDENTITY_NAME_MAX];
	struct judged j = {
		.s = s,
		.id = id,
		.login = login,
		.account = account,
		.rules = settings_login_for(s, login->service),
		.ask = { s, id, bind_person(s, id, local), login->service,
		    settings_account_for(s, login->account) },
		.skew = (int64_t)s->provider.clock_skew,
	};
	struct err e = { .code = E_OK };
	enum errcode r;

	*v = (struct verdict){ .decision = VERDICT_REFUSE, .code = E_POL };
	r = judge(&j, v, &e);
	v->code = r;
	say_why(v, r, &e);
	if (r == E_OK) {
		v->decision = VERDICT_ALLOW;
		return;
	}
	strlist_clear(&v->groups);
	strlist_clear(&v->env);
	v->pin = BIND_PINNED;
}

bool
verdict_is_personal(enum verdict_step step)
{
	for (size_t i = 0; i < sizeof(rule) / sizeof(rule[0]); i++)
		if (rule[i].step == step)
			return rule[i].personal;
	return false;
}

const char *
verdict_step_name(enum verdict_step step)
{
	static const char *const name[] = { "facts", "name", "exists", "uid", "demands", "deny",
		"allow", "ceiling", "pin" };

	return name[step];
}

void
verdict_clear(struct verdict *v)
{
	strlist_clear(&v->groups);
	strlist_clear(&v->env);
	*v = (struct verdict){ .decision = VERDICT_REFUSE, .code = E_POL };
}
