/* Expectations: which there are, and which words they take. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/control/expect.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
words_that_are_no_expectation_hold_up_to_nothing(void **state)
{
	static const struct {
		const char *line, *why;
	} wrong[] = {
		{ "", "nothing is no expectation" },
		{ "counts token 1", "counts is no expectation" },
		{ "count token", "count wants EP N" },
		{ "count token 1 2", "count wants EP N" },
		{ "count tokn 1", "tokn is no endpoint" },
		{ "order token", "order wants EP EP..." },
		{ "order token jwks tokn", "tokn is no endpoint" },
		{ "header token accept", "header wants EP NAME VALUE..." },
		{ "no-header token accept x", "no-header wants EP NAME" },
		{ "clean token", "clean wants no more words" },
		{ "violation", "violation wants ID" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_string_equal(fixture_expect(f, wrong[i].line), wrong[i].why);
}

static void
each_kind_has_its_line_of_help(void **state)
{
	static const char *const kinds[] = { "count", "at-least", "at-most", "never", "order",
		"gap", "header", "no-header", "param", "no-param", "clean", "violation" };
	size_t n = sizeof(kinds) / sizeof(kinds[0]);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		assert_string_equal(expect_kind(i)->name, kinds[i]);
		assert_string_not_equal(expect_kind(i)->help, "");
	}
	assert_null(expect_kind(n));
}

static void
a_journal_with_a_hole_holds_up_to_nothing(void **state)
{
	struct fixture *f = *state;

	for (int i = 0; i < JOURNAL_MAX; i++)
		journal_record(&f->w.journal, fixture_ask(f, "GET", "/a", NULL), i);
	assert_string_equal(fixture_expect(f, "never evil"), "");
	journal_record(&f->w.journal, fixture_ask(f, "GET", "/a", NULL), 0);
	assert_string_equal(
	    fixture_expect(f, "never evil"), "the journal has lost its oldest entries (1)");
}

static void
long_words_fit_into_the_reason(void **state)
{
	struct fixture *f = *state;
	char line[480] = "header any ";

	fixture_heard(f, NULL, "token", 1, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
	memset(line + strlen(line), 'a', 200);
	line[211] = ' ';
	memset(line + 212, 'b', 250);
	assert_string_not_equal(fixture_expect(f, line), "");
	assert_in_range(strlen(f->why), 100, EXPECT_WHY_SIZE - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    words_that_are_no_expectation_hold_up_to_nothing, fixture_reset),
		cmocka_unit_test(each_kind_has_its_line_of_help),
		cmocka_unit_test_setup(a_journal_with_a_hole_holds_up_to_nothing, fixture_reset),
		cmocka_unit_test_setup(long_words_fit_into_the_reason, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
