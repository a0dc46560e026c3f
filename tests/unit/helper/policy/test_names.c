/* Which account and group names can exist at all: H-39, H-40. */
#include "config.h"

#include "helper/policy/names.h"
#include "tests/support/unit.h"

static void
names_that_useradd_makes_pass(void **state)
{
	static const char *const good[] = { "a", "_x", "alice", "alice.b", "a-b_c9", "root",
		"abcdefghijklmnopqrstuvwxyz012345" };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(names_is_account(good[i]));
		assert_true(names_is_group(good[i]));
	}
}

/* H-18, H-39, H-40 */
static void
everything_else_is_refused_and_never_made_to_fit(void **state)
{
	static const char *const bad[] = { "", "-rf", "0", "1000", "4294967295", ".", "..", ".a",
		"a/b", "../x", "a b", " a", "a ", "a\nroot", "a:0:0", "a,b", "a%00", "a$", "a@b",
		"Alice", "aliCe", "a\\b", "abcdefghijklmnopqrstuvwxyz0123456",
		"\xd0\xb0lice",      /* Cyrillic a */
		"\xef\xbd\x81lice",  /* full width */
		"ren\xc3\xa9",       /* composed */
		"rene\xcc\x81",      /* decomposed */
		"\xc4\xb1ris",       /* dotless i */
		"al\xe2\x80\x8dice", /* zero width joiner */
		"\xe2\x80\xae"
		"ecila", /* right to left */
		"\xe2\x84\xaa"
		"en", /* Kelvin sign */
		"a\x7f", "a\x1b[2J" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_false(names_is_account(bad[i]));
		assert_false(names_is_group(bad[i]));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_that_useradd_makes_pass),
		cmocka_unit_test(everything_else_is_refused_and_never_made_to_fit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
