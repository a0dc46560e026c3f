/* A row's value from a file into its field. */
#include "config.h"

#include <string.h>

#include "helper/settings_set.h"
#include "tests/support/settings_text.h"

static void
every_setting_of_the_provider_arrives(void **state)
{
	struct settings *s = settings_text_good(SETTINGS_LOGIN_TEXT
	    "[provider]\nname = My IdP\nissuer = https://i.example/o/app/\nclient_id = c\n"
	    "scopes = openid,groups\nalgorithms = ES256 RS256\nusername_claim = upn\n"
	    "groups_claim = /realm_access/roles\nstrip_domain = example.com\n"
	    "extra_origins = https://a.example, https://b.example:8443\n"
	    "verification_origins = https://login.example\ndevice_nonce = require\n"
	    "clock_skew = 5m\nhttp_timeout = 3\ndevice_pkce = yes\niat_leeway = 6m\n"
	    "redirect_uri = http://[::1]:8400/back\npar = require\nlogin_hint = yes\n"
	    "device_authorization_endpoint = https://a.example/oauth/authorize_device\n"
	    "trusted_audiences = project-1\ngroups_format = objects:value\n"
	    "http_proxy = http://proxy.example:3128\n"
	    "client_key_id = k-1\nassertion_audience = endpoint\nrevoke = yes\n");
	const struct settings_provider *p = &s->provider;

	(void)state;
	assert_string_equal(p->name, "My IdP");
	assert_string_equal(p->issuer, "https://i.example/o/app/");
	assert_string_equal(p->client_id, "c");
	assert_int_equal(p->client_auth, SETTINGS_AUTH_AUTO);
	assert_null(p->client_secret_file);
	assert_null(p->client_secret);
	assert_null(p->client_key_file);
	assert_string_equal(p->client_key_id, "k-1");
	assert_true(p->revoke);
	assert_int_equal(p->assertion_audience, SETTINGS_AUDIENCE_ENDPOINT);
	assert_int_equal(p->scopes.n, 2);
	assert_string_equal(p->algorithms.v[0], "ES256");
	assert_null(p->ca_file);
	assert_string_equal(p->username_claim, "upn");
	assert_string_equal(p->groups_claim, "/realm_access/roles");
	assert_string_equal(p->strip_domain, "example.com");
	assert_string_equal(p->extra_origins.v[1], "https://b.example:8443");
	assert_string_equal(p->verification_origins.v[0], "https://login.example");
	assert_true(p->device_nonce_required);
	assert_int_equal(p->clock_skew, 300);
	assert_true(p->device_pkce);
	assert_string_equal(p->redirect_uri, "http://[::1]:8400/back");
	assert_true(p->par_required);
	assert_true(p->login_hint);
	assert_int_equal(p->iat_leeway, 360);
	assert_string_equal(
	    p->device_authorization_endpoint, "https://a.example/oauth/authorize_device");
	assert_string_equal(p->trusted_audiences.v[0], "project-1");
	assert_string_equal(p->groups_format, "objects:value");
	assert_string_equal(p->http_proxy, "http://proxy.example:3128");
	assert_int_equal(p->http_timeout, 3);
	settings_free(s);
}

static void
every_setting_of_logins_arrives(void **state)
{
	struct settings *s = settings_text_good(SETTINGS_PROVIDER_TEXT
	    "[login]\nflow = device\nprompt = none\ntime_limit = 2m\nservices = sshd, sudo\n"
	    "allow_groups = users \"Domain Admins\"\nignore_users = root backup\n"
	    "strangers = serve\nmin_uid = 500\nsession_env = yes\n"
	    "allow_users = zoe \"Jo Doe\"\ndeny_groups = out\nroot_groups = kvm\npin = warn\n"
	    "require_acr = 1 urn:a\nrequire_amr = mfa\nmax_auth_age = 12h\n");
	const struct settings_login *l = &s->login;

	(void)state;
	assert_int_equal(l->flow, SETTINGS_FLOW_DEVICE);
	assert_int_equal(l->prompt, SETTINGS_PROMPT_NONE);
	assert_int_equal(l->time_limit, 120);
	assert_int_equal(s->services.n, 2);
	assert_string_equal(s->demand.allow.groups.v[1], "Domain Admins");
	assert_string_equal(s->demand.allow.users.v[1], "Jo Doe");
	assert_string_equal(s->demand.deny_groups.v[0], "out");
	assert_string_equal(s->root_groups.v[0], "kvm");
	assert_int_equal(l->pin, SETTINGS_PIN_WARN);
	assert_string_equal(l->ignore_users.v[1], "backup");
	assert_int_equal(l->strangers, SETTINGS_STRANGERS_SERVE);
	assert_int_equal(l->min_uid, 500);
	assert_true(l->session_env);
	assert_int_equal(s->demand.acr.n, 2);
	assert_string_equal(s->demand.amr.v[0], "mfa");
	assert_int_equal(s->demand.max_auth_age, 12 * 3600);
	settings_free(s);
}

static void
each_choice_is_its_enum(void **state)
{
	static const struct {
		const char *text;
		enum settings_flow flow;
		enum settings_prompt prompt;
	} row[] = {
		{ "flow = auto\nprompt = auto\n", SETTINGS_FLOW_AUTO, SETTINGS_PROMPT_AUTO },
		{ "flow = device\nprompt = enter\n", SETTINGS_FLOW_DEVICE, SETTINGS_PROMPT_ENTER },
		{ "flow = none\nprompt = none\n", SETTINGS_FLOW_NONE, SETTINGS_PROMPT_NONE },
		{ "flow = loopback\n", SETTINGS_FLOW_LOOPBACK, SETTINGS_PROMPT_AUTO },
	};
	char text[512];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct settings *s;

		(void)snprintf(text, sizeof(text), "%s%s", SETTINGS_LEAST, row[i].text);
		s = settings_text_good(text);
		assert_int_equal(s->login.flow, row[i].flow);
		assert_int_equal(s->login.prompt, row[i].prompt);
		settings_free(s);
	}
}

