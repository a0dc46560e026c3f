/* The words of a value. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/conf_word.h"
#include "tests/support/unit.h"

static void
expect(const char *line, const char *text, size_t n, const char *const *word)
{
	struct conf_value v = { .text = NULL };

	assert_int_equal(conf_word_gather(&v, line, strlen(line), NULL), E_OK);
	if (text == NULL)
		assert_null(v.text);
	else
		assert_string_equal(v.text, text);
	assert_int_equal(v.word.n, n);
	for (size_t i = 0; i < n; i++)
		assert_string_equal(v.word.v[i], word[i]);
	conf_word_clear(&v);
}

static void
blanks_and_commas_part_words(void **state)
{
	static const char *const scopes[] = { "openid", "profile", "email" };

	(void)state;
	expect("openid profile\temail", "openid profile\temail", 3, scopes);
	expect("openid,profile,email", "openid,profile,email", 3, scopes);
	expect("  openid , profile,\temail ", "openid , profile,\temail", 3, scopes);
	expect("", NULL, 0, NULL);
	expect(" \t", NULL, 0, NULL);
}

static void
quotes_hold_blanks_commas_and_marks(void **state)
{
	static const char *const word[] = { "Domain Admins", "a,b", "a \"b\" \\", "" };

	(void)state;
	expect("\"Domain Admins\",\"a,b\" \"a \\\"b\\\" \\\\\" \"\"",
	    "\"Domain Admins\",\"a,b\" \"a \\\"b\\\" \\\\\" \"\"", 4, word);
}

static void
a_comment_begins_after_a_blank_outside_quotes(void **state)
{
	static const char *const word[] = { "a#b", "c" }, *const quoted[] = { "a # b" };
	static const char *const marks[] = { "a#b", "#c" };

	(void)state;
	expect("a#b c # d", "a#b c", 2, word);
	expect("a#b,#c", "a#b,#c", 2, marks);
	expect("\"a # b\" # c", "\"a # b\"", 1, quoted);
	expect("# c", NULL, 0, NULL);
}

static void
a_backslash_outside_quotes_is_itself(void **state)
{
	static const char *const word[] = { "DOM\\users" };

	(void)state;
	expect("DOM\\users", "DOM\\users", 1, word);
}

static void
parts_of_two_lines_are_apart(void **state)
{
	struct conf_value v = { .text = NULL };

	(void)state;
	assert_int_equal(conf_word_gather(&v, "a, # x", 6, NULL), E_OK);
	assert_true(v.open);
	assert_int_equal(conf_word_gather(&v, "  b", 3, NULL), E_OK);
	assert_false(v.open);
	assert_string_equal(v.text, "a, b");
	assert_int_equal(v.word.n, 2);
	conf_word_clear(&v);
}

static void
a_comma_beside_nothing_is_noted(void **state)
{
	static const struct {
		const char *line;
		bool gap, open;
	} row[] = {
		{ "a,b", false, false },
		{ ",a", true, false },
		{ "a,,b", true, false },
		{ "a,", false, true },
		{ "a , , b", true, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct conf_value v = { .text = NULL };

		assert_int_equal(
		    conf_word_gather(&v, row[i].line, strlen(row[i].line), NULL), E_OK);
		assert_int_equal(v.gap, row[i].gap);
		assert_int_equal(v.open, row[i].open);
		conf_word_clear(&v);
	}
}

static void
refuses_quotes_that_do_not_stand_around_a_word(void **state)
{
	static const char *const line[] = { "\"a", "\"a\"b", "a\"b\"", "a\"", "\"", "\"a\\\"",
		"\"a\\n\"", "\"a\\", "\"a\"#" };

	(void)state;
	for (size_t i = 0; i < sizeof(line) / sizeof(line[0]); i++) {
		struct conf_value v = { .text = NULL };
		struct err e = { .code = E_OK };

		assert_int_equal(conf_word_gather(&v, line[i], strlen(line[i]), &e), E_CFG);
		assert_string_equal(e.reason, "cfg.quote");
		conf_word_clear(&v);
	}
}

static void
what_is_printed_reads_back(void **state)
{
	static const char *const word[] = { "plain", "a b", "a\"b", "a\\b", "", "#", "a,b", "=",
		"[x]", "gr\xc3\xbcn", " a ", "https://x.example:8443/a?b" };

	(void)state;
	for (size_t i = 0; i < sizeof(word) / sizeof(word[0]); i++) {
		struct conf_value v = { .text = NULL };
		char *text = NULL;
		size_t len = 0, n;
		FILE *f = open_memstream(&text, &len);

		assert_non_null(f);
		n = conf_word_print(f, word[i]);
		assert_int_equal(fclose(f), 0);
		assert_int_equal(n, len);
		assert_int_equal(conf_word_gather(&v, text, len, NULL), E_OK);
		assert_int_equal(v.word.n, 1);
		assert_string_equal(v.word.v[0], word[i]);
		conf_word_clear(&v);
		free(text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blanks_and_commas_part_words),
		cmocka_unit_test(quotes_hold_blanks_commas_and_marks),
		cmocka_unit_test(a_comment_begins_after_a_blank_outside_quotes),
		cmocka_unit_test(a_backslash_outside_quotes_is_itself),
		cmocka_unit_test(parts_of_two_lines_are_apart),
		cmocka_unit_test(a_comma_beside_nothing_is_noted),
		cmocka_unit_test(refuses_quotes_that_do_not_stand_around_a_word),
		cmocka_unit_test(what_is_printed_reads_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
