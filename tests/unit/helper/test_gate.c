/* Whom a login concerns at all. */
#include "config.h"

#include "helper/gate.h"
#include "tests/support/unit.h"

static char sshd[] = "sshd", sudo[] = "sudo", root[] = "root", guest[] = "guest";
static char *services[] = { sshd, sudo }, *ignored[] = { root, guest };

static const struct settings serves_two = { .services = { services, 2 } };
static const struct settings_login rules = {
	.flow = SETTINGS_FLOW_AUTO, .ignore_users = { ignored, 2 }, .min_uid = 1000
};
static const struct account person = { .exists = true, .uid = 1000, .gid = 1000 };

static void
expect(enum gate want, const char *want_reason, const struct settings_login *l, const char *service,
    const char *user, const struct account *a)
{
	const char *reason = NULL;

	assert_int_equal(gate_judge(&serves_two, l, service, user, a, &reason), want);
	assert_string_equal(reason, want_reason);
}

static void
a_person_of_a_served_service_is_a_login(void **state)
{
	(void)state;
	expect(GATE_LOGIN, "ok", &rules, "sshd", "alice", &person);
}

static void
the_family_of_a_service_is_served_with_it(void **state)
{
	(void)state;
	expect(GATE_LOGIN, "ok", &rules, "sudo-i", "alice", &person);
}

static void
a_service_that_is_not_listed_is_exempt(void **state)
{
	(void)state;
	expect(GATE_EXEMPT, "exempt.service", &rules, "vsftpd", "alice", &person);
}

/* C-160 */
static void
a_service_without_a_flow_is_exempt(void **state)
{
	struct settings_login none = rules;

	(void)state;
	none.flow = SETTINGS_FLOW_NONE;
	expect(GATE_EXEMPT, "exempt.flow", &none, "sshd", "alice", &person);
}

static void
an_ignored_user_is_exempt_known_or_not(void **state)
{
	const struct account absent = { .exists = false };

	(void)state;
	expect(GATE_EXEMPT, "exempt.user", &rules, "sshd", "guest", &person);
	expect(GATE_EXEMPT, "exempt.user", &rules, "sshd", "guest", &absent);
}

/* H-41 */
static void
an_account_below_the_floor_is_exempt_and_the_floor_is_not(void **state)
{
	const struct account below = { .exists = true, .uid = 999, .gid = 1000 };

	(void)state;
	expect(GATE_EXEMPT, "exempt.system", &rules, "sshd", "daemon", &below);
	expect(GATE_LOGIN, "ok", &rules, "sshd", "daemon", &person);
}

/* H-41 */
static void
uid_0_by_any_name_is_exempt_whatever_the_floor(void **state)
{
	const struct account toor = { .exists = true, .uid = 0, .gid = 0 };
	struct settings_login low = rules;

	(void)state;
	low.min_uid = 0;
	expect(GATE_EXEMPT, "exempt.system", &low, "sshd", "toor", &toor);
}

/* H-41: nobody's uids are a system's, high as they are */
static void
a_uid_that_is_nobodys_is_exempt(void **state)
{
	const struct account nobody = { .exists = true, .uid = 65534, .gid = 65534 };

	(void)state;
	expect(GATE_EXEMPT, "exempt.system", &rules, "sshd", "nobody", &nobody);
}

static void
an_account_section_makes_a_login_of_a_system_account(void **state)
{
	static char name[] = "daemon";
	static struct settings_account section = { .name = name };
	struct settings s = serves_two;
	const struct account below = { .exists = true, .uid = 0 }, absent = { .exists = false };
	struct settings_login ignoring = rules;
	char *ignore[] = { name };
	const char *reason;

	(void)state;
	s.account = &section;
	s.account_count = 1;
	assert_int_equal(gate_judge(&s, &rules, "sshd", "daemon", &below, &reason), GATE_LOGIN);
	assert_int_equal(gate_judge(&s, &rules, "sshd", "toor", &below, &reason), GATE_EXEMPT);
	assert_int_equal(gate_judge(&s, &rules, "sshd", "daemon", &absent, &reason), GATE_STRANGER);
	ignoring.ignore_users = (struct strlist){ ignore, 1 };
	assert_int_equal(gate_judge(&s, &ignoring, "sshd", "daemon", &below, &reason), GATE_EXEMPT);
	assert_string_equal(reason, "exempt.user");
}

static void
root_is_spared_unless_valid_settings_have_a_section_for_it(void **state)
{
	static char name[] = "root";
	static struct settings_account section = { .name = name };
	struct settings s = serves_two;
	const struct account is_root = { .exists = true, .uid = 0 }, absent = { .exists = false };

	(void)state;
	assert_true(gate_spares_root(&s, "root", &is_root));
	assert_true(gate_spares_root(&s, "toor", &is_root));
	assert_false(gate_spares_root(&s, "alice", &person));
	assert_false(gate_spares_root(&s, "root", &absent));
	s.account = &section;
	s.account_count = 1;
	assert_false(gate_spares_root(&s, "root", &is_root));
	assert_true(gate_spares_root(&s, "toor", &is_root));
	assert_true(gate_spares_root(NULL, "root", &is_root));
	assert_false(gate_spares_root(NULL, "alice", &person));
}

static void
an_unknown_name_is_a_stranger_whatever_uid_stands_beside_it(void **state)
{
	const struct account absent = { .exists = false, .uid = 0 };

	(void)state;
	expect(GATE_STRANGER, "usr.unknown", &rules, "sshd", "zoe", &absent);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_of_a_served_service_is_a_login),
		cmocka_unit_test(the_family_of_a_service_is_served_with_it),
		cmocka_unit_test(a_service_that_is_not_listed_is_exempt),
		cmocka_unit_test(a_service_without_a_flow_is_exempt),
		cmocka_unit_test(an_ignored_user_is_exempt_known_or_not),
		cmocka_unit_test(an_account_below_the_floor_is_exempt_and_the_floor_is_not),
		cmocka_unit_test(uid_0_by_any_name_is_exempt_whatever_the_floor),
		cmocka_unit_test(a_uid_that_is_nobodys_is_exempt),
		cmocka_unit_test(an_account_section_makes_a_login_of_a_system_account),
		cmocka_unit_test(root_is_spared_unless_valid_settings_have_a_section_for_it),
		cmocka_unit_test(an_unknown_name_is_a_stranger_whatever_uid_stands_beside_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
