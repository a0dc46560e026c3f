/* The polling machine on a virtual clock. */
#include "config.h"

#include "helper/oidc/poll.h"
#include "tests/support/unit.h"

#define NEVER INT64_MAX
#define S(n) ((int64_t)(n)*1000)

/* Plays a script; each answer arrives at once. Checks the gap before every request, in seconds. */
struct play {
	struct poll p;
	struct poll_step step;
	int64_t now;
};

static void
start(struct play *x, uint32_t interval, uint32_t expires_in)
{
	x->now = S(1000);
	poll_start(&x->p, interval, expires_in, NEVER, x->now);
	x->step = poll_due(&x->p, x->now);
}

static void
asks_after(struct play *x, int64_t seconds)
{
	assert_int_equal(x->step.action, POLL_ASK);
	assert_int_equal(x->step.at - x->now, S(seconds) + POLL_MARGIN_MS);
	x->now = x->step.at;
}

static void
answer(struct play *x, enum poll_event ev, int64_t retry_after)
{
	x->step = poll_next(&x->p, ev, retry_after, x->now);
}

static void
stops(const struct play *x, enum errcode code, const char *reason)
{
	assert_int_equal(x->step.action, POLL_STOP);
	assert_int_equal(x->step.code, code);
	assert_string_equal(x->step.reason, reason);
}

/* D-01 to D-04, C-143: the first request waits too */
static void
keeps_the_interval_from_the_first_request_on(void **state)
{
	static const uint32_t rows[][2] = { { 5, 5 }, { 10, 10 }, { 0, 1 }, { 1, 1 }, { 31, 31 } };
	struct play x;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		start(&x, rows[i][0], 600);
		for (int n = 0; n < 5; n++) {
			asks_after(&x, rows[i][1]);
			answer(&x, POLL_PENDING, -1);
		}
	}
}

/* D-05 */
static void
an_interval_longer_than_the_code_ends_at_once(void **state)
{
	struct play x;

	(void)state;
	start(&x, 31, 30);
	stops(&x, E_EXP, "dev.expired");
}

/* D-06, D-07, C-144 */
static void
slow_down_adds_five_seconds_for_good(void **state)
{
	struct play x;

	(void)state;
	start(&x, 5, 600);
	for (int n = 0; n < 3; n++) {
		asks_after(&x, 5);
		answer(&x, POLL_PENDING, -1);
	}
	asks_after(&x, 5);
	answer(&x, POLL_SLOWDOWN, -1);
	for (int n = 0; n < 2; n++) {
		asks_after(&x, 10);
		answer(&x, POLL_PENDING, -1);
	}
	asks_after(&x, 10);
	answer(&x, POLL_SLOWDOWN, -1);
	asks_after(&x, 15);
	start(&x, 5, 600);
	for (int n = 1; n <= 8; n++) {
		asks_after(&x, 5 * n);
		answer(&x, POLL_SLOWDOWN, -1);
	}
	asks_after(&x, 45);
}

static void
slow_down_never_wraps_round(void **state)
{
	struct poll p;

	(void)state;
	poll_start(&p, UINT32_MAX, 600, NEVER, 0);
	p.expires = NEVER;
	(void)poll_next(&p, POLL_SLOWDOWN, -1, 0);
	assert_int_equal(p.interval, UINT32_MAX);
}

/* D-08, C-148 */
static void
pending_for_ever_ends_with_the_code(void **state)
{
	struct play x;

	(void)state;
	start(&x, 5, 12);
	asks_after(&x, 5);
	answer(&x, POLL_PENDING, -1);
	asks_after(&x, 5);
	answer(&x, POLL_PENDING, -1);
	stops(&x, E_EXP, "dev.expired");
	assert_true(x.now <= S(1012));
}

/* C-148: nothing is asked at the very moment of expiry */
static void
the_last_request_is_before_the_end(void **state)
{
	struct poll p;

	(void)state;
	poll_start(&p, 5, 600, S(5) + POLL_MARGIN_MS, 0);
	assert_int_equal(poll_due(&p, 0).action, POLL_STOP);
	poll_start(&p, 5, 600, S(5) + POLL_MARGIN_MS + 1, 0);
	assert_int_equal(poll_due(&p, 0).action, POLL_ASK);
	assert_int_equal(poll_due(&p, S(5) + POLL_MARGIN_MS).action, POLL_ASK);
	assert_int_equal(poll_due(&p, S(5) + POLL_MARGIN_MS + 1).action, POLL_STOP);
}

