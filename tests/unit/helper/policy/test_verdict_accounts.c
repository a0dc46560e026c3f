/* The decision, as far as it is about the account: its owner, a shared one's section, the session's
 * environment. */
#include "config.h"

#include "tests/support/verdict_world.h"

/* H-41, H-44: each rule of the host's own refuses, and says which it was */
static void
the_account_is_a_persons_and_no_more_than_that(void **state)
{
	static char docker[] = "docker";
	char *own[] = { docker };
	const struct strlist groups = { own, 1 };
	struct pin pin = { .bound = true, .issuer = "https://auth.example.com" };
	struct world *w = *state;

	w->account.exists = false;
	refused(w, E_NAME, "usr.unknown");
	assert_int_equal(w->v.step, VERDICT_EXISTS);
	w->account = (struct bind_account){ .exists = true, .uid = 0 };
	refused(w, E_NAME, "usr.system");
	assert_int_equal(w->v.step, VERDICT_UID);
	w->account = (struct bind_account){ .exists = true, .uid = 1000, .groups = &groups };
	refused(w, E_POL, "pol.ceiling");
	assert_int_equal(w->v.step, VERDICT_CEILING);
	w->account.groups = NULL;
	allowed(w);
	assert_int_equal(w->v.pin, BIND_FIRST);
	w->account.pin = &pin;
	refused(w, E_NAME, "pin.sub");
	assert_int_equal(w->v.step, VERDICT_PIN);
	(void)strcpy(pin.sub, w->id.sub);
	allowed(w);
	assert_int_equal(w->v.pin, BIND_PINNED);
}

static void
with_pin_warn_another_person_is_let_in_and_the_log_says_so(void **state)
{
	struct pin pin = { .bound = true, .issuer = "https://auth.example.com", .sub = "x" };
	struct world *w = *state;

	settle(w, SETTINGS_LEAST "pin = warn\n[service sudo]\npin = yes\n");
	w->account.pin = &pin;
	judge(w);
	assert_int_equal(w->v.decision, VERDICT_ALLOW);
	assert_string_equal(w->v.reason, "pin.warn");
	w->login.service = "sudo";
	refused(w, E_NAME, "pin.sub");
}

/* design section 7, rule 2: that section alone decides, and it can open what no name does */
static void
a_shared_account_is_its_sections_alone(void **state)
{
	static char sudo[] = "sudo";
	char *own[] = { sudo };
	const struct strlist groups = { own, 1 };
	const struct pin pin = { .bound = true, .issuer = "https://x.example", .sub = "x" };
	struct world *w = *state;

	settle(w,
	    SETTINGS_LEAST "deny_groups = out\nsession_env = yes\n"
	                   "[account deploy]\ngroups = dev\nusers = zoe\n"
	                   "[account root]\nusers = zoe\n");
	w->login.account = "deploy";
	w->account =
	    (struct bind_account){ .exists = true, .uid = 994, .groups = &groups, .pin = &pin };
	allowed(w);
	assert_string_equal(w->v.rule, "[account deploy] groups: dev");
	assert_int_equal(w->v.pin, BIND_PINNED);
	assert_int_equal(w->v.env.n, 2);
	assert_string_equal(w->v.env.v[1], "LATCHKEY_USERNAME=alice");
	w->id.has_name = false; /* a name counts for nothing here */
	allowed(w);
	w->id.has_name = true;
	memset(w->id.groups, 0, sizeof(w->id.groups));
	identity_set_group(&w->id, (unsigned)settings_group_index(w->s, "linux-users"));
	refused(w, E_POL, "pol.group");
	assert_string_equal(w->v.rule, "[account deploy] groups and users");
	/* the provider's user of the same name gains nothing */
	(void)strcpy(w->id.name, "deploy");
	refused(w, E_POL, "pol.group");
	(void)strcpy(w->id.name, "zoe");
	allowed(w);
	assert_string_equal(w->v.rule, "[account deploy] users: zoe");
	identity_set_group(&w->id, (unsigned)settings_group_index(w->s, "out"));
	refused(w, E_POL, "pol.denied");
	w->id = identity_of(w->s, group);
	w->account.exists = false;
	refused(w, E_NAME, "usr.unknown");
	w->account = (struct bind_account){ .exists = true, .uid = 0 };
	w->login.account = "root";
	refused(w, E_POL, "pol.group");
	(void)strcpy(w->id.name, "root");
	refused(w, E_POL, "pol.group");
	(void)strcpy(w->id.name, "zoe");
	allowed(w);
}

static void
the_session_is_told_who_it_is_only_where_that_is_configured(void **state)
{
	struct world *w = *state;

	allowed(w);
	assert_int_equal(w->v.env.n, 0);
	settle(w,
	    SETTINGS_LEAST "session_env = yes\n[account deploy]\nusers = \"x\"\n"
	                   "groups = dev\n");
	allowed(w);
	assert_int_equal(w->v.env.n, 2);
	assert_string_equal(w->v.env.v[0], "LATCHKEY_SUBJECT=8c2a-f0");
	assert_string_equal(w->v.env.v[1], "LATCHKEY_USERNAME=alice");
	w->login.account = "deploy";
	memset(w->id.name, 1, sizeof(w->id.name) - 1);
	allowed(w);
	assert_in_range(strlen(w->v.env.v[1]), 400, VERDICT_ENV_LINE_MAX - 1);
	(void)strcpy(w->id.name, "x\nroot=1");
	allowed(w);
	assert_string_equal(w->v.env.v[1], "LATCHKEY_USERNAME=x\\x0aroot=1");
}

static void
every_rule_has_a_name(void **state)
{
	(void)state;
	assert_string_equal(verdict_step_name(VERDICT_FACTS), "facts");
	assert_string_equal(verdict_step_name(VERDICT_ALLOW_RULE), "allow");
	assert_string_equal(verdict_step_name(VERDICT_PIN), "pin");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(the_account_is_a_persons_and_no_more_than_that),
		T(with_pin_warn_another_person_is_let_in_and_the_log_says_so),
		T(a_shared_account_is_its_sections_alone),
		T(the_session_is_told_who_it_is_only_where_that_is_configured),
		T(every_rule_has_a_name),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
