/* Files over defaults, key by key. */
#include "config.h"

#include <string.h>

#include "helper/settings_merge.h"
#include "tests/support/settings_text.h"

static void
what_no_file_says_is_the_default(void **state)
{
	struct settings *s = settings_text_good(SETTINGS_LEAST);

	(void)state;
	assert_string_equal(s->provider.name, "the identity provider");
	assert_int_equal(s->provider.scopes.n, 3);
	assert_string_equal(s->provider.scopes.v[0], "openid");
	assert_int_equal(s->provider.algorithms.n, 1);
	assert_string_equal(s->provider.algorithms.v[0], "RS256");
	assert_string_equal(s->provider.username_claim, "preferred_username");
	assert_string_equal(s->provider.groups_claim, "groups");
	assert_null(s->provider.strip_domain);
	assert_false(s->provider.device_nonce_required);
	assert_int_equal(s->provider.clock_skew, 60);
	assert_int_equal(s->provider.http_timeout, 10);
	assert_int_equal(s->login.time_limit, 90);
	assert_int_equal(s->login.strangers, SETTINGS_STRANGERS_DECOY);
	assert_int_equal(s->login.min_uid, 1000);
	assert_false(s->login.session_env);
	assert_int_equal(s->login.ignore_users.n, 1);
	assert_string_equal(s->login.ignore_users.v[0], "root");
	assert_int_equal(s->service_count, 0);
	assert_int_equal(s->group_count, 0);
	settings_free(s);
}

static void
a_service_section_stands_over_login_wherever_it_stands(void **state)
{
	struct settings *s = settings_text_good(
	    "[service sudo]\ntime_limit = 30s\n"
	    "allow_groups = admins\n" SETTINGS_LEAST "time_limit = 60s\nprompt = none\n");
	const struct settings_service *v = &s->service[0];

	(void)state;
	assert_int_equal(s->service_count, 1);
	assert_string_equal(v->name, "sudo");
	assert_int_equal(v->login.time_limit, 30);
	assert_int_equal(v->login.prompt, SETTINGS_PROMPT_NONE);
	assert_string_equal(v->login.ignore_users.v[0], "root");
	assert_string_equal(v->demand.allow.groups.v[0], "admins");
	assert_string_equal(s->demand.allow.groups.v[0], "linux-users");
	assert_int_equal(s->login.time_limit, 60);
	settings_free(s);
}

static void
refuses_sections_and_keys_that_do_not_exist(void **state)
{
	static const struct {
		const char *text, *reason, *sentence;
	} row[] = {
		{ "[logins]\n", "cfg.section",
		    "conf:6: unknown section [logins]; expected [provider], [login], [limits], "
		    "[service NAME ...], [account NAME] or [group NAME]" },
		{ "[provider x]\n", "cfg.section", "conf:6: expected [provider]" },
		{ "[login x]\n", "cfg.section", "conf:6: expected [login]" },
		{ "[service]\n", "cfg.section", "conf:6: expected [service NAME ...]" },
		{ "[account]\n", "cfg.section", "conf:6: expected [account NAME]" },
		{ "[account a b]\n", "cfg.section", "conf:6: expected [account NAME]" },
		{ "[account Deploy]\n", "cfg.section",
		    "conf:6: \"Deploy\" cannot be a local account; expected small letters" },
		{ "[account deploy]\ngroup = a\n", "cfg.key",
		    "conf:7: unknown key group in [account]; did you mean groups?" },
		{ "[service su sudo-i]\n", "cfg.section", "conf:6: use [service sudo]" },
		{ "[service sudo-i]\n", "cfg.section",
		    "conf:6: use [service sudo], which covers sudo-i too" },
		{ "[service su-l]\n", "cfg.section", "conf:6: use [service su]" },
		{ "[service remote]\n", "cfg.section", "conf:6: use [service login]" },
		{ "[service SSHD]\n", "cfg.section", "conf:6: \"SSHD\" cannot be a PAM service" },
		{ "[group]\n", "cfg.section", "conf:6: expected [group NAME]" },
		{ "[group \"a b\"]\n", "cfg.section", "conf:6: \"a b\" cannot be a local group" },
		{ "[group docker]\n", "cfg.required", "conf:6: [group docker] has no groups" },
		{ "timelimit = 1\n", "cfg.key",
		    "conf:6: unknown key timelimit in [login]; did you mean time_limit?" },
		{ "colour_of_sky = 1\n", "cfg.key",
		    "conf:6: unknown key colour_of_sky in [login]; latchkey.conf(5) lists them" },
		{ "issuer = 1\n", "cfg.key",
		    "conf:6: issuer is no key of [login]; it belongs in [provider]" },
		{ "[service sudo]\nroot_groups = kvm\n", "cfg.key",
		    "conf:7: root_groups is no key of [service]; it belongs in [login]" },
		{ "[service sudo]\nservices = a\n", "cfg.key", "conf:7: services is no key of" },
		{ "[service sudo]\nallow_groups =\n", "cfg.value",
		    "conf:7: allow_groups is empty; expected a provider's group" },
		{ "[login]\nallow_groups = x\n", "cfg.twice",
		    "conf:7: allow_groups is set a second time in [login], first on line 5" },
	};
	char text[512];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		(void)snprintf(text, sizeof(text), "%s%s", SETTINGS_LEAST, row[i].text);
		settings_text_bad(text, row[i].reason, row[i].sentence);
	}
}

