/* The control socket's commands, found and run. */
#include "config.h"

#include <string.h>

#include "mock_idp/control/control.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
nonsense_is_refused(void **state)
{
	static const struct {
		const char *command, *why;
	} wrong[] = {
		{ "", "not a command; help lists them" },
		{ " \t\r", "not a command; help lists them" },
		{ "frobnicate", "unknown command frobnicate; help lists them" },
		{ "a b c d e f g h i j k l m n o p q r s t u v w x y z a b c d e f g h i j",
		    "not a command; help lists them" },
		{ "approve", "approve wants CODE|last USER" },
		{ "approve last", "approve wants CODE|last USER" },
		{ "deny last alice", "deny wants CODE|last" },
		{ "expect", "expect wants KIND ..." },
		{ "help me", "help wants no more words" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_string_equal(fixture_run(f, wrong[i].command, NULL, NULL), wrong[i].why);
}

static void
blanks_around_words_are_no_words(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(fixture_run(f, " \tauto  bob \r", NULL, NULL), "");
	assert_string_equal(f->w.auto_user, "bob");
}

/* Everything that a command has to tell. */
static const char *
tell(struct fixture *f, const char *command, struct buf *out)
{
	struct control_wait wait = { .what = WAIT_NOTHING };

	buf_reset(out);
	assert_null(fixture_run(f, command, &wait, NULL));
	assert_null(control_check(&f->w, &wait));
	for (int i = 0; i < 10000 && wait.what != WAIT_NOTHING; i++)
		assert_true(control_tell(&f->w, &wait, out));
	assert_int_equal(wait.what, WAIT_NOTHING);
	return buf_cstr(out);
}

static void
many_lines_end_in_one_that_counts_them(void **state)
{
	struct fixture *f = *state;
	struct buf *out = buf_new(1 << 20);
	const char *text;

	assert_string_equal(tell(f, "journal", out), "{\"ok\":true,\"entries\":0}\n");
	for (int i = 0; i < 2; i++)
		journal_record(&f->w.journal, fixture_ask(f, "GET", "/a", NULL), i);
	text = tell(f, "journal", out);
	assert_int_equal(strncmp(text, "{\"seq\":1,", 9), 0);
	assert_non_null(strstr(text, "}\n{\"seq\":2,"));
	assert_non_null(strstr(text, "}\n{\"ok\":true,\"entries\":2}\n"));
	buf_free(out);
}

static void
they_are_told_in_portions(void **state)
{
	struct fixture *f = *state;
	struct control_wait wait = { .what = WAIT_NOTHING };
	struct buf *out = buf_new(1 << 20), *small = buf_new(1000);
	size_t portions = 0;

	for (int i = 0; i < 1000; i++)
		journal_record(&f->w.journal, fixture_ask(f, "GET", "/a", NULL), i);
	assert_null(fixture_run(f, "journal", &wait, NULL));
	for (; wait.what != WAIT_NOTHING; portions++) {
		assert_true(control_tell(&f->w, &wait, out));
		assert_in_range(buf_len(out), 1, 66 * 1024);
		buf_reset(out);
	}
	assert_in_range(portions, 2, 10);
	assert_int_equal(wait.count, 1000);
	assert_null(fixture_run(f, "journal", &wait, NULL));
	assert_false(control_tell(&f->w, &wait, small));
	buf_free(out);
	buf_free(small);
}

static void
help_lists_commands_and_expectations(void **state)
{
	struct fixture *f = *state;
	struct buf *out = buf_new(1 << 20);
	const char *text = tell(f, "help", out);

	assert_int_equal(strncmp(text, "approve CODE|last USER   ", 25), 0);
	assert_non_null(strstr(text, "\nquit  "));
	assert_non_null(strstr(text, "\nexpect violation ID  "));
	buf_free(out);
}

static void
a_wait_that_is_none_has_no_answer(void **state)
{
	struct fixture *f = *state;
	struct control_wait wait = { .what = WAIT_NOTHING };

	assert_null(control_check(&f->w, &wait));
	assert_null(fixture_run(f, "wait-code 1", &wait, NULL));
	f->ms += 1;
	json_decref(control_check(&f->w, &wait));
	assert_int_equal(wait.what, WAIT_NOTHING);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(nonsense_is_refused, fixture_reset),
		cmocka_unit_test_setup(blanks_around_words_are_no_words, fixture_reset),
		cmocka_unit_test_setup(many_lines_end_in_one_that_counts_them, fixture_reset),
		cmocka_unit_test_setup(they_are_told_in_portions, fixture_reset),
		cmocka_unit_test_setup(help_lists_commands_and_expectations, fixture_reset),
		cmocka_unit_test_setup(a_wait_that_is_none_has_no_answer, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
