/* Which way back is right. */
#include "config.h"

#include <string.h>

#include <stdlib.h>

#include "mock_idp/ep/redirect.h"
#include "tests/support/unit.h"

static void
any_port_of_a_loopback_literal_matches(void **state)
{
	(void)state;
	assert_true(redirect_matches("http://127.0.0.1/cb", "http://127.0.0.1:4711/cb"));
	assert_true(redirect_matches("http://127.0.0.1:1/cb?a=1", "http://127.0.0.1/cb?a=1"));
	assert_true(redirect_matches("http://[::1]/cb", "http://[::1]:9/cb"));
}

static void
everything_else_matches_as_it_is_spelled(void **state)
{
	static const char *const pair[][2] = {
		{ "http://127.0.0.1/cb", "http://[::1]:9/cb" },
		{ "http://127.0.0.1/cb", "http://127.0.0.2:9/cb" },
		{ "http://127.0.0.1/cb", "http://127.0.0.1:9/cb/" },
		{ "http://127.0.0.1/cb", "http://127.0.0.1:9/cb?x" },
		{ "http://127.0.0.1/cb", "https://127.0.0.1:9/cb" },
		{ "http://127.0.0.1/cb", "http://127.0.0.1@evil.test/cb" },
		{ "http://127.0.0.1/cb", "http://127.0.0.1:9@evil.test/cb" },
		{ "http://127.0.0.1/cb", "http://127.0.0.1.evil.test/cb" },
		{ "http://localhost/cb", "http://localhost:9/cb" },
		{ "https://a.test/cb", "https://a.test:8443/cb" },
		{ "https://a.test/cb", "https://A.test/cb" },
	};

	(void)state;
	assert_true(redirect_matches("https://a.test/cb", "https://a.test/cb"));
	for (size_t i = 0; i < sizeof(pair) / sizeof(pair[0]); i++)
		assert_false(redirect_matches(pair[i][0], pair[i][1]));
}

static void
plain_http_leads_to_this_machine_alone(void **state)
{
	(void)state;
	assert_true(redirect_registrable("https://a.test/cb"));
	assert_true(redirect_registrable("http://[::1]/cb"));
	assert_true(redirect_registrable("http://localhost:8080/cb"));
	assert_false(redirect_registrable("http://a.test/cb"));
	assert_false(redirect_registrable("https://a.test/cb#f"));
	assert_false(redirect_registrable("https:///cb"));
	assert_false(redirect_registrable("https://a.test/\r\nX: y"));
	assert_false(redirect_registrable("javascript:alert(1)"));
}

static void
parameters_are_encoded_and_sorted(void **state)
{
	struct pairs p = { .n = 0 };
	char *s;

	(void)state;
	assert_int_equal(pairs_add(&p, "state", "a&b c"), E_OK);
	assert_int_equal(pairs_add(&p, "code", "x"), E_OK);
	s = redirect_build("https://a.test/cb?k=1", &p);
	assert_string_equal(s, "https://a.test/cb?code=x&k=1&state=a%26b+c");
	free(s);
	pairs_clear(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_port_of_a_loopback_literal_matches),
		cmocka_unit_test(everything_else_matches_as_it_is_spelled),
		cmocka_unit_test(plain_http_leads_to_this_machine_alone),
		cmocka_unit_test(parameters_are_encoded_and_sorted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
