/* Loopback redirect URIs. C-029 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/redirect.h"
#include "tests/support/unit.h"

static void
is(const char *uri, enum redirect_host host, uint16_t port, const char *path)
{
	struct redirect r;
	struct err e = { .code = E_OK };

	assert_int_equal(redirect_parse(uri, &r, &e), E_OK);
	assert_int_equal(r.host, host);
	assert_int_equal(r.port, port);
	assert_string_equal(r.path, path);
}

static void
takes_three_hosts_with_a_port_or_without(void **state)
{
	(void)state;
	is("http://127.0.0.1/callback", REDIRECT_V4, 0, "/callback");
	is("http://127.0.0.1:40123/", REDIRECT_V4, 40123, "/");
	is("http://[::1]/a/b-c._~", REDIRECT_V6, 0, "/a/b-c._~");
	is("http://[::1]:65535/c", REDIRECT_V6, 65535, "/c");
	is("http://localhost:1/c", REDIRECT_LOCALHOST, 1, "/c");
}

static void
refuses_everything_else(void **state)
{
	static const char *const bad[] = { "", "http://", "https://127.0.0.1/c", "127.0.0.1/c",
		"http://127.0.0.1", "http://127.0.0.1:40123", "http://127.0.0.1:/c",
		"http://127.0.0.1:0/c", "http://127.0.0.1:65536/c", "http://127.0.0.1:123456/c",
		"http://127.0.0.1:08/c", "http://127.0.0.1:80x/c", "http://127.0.0.11/c",
		"http://127.0.0.2/c", "http://0.0.0.0/c", "http://[::]/c", "http://::1/c",
		"http://localhost.evil/c", "http://LOCALHOST/c", "http://evil@127.0.0.1/c",
		"http://127.0.0.1@evil/c", "http://127.0.0.1/c?d", "http://127.0.0.1/c#d",
		"http://127.0.0.1/%63", "http://127.0.0.1/c d", "http://127.0.0.1/c\r\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct redirect r = { .port = 7 };
		struct err e = { .code = E_OK };

		assert_int_equal(redirect_parse(bad[i], &r, &e), E_FORMAT);
		assert_int_equal(e.code, E_FORMAT);
		assert_int_equal(r.port, 7);
	}
}

static void
a_path_has_a_limit(void **state)
{
	char uri[17 + REDIRECT_PATH_MAX + 1];
	struct redirect r;

	(void)state;
	memset(uri, 'a', sizeof(uri));
	memcpy(uri, "http://127.0.0.1/", 17);
	uri[16 + REDIRECT_PATH_MAX] = '\0';
	assert_int_equal(redirect_parse(uri, &r, NULL), E_OK);
	assert_int_equal(strlen(r.path), REDIRECT_PATH_MAX);
	uri[16 + REDIRECT_PATH_MAX] = 'a';
	uri[17 + REDIRECT_PATH_MAX] = '\0';
	assert_int_equal(redirect_parse(uri, &r, NULL), E_FORMAT);
}

static void
is_written_as_it_was_read(void **state)
{
	static const char *const uris[] = { "http://127.0.0.1:40123/callback",
		"http://[::1]:65535/c", "http://localhost:65535/" };
	static const char *const authorities[] = { "127.0.0.1:40123", "[::1]:65535",
		"localhost:65535" };
	char text[REDIRECT_URI_SIZE], authority[REDIRECT_AUTHORITY_SIZE];
	struct redirect r;

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(redirect_parse(uris[i], &r, NULL), E_OK);
		redirect_uri(&r, text);
		assert_string_equal(text, uris[i]);
		redirect_authority(&r, authority);
		assert_string_equal(authority, authorities[i]);
	}
	assert_int_equal(redirect_parse("http://127.0.0.1:80/", &r, NULL), E_OK);
	redirect_authority(&r, authority);
	assert_string_equal(authority, "127.0.0.1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_three_hosts_with_a_port_or_without),
		cmocka_unit_test(refuses_everything_else),
		cmocka_unit_test(a_path_has_a_limit),
		cmocka_unit_test(is_written_as_it_was_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
