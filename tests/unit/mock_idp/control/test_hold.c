/* How many, in which order, how long between. */
#include "config.h"

#include "mock_idp/control/hold.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

/* A request to that endpoint, answered some microseconds later; -1: never. */
static void
came(struct fixture *f, const char *ep, int64_t us, int64_t answered)
{
	fixture_heard(f, "issuer", ep, us, "GET / HTTP/1.1\r\nHost: h\r\n\r\n");
	if (answered >= 0)
		journal_answered(&f->w.journal, f->x.entry, answered);
}

static void
holds(struct fixture *f, const char *line)
{
	assert_string_equal(fixture_expect(f, line), "");
}

static void
fails(struct fixture *f, const char *line, const char *why)
{
	assert_string_equal(fixture_expect(f, line), why);
}

static void
so_many_requests_came(void **state)
{
	struct fixture *f = *state;

	holds(f, "count token 0");
	came(f, "token", 1, 2);
	came(f, "jwks", 1, 2);
	fails(f, "count token 2", "token: 1 request, expected 2");
	came(f, "token", 3, 4);
	holds(f, "count token 2");
	fails(f, "count token 1", "token: 2 requests, expected 1");
	fails(f, "count token 3", "token: 2 requests, expected 3");
	fails(f, "count token two", "two is not a number of requests");
}

static void
at_least_and_at_most_so_many(void **state)
{
	struct fixture *f = *state;

	came(f, "token", 1, 2);
	came(f, "token", 3, 4);
	holds(f, "at-least token 1");
	holds(f, "at-least token 2");
	fails(f, "at-least token 3", "token: 2 requests, expected at least 3");
	holds(f, "at-most token 3");
	holds(f, "at-most token 2");
	fails(f, "at-most token 1", "token: 2 requests, expected at most 1");
}

static void
none_came(void **state)
{
	struct fixture *f = *state;

	came(f, "token", 1, 2);
	holds(f, "never jwks");
	holds(f, "never evil");
	fixture_heard(f, "evil_https", NULL, 3, "");
	fails(f, "never token", "token: seq 1 is one, expected none");
	fails(f, "never evil", "evil: seq 2 is one, expected none");
}

static void
they_came_in_order_with_others_between(void **state)
{
	struct fixture *f = *state;

	came(f, "discovery", 1, 2);
	came(f, "jwks", 1, 2);
	came(f, "token", 1, 2);
	came(f, "token", 1, 2);
	holds(f, "order discovery token");
	holds(f, "order discovery jwks token token");
	fails(f, "order token jwks",
	    "no request to jwks behind seq 3 (token), expected it as number 2");
	fails(f, "order token token token",
	    "no request to token behind seq 4 (token), expected it as number 3");
	fails(f, "order device token", "no request to device, expected it first");
}

static void
the_pause_is_from_the_answer_to_the_next_request(void **state)
{
	struct fixture *f = *state;

	fails(f, "gap token 1", "token: no request, expected two or more");
	came(f, "token", 1000, 501000);
	fails(f, "gap token 1", "token: one request, expected two or more");
	came(f, "jwks", 600000, 601000);
	came(f, "token", 1501000, 1502000);
	holds(f, "gap token 1000");
	fails(f, "gap token 1001", "token: 1000.000 ms before seq 3, expected 1001 or more");
	came(f, "token", 2501999, -1);
	came(f, "token", 9000000, -1);
	fails(f, "gap token 1000", "token: 999.999 ms before seq 4, expected 1000 or more");
	fails(f, "gap token 1s", "1s is not a number of milliseconds");
}

static void
without_an_answer_it_is_from_request_to_request(void **state)
{
	struct fixture *f = *state;

	came(f, "token", 0, -1);
	came(f, "token", 5000, 900000);
	/* before the answer to the last one was out */
	came(f, "token", 890000, -1);
	fails(f, "gap token 0", "token: -10.000 ms before seq 3, expected 0 or more");
	journal_reset(&f->w.journal);
	came(f, "token", 0, -1);
	came(f, "token", 5000, 900000);
	holds(f, "gap token 5");
	fails(f, "gap token 6", "token: 5.000 ms before seq 2, expected 6 or more");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(so_many_requests_came, fixture_reset),
		cmocka_unit_test_setup(at_least_and_at_most_so_many, fixture_reset),
		cmocka_unit_test_setup(none_came, fixture_reset),
		cmocka_unit_test_setup(they_came_in_order_with_others_between, fixture_reset),
		cmocka_unit_test_setup(
		    the_pause_is_from_the_answer_to_the_next_request, fixture_reset),
		cmocka_unit_test_setup(
		    without_an_answer_it_is_from_request_to_request, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
