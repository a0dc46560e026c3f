/* The switches of a test build, and that a normal one has none. */
#include "config.h"

#include <stdlib.h>

#include "helper/oidc/check.h"
#include "tests/support/unit.h"

#ifdef KILL_SWITCHES

static bool
with(const char *off, const char *ids)
{
	(void)setenv("LATCHKEY_CHECK_OFF", off, 1);
	return check_on(ids, "../../helper/oidc/token.c", 12);
}

static void
every_check_is_on_until_it_is_named(void **state)
{
	(void)state;
	(void)unsetenv("LATCHKEY_CHECK_OFF");
	assert_true(check_on("C_077", "a.c", 1));
	assert_true(with("", "C_077"));
	assert_true(with("C_078", "C_077"));
	assert_false(with("C_077", "C_077"));
	assert_false(with("C_124", "C_121, C_124"));
	assert_true(CHECK(C_077, C_078));
	assert_false(CHECK(C_124));
}

static void
a_place_is_a_file_and_a_line(void **state)
{
	(void)state;
	assert_false(with("helper/oidc/token.c:12", "C_077"));
	assert_true(with("helper/oidc/token.c:1", "C_077"));
	assert_true(with("helper/oidc/idtoken.c:12", "C_077"));
	assert_true(with("x/../../helper/oidc/token.c:12", "C_077"));
}

#else

static void
every_check_is_on_until_it_is_named(void **state)
{
	_Static_assert(CHECK(C_077) == 1, "nothing that is asked at run time");
	_Static_assert(CHECK(C_121, C_124) == 1, "nor here");
	(void)state;
}

static void
a_place_is_a_file_and_a_line(void **state)
{
	(void)state;
}

#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_check_is_on_until_it_is_named),
		cmocka_unit_test(a_place_is_a_file_and_a_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
