/* The decision: each refusal is one change to a login that is allowed. */
#include "config.h"

#include <string.h>

#include "tests/support/verdict_world.h"

#define NOW IDENTITY_NOW
#define SKEW 60

static void
a_good_login_is_allowed_with_its_groups_and_rule(void **state)
{
	struct world *w = *state;

	allowed(w);
	assert_string_equal(w->v.rule, "[login] allow_groups: linux-users");
	assert_int_equal(w->v.groups.n, 1);
	assert_string_equal(w->v.groups.v[0], "docker");
}

/* One row: a field of the facts gets this text. */
static void
the_second_look_compares_every_text(void **state)
{
	static const struct {
		size_t at;
		const char *text, *reason;
	} row[] = {
#define R(f, t, r) { offsetof(struct identity, f), t, r }
		R(login_id, "3f9c01ab", "mon.login_id"),
		R(login_id, "3f9c01a", "mon.login_id"),
		R(login_id, "3f9c01aa0", "mon.login_id"),
		R(login_id, "", "mon.login_id"),
		R(issuer, "https://auth.example.com/", "mon.issuer"),
		R(issuer, "https://Auth.example.com", "mon.issuer"),
		R(issuer, "https://auth.example.com:443", "mon.issuer"),
		R(issuer, "https://auth.example.com.evil", "mon.issuer"),
		R(issuer, "", "mon.issuer"),
		R(audience, "linux-logi", "mon.aud"),
		R(audience, "linux-login2", "mon.aud"),
		R(audience, "Linux-login", "mon.aud"),
		R(audience, "", "mon.aud"),
		R(sub, "", "mon.sub"),
		R(sub, "a\nb", "mon.sub"),
		R(sub, "gr\xc3\xbcn", "mon.sub"),
	};
	struct world *w = *state;
	struct identity good = w->id;

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		w->id = good;
		memcpy((char *)&w->id + row[i].at, row[i].text, strlen(row[i].text) + 1);
		refused(w, E_CLM, row[i].reason);
		w->id = good;
		allowed(w);
	}
}

static void
an_authorized_party_is_this_client_or_absent(void **state)
{
	struct world *w = *state;

	memcpy(w->id.azp, "other", 6);
	allowed(w);
	w->id.has_azp = true;
	refused(w, E_CLM, "mon.azp");
	memcpy(w->id.azp, "linux-login", 12);
	allowed(w);
}

static void
a_nonce_is_this_logins_or_absent_in_the_device_flow(void **state)
{
	struct world *w = *state;

	allowed(w);
	w->id.has_nonce = true;
	memcpy(w->id.nonce, "n-2", 4);
	refused(w, E_CLM, "mon.nonce");
	memcpy(w->id.nonce, "n-1", 4);
	allowed(w);
	w->s->provider.device_nonce_required = true;
	allowed(w);
	w->id.has_nonce = false;
	refused(w, E_CLM, "mon.nonce");
	w->s->provider.device_nonce_required = false;
	allowed(w);
	w->id.flow = w->login.flow = IDENTITY_LOOPBACK;
	refused(w, E_CLM, "mon.nonce");
	w->id.has_nonce = true;
	allowed(w);
	w->login.nonce = NULL;
	refused(w, E_CLM, "mon.nonce");
}

/* What somebody approved on another device is no sign-in on this machine, nor the other way round.
 */
static void
the_flow_is_the_one_that_was_asked_for(void **state)
{
	struct world *w = *state;

	w->id.has_nonce = true;
	memcpy(w->id.nonce, "n-1", 4);
	w->login.flow = IDENTITY_LOOPBACK;
	refused(w, E_CLM, "mon.flow");
	w->id.flow = IDENTITY_LOOPBACK;
	allowed(w);
	w->login.flow = IDENTITY_DEVICE;
	refused(w, E_CLM, "mon.flow");
}

