/* The words of a subcommand. */
#include "config.h"

#include "cli/words.h"
#include "tests/support/unit.h"

static const char *file;
static bool flag;
static const struct words_row rows[] = { { "--file", &file, NULL }, { "--flag", NULL, &flag } };
static char name[] = "verify", f[] = "--file", g[] = "--flag", x[] = "x", cut[] = "--fil";

static bool
take(char *a, char *b, char *c)
{
	char *argv[] = { name, a, b, c, NULL };
	int argc = 1;

	while (argv[argc] != NULL)
		argc++;
	file = NULL;
	flag = false;
	return words_take(rows, 2, argc, argv);
}

static void
each_word_goes_to_its_place(void **state)
{
	(void)state;
	assert_true(take(f, x, g));
	assert_string_equal(file, "x");
	assert_true(flag);
	assert_true(take(g, f, x));
	assert_true(take(NULL, NULL, NULL));
	assert_null(file);
	assert_false(flag);
	assert_true(take(f, g, NULL)); /* a value may look like an option */
	assert_string_equal(file, "--flag");
	assert_false(flag);
}

static void
refuses_what_is_unknown_twice_or_half(void **state)
{
	(void)state;
	assert_false(take(x, NULL, NULL));
	assert_false(take(cut, x, NULL));
	assert_false(take(f, NULL, NULL));
	assert_false(take(g, f, NULL));
	assert_false(take(g, g, NULL));
}

static void
one_bare_word_has_a_place_where_there_is_one(void **state)
{
	static char dash[] = "-x", y[] = "y";
	static const char *bare;
	static const struct words_row with[] = { { NULL, &bare, NULL }, { "--file", &file, NULL } };
	char *argv[] = { name, x, f, y, NULL }, *twice[] = { name, x, y, NULL };
	char *option[] = { name, dash, NULL };

	(void)state;
	file = NULL;
	assert_true(words_take(with, 2, 4, argv));
	assert_string_equal(bare, "x");
	assert_string_equal(file, "y");
	bare = NULL;
	assert_false(words_take(with, 2, 3, twice));
	bare = NULL;
	assert_false(words_take(with, 2, 2, option));
}

static void
a_word_may_come_as_often_as_it_has_rows(void **state)
{
	static char a[] = "a", b[] = "b";
	static const char *v[2];
	static const struct words_row twice[] = { { "--file", &v[0], NULL },
		{ "--file", &v[1], NULL } };
	char *argv[] = { name, f, a, f, b, f, x, NULL };

	(void)state;
	assert_true(words_take(twice, 2, 5, argv));
	assert_string_equal(v[0], "a");
	assert_string_equal(v[1], "b");
	v[0] = v[1] = NULL;
	assert_false(words_take(twice, 2, 7, argv));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_word_goes_to_its_place),
		cmocka_unit_test(one_bare_word_has_a_place_where_there_is_one),
		cmocka_unit_test(a_word_may_come_as_often_as_it_has_rows),
		cmocka_unit_test(refuses_what_is_unknown_twice_or_half),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
