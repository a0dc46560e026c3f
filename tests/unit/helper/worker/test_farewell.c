/* The token given back, once the facts are out and the verdict is. */
#include "config.h"

#include "tests/support/flow_world.h"

static char secret[] = "s3:cret";

/* A login to its facts, by a client with a secret, at a provider that takes tokens back. */
static void
log_in(struct world *x)
{
	char more[256];
	struct ipc_msg m;

	x->job.revoke = true;
	x->job.client_auth = IPC_AUTH_BASIC;
	x->job.client_secret = secret;
	(void)snprintf(more, sizeof(more), ",\"revocation_endpoint\":\"%s/revoke\"", x->s.url);
	good_start(x, more);
	good_token(x, ",\"preferred_username\":\"alice\",\"groups\":[]");
	expect_facts(x, &m);
	ipc_clear(&m);
}

static void
tell(struct world *x)
{
	const uint8_t revoke[] = { IPC_REVOKE };

	assert_int_equal(write(x->fd, revoke, 1), 1);
}

/* The worker's exit status; ms that it took from here. */
static int
await_end(struct world *x, int64_t *ms)
{
	int64_t before = clock_boot_ms(&clock_system);
	int status;

	assert_int_equal(waitpid(x->worker, &status, 0), x->worker);
	x->worker = -1;
	*ms = clock_boot_ms(&clock_system) - before;
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* C-153 rev.ok */
static void
it_is_revoked_when_the_verdict_is_out_and_not_before(void **state)
{
	struct world *x = *state;
	int64_t ms;

	answer(x, "/revoke", strdup("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"));
	log_in(x);
	(void)poll(NULL, 0, 300);
	assert_int_equal(tlsserver_count(&x->s, "POST /revoke"), 0);
	tell(x);
	assert_int_equal(await_end(x, &ms), E_OK);
	assert_int_equal(tlsserver_count(&x->s, "POST /revoke"), 1);
	assert_int_equal(
	    tlsserver_count(&x->s, "token=at-1&token_type_hint=access_token&client_id=linux-login"),
	    1);
	/* as at the other two endpoints */
	assert_int_equal(
	    tlsserver_count(&x->s, "\r\nAuthorization: Basic bGludXgtbG9naW46czMlM0FjcmV0\r\n"), 3);
}

/* C-154 rev.503 rev.400: one request, and a worker that ended well */
static void
what_the_provider_says_to_it_changes_nothing(void **state)
{
	static const char *const says[] = {
		"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n",
		"HTTP/1.1 302 Found\r\nLocation: /token\r\nContent-Length: 0\r\n\r\n",
		"garbage\r\n\r\n",
	};
	int64_t ms;

	for (size_t i = 0; i < sizeof(says) / sizeof(says[0]); i++) {
		struct world *x = *state;

		if (i > 0) {
			(void)tear_down(state);
			(void)set_up(state);
		}
		answer(x, "/revoke", strdup(says[i]));
		log_in(x);
		tell(x);
		assert_int_equal(await_end(x, &ms), E_OK);
		assert_int_equal(tlsserver_count(&x->s, "POST /revoke"), 1);
	}
}

/* C-154 rev.hang */
static void
a_provider_that_hangs_is_left_after_five_seconds(void **state)
{
	struct world *x = *state;
	int64_t ms;

	x->job.http_timeout = 60;
	answer(x, "/revoke", strdup(""));
	x->answer[x->n - 1].then = TLSSERVER_HANG;
	log_in(x);
	tell(x);
	assert_int_equal(await_end(x, &ms), E_OK);
	assert_in_range(ms, IPC_REVOKE_MS - 300, IPC_REVOKE_MS + 1000);
}

/* A monitor that was killed tells nobody. */
static void
without_a_word_it_ends_and_asks_nobody(void **state)
{
	struct world *x = *state;
	int64_t ms;

	log_in(x);
	fdio_close(&x->fd);
	assert_int_equal(await_end(x, &ms), E_OK);
	assert_in_range(ms, 0, 1000);
	assert_int_equal(tlsserver_count(&x->s, "POST /revoke"), 0);
}

static void
it_is_kept_where_nobody_asked_for_it_or_nobody_offers_it(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;
	int64_t ms;

	x->job.revoke = true;
	good_start(x, "");
	good_token(x, ",\"preferred_username\":\"alice\",\"groups\":[]");
	expect_facts(x, &m);
	ipc_clear(&m);
	assert_int_equal(await_end(x, &ms), E_OK);
	assert_in_range(ms, 0, 1000);
}

static void
a_login_that_fails_has_nothing_to_give_back(void **state)
{
	struct world *x = *state;
	char more[256];
	int64_t ms;

	x->job.revoke = true;
	(void)snprintf(more, sizeof(more), ",\"revocation_endpoint\":\"%s/revoke\"", x->s.url);
	good_start(x, more);
	answer_json(x, "/token", "400 Bad Request", "{\"error\":\"access_denied\"}");
	begin(x);
	fails_with(x, E_DENY, "dev.denied");
	assert_int_equal(await_end(x, &ms), E_DENY);
	assert_in_range(ms, 0, 1000);
	assert_int_equal(tlsserver_count(&x->s, "POST /revoke"), 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(it_is_revoked_when_the_verdict_is_out_and_not_before),
		CASE(what_the_provider_says_to_it_changes_nothing),
		CASE(a_provider_that_hangs_is_left_after_five_seconds),
		CASE(without_a_word_it_ends_and_asks_nobody),
		CASE(it_is_kept_where_nobody_asked_for_it_or_nobody_offers_it),
		CASE(a_login_that_fails_has_nothing_to_give_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
