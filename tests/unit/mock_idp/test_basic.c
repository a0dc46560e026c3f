/* The Basic scheme. */
#include "config.h"

#include <string.h>

#include "mock_idp/basic.h"
#include "tests/support/unit.h"

static bool
is(const char *header, const char *name, const char *secret)
{
	struct basic b;
	bool ok =
	    basic_read(&b, header) && strcmp(b.name, name) == 0 && strcmp(b.secret, secret) == 0;

	basic_clear(&b);
	assert_null(b.name);
	return ok;
}

static void
name_and_secret_are_decoded(void **state)
{
	(void)state;
	/* with two, with one and without padding */
	assert_true(is("Basic YTpi", "a", "b"));
	assert_true(is("basic YTpiYg==", "a", "bb"));
	assert_true(is("BASIC YTpiYmI=", "a", "bbb"));
	/* a%3Ab:c+d%25 */
	assert_true(is("Basic YSUzQWI6YytkJTI1", "a:b", "c d%"));
	/* nothing but the colon */
	assert_true(is("Basic Og==", "", ""));
}

static void
what_is_no_such_header_is_empty(void **state)
{
	/* the last three: no colon, a NUL in the name, half of a form's escape in the secret */
	static const char *const bad[] = { "", "Basic", "Basic ", "Bearer YTpi", "Basic YTp",
		"Basic YTpi=", "Basic ====", "Basic YT!i",
		"Basic YWI=", "Basic AGE6Yg==", "Basic YTolMg==" };
	struct basic b;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(basic_read(&b, bad[i]));
		assert_null(b.name);
		assert_null(b.secret);
	}
}

static void
a_long_one_is_not_read(void **state)
{
	char text[6 + BASIC_MAX + 4 + 1] = "Basic Ojpi";
	struct basic b;

	(void)state;
	memset(text + 10, 'Y', sizeof(text) - 11);
	assert_false(basic_read(&b, text));
	text[6 + BASIC_MAX] = '\0';
	assert_true(basic_read(&b, text));
	basic_clear(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(name_and_secret_are_decoded),
		cmocka_unit_test(what_is_no_such_header_is_empty),
		cmocka_unit_test(a_long_one_is_not_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