static void
times_hold_to_the_second(void **state)
{
	static const struct {
		int64_t iat, exp, nbf; /* against now; nbf 0: none */
		const char *reason;
	} row[] = {
		{ 0, 1, 0, NULL },
		{ 0, 1 - SKEW, 0, NULL },
		{ 0, -SKEW, 0, "mon.exp" },
		{ 0, -3600, 0, "mon.exp" },
		{ SKEW, 3600, 0, NULL },
		{ SKEW + 1, 3600, 0, "mon.iat" },
		{ -10 - SKEW, 3600, 0, NULL },
		{ -10 - SKEW - 1, 3600, 0, "mon.iat" },
		{ -604800, 3600, 0, "mon.iat" },
		{ 0, 3600, SKEW, NULL },
		{ 0, 3600, SKEW + 1, "mon.nbf" },
		{ 0, 3600, -604800, NULL },
	};
	struct world *w = *state;

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		w->id.iat = NOW + row[i].iat;
		w->id.exp = NOW + row[i].exp;
		w->id.has_nbf = row[i].nbf != 0;
		w->id.nbf = NOW + row[i].nbf;
		if (row[i].reason == NULL)
			allowed(w);
		else
			refused(w, E_CLM, row[i].reason);
	}
	w->id.iat = INT64_MIN;
	refused(w, E_CLM, "mon.iat");
	w->id.exp = INT64_MIN;
	refused(w, E_CLM, "mon.exp");
	w->id.iat = w->id.exp = INT64_MAX;
	refused(w, E_CLM, "mon.iat");
}

static void
the_skew_is_the_configured_one(void **state)
{
	struct world *w = *state;

	w->s->provider.clock_skew = 0;
	allowed(w);
	w->id.iat = NOW + 1;
	refused(w, E_CLM, "mon.iat");
	w->id.iat = NOW;
	w->id.exp = NOW;
	refused(w, E_CLM, "mon.exp");
}

static void
tokens_may_be_older_by_the_leeway(void **state)
{
	struct world *w = *state;

	w->id.iat = NOW - 10 - 360;
	refused(w, E_CLM, "mon.iat");
	w->s->provider.iat_leeway = 360;
	allowed(w);
	w->id.iat--;
	refused(w, E_CLM, "mon.iat");
}

/* C-081: [login]'s demands and the section's own hold both, and the rule says whose it was */
static void
what_both_sections_demand_of_the_sign_in_holds(void **state)
{
	struct world *w = *state;

	settle(w,
	    SETTINGS_LEAST "require_amr = mfa\n[service sudo]\nrequire_amr = hwk\n"
	                   "[group docker]\ngroups = dev\n");
	refused(w, E_POL, "pol.amr");
	assert_string_equal(w->v.rule, "[login] require_amr");
	w->id.amr_count = 1;
	(void)strcpy(w->id.amr[0], "mfa");
	allowed(w);
	w->login.service = "sudo-i";
	refused(w, E_POL, "pol.amr");
	assert_string_equal(w->v.rule, "[service sudo] require_amr");
	w->id.amr_count = 2;
	(void)strcpy(w->id.amr[1], "hwk");
	allowed(w);
	(void)strcpy(w->id.amr[0], "otp");
	refused(w, E_POL, "pol.amr");
	assert_string_equal(w->v.rule, "[login] require_amr");
}

/* C-099 usr.other, H-38, H-39 */
static void
the_name_is_the_account_byte_for_byte(void **state)
{
	static const struct {
		const char *account, *domain, *name, *reason;
	} row[] = {
		{ "alice", NULL, "alice", NULL },
		{ "alice", NULL, "", "usr.none" },
		{ "alice", NULL, "bob", "usr.other" },
		{ "alice", NULL, "alic", "usr.other" },
		{ "alice", NULL, "alice2", "usr.other" },
		{ "alice", NULL, "root", "usr.other" },
		{ "Alice", NULL, "alice", "usr.other" },
		{ "alice", NULL, "Alice", "usr.form" },
		{ "alice", NULL, " alice", "usr.form" },
		{ "alice", NULL, "alice ", "usr.form" },
		{ "alice", NULL, "alice\n", "usr.form" },
		{ "alice", NULL, "\xd0\xb0lice", "usr.form" },
		{ "alice", NULL, "alice@example.com", "usr.form" },
		{ "alice@example.com", NULL, "alice@example.com", "usr.form" },
		{ "0", NULL, "0", "usr.form" },
		{ "-rf", NULL, "-rf", "usr.form" },
		{ "alice", "example.com", "alice@example.com", NULL },
		{ "alice", "example.com", "bob@example.com", "usr.other" },
		{ "alice", "example.com", "alice", "usr.form" },
		{ "alice", "example.com", "alice@Example.com", "usr.form" },
		{ "alice", "example.com", "alice@example.com.evil", "usr.form" },
		{ "alice", "example.com", "alice@evil.example.com", "usr.form" },
		{ "alice", "example.com", "alice@evilexample.com", "usr.form" },
		{ "alice", "example.com", "alice@example.com@example.com", "usr.form" },
		{ "alice", "example.com", "alice@evil@example.com", "usr.form" },
		{ "alice", "example.com", "@example.com", "usr.form" },
		{ "alice", "example.com", "aliceexample.com", "usr.form" },
		{ "alice", "example.com", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.com",
		    "usr.form" },
	};
	struct world *w = *state;

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		free(w->s->provider.strip_domain);
		w->s->provider.strip_domain = row[i].domain == NULL ? NULL : strdup(row[i].domain);
		w->login.account = row[i].account;
		(void)snprintf(w->id.name, sizeof(w->id.name), "%s", row[i].name);
		if (row[i].reason == NULL)
			allowed(w);
		else
			refused(w, E_NAME, row[i].reason);
	}
	w->id.has_name = false;
	refused(w, E_NAME, "usr.none");
}

