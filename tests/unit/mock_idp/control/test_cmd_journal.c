/* The journal, told and held up to what was expected. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/control/cmd.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
came(struct fixture *f, const char *path)
{
	journal_record(&f->w.journal, fixture_ask(f, "GET", path, NULL), 0);
}

/* Does the next line hold that text? NULL: there is no line. */
static void
next(struct fixture *f, struct control_wait *wait, const char *text)
{
	char *line = cmd_journal_line(&f->w, wait);

	if (text == NULL) {
		assert_null(line);
	} else {
		assert_non_null(line);
		assert_non_null(strstr(line, text));
	}
	free(line);
}

static void
the_journal_is_told_line_by_line(void **state)
{
	struct fixture *f = *state;
	struct control_wait wait = { .what = WAIT_NOTHING };

	came(f, "/a");
	came(f, "/b");
	assert_null(fixture_run(f, "journal", &wait, NULL));
	assert_int_equal(wait.what, TELL_JOURNAL);
	next(f, &wait, "\"path\":\"/a\"");
	/* what comes while it is told is not told */
	came(f, "/c");
	next(f, &wait, "\"path\":\"/b\"");
	next(f, &wait, NULL);
	next(f, &wait, NULL);
}

static void
what_is_forgotten_meanwhile_is_left_out(void **state)
{
	struct fixture *f = *state;
	struct control_wait wait = { .what = WAIT_NOTHING };

	came(f, "/a");
	came(f, "/b");
	assert_null(fixture_run(f, "journal", &wait, NULL));
	next(f, &wait, "\"path\":\"/a\"");
	world_reset(&f->w);
	came(f, "/c");
	next(f, &wait, NULL);
}

static void
raw_has_the_secrets(void **state)
{
	struct fixture *f = *state;
	struct control_wait wait = { .what = WAIT_NOTHING };

	fixture_heard(f, NULL, NULL, 0, "GET /?code=hush HTTP/1.1\r\nHost: h\r\n\r\n");
	assert_null(fixture_run(f, "journal raw", &wait, NULL));
	assert_int_equal(wait.what, TELL_RAW);
	next(f, &wait, "code=hush");
	assert_null(fixture_run(f, "journal", &wait, NULL));
	next(f, &wait, "code=present");
	assert_string_equal(fixture_run(f, "journal cooked", &wait, NULL), "only raw may follow");
}

static void
expectations_are_commands(void **state)
{
	struct fixture *f = *state;

	came(f, "/a");
	assert_string_equal(fixture_run(f, "expect count /a 1", NULL, NULL), "");
	assert_string_equal(
	    fixture_run(f, "expect count /a 2", NULL, NULL), "/a: 1 request, expected 2");
	assert_string_equal(
	    fixture_run(f, "expect count \xff 2", NULL, NULL), "\\xff is no endpoint");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_journal_is_told_line_by_line, fixture_reset),
		cmocka_unit_test_setup(what_is_forgotten_meanwhile_is_left_out, fixture_reset),
		cmocka_unit_test_setup(raw_has_the_secrets, fixture_reset),
		cmocka_unit_test_setup(expectations_are_commands, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