static void
an_empty_value_takes_an_optional_setting_back(void **state)
{
	struct settings *s = settings_text_good(
	    SETTINGS_LEAST "ignore_users =\nservices =\n[provider]\nstrip_domain =\nca_file = \n");

	(void)state;
	assert_int_equal(s->login.ignore_users.n, 0);
	assert_int_equal(s->services.n, 0);
	assert_null(s->provider.strip_domain);
	settings_free(s);
}

static void
refuses_values_that_are_not_the_settings(void **state)
{
	static const struct {
		const char *line, *sentence;
	} row[] = {
		{ "max_auth_age = 31d", "conf:6: max_auth_age: found \"31d\"" },
		{ "max_auth_age = 721h", "conf:6: max_auth_age: found \"721h\"" },
		{ "require_amr = \"a b\"", "conf:6: require_amr: found \"a b\"" },
		{ "flow = browser",
		    "conf:6: flow: found \"browser\"; expected auto, device, loopback or none" },
		{ "flow = Device", "conf:6: flow: found \"Device\"" },
		{ "flow =", "conf:6: flow is empty; expected auto, device, loopback or none" },
		{ "flow = device none", "conf:6: flow: found \"device none\"" },
		{ "session_env = true", "conf:6: session_env: found \"true\"; expected no or yes" },
		{ "time_limit = 9s",
		    "conf:6: time_limit: found \"9s\"; expected 10 to 600 seconds, written as" },
		{ "time_limit = 601", "conf:6: time_limit: found" },
		{ "time_limit = 1h", "conf:6: time_limit: found" },
		{ "time_limit = 90 s", "conf:6: time_limit: found" },
		{ "time_limit = -90", "conf:6: time_limit: found" },
		{ "min_uid = 0", "conf:6: min_uid: found \"0\"; expected 1 to 4294967294" },
		{ "min_uid = 10s", "conf:6: min_uid: found" },
		{ "min_uid = 0x10", "conf:6: min_uid: found" },
		{ "services = sshd, sudo-i", "conf:6: services: found \"sudo-i\"; expected a PAM" },
		{ "services = sshd sshd", "conf:6: services: \"sshd\" stands there twice" },
		{ "ignore_users = root,", "conf:6: ignore_users has a comma beside nothing" },
		{ "ignore_users = @wheel", "conf:6: ignore_users: found \"@wheel\"" },
		{ "[provider]\nname = \"a\" b", "conf:7: name takes one value" },
		{ "[provider]\nname =", "conf:7: name is empty; expected" },
		{ "[provider]\nclient_auth = basic",
		    "conf:7: client_auth: found \"basic\"; expected auto, none, "
		    "client_secret_basic, "
		    "client_secret_post, client_secret_jwt or private_key_jwt" },
		{ "[provider]\nclock_skew = 301", "conf:7: clock_skew: found" },
		{ "[provider]\nhttp_timeout = 0", "conf:7: http_timeout: found" },
		{ "[provider]\nhttp_timeout = 61", "conf:7: http_timeout: found" },
		{ "[provider]\nscopes =", "conf:7: scopes is empty" },
		{ "[provider]\nalgorithms = none", "conf:7: algorithms: found \"none\"; expected" },
		{ "[provider]\nca_file = ca.pem",
		    "conf:7: ca_file: found \"ca.pem\"; expected an" },
		{ "[provider]\nstrip_domain = @example.com", "conf:7: strip_domain: found" },
		{ "[provider]\nextra_origins = https://a.example/x",
		    "conf:7: extra_origins: found" },
		{ "[provider]\nname = gr\xc3\xbcn", "conf:7: name: found \"gr\\xc3\\xbcn\"" },
		{ "[group docker]\ngroups =", "conf:7: groups is empty" },
	};
	char text[512];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		(void)snprintf(text, sizeof(text), "%s%s\n", SETTINGS_LEAST, row[i].line);
		settings_text_bad(text, "cfg.value", row[i].sentence);
	}
}

static void
a_failure_leaves_the_field(void **state)
{
	const struct settings_row *row = settings_table_find(SETTINGS_LOGIN, "ignore_users");
	struct conf_key k = { .line = 1 };
	struct strlist field = { NULL, 0 };

	(void)state;
	assert_int_equal(settings_set_initial(&field, row), E_OK);
	assert_int_equal(conf_word_gather(&k.value, "good @bad", 9, NULL), E_OK);
	assert_int_equal(settings_set(&field, row, &k, NULL), E_CFG);
	assert_int_equal(field.n, 1);
	assert_string_equal(field.v[0], "root");
	conf_word_clear(&k.value);
	strlist_clear(&field);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_setting_of_the_provider_arrives),
		cmocka_unit_test(every_setting_of_logins_arrives),
		cmocka_unit_test(each_choice_is_its_enum),
		cmocka_unit_test(an_empty_value_takes_an_optional_setting_back),
		cmocka_unit_test(refuses_values_that_are_not_the_settings),
		cmocka_unit_test(a_failure_leaves_the_field),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
