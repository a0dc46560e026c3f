/* Where a login comes from. */
#include "config.h"

#include <string.h>

#include "helper/policy/origin.h"
#include "tests/support/unit.h"

static void
is_the_address_or_the_subscribers_network(void **state)
{
	static const struct {
		const char *address, *rhost, *host, *network;
		bool local;
	} row[] = {
		{ "203.0.113.5", "", "203.0.113.5", "", false },
		{ "203.0.113.5", "client.example", "203.0.113.5", "", false },
		{ "", "203.0.113.5", "203.0.113.5", "", false },
		{ "", "client.example", "client.example", "", false },
		{ "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64", "2001:db8:1::/48", false },
		{ "2001:db8:1:2:ffff::1", "x", "2001:db8:1:2::/64", "2001:db8:1::/48", false },
		{ "2001:DB8:1:3::1", "", "2001:db8:1:3::/64", "2001:db8:1::/48", false },
		{ "fe80::1%eth0", "", "fe80::/64", "fe80::/48", false },
		{ "::ffff:203.0.113.5", "", "203.0.113.5", "", false },
		{ "::1", "", "::/64", "::/48", false },
		{ "UNKNOWN", "", "UNKNOWN", "", false },
		{ "", "", "", "", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct origin o;

		origin_of(&o, row[i].address, row[i].rhost);
		assert_string_equal(o.host, row[i].host);
		assert_string_equal(o.network, row[i].network);
		assert_true(o.local == row[i].local);
	}
}

static void
a_long_name_is_cut(void **state)
{
	char name[200];
	struct origin o;

	(void)state;
	memset(name, 'a', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	origin_of(&o, "", name);
	assert_int_equal(strlen(o.host), ORIGIN_MAX - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_the_address_or_the_subscribers_network),
		cmocka_unit_test(a_long_name_is_cut),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
