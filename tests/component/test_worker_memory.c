/*
 * The worker without memory: each allocation of ours fails in turn, in the core scenarios. Refused,
 * never accepted, never hung, and never what a stack may route to break-glass. H-53
 *
 * The flow runs in this process on a clock of its own, against a provider in a child and a monitor
 * in another, which presses Enter at once and notes what it hears. Environment:
 * LATCHKEY_EVERY=1 fails every one of them in every scenario, and also all behind it.
 */
#include "config.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "helper/oidc/json.h"
#include "helper/report.h"
#include "helper/worker/flow_loopback.h"
#include "tests/component/worker_scenarios.h"
#include "tests/support/allocfail.h"

#define MESSAGES 12
#define RUN_MS 5000 /* one login takes some 10 */
#define PAGELESS_MS 300
#define STRIDE 29 /* of the scenarios that a short run only samples */

/* Where a login waits for real, this clock leaps: seven tenths of a second at each look. */
static int64_t
leaping(void *arg)
{
	int64_t *at = arg;

	return *at += 700;
}

static int64_t
wall(void *arg)
{
	(void)arg;
	return time(NULL);
}

static int64_t boot;
static const struct clock leaping_clock = { leaping, wall, &boot };

/* What the worker said. */
struct said {
	enum errcode r, code; /* what the flow ended with; of FAILED */
	char reason[ERR_REASON_MAX], text[ERR_TEXT_MAX];
	bool facts;
	bool pageless; /* the browser got no page */
	struct identity who;
	size_t documents; /* for later logins */
};

/* --- one login */

static void
note(struct said *s, const struct buf *b)
{
	struct ipc_msg m = { 0 };

	assert_int_equal(ipc_decode(buf_data(b), buf_len(b), &m, NULL), E_OK);
	s->documents += m.type == IPC_KEEP;
	if (m.type == IPC_FAILED)
		s->code = m.failed.code;
	if (m.type == IPC_FACTS) {
		s->facts = true;
		s->who = *m.facts;
	}
	ipc_clear(&m);
}

/* The browser of somebody who is signed in; whether it got its page. */
static bool
browse(const struct buf *b)
{
	struct ipc_msg m = { 0 };
	unsigned port = 0;
	char query[128];

	assert_int_equal(ipc_decode(buf_data(b), buf_len(b), &m, NULL), E_OK);
	(void)sscanf(param(m.browse.url, "redirect_uri"), "http%%3A%%2F%%2F127.0.0.1%%3A%u", &port);
	(void)snprintf(query, sizeof(query), "state=%s&code=c-1", param(m.browse.url, "state"));
	ipc_clear(&m);
	return bring((uint16_t)port, query) == 200;
}

/* Asks as soon as there is a code, and again while it is pending. */
static _Noreturn void
be_the_monitor(struct said *s, int fd)
{
	const uint8_t poll[] = { IPC_POLL };
	struct buf *b = buf_new(IPC_MAX);
	int64_t until = INT64_MAX / 2;

	while (chan_recv(fd, b, IPC_MAX, &clock_system, until, NULL) == E_OK) {
		uint8_t type = buf_data(b)[0];

		note(s, b);
		if (type == IPC_CODE || type == IPC_PENDING)
			(void)!write(fd, poll, 1);
		/* who gets no page gives up, unless the code came through: else the worker waits
		 * for the next one, up to the time limit */
		if (type == IPC_BROWSE && (s->pageless = !browse(b)))
			until = clock_boot_ms(&clock_system) + PAGELESS_MS;
		buf_reset(b);
	}
	_exit(0);
}

static void
run_worker(struct said *s, const struct world *x, int fd, size_t n, bool all_behind)
{
	const struct channel c = { .fd = fd, .clock = &leaping_clock };
	const struct rp_start start = { &x->job, x->cached, x->ncached };
	struct err e = { .code = E_OK };

	(void)alarm(RUN_MS / 1000 * 2);
	allocfail_from(n, all_behind);
	s->r = x->job.flow == IDENTITY_LOOPBACK ? flow_loopback_run(&c, &start, &e)
	                                        : flow_device_run(&c, &start, &e);
	/* main's end of it */
	if (s->r != E_OK && s->r != E_CLOSED)
		channel_fail(&c, s->r == E_TIMEOUT ? E_EXP : s->r, &e);
	(void)alarm(0);
	(void)snprintf(s->reason, sizeof(s->reason), "%s", err_reason(&e));
	(void)snprintf(s->text, sizeof(s->text), "%s", e.text);
}