/* H-18, H-45, H-48 */
static void
foreign_text_reaches_the_log_escaped(void **state)
{
	struct world *w = *state;

	memcpy(w->id.name, "\x1b[2J\n\xe2\x80\xae", 9);
	refused(w, E_NAME, "usr.form");
	assert_non_null(strstr(w->v.text, "\\x1b[2J\\x0a\\xe2\\x80\\xae"));
	memcpy(w->id.name, "bob", 4);
	w->login.account = "al\nice";
	refused(w, E_NAME, "usr.other");
	assert_non_null(strstr(w->v.text, "\"bob\" approved, but the account is \"al\\x0aice\""));
}

/* C-060, H-43 */
static void
a_person_in_no_allowed_group_is_refused_with_the_rule(void **state)
{
	struct world *w = *state;

	allowed(w);
	w->login.service = "sudo";
	refused(w, E_POL, "pol.group");
	assert_string_equal(w->v.rule, "[service sudo] allow_groups");
	identity_set_group(&w->id, (unsigned)strlist_find(&w->s->group_names, "linux-admins"));
	allowed(w);
	w->login.service = "sshd";
	memset(w->id.groups, 0, sizeof(w->id.groups));
	refused(w, E_POL, "pol.group");
	assert_string_equal(w->v.rule, "[login] allow_groups");
	memset(w->id.groups, 0xff, sizeof(w->id.groups));
	allowed(w);
	w->id.has_groups = false;
	refused(w, E_POL, "pol.group");
	assert_non_null(strstr(w->v.text, "the provider sent no groups"));
}

/* A person who is not the account must not learn which groups would do. */
static void
facts_come_before_the_name_and_the_name_before_the_groups(void **state)
{
	struct world *w = *state;

	memset(w->id.groups, 0, sizeof(w->id.groups));
	memcpy(w->id.name, "bob", 4);
	w->id.exp = 0;
	refused(w, E_CLM, "mon.exp");
	w->id.exp = NOW + 1;
	refused(w, E_NAME, "usr.other");
	assert_string_equal(w->v.rule, "");
	memcpy(w->id.name, "alice", 6);
	refused(w, E_POL, "pol.group");
}

static void
a_shared_account_is_asked_the_rules_that_are_not_personal(void **state)
{
	static const bool personal[] = { [VERDICT_NAME] = true,
		[VERDICT_UID] = true,
		[VERDICT_CEILING] = true,
		[VERDICT_PIN] = true };

	(void)state;
	for (unsigned i = 0; i <= VERDICT_PIN; i++)
		assert_int_equal(verdict_is_personal((enum verdict_step)i), personal[i]);
}

static void
a_cleared_verdict_is_a_refusal(void **state)
{
	struct world *w = *state;

	allowed(w);
	verdict_clear(&w->v);
	assert_int_equal(w->v.decision, VERDICT_REFUSE);
	assert_int_equal(w->v.groups.n, 0);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(a_good_login_is_allowed_with_its_groups_and_rule),
		T(the_second_look_compares_every_text),
		T(an_authorized_party_is_this_client_or_absent),
		T(a_nonce_is_this_logins_or_absent_in_the_device_flow),
		T(the_flow_is_the_one_that_was_asked_for),
		T(times_hold_to_the_second),
		T(the_skew_is_the_configured_one),
		T(tokens_may_be_older_by_the_leeway),
		T(what_both_sections_demand_of_the_sign_in_holds),
		T(the_name_is_the_account_byte_for_byte),
		T(foreign_text_reaches_the_log_escaped),
		T(a_person_in_no_allowed_group_is_refused_with_the_rule),
		T(facts_come_before_the_name_and_the_name_before_the_groups),
		T(a_shared_account_is_asked_the_rules_that_are_not_personal),
		T(a_cleared_verdict_is_a_refusal),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
