/* The style sheet. */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "mock_idp/pages/style.h"
#include "tests/support/unit.h"

static bool
has(const char *what)
{
	for (size_t i = 0; style_sheet[i] != NULL; i++)
		if (strstr(style_sheet[i], what) != NULL)
			return true;
	return false;
}

static void
knows_the_dark_and_fetches_nothing(void **state)
{
	(void)state;
	assert_true(has("prefers-color-scheme:dark"));
	assert_true(has("min-height:48px"));
	assert_false(has("url("));
	assert_false(has("@import"));
	assert_false(has("<"));
}

static void
has_a_name_for_the_policy(void **state)
{
	char name[STYLE_SOURCE_SIZE];

	(void)state;
	style_source(name);
	assert_int_equal(strlen(name), 9 + 44 + 0);
	assert_int_equal(strncmp(name, "'sha256-", 8), 0);
	assert_int_equal(name[strlen(name) - 1], '\'');
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(knows_the_dark_and_fetches_nothing),
		cmocka_unit_test(has_a_name_for_the_policy),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