static bool
between_two(struct said *s, struct world *x, size_t n, bool all_behind)
{
	int64_t began = clock_boot_ms(&clock_system);
	int pair[2], status;
	bool came;

	assert_int_equal(chan_pair(pair, NULL), E_OK);
	if ((x->worker = fork()) == 0) {
		(void)close(pair[0]);
		be_the_monitor(s, pair[1]);
	}
	(void)close(pair[1]);
	run_worker(s, x, pair[0], n, all_behind);
	came = allocfail_end();
	assert_in_range(clock_boot_ms(&clock_system) - began, 0, RUN_MS);
	(void)close(pair[0]);
	assert_int_equal(waitpid(x->worker, &status, 0), x->worker);
	assert_int_equal(status, 0);
	x->worker = -1;
	return came;
}

/* Whether there was an n-th allocation. */
static bool
log_in(struct said *s, const struct scenario *sc, size_t n, bool all_behind)
{
	struct world *x;
	void *state;
	bool came;

	memset(s, 0, sizeof(*s));
	assert_int_equal(set_up(&state), 0);
	x = state;
	boot = 0;
	algs[0] = es256;
	x->job.deadline = INT64_MAX / 2;
	x->job.http_timeout = 100000;
	sc->prepare(x);
	tlsserver_serve(&x->s, x->answer, x->n);
	came = between_two(s, x, n, all_behind);
	assert_int_equal(tear_down(&state), 0);
	return came;
}

/* --- the verdict */

/* But for the provider's port, and when it was. */
static bool
same(const struct identity *a, const struct identity *b)
{
	return strcmp(a->sub, b->sub) == 0 && strcmp(a->name, b->name) == 0 &&
	    strcmp(a->audience, b->audience) == 0 && strcmp(a->azp, b->azp) == 0 &&
	    strcmp(a->alg, b->alg) == 0 && a->has_name == b->has_name &&
	    a->has_groups == b->has_groups && a->other_groups == b->other_groups &&
	    identity_has_group(a, 0) == identity_has_group(b, 0);
}

/*
 * A login that goes on in spite of it must be about the same person, and have lost (or fetched once
 * more) a document that would spare a later login a request, or the page that ends it in the
 * browser: that is all that may be lost.
 */
static const char *
fault(const struct scenario *sc, const struct said *s, const struct said *good)
{
	if (s->facts && (sc->refused != E_OK || s->r != E_OK))
		return "facts, and it must be refused";
	if (s->facts && !same(&s->who, &good->who))
		return "other facts";
	/* a key of the set that could not be made is no key: the token named another */
	if (s->facts && s->documents == good->documents && !s->pageless &&
	    !allocfail_through("jwk_parse"))
		return "accepted, and nothing was lost";
	if (!s->facts && s->r == E_OK)
		return "neither facts nor a failure";
	if (s->code != E_OK && report_verdict(s->code) == MSG_UNAVAILABLE)
		return "may lead to break-glass";
	return NULL;
}

static size_t
fail_each(struct said *s, const struct scenario *sc, size_t stride, bool all_behind)
{
	static struct said good;
	size_t n, refused = 0, faults = 0;

	assert_false(log_in(s, sc, 0, false));
	good = *s;
	if (good.code != sc->refused)
		fail_msg("%s: %s: %s", sc->name, good.reason, good.text);
	assert_true(good.facts == (sc->refused == E_OK));
	for (n = 1; log_in(s, sc, n, all_behind); n += stride) {
		const char *what = fault(sc, s, &good);

		if (what != NULL)
			print_error("%s: %zu (%s): %s (%s: %s)\n", sc->name, n, allocfail_what(),
			    what, s->reason, s->text);
		faults += what != NULL;
		refused += !s->facts;
	}
	/* and then it did not fail: as before */
	assert_int_equal(s->code, sc->refused);
	printf("%-40s %4zu allocations, by %zu: %zu refused\n", sc->name, n - 1, stride, refused);
	assert_int_equal(faults, 0);
	return refused;
}

static void
no_allocation_that_fails_lets_anybody_in(void **state)
{
	struct said *s =
	    mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	bool every = getenv("LATCHKEY_EVERY") != NULL;

	(void)state;
	assert_true(s != MAP_FAILED);
	json_harden();
	rsa = mint_rsa(2048);
	ed25519 = mint_ed25519();
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		assert_true(
		    fail_each(s, &all[i], all[i].sampled && !every ? STRIDE : 1, false) > 2);
		if (every)
			assert_true(fail_each(s, &all[i], 1, true) > 2);
	}
	EVP_PKEY_free(rsa);
	EVP_PKEY_free(ed25519);
	(void)munmap(s, sizeof(*s));
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(
	    no_allocation_that_fails_lets_anybody_in) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
