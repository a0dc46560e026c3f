/* https URLs as this project accepts them, and form encoding. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/url.h"
#include "tests/support/unit.h"

static void
an_https_url_has_host_port_and_path(void **state)
{
	static const struct {
		const char *s, *host;
		unsigned port;
		const char *path;
	} row[] = {
		{ "https://auth.example.com", "auth.example.com", 443, "" },
		{ "https://auth.example.com/", "auth.example.com", 443, "/" },
		{ "https://Auth.EXAMPLE.com:8443/a/B?c=d", "auth.example.com", 8443, "/a/B?c=d" },
		{ "https://x?y", "x", 443, "?y" },
		{ "https://x:1?y", "x", 1, "?y" },
		{ "https://127.0.0.1:65535/", "127.0.0.1", 65535, "/" },
		{ "https://[::1]:9091/x", "[::1]", 9091, "/x" },
		{ "https://[FE80::1]", "[fe80::1]", 443, "" },
		{ "https://a.example/p@q:r//s", "a.example", 443, "/p@q:r//s" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct url u;

		assert_int_equal(url_parse(row[i].s, &u, NULL), E_OK);
		assert_string_equal(u.host, row[i].host);
		assert_int_equal(u.port, row[i].port);
		assert_string_equal(u.path, row[i].path);
	}
}

/* C-005 cfg.iss.*, C-006, C-139, H-46 */
static void
refuses_every_other_url(void **state)
{
	static const char *const bad[] = { "", "https://", "https:///x", "http://x", "HTTPS://x",
		"https:/x", "x", "//x", "javascript:alert(1)", "data:text/html,x", "file:///etc",
		" https://x", "https://x ", "https://x/a b", "https://x/\t", "https://x/\n",
		"https://u@x", "https://u:p@x/", "https://x@evil/", "https://evil#idp.example",
		"https://x/#a", "https://x\\@evil", "https://x/\\", "https://x/\"", "https://x/<",
		"https://x/`", "https://x/{", "https://x/|", "https://x/^", "https://x_y/",
		"https://%61/", "https://x%2f/", "https://gr\xc3\xbcn/", "https://-x",
		"https://x:", "https://x:/", "https://x:0", "https://x:65536", "https://x:080",
		"https://x:+1", "https://x:1a", "https://x:123456", "https://:443/", "https://[::1",
		"https://[::1]x", "https://[::1]:x", "https://[g::1]", "https://[]", "https://[",
		"https://::1/", "https://[::1]]", "https://[[::1]", "https://x;y/", "https://x,y/",
		"https://*.x/", "https://.", "https://.x", "https://x..y" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct err e = { .code = E_OK };
		struct url u = { .port = 7 };

		if (url_parse(bad[i], &u, &e) != E_FORMAT)
			fail_msg("takes %s", bad[i]);
		assert_int_equal(u.port, 7);
		assert_true(e.text[0] != '\0');
		assert_string_equal(e.reason, "");
	}
}

static void
length_has_a_limit(void **state)
{
	char s[URL_MAX + 2], host[URL_HOST_MAX + 16];
	struct url u;

	(void)state;
	memset(s, 'a', sizeof(s));
	memcpy(s, "https://x/", 10);
	s[URL_MAX] = '\0';
	assert_int_equal(url_parse(s, &u, NULL), E_OK);
	s[URL_MAX] = 'a';
	s[URL_MAX + 1] = '\0';
	assert_int_equal(url_parse(s, &u, NULL), E_FORMAT);
	memset(host, 'a', sizeof(host));
	memcpy(host, "https://", 8);
	host[8 + URL_HOST_MAX - 1] = '\0';
	assert_int_equal(url_parse(host, &u, NULL), E_OK);
	host[8 + URL_HOST_MAX - 1] = 'a';
	host[8 + URL_HOST_MAX] = '\0';
	assert_int_equal(url_parse(host, &u, NULL), E_FORMAT);
}

static bool
same(const char *a, const char *b)
{
	struct url x, y;

	assert_int_equal(url_parse(a, &x, NULL), E_OK);
	assert_int_equal(url_parse(b, &y, NULL), E_OK);
	return url_same_origin(&x, &y);
}

static void
an_origin_is_host_and_port(void **state)
{
	(void)state;
	assert_true(same("https://a.example", "https://A.example:443/x"));
	assert_false(same("https://a.example", "https://a.example:8443"));
	assert_false(same("https://a.example", "https://b.a.example"));
	assert_false(same("https://a.example", "https://a.example.evil"));
	assert_false(same("https://a.example", "https://a.exampl"));
}

static void
forms_are_encoded_byte_by_byte(void **state)
{
	struct buf *b = buf_new(1000);

	(void)state;
	assert_int_equal(url_put_param(b, "a b", "x&y=z+%"), E_OK);
	assert_int_equal(url_put_param(b, "scope", "openid profile"), E_OK);
	assert_int_equal(url_put_param(b, "e", ""), E_OK);
	assert_int_equal(url_put_param(b, "u", "gr\xc3\xbcn~._-"), E_OK);
	assert_string_equal(
	    buf_cstr(b), "a+b=x%26y%3Dz%2B%25&scope=openid+profile&e=&u=gr%C3%BCn~._-");
	buf_free(b);
	b = buf_new(4);
	assert_int_equal(url_put_form(b, "ab&"), E_LIMIT);
	buf_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_https_url_has_host_port_and_path),
		cmocka_unit_test(refuses_every_other_url),
		cmocka_unit_test(length_has_a_limit),
		cmocka_unit_test(an_origin_is_host_and_port),
		cmocka_unit_test(forms_are_encoded_byte_by_byte),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