static void
one_section_speaks_for_several_services(void **state)
{
	struct settings *s = settings_text_good(SETTINGS_LEAST
	    "pin = no\n[service sudo polkit-1]\nallow_groups = admins\npin = yes\nmin_uid = 500\n"
	    "[service sudo]\ntime_limit = 30s\n");

	(void)state;
	assert_int_equal(s->service_count, 2);
	assert_string_equal(s->service[0].name, "sudo");
	assert_string_equal(s->service[1].name, "polkit-1");
	for (size_t i = 0; i < 2; i++) {
		assert_string_equal(s->service[i].demand.allow.groups.v[0], "admins");
		assert_int_equal(s->service[i].login.pin, SETTINGS_PIN_YES);
		assert_int_equal(s->service[i].login.min_uid, 500);
		assert_int_equal(s->service[i].login.time_limit, i == 0 ? 30 : 90);
	}
	assert_int_equal(s->login.pin, SETTINGS_PIN_NO);
	settings_free(s);
}

static void
an_account_section_says_who_and_a_later_one_overrides(void **state)
{
	struct settings *s = settings_text_good(
	    SETTINGS_LEAST "[account deploy]\ngroups = ops, dev\n[account backup]\nusers = zoe\n"
	                   "[account deploy]\nusers = \"Jo Doe\" alice\n");

	(void)state;
	assert_int_equal(s->account_count, 2);
	assert_string_equal(s->account[0].name, "deploy");
	assert_int_equal(s->account[0].who.groups.n, 2);
	assert_string_equal(s->account[0].who.users.v[0], "Jo Doe");
	assert_non_null(strstr(s->account[0].at, "conf:6"));
	assert_string_equal(s->account[1].name, "backup");
	settings_free(s);
}

static void
groups_of_any_name_the_administrator_writes(void **state)
{
	struct settings *s = settings_text_good(
	    SETTINGS_LEAST "[group root]\ngroups = admins\n[group docker]\ngroups = dev, ops\n");

	(void)state;
	assert_int_equal(s->group_count, 2);
	assert_string_equal(s->group[0].name, "root");
	assert_int_equal(s->group[1].groups.n, 2);
	settings_free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_no_file_says_is_the_default),
		cmocka_unit_test(a_service_section_stands_over_login_wherever_it_stands),
		cmocka_unit_test(refuses_sections_and_keys_that_do_not_exist),
		cmocka_unit_test(one_section_speaks_for_several_services),
		cmocka_unit_test(an_account_section_says_who_and_a_later_one_overrides),
		cmocka_unit_test(groups_of_any_name_the_administrator_writes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