/* D-10, C-161 */
static void
ten_minutes_is_the_longest_and_a_deadline_is_shorter(void **state)
{
	struct poll p;

	(void)state;
	poll_start(&p, 5, 86400, NEVER, S(7));
	assert_int_equal(p.expires, S(607));
	poll_start(&p, 5, 86400, S(90), S(7));
	assert_int_equal(p.expires, S(90));
	poll_start(&p, 5, 30, S(90), S(7));
	assert_int_equal(p.expires, S(37));
}

/* D-11, C-147 */
static void
lost_connections_double_the_wait_until_one_answer(void **state)
{
	struct play x;

	(void)state;
	start(&x, 5, 600);
	asks_after(&x, 5);
	answer(&x, POLL_SLOWDOWN, -1);
	asks_after(&x, 10);
	answer(&x, POLL_FAILED, -1);
	asks_after(&x, 20);
	answer(&x, POLL_FAILED, -1);
	asks_after(&x, 40);
	answer(&x, POLL_FAILED, -1);
	asks_after(&x, 60);
	answer(&x, POLL_FAILED, -1);
	asks_after(&x, 60);
	answer(&x, POLL_PENDING, -1);
	asks_after(&x, 10);
}

static void
backing_off_never_polls_faster_than_a_long_interval(void **state)
{
	struct play x;

	(void)state;
	start(&x, 75, 600);
	asks_after(&x, 75);
	answer(&x, POLL_FAILED, -1);
	asks_after(&x, 75);
}

/* D-13 */
static void
more_than_five_failures_in_a_row_are_a_broken_network(void **state)
{
	struct play x;

	(void)state;
	start(&x, 1, 600);
	for (int n = 0; n < 5; n++) {
		x.now = x.step.at;
		answer(&x, n % 2 ? POLL_THROTTLED : POLL_FAILED, -1);
		assert_int_equal(x.step.action, POLL_ASK);
	}
	x.now = x.step.at;
	answer(&x, POLL_FAILED, -1);
	stops(&x, E_NET, "dev.net");
}

/* D-14, D-15 */
static void
retry_after_is_kept_when_it_is_longer(void **state)
{
	struct play x;

	(void)state;
	start(&x, 5, 600);
	asks_after(&x, 5);
	answer(&x, POLL_THROTTLED, 30);
	asks_after(&x, 30);
	answer(&x, POLL_SLOWDOWN, 60);
	asks_after(&x, 60);
	answer(&x, POLL_THROTTLED, 3);
	asks_after(&x, 10);
	answer(&x, POLL_PENDING, -7);
	asks_after(&x, 10);
	answer(&x, POLL_THROTTLED, INT64_MAX);
	stops(&x, E_EXP, "dev.expired");
}

/* Authelia's limiter answers 429 with a time for minutes: that is no broken network. */
static void
being_throttled_with_a_time_is_an_answer(void **state)
{
	struct play x;

	(void)state;
	start(&x, 1, 600);
	for (int n = 0; n < 20; n++) {
		x.now = x.step.at;
		answer(&x, POLL_THROTTLED, 10);
		assert_int_equal(x.step.action, POLL_ASK);
	}
}

/* D-17, D-18 */
static void
a_sleeping_machine_catches_up_with_one_request_or_none(void **state)
{
	struct play x;

	(void)state;
	start(&x, 5, 600);
	x.now += S(30);
	x.step = poll_due(&x.p, x.now);
	assert_int_equal(x.step.action, POLL_ASK);
	assert_true(x.step.at <= x.now);
	answer(&x, POLL_PENDING, -1);
	asks_after(&x, 5);
	x.now += S(1200);
	x.step = poll_due(&x.p, x.now);
	stops(&x, E_EXP, "dev.expired");
}

/* authelia.md trap 3: a denial is HTTP 500 server_error */
static void
a_server_error_is_tried_once_more_after_the_interval(void **state)
{
	struct play x;

	(void)state;
	start(&x, 10, 600);
	asks_after(&x, 10);
	answer(&x, POLL_SERVER_ERROR, -1);
	asks_after(&x, 10);
	answer(&x, POLL_SERVER_ERROR, -1);
	stops(&x, E_DENY, "dev.server_error");
	start(&x, 10, 600);
	asks_after(&x, 10);
	answer(&x, POLL_SERVER_ERROR, -1);
	asks_after(&x, 10);
	answer(&x, POLL_PENDING, -1);
	asks_after(&x, 10);
	answer(&x, POLL_SERVER_ERROR, -1);
	asks_after(&x, 10);
}

