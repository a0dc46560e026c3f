/* Where the browser may go. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/browser/loopurl.h"
#include "tests/support/unit.h"

static void
loopback_is_taken_apart(void **state)
{
	static const struct {
		const char *text;
		bool tls;
		const char *host;
		uint16_t port;
		const char *target;
	} good[] = {
		{ "https://127.0.0.1:4711/a?b=c", true, "127.0.0.1", 4711, "/a?b=c" },
		{ "http://127.9.8.7", false, "127.9.8.7", 80, "/" },
		{ "https://[::1]?x", true, "[::1]", 443, "/?x" },
		{ "HTTPS://LocalHost:8443/#frag", true, "localhost", 8443, "/" },
		{ "http://127.0.0.1:80/cb#code=x", false, "127.0.0.1", 80, "/cb" },
		{ "http://127.0.0.1/a b\"<>\xc3\xa9\r\n", false, "127.0.0.1", 80,
		    "/a%20b%22%3C%3E%C3%A9%0D%0A" },
	};
	struct loopurl u;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(loopurl_parse(good[i].text, &u, NULL), E_OK);
		assert_int_equal(u.tls, good[i].tls);
		assert_string_equal(u.host, good[i].host);
		assert_int_equal(u.port, good[i].port);
		assert_string_equal(u.target, good[i].target);
		loopurl_clear(&u);
	}
}

static void
everything_else_is_refused(void **state)
{
	static const char *const bad[] = { "", "ftp://127.0.0.1/", "127.0.0.1", "https://",
		"https://example.com/", "https://128.0.0.1/", "https://10.0.0.1/",
		"https://127.0.0.1.example.com/", "https://127.1/", "https://user@127.0.0.1/",
		"https://127.0.0.1@example.com/", "https://localhost.example/", "https://[::2]/",
		"https://[::1/", "https://[", "https://127.0.0.1:/", "https://127.0.0.1:0/",
		"https://127.0.0.1:65536/", "https://127.0.0.1:80x/", "https://[::1]x/" };
	struct err e = { .code = E_OK };
	char *s = malloc(LOOPURL_MAX + 32);
	struct loopurl u;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(loopurl_parse(bad[i], &u, NULL), E_FORMAT);
		assert_null(u.target);
	}
	assert_non_null(s);
	memset(s, 'a', LOOPURL_MAX + 1);
	memcpy(s, "http://127.0.0.1/", 17);
	s[LOOPURL_MAX + 1] = '\0';
	assert_int_equal(loopurl_parse(s, &u, &e), E_FORMAT);
	assert_non_null(strstr(e.text, "more than"));
	s[LOOPURL_MAX] = '\0';
	assert_int_equal(loopurl_parse(s, &u, NULL), E_OK);
	loopurl_clear(&u);
	free(s);
}

/* What text means on a page of https://127.0.0.1:4711/a/b?c, as a whole URL; NULL: refused. */
static void
leads(const char *text, const char *wanted)
{
	struct buf *b = buf_new(1024);
	struct loopurl base, u;

	assert_int_equal(loopurl_parse("https://127.0.0.1:4711/a/b?c", &base, NULL), E_OK);
	assert_int_equal(loopurl_follow(&base, text, &u, NULL), wanted == NULL ? E_FORMAT : E_OK);
	if (wanted != NULL) {
		assert_int_equal(loopurl_put(&u, b), E_OK);
		assert_string_equal(buf_cstr(b), wanted);
	}
	loopurl_clear(&u);
	loopurl_clear(&base);
	buf_free(b);
}

static void
a_location_is_followed_from_where_it_was_given(void **state)
{
	(void)state;
	leads("/x?y", "https://127.0.0.1:4711/x?y");
	leads("/", "https://127.0.0.1:4711/");
	leads("?z=1", "https://127.0.0.1:4711/a/b?z=1");
	leads("http://127.0.0.1:99/cb?code=1", "http://127.0.0.1:99/cb?code=1");
	leads("https://[::1]:443/", "https://[::1]/");
	leads("https://example.com/", NULL);
	leads("//example.com/", NULL);
	leads("javascript:alert(1)", NULL);
	leads("", NULL);
}

static void
an_origin_is_scheme_host_and_port(void **state)
{
	static const char *const others[] = { "http://127.0.0.1:443/", "https://127.0.0.1:444/",
		"https://127.0.0.2:443/" };
	struct loopurl a, b;

	(void)state;
	assert_int_equal(loopurl_parse("https://127.0.0.1/a", &a, NULL), E_OK);
	assert_int_equal(loopurl_parse("https://127.0.0.1:443/b", &b, NULL), E_OK);
	assert_true(loopurl_same_origin(&a, &b));
	loopurl_clear(&b);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		assert_int_equal(loopurl_parse(others[i], &b, NULL), E_OK);
		assert_false(loopurl_same_origin(&a, &b));
		loopurl_clear(&b);
	}
	loopurl_clear(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(loopback_is_taken_apart),
		cmocka_unit_test(everything_else_is_refused),
		cmocka_unit_test(a_location_is_followed_from_where_it_was_given),
		cmocka_unit_test(an_origin_is_scheme_host_and_port),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
