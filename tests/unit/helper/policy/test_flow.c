/* Where the browser is: each row that gives a code is one change to a login that has a display. */
#include "config.h"

#include <string.h>

#include "helper/policy/flow.h"
#include "tests/support/unit.h"

#define ALICE 1000
#define BOB 1001

/* alice runs sudo in a terminal of her desktop */
static const struct flow_facts at_home = { .session = true,
	.display = true,
	.owner = ALICE,
	.caller = ALICE,
	.account = ALICE,
	.account_is_here = true };

static struct flow
chosen(enum settings_flow setting, const struct flow_facts *f)
{
	struct flow out = { .why = "" };

	assert_int_equal(flow_choose(&out, setting, f, NULL), E_OK);
	return out;
}

static void
is_device(const struct flow_facts *f, const char *why)
{
	struct flow out = chosen(SETTINGS_FLOW_AUTO, f);

	assert_string_equal(out.why, why);
	assert_int_equal(out.flow, IDENTITY_DEVICE);
}

static void
is_loopback(const struct flow_facts *f)
{
	struct flow out = chosen(SETTINGS_FLOW_AUTO, f);

	assert_string_equal(out.why, "its session is on this machine and has a display");
	assert_int_equal(out.flow, IDENTITY_LOOPBACK);
}

static void
a_desktop_of_ones_own_has_a_browser(void **state)
{
	(void)state;
	is_loopback(&at_home);
}

static void
nothing_known_is_a_code(void **state)
{
	(void)state;
	is_device(&(struct flow_facts){ .session = false }, "it is part of no login session");
}

static void
each_thing_wrong_is_a_code(void **state)
{
	struct flow_facts f = at_home;

	(void)state;
	f.elsewhere = true; /* sshd, or a host that sets PAM_RHOST */
	is_device(&f, "the login comes from another machine");
	f = at_home;
	f.remote = true; /* sudo inside ssh, while the desktop at home is open */
	is_device(&f, "its session came from another machine");
	f = at_home;
	f.session = false; /* login, a greeter, cron */
	is_device(&f, "it is part of no login session");
	f = at_home;
	f.display = false; /* a console */
	is_device(&f, "its session has no display");
}

/* Whoever sees the address can have a browser of the account's open it. */
static void
somebody_elses_account_needs_to_be_away(void **state)
{
	struct flow_facts f = at_home;

	(void)state;
	f.account = BOB; /* su bob, who is not here: he signs in at alice's desk */
	f.account_is_here = false;
	is_loopback(&f);
	f.account_is_here = true; /* his own browser is on this machine */
	is_device(&f, "the account has sessions of its own on this host");
	f = at_home;
	f.caller = f.account = BOB; /* alice's desktop, su bob, and sudo there */
	f.account_is_here = false;
	is_device(&f, "its session is neither the account's nor the caller's");
	f = at_home;
	f.account = (uid_t)-1; /* no such account */
	f.account_is_here = false;
	is_loopback(&f);
	f.caller = (uid_t)-1; /* and nobody knows who asks */
	is_device(&f, "its session is neither the account's nor the caller's");
}

/* C-160 */
static void
device_is_device_whatever_there_is(void **state)
{
	struct flow out = chosen(SETTINGS_FLOW_DEVICE, &at_home);

	(void)state;
	assert_int_equal(out.flow, IDENTITY_DEVICE);
}

static void
loopback_is_loopback_but_for_a_login_from_elsewhere(void **state)
{
	struct flow out = chosen(SETTINGS_FLOW_LOOPBACK, &(struct flow_facts){ .session = false });
	struct flow_facts f = at_home;
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(out.flow, IDENTITY_LOOPBACK);
	f.display = false;
	f.account = BOB;
	assert_int_equal(chosen(SETTINGS_FLOW_LOOPBACK, &f).flow, IDENTITY_LOOPBACK);
	f.remote = true;
	assert_int_equal(flow_choose(&out, SETTINGS_FLOW_LOOPBACK, &f, &e), E_DENY);
	assert_string_equal(err_reason(&e), "flow.remote");
	assert_string_equal(e.text, "flow = loopback, but its session came from another machine");
	f = at_home;
	f.elsewhere = true;
	assert_int_equal(flow_choose(&out, SETTINGS_FLOW_LOOPBACK, &f, &e), E_DENY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_desktop_of_ones_own_has_a_browser),
		cmocka_unit_test(nothing_known_is_a_code),
		cmocka_unit_test(each_thing_wrong_is_a_code),
		cmocka_unit_test(somebody_elses_account_needs_to_be_away),
		cmocka_unit_test(device_is_device_whatever_there_is),
		cmocka_unit_test(loopback_is_loopback_but_for_a_login_from_elsewhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
