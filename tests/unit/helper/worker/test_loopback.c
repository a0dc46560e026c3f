/* The loopback redirect, with real sockets. */
#include "config.h"

#include "tests/support/unit.h"

#include "tests/support/loopback_world.h"

/* C-029, C-030 cb.port: nobody is there behind the answer */
static void
an_answer_ends_it_and_closes_the_port(void **state)
{
	struct world *x = *state;

	assert_int_equal(strncmp(loopback_uri(x->l), "http://127.0.0.1:", 17), 0);
	gives_the_code(x, good);
	assert_true(is_refused(x));
}

/* C-030: this machine alone, and of it one address */
static void
nobody_else_is_let_in(void **state)
{
	struct world *x = *state;

	assert_int_equal(dial(AF_INET, "127.0.0.2", x->at.port), -1);
	assert_int_equal(dial(AF_INET6, "::1", x->at.port), -1);
}

static bool
has_ipv6(void)
{
	struct loopback *l = NULL;
	bool has = loopback_open(&l, "http://[::1]/c", NULL) == E_OK;

	loopback_close(l);
	return has;
}

static void
listens_on_ipv6_too(void **state)
{
	struct world *x = *state;

	if (!has_ipv6())
		skip();
	open_at(x, "http://[::1]/other/path");
	assert_int_equal(dial(AF_INET, "127.0.0.1", x->at.port), -1);
	gives_the_code(x, good);
}

static bool
good_at_ipv6(const struct world *x)
{
	int fd = dial(AF_INET6, "::1", x->at.port);
	char *text = request(x, GOOD);

	return fd >= 0 && send_all(fd, text, strlen(text)) && status_from(fd) == 200;
}

/* providers.md row 11: where a browser looks first is its own affair, so both are ours */
static void
localhost_is_both_addresses(void **state)
{
	struct world *x = *state;

	open_at(x, "http://localhost/callback");
	gives_the_code(x, good);
	if (!has_ipv6())
		skip();
	open_at(x, "http://localhost/callback");
	gives_the_code(x, good_at_ipv6);
}

/* C-030: another program's port is not shared; a port of ours is free again at once */
static void
a_configured_port_is_taken_whole(void **state)
{
	struct world *x = *state;
	struct loopback *second = NULL;
	struct err e = { .code = E_OK };
	char uri[REDIRECT_URI_SIZE];

	(void)strcpy(uri, loopback_uri(x->l));
	assert_int_equal(loopback_open(&second, uri, &e), E_SYS);
	assert_string_equal(e.reason, "cb.port");
	assert_null(second);
	gives_the_code(x, good);
	open_at(x, uri);
	assert_string_equal(loopback_uri(x->l), uri);
	gives_the_code(x, good);
}

static void
what_is_no_redirect_is_the_operators_fault(void **state)
{
	struct loopback *l = NULL;
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(loopback_open(&l, "http://0.0.0.0/c", &e), E_CFG);
	assert_string_equal(e.reason, "cfg.value");
	assert_null(l);
}

static bool
nothing(const struct world *x)
{
	(void)x;
	return true;
}

static bool
denied_without_state(const struct world *x)
{
	return ask(x, "error=access_denied") == 400;
}

/* C-044 cb.never, cb.deny.kanidm */
static void
an_answer_that_never_comes_is_too_late(void **state)
{
	struct world *x = *state;

	fails(x, nothing, 200, E_EXP, "cb.never");
	assert_true(is_refused(x));
	open_at(x, "http://127.0.0.1/callback");
	fails(x, denied_without_state, 300, E_EXP, "cb.never");
}

static bool
denied(const struct world *x)
{
	return ask(x, "error=access_denied&state=" STATE) == 200;
}

/* C-036, C-043: the page is the same */
static void
a_denial_ends_it(void **state)
{
	fails(*state, denied, 9000, E_DENY, "cb.denied");
}

static bool
foreign(const struct world *x)
{
	return ask(x, "code=c2&state=another") == 400 && ask(x, "response=e.e.e") == 400;
}

static bool
foreign_then_good(const struct world *x)
{
	return foreign(x) && good(x);
}

/* C-032 cb.state.*, H-50 cb.guess: who comes first with a guess gains nothing, and ends nothing */
static void
a_foreign_answer_counts_when_nothing_better_comes(void **state)
{
	struct world *x = *state;

	fails(x, foreign, 300, E_CB, "cb.state");
	open_at(x, "http://127.0.0.1/callback");
	gives_the_code(x, foreign_then_good);
}

static bool
hang_up(const struct world *x)
{
	return usleep(100000) == 0 && close(x->monitor) == 0;
}

/* C-152 */
static void
the_monitors_end_is_the_end(void **state)
{
	struct world *x = *state;
	int64_t before;

	/* the child holds the other copy of the monitor's end */
	let(x, hang_up);
	fdio_close(&x->monitor);
	before = clock_boot_ms(&clock_system);
	assert_int_equal(loopback_wait(x->l, &wanted, &x->c, clock_boot_ms(&clock_system) + 9000,
	                     x->code, &x->e),
	    E_CLOSED);
	assert_string_equal(x->e.reason, "b.gone");
	assert_true(clock_boot_ms(&clock_system) - before < 900);
	assert_true(is_refused(x));
}

static bool
stays_open(const struct world *x)
{
	char *text = request(x, GOOD), first[12];
	int fd = dial_it(x);

	/* an answer taken, a connection never closed */
	return send_all(fd, text, strlen(text)) && read(fd, first, sizeof(first)) > 0 &&
	    usleep(1200000) == 0;
}

static void
who_does_not_close_holds_nobody_up(void **state)
{
	struct world *x = *state;
	int64_t before = clock_boot_ms(&clock_system);

	let(x, stays_open);
	assert_int_equal(loopback_wait(x->l, &wanted, &x->c, before + 9000, x->code, &x->e), E_OK);
	assert_true(clock_boot_ms(&clock_system) - before < 1100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(an_answer_ends_it_and_closes_the_port),
		CASE(nobody_else_is_let_in),
		CASE(listens_on_ipv6_too),
		CASE(localhost_is_both_addresses),
		CASE(a_configured_port_is_taken_whole),
		CASE(what_is_no_redirect_is_the_operators_fault),
		CASE(an_answer_that_never_comes_is_too_late),
		CASE(a_denial_ends_it),
		CASE(a_foreign_answer_counts_when_nothing_better_comes),
		CASE(the_monitors_end_is_the_end),
		CASE(who_does_not_close_holds_nobody_up),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