/* D-23 */
static void
a_server_that_always_complains_ends_with_the_code(void **state)
{
	struct play x;
	int n = 0;

	(void)state;
	start(&x, 5, 600);
	while (x.step.action == POLL_ASK) {
		x.now = x.step.at;
		answer(&x, n++ % 2 ? POLL_PENDING : POLL_SLOWDOWN, -1);
	}
	stops(&x, E_EXP, "dev.expired");
	assert_in_range(n, 10, 30);
}

/* H-52 */
static void
over_is_over(void **state)
{
	struct play x;

	(void)state;
	start(&x, 1, 600);
	answer(&x, POLL_SERVER_ERROR, -1);
	answer(&x, POLL_SERVER_ERROR, -1);
	answer(&x, POLL_PENDING, -1);
	stops(&x, E_DENY, "dev.server_error");
	start(&x, 5, 20);
	answer(&x, POLL_THROTTLED, 600);
	answer(&x, POLL_PENDING, -1);
	stops(&x, E_EXP, "dev.expired");
}

static uint32_t
draw(uint32_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 17;
	*seed ^= *seed << 5;
	return *seed;
}

/* One random script; every step keeps the promises of D-22. */
static void
play_one(uint32_t seed)
{
	uint32_t rnd = seed * 2654435761U + 1, interval = draw(&rnd) % 40,
	         life = 1 + draw(&rnd) % 900, before;
	int64_t deadline = S(1000) + S(draw(&rnd) % 900), asked = 0;
	struct play x = { .now = S(1000) };

	poll_start(&x.p, interval, life, deadline, x.now);
	x.step = poll_due(&x.p, x.now);
	for (int n = 0; x.step.action == POLL_ASK; n++) {
		assert_in_range(n, 0, 600);
		assert_true(x.step.at - x.now >= S(x.p.interval));
		assert_true(x.step.at < x.p.expires && x.step.at < deadline);
		assert_true(x.step.at < S(1000) + S(life) && x.step.at > asked);
		asked = x.step.at;
		x.now = x.step.at + draw(&rnd) % 12000; /* the answer's latency */
		before = x.p.interval;
		answer(&x, (enum poll_event)(draw(&rnd) % 5),
		    draw(&rnd) % 4 ? -1 : (int64_t)(draw(&rnd) % 100));
		assert_true(x.p.interval >= before);
	}
	assert_int_not_equal(x.step.code, E_OK);
	for (int ev = 0; ev < 5; ev++) {
		answer(&x, (enum poll_event)ev, -1);
		assert_int_equal(x.step.action, POLL_STOP);
	}
}

/* D-22 */
static void
a_thousand_random_scripts_keep_the_rules(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 1000; seed++)
		play_one(seed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(keeps_the_interval_from_the_first_request_on),
		cmocka_unit_test(an_interval_longer_than_the_code_ends_at_once),
		cmocka_unit_test(slow_down_adds_five_seconds_for_good),
		cmocka_unit_test(slow_down_never_wraps_round),
		cmocka_unit_test(pending_for_ever_ends_with_the_code),
		cmocka_unit_test(the_last_request_is_before_the_end),
		cmocka_unit_test(ten_minutes_is_the_longest_and_a_deadline_is_shorter),
		cmocka_unit_test(lost_connections_double_the_wait_until_one_answer),
		cmocka_unit_test(backing_off_never_polls_faster_than_a_long_interval),
		cmocka_unit_test(more_than_five_failures_in_a_row_are_a_broken_network),
		cmocka_unit_test(retry_after_is_kept_when_it_is_longer),
		cmocka_unit_test(being_throttled_with_a_time_is_an_answer),
		cmocka_unit_test(a_sleeping_machine_catches_up_with_one_request_or_none),
		cmocka_unit_test(a_server_error_is_tried_once_more_after_the_interval),
		cmocka_unit_test(a_server_that_always_complains_ends_with_the_code),
		cmocka_unit_test(over_is_over),
		cmocka_unit_test(a_thousand_random_scripts_keep_the_rules),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
