/* A configuration file of somebody else's, line by line. */
#include "config.h"

#include "cli/textfile.h"
#include "tests/support/scratch.h"

static void
lines_come_as_words(void **state)
{
	char path[SCRATCH_PATH], *word[TEXTFILE_WORDS_MAX];
	struct textfile f;
	struct scratch s;

	(void)state;
	scratch_make(&s);
	scratch_write(
	    &s, path, "f", "# a comment\n\n  one two # rest\nthree \\\n four\nlast", 0644);
	assert_true(textfile_open(&f, path));
	assert_int_equal(textfile_words(&f, " \t", word), 2);
	assert_int_equal(f.number, 3);
	assert_string_equal(word[0], "one");
	assert_string_equal(word[1], "two");
	assert_int_equal(textfile_words(&f, " \t", word), 2);
	assert_string_equal(word[1], "four");
	assert_int_equal(textfile_words(&f, " \t", word), 1);
	assert_string_equal(word[0], "last");
	assert_int_equal(textfile_words(&f, " \t", word), 0);
	textfile_close(&f);
	scratch_remove(&s);
}

static void
a_line_without_end_and_a_file_without_name_do_no_harm(void **state)
{
	char path[SCRATCH_PATH], *word[TEXTFILE_WORDS_MAX], *text = malloc(40000);
	struct textfile f;
	struct scratch s;

	(void)state;
	scratch_make(&s);
	assert_non_null(text);
	for (size_t i = 0; i < 40000; i++)
		text[i] = i % 2 == 0 ? 'x' : ' ';
	scratch_bytes(&s, path, "f", text, 40000, 0644);
	assert_true(textfile_open(&f, path));
	while (textfile_words(&f, " ", word) > 0)
		assert_string_equal(word[TEXTFILE_WORDS_MAX - 1], "x");
	textfile_close(&f);
	assert_false(textfile_open(&f, scratch_path(&s, path, "none")));
	free(text);
	scratch_remove(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_come_as_words),
		cmocka_unit_test(a_line_without_end_and_a_file_without_name_do_no_harm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
