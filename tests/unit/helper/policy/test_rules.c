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
	char rule[RULES_WORDS_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct identity id = identity_of(s, row[i].group);
		struct rules_ask a = { s, &id, "alice", row[i].service, NULL };
		struct err e = { .code = E_OK };

		assert_int_equal(rules_allow(&a, rule, &e), row[i].allow ? E_OK : E_POL);
		assert_string_equal(rule, row[i].rule);
		id.has_groups = false;
		e.code = E_OK;
		assert_int_equal(rules_allow(&a, rule, &e), E_POL);
		assert_string_equal(e.reason, "pol.group");
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

/* One person against one configuration: the words, or the reason and then the words. */
static void
says(const char *conf, const char *const *group, const char *person, const char *service,
    const char *account, const char *reason, const char *words)
{
	struct settings *s = settings_text_good(conf);
	struct identity id = identity_of(s, group);
	struct rules_ask a = { s, &id, person, service, settings_account_for(s, account) };
	struct err e = { .code = E_OK };
	char rule[RULES_WORDS_MAX];
	enum errcode r = rules_deny(&a, rule, &e);

	if (r == E_OK)
		r = rules_allow(&a, rule, &e);
	assert_string_equal(rule, words);
	assert_int_equal(r, reason == NULL ? E_OK : E_POL);
	if (reason != NULL)
		assert_string_equal(e.reason, reason);
	settings_free(s);
}

static void
a_person_named_by_allow_users_needs_no_group(void **state)
{
	static const char *const none[] = { NULL }, *const users[] = { "users", NULL };
	static const char conf[] =
	    SETTINGS_PROVIDER_TEXT "[login]\nallow_groups = users\nallow_users = alice\n[service "
	                           "sudo]\nallow_users = bob\n";
	static const char alone[] = SETTINGS_PROVIDER_TEXT "[login]\nallow_users = alice\n";

	(void)state;
	says(conf, none, "alice", "sshd", "x", NULL, "[login] allow_users: alice");
	says(conf, users, "alice", "sshd", "x", NULL, "[login] allow_groups: users");
	says(conf, users, "bob", "sshd", "x", NULL, "[login] allow_groups: users");
	says(conf, none, "bob", "sshd", "x", "pol.group", "[login] allow_groups and allow_users");
	says(conf, none, "alic", "sshd", "x", "pol.group", "[login] allow_groups and allow_users");
	says(conf, none, NULL, "sshd", "x", "pol.group", "[login] allow_groups and allow_users");
	says(conf, none, "alice", "sudo", "x", "pol.group", "[service sudo] allow_users");
	says(conf, users, "bob", "sudo", "x", NULL,
	    "[login] allow_groups: users; [service sudo] allow_users: bob");
	says(alone, none, "alice", "sshd", "x", NULL, "[login] allow_users: alice");
	says(alone, users, "bob", "sshd", "x", "pol.group", "[login] allow_users");
}

static void
a_group_of_deny_groups_shuts_out_whoever_else_is_named(void **state)
{
	static const char *const in[] = { "users", NULL }, *const out[] = { "users", "out", NULL };
	static const char *const temp[] = { "users", "temp", NULL };
	static const char conf[] = SETTINGS_PROVIDER_TEXT
	    "[login]\nallow_groups = users\nallow_users = alice\ndeny_groups = gone out\n"
	    "[service sudo]\ndeny_groups = temp\n[account deploy]\nusers = alice\n";

	(void)state;
	says(conf, in, "alice", "sshd", "x", NULL, "[login] allow_groups: users");
	says(conf, out, "alice", "sshd", "x", "pol.denied", "[login] deny_groups: out");
	says(conf, out, "alice", "sudo", "x", "pol.denied", "[login] deny_groups: out");
	says(conf, out, "alice", "sshd", "deploy", "pol.denied", "[login] deny_groups: out");
	says(conf, temp, "alice", "sshd", "x", NULL, "[login] allow_groups: users");
	says(conf, temp, "alice", "sudo-i", "x", "pol.denied", "[service sudo] deny_groups: temp");
}

/* of a person whose groups are unknown, nobody can say that they are not denied */
static void
without_groups_deny_groups_refuses(void **state)
{
	static const char *const in[] = { NULL };
	struct settings *s =
	    settings_text_good(SETTINGS_PROVIDER_TEXT "[login]\nallow_users = alice\n"
	                                              "[service sudo]\ndeny_groups = out\n");
	struct identity id = identity_of(s, in);
	struct rules_ask a = { s, &id, "alice", "sshd", NULL };
	struct err e = { .code = E_OK };
	char rule[RULES_WORDS_MAX];

	(void)state;
	id.has_groups = false;
	assert_int_equal(rules_deny(&a, rule, &e), E_OK);
	assert_int_equal(rules_allow(&a, rule, &e), E_OK);
	a.service = "sudo";
	assert_int_equal(rules_deny(&a, rule, &e), E_POL);
	assert_string_equal(rule, "[service sudo] deny_groups");
	id.has_groups = true;
	assert_int_equal(rules_deny(&a, rule, NULL), E_OK);
	settings_free(s);
}

static void
an_account_section_stands_in_the_place_of_login(void **state)
{
	static const char *const users[] = { "users", NULL }, *const ops[] = { "ops", NULL };
	static const char *const both[] = { "ops", "admins", NULL };
	static const char conf[] = SETTINGS_PROVIDER_TEXT
	    "[login]\nallow_groups = users\n[service sudo]\nallow_groups = admins\n"
	    "[account deploy]\ngroups = ops\nusers = \"Jo Doe\"\n";

	(void)state;
	says(conf, ops, NULL, "sshd", "deploy", NULL, "[account deploy] groups: ops");
	says(conf, users, "Jo Doe", "sshd", "deploy", NULL, "[account deploy] users: Jo Doe");
	says(conf, users, "deploy", "sshd", "deploy", "pol.group",
	    "[account deploy] groups and users");
	says(conf, ops, NULL, "sshd", "alice", "pol.group", "[login] allow_groups");
	says(conf, ops, NULL, "sudo", "deploy", "pol.group", "[service sudo] allow_groups");
	says(conf, both, NULL, "sudo", "deploy", NULL,
	    "[account deploy] groups: ops; [service sudo] allow_groups: admins");
}

static void
words_that_do_not_fit_are_cut(void **state)
{
	char conf[1024], wide[201], rule[RULES_WORDS_MAX];
	const char *group[] = { wide, NULL };
	struct rules_ask a;
	struct identity id;
	struct settings *s;

	(void)state;
	memset(wide, 'w', 200);
	wide[200] = '\0';
	(void)snprintf(conf, sizeof(conf),
	    "%s[login]\nallow_groups = %s\n[service sudo]\nallow_groups = %s\n",
	    SETTINGS_PROVIDER_TEXT, wide, wide);
	s = settings_text_good(conf);
	id = identity_of(s, group);
	a = (struct rules_ask){ s, &id, NULL, "sudo", NULL };
	assert_int_equal(rules_allow(&a, rule, NULL), E_OK);
	assert_int_equal(strlen(rule), RULES_WORDS_MAX - 1);
	assert_memory_equal(rule, "[login] allow_groups: www", 25);
	settings_free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(login_groups_are_needed_and_a_service_narrows_them),
		cmocka_unit_test(local_groups_come_from_group_sections_alone),
		cmocka_unit_test(a_person_named_by_allow_users_needs_no_group),
		cmocka_unit_test(a_group_of_deny_groups_shuts_out_whoever_else_is_named),
		cmocka_unit_test(without_groups_deny_groups_refuses),
		cmocka_unit_test(an_account_section_stands_in_the_place_of_login),
		cmocka_unit_test(words_that_do_not_fit_are_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
