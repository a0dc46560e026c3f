/* The rate limiter, for one request. */
#include "config.h"

#include <stdio.h>

#include "mock_idp/throttle.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

/* One from that address (NULL: none is known), by way of that proxy (NULL: none). */
static bool
come(struct fixture *f, const char *ep, const char *peer, const char *via)
{
	struct exchange *x = fixture_ask(f, "POST", "/", NULL);

	x->ep = ep;
	if (peer != NULL)
		(void)snprintf(x->peer, sizeof(x->peer), "%s", peer);
	if (via != NULL)
		assert_int_equal(pairs_add(&x->req.headers, "x-forwarded-for", via), E_OK);
	return throttle(&f->w, x);
}

static int
limit(void **state, const char *text)
{
	struct fixture *f = *state;

	return fixture_reset(state) == 0 && limiter_set(&f->w.limiter, text) ? 0 : -1;
}

static int
one_a_minute(void **state)
{
	return limit(state, "60/1");
}

static int
off_again(void **state)
{
	return limit(state, "off");
}

static void
one_too_many_is_told_when_to_come_again(void **state)
{
	struct fixture *f = *state;

	assert_false(come(f, "token", "127.0.0.1", NULL));
	assert_int_equal(f->x.rep.status, 0);
	f->ms += 500;
	assert_true(come(f, "token", "127.0.0.1", NULL));
	assert_int_equal(f->x.rep.status, 429);
	assert_string_equal(pairs_get(&f->x.rep.headers, "Retry-After"), "60");
	assert_string_equal(pairs_get(&f->x.rep.headers, "Content-Type"), MSG_JSON);
	assert_string_equal(fixture_string(f, "error"), "temporarily_unavailable");
	assert_string_equal(f->x.rep.error, "temporarily_unavailable");
	f->ms += 59500;
	assert_false(come(f, "token", "127.0.0.1", NULL));
}

static void
the_first_address_of_a_proxy_counts(void **state)
{
	struct fixture *f = *state;

	assert_false(come(f, "token", "127.0.0.1", "192.0.2.1, 127.0.0.1"));
	assert_true(come(f, "token", "127.0.0.2", "192.0.2.1"));
	assert_false(come(f, "token", "127.0.0.1", "192.0.2.2,192.0.2.1"));
	assert_false(come(f, "token", "127.0.0.1", NULL));
	assert_true(come(f, "token", "127.0.0.1", ""));
	assert_false(come(f, "userinfo", "127.0.0.1", NULL));
}

static void
a_good_answer_is_given_back(void **state)
{
	struct fixture *f = *state;

	for (int status = 200; status <= 201; status++) {
		assert_false(come(f, "par", "127.0.0.1", NULL));
		f->x.rep.status = status;
		throttle_settle(&f->w, &f->x);
	}
	assert_false(come(f, "par", "127.0.0.1", NULL));
	f->x.rep.status = 400;
	throttle_settle(&f->w, &f->x);
	assert_true(come(f, "par", "127.0.0.1", NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    one_too_many_is_told_when_to_come_again, one_a_minute, off_again),
		cmocka_unit_test_setup_teardown(
		    the_first_address_of_a_proxy_counts, one_a_minute, off_again),
		cmocka_unit_test_setup_teardown(
		    a_good_answer_is_given_back, one_a_minute, off_again),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
