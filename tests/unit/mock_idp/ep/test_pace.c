/* How fast a client polls. */
#include "config.h"

#include "mock_idp/ep/pace.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static enum profile_outcome
ask(struct fixture *f, struct code *c, int64_t after)
{
	enum profile_outcome o;

	f->ms += after;
	o = pace_ask(&f->w, c);
	c->polls++;
	c->last_answer = world_ms(&f->w);
	return o;
}

static struct code *
start(struct fixture *f, const char *profile)
{
	struct code *c;

	fixture_profile(f, profile);
	c = fixture_code(f, "openid", NULL);
	c->in_time = c->issued;
	return c;
}

static void
who_keeps_no_pace_never_complains(void **state)
{
	struct fixture *f = *state;
	struct code *c = start(f, "authelia");

	assert_int_equal(ask(f, c, 0), OUTCOME_PENDING);
	assert_int_equal(ask(f, c, 0), OUTCOME_PENDING);
	assert_int_equal(c->slowed, 0);
}

static void
each_early_poll_makes_the_interval_longer(void **state)
{
	struct fixture *f = *state;
	struct code *c = start(f, "rfc");

	assert_int_equal(ask(f, c, 4999), OUTCOME_TOO_FAST);
	assert_int_equal(ask(f, c, 9999), OUTCOME_TOO_FAST);
	assert_int_equal(ask(f, c, 15000), OUTCOME_PENDING);
	assert_int_equal(ask(f, c, 14999), OUTCOME_TOO_FAST);
	assert_int_equal(c->slowed, 3);
}

static void
the_interval_of_the_command_line_counts(void **state)
{
	struct fixture *f = *state;
	struct code *c = start(f, "rfc");

	f->w.interval = 1;
	assert_int_equal(ask(f, c, 999), OUTCOME_TOO_FAST);
	assert_int_equal(ask(f, c, 6000), OUTCOME_PENDING);
}

static void
three_strikes_and_out(void **state)
{
	struct fixture *f = *state;
	struct code *c = start(f, "rauthy");

	assert_int_equal(ask(f, c, 4500), OUTCOME_PENDING);
	assert_int_equal(ask(f, c, 4499), OUTCOME_TOO_FAST);
	assert_int_equal(ask(f, c, 4499), OUTCOME_TOO_FAST);
	assert_int_equal(ask(f, c, 0), OUTCOME_STRUCK_OUT);
}

static void
the_journal_complains_in_any_case(void **state)
{
	struct fixture *f = *state;
	struct code *c = start(f, "authelia");

	f->ms += 9999;
	pace_judge(&f->w, fixture_ask(f, "POST", "/", NULL), c);
	assert_true(fixture_violated(f, "early_poll:9999ms"));
	f->ms += 1;
	pace_judge(&f->w, fixture_ask(f, "POST", "/", NULL), c);
	assert_false(fixture_violated(f, "early_poll"));
	c->slowed = 2;
	f->ms += 9999;
	pace_judge(&f->w, fixture_ask(f, "POST", "/", NULL), c);
	assert_true(fixture_violated(f, "early_poll:19999ms"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(who_keeps_no_pace_never_complains, fixture_reset),
		cmocka_unit_test_setup(each_early_poll_makes_the_interval_longer, fixture_reset),
		cmocka_unit_test_setup(the_interval_of_the_command_line_counts, fixture_reset),
		cmocka_unit_test_setup(three_strikes_and_out, fixture_reset),
		cmocka_unit_test_setup(the_journal_complains_in_any_case, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
