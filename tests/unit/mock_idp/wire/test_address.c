/* Where to listen. */
#include "config.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>

#include "mock_idp/wire/address.h"
#include "tests/support/unit.h"

static void
the_default_is_loopback(void **state)
{
	struct address a;
	struct sockaddr_in in;

	(void)state;
	address_loopback(&a, 4711);
	memcpy(&in, &a.sa, sizeof(in));
	assert_int_equal(a.len, sizeof(in));
	assert_int_equal(in.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
	assert_int_equal(address_port(&a), 4711);
	assert_string_equal(a.host, "127.0.0.1");
	assert_string_equal(a.bare, "127.0.0.1");
	assert_true(address_is_loopback(&a));
}

static void
addresses_of_both_families_are_read(void **state)
{
	static const struct {
		const char *text, *host, *bare;
		bool loopback;
	} good[] = {
		{ "127.0.0.1", "127.0.0.1", "127.0.0.1", true },
		{ "127.9.8.7", "127.9.8.7", "127.9.8.7", true },
		{ "192.0.2.1", "192.0.2.1", "192.0.2.1", false },
		{ "126.255.255.255", "126.255.255.255", "126.255.255.255", false },
		{ "::1", "[::1]", "::1", true },
		{ "[::1]", "[::1]", "::1", true },
		{ "[0:0:0:0:0:0:0:1]", "[::1]", "::1", true },
		{ "2001:db8::1", "[2001:db8::1]", "2001:db8::1", false },
		{ "[::ffff:127.0.0.1]", "[::ffff:127.0.0.1]", "::ffff:127.0.0.1", false },
	};
	struct address a;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(address_parse(&a, good[i].text));
		assert_string_equal(a.host, good[i].host);
		assert_string_equal(a.bare, good[i].bare);
		assert_int_equal(address_is_loopback(&a), good[i].loopback);
		assert_int_equal(address_port(&a), 0);
		address_set_port(&a, 443);
		assert_int_equal(address_port(&a), 443);
	}
}

static void
everything_else_is_none(void **state)
{
	static const char *const wrong[] = { "", "localhost", "127.1", "127.0.0.1:80",
		"127.0.0.256", "[127.0.0.1]", "[::1", "::1]", "[]", "[[::1]]", "fe80::1%lo",
		"0.0.0.0", "::", "[::]", "[::1]:80",
		"0000:0000:0000:0000:0000:ffff:255.255.255.2551",
		"1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb:cccc" };
	struct address a;

	(void)state;
	address_loopback(&a, 1);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		assert_false(address_parse(&a, wrong[i]));
		assert_string_equal(a.host, "127.0.0.1");
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_default_is_loopback),
		cmocka_unit_test(addresses_of_both_families_are_read),
		cmocka_unit_test(everything_else_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
