/*
 * The monitor without memory: each allocation of ours fails in turn, against a module and a worker
 * that do as they are told. Refused, never accepted, never hung, and never what a stack may route
 * to break-glass or past us. Each alone, and with all that come behind it. H-53
 */
#include "config.h"

#include "tests/support/allocfail.h"
#include "tests/support/login_world.h"

#define RUN_MS 5000
#define MANY                                                                                       \
	"[limits]\naddress = 10000\naccount = 10000\nnetwork = 10000\nknown = 10000\npending = "   \
	"10000"

struct scenario {
	const char *name, *client, *user, *more;
	unsigned cancel_at;
	enum msg_verdict ends;
};

static const struct scenario all[] = {
	{ "allowed", "good", "alice", MANY, 0, MSG_ALLOW },
	{ "denied by the person", "denied", "alice", MANY, 0, MSG_REFUSED },
	{ "approved by another person", "bob", "alice", MANY, 0, MSG_REFUSED },
	{ "in no group", "nobody", "alice", MANY, 0, MSG_FORBIDDEN },
	{ "cancelled", "good", "alice", MANY, 1, MSG_CANCELLED },
	{ "a stranger, cancelled", "good", "zoeyz", MANY, 1, MSG_CANCELLED },
	{ "over a limit", "good", "alice", "[limits]\naddress = 1\nknown = 1\nwindow = 1h", 0,
	    MSG_TOO_OFTEN },
};

/*
 * What may be lost without a refusal, for it takes nothing from the decision: the functions of
 * external linkage that the failed call came through.
 */
static const struct {
	const char *function, *cost;
} harmless[] = {
	{ "decoy_learn", "the next stranger's screen is less alike" },
	{ "decoy_load", "as above" },
	{ "decoy_store", "as above" },
	{ "seat_find", "the device flow, though the person may sit at this machine" },
	{ "seat_is_taken", "as above" },
	{ "known_is", "this login spends from a stranger's budget" },
	{ "known_add", "the next login spends from a stranger's budget" },
};

static bool
is_harmless(void)
{
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++)
		if (allocfail_through(harmless[i].function))
			return true;
	return false;
}

static void
start_from_afar(int fd, const char *user)
{
	char service[] = "sshd", address[] = "203.0.113.5", who[16], nothing[] = "";
	const struct msg m = { .type = MSG_START,
		.start = { .service = service,
		    .user = who,
		    .ruser = nothing,
		    .rhost = address,
		    .tty = nothing,
		    .locale = nothing,
		    .address = address } };

	(void)snprintf(who, sizeof(who), "%s", user);
	module_end_send(fd, &m);
}

/* To a monitor that may be gone. */
static void
say(int fd, enum msg_type type)
{
	char nothing[] = "";
	struct msg m = { .type = type };
	struct buf *b = buf_new(CHAN_MAX);

	if (type == MSG_ANSWER)
		m.answer = nothing;
	else
		m.cancel = MSG_CANCEL_INTERRUPT;
	if (msg_encode(b, &m, NULL) == E_OK)
		(void)!chan_send(fd, b, &clock_system, 0, NULL);
	buf_free(b);
}

/* After START: to the verdict, or the monitor's end. */
static _Noreturn void
go_on(const struct world *x, int fd)
{
	struct msg m;

	while (module_end_take(fd, &m, RUN_MS) == E_OK) {
		if (m.type == MSG_PROMPT)
			say(fd, x->cancel_at > 0 ? MSG_CANCEL : MSG_ANSWER);
		if (m.type == MSG_VERDICT)
			note(x->seen, &m.verdict);
		msg_clear(&m);
	}
	_exit(0);
}

/* Whether there was an n-th allocation. */
static bool
log_in(struct world *x, const struct scenario *sc, size_t n, bool all_behind)
{
	int64_t began = clock_boot_ms(&clock_system);
	int fd[2];
	bool came;
	pid_t pid;

	memset(x->seen, 0, sizeof(*x->seen));
	assert_int_equal(chan_pair(fd, NULL), E_OK);
	start_from_afar(fd[1], sc->user);
	if ((pid = fork()) == 0) {
		(void)close(fd[0]);
		go_on(x, fd[1]);
	}
	(void)close(fd[1]);
	(void)alarm(RUN_MS / 1000 * 2);
	allocfail_from(n, all_behind);
	(void)serve(x, fd[0]);
	came = allocfail_end();
	(void)alarm(0);
	(void)close(fd[0]);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no worker is left */
	assert_in_range(clock_boot_ms(&clock_system) - began, 0, RUN_MS);
	return came;
}

/* No verdict is a refusal too: the module's own. */
static const char *
fault(const struct world *x, const struct scenario *sc)
{
	enum msg_verdict v = x->seen->verdict;

	if (v == MSG_ALLOW && (sc->ends != MSG_ALLOW || !is_harmless()))
		return "accepted";
	if (v == MSG_UNAVAILABLE)
		return "may lead to break-glass";
	if (v == MSG_IGNORE || v == MSG_USER_UNKNOWN)
		return "is left to other modules";
	if (v != MSG_ALLOW && (x->seen->ticket[0] != '\0' || x->seen->gids > 0))
		return "refused, but given something";
	return NULL;
}

static void
fail_each(struct world *x, const struct scenario *sc, bool all_behind)
{
	size_t n, refused = 0, faults = 0;

	x->cancel_at = sc->cancel_at;
	configure(x, sc->client, sc->more);
	if (sc->ends == MSG_TOO_OFTEN)
		assert_false(log_in(x, sc, 0, false));
	assert_false(log_in(x, sc, 0, false));
	assert_int_equal(x->seen->verdict, sc->ends);
	for (n = 1; log_in(x, sc, n, all_behind); n++) {
		const char *what = fault(x, sc);

		if (what != NULL)
			print_error("%s: %zu (%s): %s (%s)\n", sc->name, n, allocfail_what(), what,
			    x->seen->reason);
		faults += what != NULL;
		refused += x->seen->verdict != MSG_ALLOW;
	}
	assert_int_equal(x->seen->verdict, sc->ends);
	printf("%-30s %4zu allocations, %4zu refused%s\n", sc->name, n - 1, refused,
	    all_behind ? " with all behind" : "");
	assert_int_equal(faults, 0);
	assert_true(refused > 5);
}

static void
no_allocation_that_fails_lets_anybody_in(void **state)
{
	if (!can)
		skip();
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		for (int behind = 0; behind < 2; behind++)
			fail_each(*state, &all[i], behind == 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(no_allocation_that_fails_lets_anybody_in),
	};
	return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}
