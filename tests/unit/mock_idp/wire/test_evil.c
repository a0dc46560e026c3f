/* What answers where nobody may ever go. */
#include "config.h"

#include "mock_idp/wire/evil.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
everything_is_answered_and_written_down(void **state)
{
	struct fixture *f = *state;

	(void)fixture_ask(f, "GET", "/jwks.json", NULL);
	f->x.listener = "evil_https";
	evil_answer(&f->w, &f->x, 0);
	assert_int_equal(f->x.rep.status, 200);
	assert_true(f->x.rep.close);
	assert_true(fixture_violated(f, "evil:evil_https"));
	assert_int_equal(f->w.journal.total.evil, 1);
	(void)fixture_ask(f, "CONNECT", "", NULL);
	f->x.listener = "evil_http";
	evil_answer(&f->w, &f->x, 400);
	assert_int_equal(f->x.rep.status, 200);
	assert_int_equal(f->w.journal.total.evil, 2);
}

static void
who_only_came_is_written_down_too(void **state)
{
	struct fixture *f = *state;

	msg_clear(&f->x);
	assert_true(msg_init(&f->x));
	f->x.listener = "evil_http";
	evil_contact(&f->w, &f->x);
	assert_true(fixture_violated(f, "evil:evil_http"));
	assert_int_equal(f->w.journal.n, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(everything_is_answered_and_written_down, fixture_reset),
		cmocka_unit_test_setup(who_only_came_is_written_down_too, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
