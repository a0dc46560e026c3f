/* What one word of a setting may look like. */
#include "config.h"

#include <string.h>

#include "helper/settings_value.h"
#include "tests/support/unit.h"

struct row {
	bool (*fits)(const char *);
	const char *good[6], *bad[20];
};

static const struct row rows[] = {
	{ settings_value_shown, { "Authelia", "the identity provider" },
	    { "", "gr\xc3\xbcn",
	        "12345678901234567890123456789012345678901234567890123456789012345" } },
	{ settings_value_issuer,
	    { "https://auth.example.com", "https://x.example/application/o/login/",
	        "https://[::1]:9091", "https://x.example:8443/a" },
	    { "", "http://auth.example.com", "https://auth.example.com?x=1",
	        "https://auth.example.com/#x", "https://u@auth.example.com", "auth.example.com",
	        "https://", "https://a b", "HTTPS://auth.example.com" } },
	{ settings_value_origin, { "https://a.example", "https://a.example:8443" },
	    { "", "https://a.example/", "https://a.example/x", "https://a.example?x",
	        "http://a.example", "a.example" } },
	{ settings_value_client, { "linux-login", "0oa1$x" }, { "", "a b", "gr\xc3\xbcn" } },
	{ settings_value_claim,
	    { "groups", "authelia.pam.username", "/realm_access/roles",
	        "https://x.example/groups" },
	    { "", "a b" } },
	{ settings_value_scope, { "openid", "https://x.example/.default" },
	    { "", "a\"b", "a\\b", "a b" } },
	{ settings_value_algorithm, { "RS256", "ES256", "RS512", "PS384", "ES512", "EdDSA" },
	    { "", "none", "HS256", "rs256", "eddsa", "RS2560", "ES256K", "Ed25519" } },
	{ settings_value_endpoint, { "https://a.example/oauth/authorize_device" },
	    { "", "http://a.example/x", "/oauth/authorize_device", "https://a.example/x#y" } },
	{ settings_value_proxy, { "http://proxy.example:3128", "http://[::1]:8080" },
	    { "", "proxy.example:3128", "https://proxy.example:3128", "http://proxy.example",
	        "http://u:p@proxy.example:3128", "http://proxy.example:3128/", "http://:3128",
	        "http://proxy.example:0", "http://proxy.example:65536", "socks5://p:1" } },
	/* C-029: three hosts, and nothing that resolves like them */
	{ settings_value_redirect,
	    { "http://127.0.0.1/callback", "http://[::1]/", "http://localhost:8400/a/b-c_d.e~",
	        "http://127.0.0.1:1024/x", "http://127.0.0.1:65535/x" },
	    { "", "http://127.0.0.1", "http://127.0.0.1:8400", "https://127.0.0.1/callback",
	        "http://127.0.0.2/callback", "http://127.0.0.1.example/callback",
	        "http://localhost.example/callback", "http://LOCALHOST/callback",
	        "http://127.0.0.1/callback?x=1", "http://127.0.0.1/callback#x",
	        "http://127.0.0.1:80/callback", "http://127.0.0.1:0/callback",
	        "http://127.0.0.1:65536/callback", "http://127.0.0.1:/callback",
	        "http://u@127.0.0.1/callback", "http://127.0.0.1/a b", "http://[::]/callback",
	        "http://127.0.0.1:084000/x", "http://127.0.0.1/%2e" } },
	{ settings_value_format, { "array", "object_keys", "objects:value" },
	    { "", "list", "objects", "objects:", "objects:a b", "Array" } },
	{ settings_value_acr, { "0", "urn:mace:incommon:iap:silver" }, { "", "a b" } },
	{ settings_value_amr, { "mfa", "hwk" }, { "", "a b", "12345678901234567890123456789012" } },
	{ settings_value_path, { "/etc/x", "/a b" }, { "", "etc/x", "./x", "~/x" } },
	{ settings_value_domain, { "example.com", "x", "EXAMPLE.com" },
	    { "", "@example.com", ".example.com", "-x", "a b", "a@b" } },
	{ settings_value_service, { "sshd", "polkit-1", "sudo", "su" },
	    { "", "SSHD", "sudo-i", "su-l", "remote", "a/b", "../x", ".x", "a b", "*" } },
	{ settings_value_user, { "root", "Debian-exim", "host$", "DOM\\user", "u@example.com" },
	    { "", "@wheel", "%wheel", "-x", "a:b", "a b", "a/b", "*", "a,b" } },
	{ settings_value_group, { "linux-users", "Domain Admins", "/a/b", "gr\xc3\xbcn", "*" },
	    { "" } },
};

static void
each_form_takes_what_fits_and_nothing_else(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		for (size_t j = 0; j < 6 && rows[i].good[j] != NULL; j++)
			if (!rows[i].fits(rows[i].good[j]))
				fail_msg("row %zu refuses %s", i, rows[i].good[j]);
		for (size_t j = 0; j < 20 && rows[i].bad[j] != NULL; j++)
			if (rows[i].fits(rows[i].bad[j]))
				fail_msg("row %zu takes %s", i, rows[i].bad[j]);
	}
}

static void
each_form_has_a_longest_text(void **state)
{
	static const struct {
		bool (*fits)(const char *);
		size_t max;
		char first;
	} row[] = {
		{ settings_value_shown, 64, 'a' },
		{ settings_value_client, 255, 'a' },
		{ settings_value_claim, 128, 'a' },
		{ settings_value_scope, 128, 'a' },
		{ settings_value_path, 1024, '/' },
		{ settings_value_domain, 253, 'a' },
		{ settings_value_service, 64, 'a' },
		{ settings_value_user, 256, 'a' },
		{ settings_value_group, 256, 'a' },
	};
	char text[1100];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		memset(text, 'a', sizeof(text));
		text[0] = row[i].first;
		text[row[i].max] = '\0';
		assert_true(row[i].fits(text));
		text[row[i].max] = 'a';
		text[row[i].max + 1] = '\0';
		assert_false(row[i].fits(text));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_form_takes_what_fits_and_nothing_else),
		cmocka_unit_test(each_form_has_a_longest_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
