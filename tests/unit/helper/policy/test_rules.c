/* The administrator's rules: every set of memberships against every kind of service. */
#include "config.h"

#include <string.h>

#include "helper/policy/rules.h"
#include "tests/support/identity_of.h"

static const char text[] = SETTINGS_PROVIDER_TEXT
    "[login]\nallow_groups = users \"Domain Admins\"\n[service sudo]\nallow_groups = admins\n"
    "[service su]\ntime_limit = 30s\n"
    "[group docker]\ngroups = dev admins\n[group adm]\ngroups = admins\n";

static void
login_groups_are_needed_and_a_service_narrows_them(void **state)
{
	static const struct {
		const char *group[4], *service;
		bool allow;
		const char *rule;
	} row[] = {
		{ { NULL }, "sshd", false, "[login] allow_groups" },
		{ { "users" }, "sshd", true, "[login] allow_groups: users" },
		{ { "Domain Admins" }, "sshd", true, "[login] allow_groups: Domain Admins" },
		{ { "admins" }, "sshd", false, "[login] allow_groups" },
		{ { "dev", "user", "Users" }, "sshd", false, "[login] allow_groups" },
		{ { NULL }, "sudo", false, "[login] allow_groups" },
		{ { "users" }, "sudo", false, "[service sudo] allow_groups" },
		{ { "admins" }, "sudo", false, "[login] allow_groups" },
		{ { "users", "dev" }, "sudo", false, "[service sudo] allow_groups" },
		{ { "users", "admins" }, "sudo", true,
		    "[login] allow_groups: users; [service sudo] allow_groups: admins" },
		{ { "users" }, "sudo-i", false, "[service sudo] allow_groups" },
		{ { "users", "admins" }, "sudo-i", true,
		    "[login] allow_groups: users; [service sudo] allow_groups: admins" },
		{ { "users" }, "su", true, "[login] allow_groups: users" },
		{ { "admins" }, "su-l", false, "[login] allow_groups" },
	};
	struct settings *s = settings_text_good(text);
	char rule[160];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct identity id = identity_of(s, row[i].group);

		assert_int_equal(
		    rules_allow(s, &id, row[i].service, rule, sizeof(rule)), row[i].allow);
		assert_string_equal(rule, row[i].rule);
		id.has_groups = false;
		assert_false(rules_allow(s, &id, row[i].service, rule, sizeof(rule)));
	}
	settings_free(s);
}

/* H-44 */
static void
local_groups_come_from_group_sections_alone(void **state)
{
	static const struct {
		const char *group[4], *local[3];
	} row[] = {
		{ { NULL }, { NULL } },
		{ { "users", "Domain Admins" }, { NULL } },
		{ { "docker", "adm" }, { NULL } },
		{ { "dev" }, { "docker" } },
		{ { "admins" }, { "docker", "adm" } },
		{ { "admins", "dev", "users" }, { "docker", "adm" } },
	};
	struct settings *s = settings_text_good(text);

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct identity id = identity_of(s, row[i].group);
		struct strlist out = { NULL, 0 };
		size_t n = 0;

		assert_int_equal(rules_groups(s, &id, &out), E_OK);
		while (row[i].local[n] != NULL)
			n++;
		assert_int_equal(out.n, n);
		for (size_t j = 0; j < n; j++)
			assert_string_equal(out.v[j], row[i].local[j]);
		strlist_clear(&out);
		id.has_groups = false;
		assert_int_equal(rules_groups(s, &id, &out), E_OK);
		assert_int_equal(out.n, 0);
	}
	settings_free(s);
}

static void
a_rule_that_does_not_fit_is_cut(void **state)
{
	static const char *const group[] = { "users", NULL };
	struct settings *s = settings_text_good(text);
	struct identity id = identity_of(s, group);
	char rule[16];

	(void)state;
	assert_true(rules_allow(s, &id, "sshd", rule, sizeof(rule)));
	assert_string_equal(rule, "[login] allow_g");
	settings_free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(login_groups_are_needed_and_a_service_narrows_them),
		cmocka_unit_test(local_groups_come_from_group_sections_alone),
		cmocka_unit_test(a_rule_that_does_not_fit_is_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
