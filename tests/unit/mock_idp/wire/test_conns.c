/* The connections there are. */
#include "config.h"

#include <sys/socket.h>
#include <unistd.h>

#include "mock_idp/wire/conns.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
answer(struct world *w, struct exchange *x, int bad)
{
	(void)w;
	msg_reply_text(&x->rep, bad == 0 ? 200 : bad, "text/plain", "x");
}

static const struct listener plain = { .kind = LISTENER_EVIL_HTTP, .fd = -1 };

/* A connection without TLS; the other end stays with the test. */
static int
add(struct conns *s, struct fixture *f)
{
	const struct conn_setup how = { .from = &plain, .answer = answer, .id = s->n + 1 };
	int v[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, v), 0);
	assert_true(conns_make_room(s));
	conns_add(s, conn_new(&how, v[0], f->ms));
	return v[1];
}

static void
those_with_something_to_do_are_stepped_and_those_that_are_over_go(void **state)
{
	struct fixture *f = *state;
	struct conns s = { .v = NULL };
	struct pollfd p[40];
	int other[40];

	for (int i = 0; i < 40; i++)
		other[i] = add(&s, f);
	assert_int_equal(s.n, 40);
	assert_int_equal(conns_poll(&s, p), f->ms);
	conns_step(&s, &f->w, p, 40);
	assert_int_equal(conns_poll(&s, p), f->ms + CONN_IDLE_MS);
	assert_int_equal(p[3].events, POLLIN);
	/* 3 and 39 hang up */
	(void)close(other[3]);
	(void)close(other[39]);
	assert_int_equal(poll(p, 40, 0), 2);
	conns_step(&s, &f->w, p, 40);
	assert_int_equal(s.n, 38);
	conns_add(&s, NULL);
	assert_int_equal(s.n, 38);
	f->ms += CONN_IDLE_MS;
	(void)conns_poll(&s, p);
	conns_step(&s, &f->w, p, 38);
	assert_int_equal(s.n, 0);
	for (int i = 0; i < 39; i++)
		if (i != 3)
			(void)close(other[i]);
	conns_clear(&s);
}

static void
when_all_places_are_taken_the_idlest_gives_way(void **state)
{
	struct fixture *f = *state;
	struct conns s = { .v = NULL };
	int other[CONNS_MAX + 1];
	char c;

	for (int i = 0; i < CONNS_MAX; i++)
		other[i] = add(&s, f);
	for (int i = 0; i < CONNS_MAX; i++) {
		f->ms++;
		assert_true(conn_step(s.v[(i + 500) % CONNS_MAX], &f->w));
	}
	/* asking costs nobody his place */
	assert_true(conns_has_room(&s));
	assert_int_equal(s.n, CONNS_MAX);
	other[CONNS_MAX] = add(&s, f);
	assert_int_equal(s.n, CONNS_MAX);
	/* 500 had its step first, and so is first to end */
	assert_int_equal(recv(other[499], &c, 1, MSG_DONTWAIT), -1);
	assert_int_equal(recv(other[500], &c, 1, MSG_DONTWAIT), 0);
	for (int i = 0; i <= CONNS_MAX; i++)
		(void)close(other[i]);
	conns_clear(&s);
}

static void
nobody_at_work_gives_way(void **state)
{
	static const struct fault delay = { .delay_ms = 1000 };
	const struct conn_setup how = { .from = &plain, .answer = answer, .fault = &delay };
	struct fixture *f = *state;
	struct conns s = { .v = NULL };

	for (int i = 0; i < CONNS_MAX; i++) {
		assert_true(conns_make_room(&s));
		conns_add(&s, conn_new(&how, dup(0), f->ms));
	}
	assert_false(conns_has_room(&s));
	assert_false(conns_make_room(&s));
	conns_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    those_with_something_to_do_are_stepped_and_those_that_are_over_go,
		    fixture_reset),
		cmocka_unit_test_setup(
		    when_all_places_are_taken_the_idlest_gives_way, fixture_reset),
		cmocka_unit_test_setup(nobody_at_work_gives_way, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
