/* The device flow: what changes while a login waits. */
#include "config.h"

#include <signal.h>
#include <string.h>

#include "tests/support/flow_world.h"

#define WHO ",\"preferred_username\":\"alice\",\"groups\":[]"

/* C-017 disc.flip: what discovery said at first holds to the end */
static void
metadata_are_those_of_the_beginning(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	good_start(x, "");
	answer_json(x, "/.well-known/", "200 OK", "{\"token_endpoint\":\"https://evil.example/\"}");
	good_token(x, WHO);
	expect_facts(x, &m);
	ipc_clear(&m);
	assert_int_equal(tlsserver_count(&x->s, "GET /.well-known/"), 1);
}

/* C-020 disc.ep.noui: nowhere to ask for what the ID token lacks */
static void
what_the_token_lacks_needs_an_endpoint(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	memcpy(strstr(x->bytes[0], "userinfo_endpoint"), "userinfo_nowhere_", 17);
	good_token(x, "");
	begin(x);
	fails_with(x, E_CLM, "disc.ep.noui");
}

static void
stop_for(const struct world *x, useconds_t us)
{
	assert_int_equal(kill(x->s.pid, SIGSTOP), 0);
	(void)usleep(us);
	assert_int_equal(kill(x->s.pid, SIGCONT), 0);
}

static void
short_lived(struct world *x)
{
	char text[256];

	(void)snprintf(text, sizeof(text),
	    "{\"device_code\":\"dc-1\",\"user_code\":\"BCDFGHJK\",\"verification_uri\":\"%s/d\","
	    "\"expires_in\":2,\"interval\":1}",
	    x->s.url);
	free(x->bytes[1]);
	x->bytes[1] = tlsserver_json("200 OK", text);
	x->answer[1].bytes = x->bytes[1];
}

/* D-09: asked in time, answered too late */
static void
an_approval_counts_by_when_it_was_asked_for(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	good_start(x, "");
	short_lived(x);
	good_token(x, WHO);
	begin(x);
	stop_for(x, 2400000);
	assert_int_equal(hear(x, &m), IPC_FACTS);
	ipc_clear(&m);
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 1);
}

/* C-149 dev.expired, D-05: and no other code is asked for */
static void
a_code_that_expired_is_the_end(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	good_start(x, "");
	short_lived(x);
	answer_json(x, "/token", "400 Bad Request", PENDING);
	begin(x);
	assert_int_equal(hear(x, &m), IPC_PENDING);
	poll_once(x);
	fails_with(x, E_EXP, "dev.expired");
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 1);
	assert_int_equal(tlsserver_count(&x->s, "POST /device "), 1);
}

/* The same provider by other means, on the same port; the trust of the login stays. */
static void
another_server(struct world *x, int listener)
{
	char *ca = NULL;
	size_t size = 0;
	FILE *f = fopen(x->s.ca, "re");

	assert_non_null(f);
	assert_true(getdelim(&ca, &size, '\0', f) > 0);
	(void)fclose(f);
	assert_int_equal(kill(x->s.pid, SIGKILL), 0);
	assert_int_equal(waitpid(x->s.pid, NULL, 0), x->s.pid);
	x->s.listener = listener;
	tlsserver_serve(&x->s, x->answer, x->n); /* which makes a CA of its own */
	f = fopen(x->s.ca, "we");
	assert_true(f != NULL && fputs(ca, f) > 0 && fclose(f) == 0);
	free(ca);
}

/* D-12: certificates do not come back by waiting, as connections do */
static void
a_certificate_that_is_no_longer_good_ends_it(void **state)
{
	struct world *x = *state;
	int listener = dup(x->s.listener);

	good_start(x, "");
	good_token(x, WHO);
	start(x);
	expect_code(x);
	another_server(x, listener);
	poll_once(x);
	fails_with(x, E_TLS, "net.tls");
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 0);
}

/* D-12, D-11: a connection that was lost is tried again by itself */
static void
a_lost_connection_is_no_end(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	good_start(x, "");
	answer(x, "/token", strdup(""));
	x->answer[x->n - 1].then = TLSSERVER_CUT;
	good_token(x, WHO);
	expect_facts(x, &m);
	ipc_clear(&m);
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 2);
}

/* A wall clock that is set forward by an hour once 800 ms have passed. */
static int64_t turn;

static int64_t
boot(void *arg)
{
	(void)arg;
	return clock_boot_ms(&clock_system);
}

static int64_t
wall(void *arg)
{
	int64_t now = clock_wall(&clock_system);

	return clock_boot_ms(&clock_system) < turn ? now : now + *(const int64_t *)arg;
}

/* D-16: whoever sets the clock meanwhile moves no request; tokens are judged by what it shows now
 */
static void
the_wall_clock_judges_tokens_and_paces_nothing(void **state)
{
	static const struct {
		int64_t by;
		const char *reason;
	} row[] = { { 0, NULL }, { 3600, "idt.exp" }, { -3600, "idt.iat" },
		{ 1LL << 31, "idt.exp" } };
	int64_t by;
	const struct clock c = { boot, wall, &by };
	struct ipc_msg m;

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct world *x = *state;
		int64_t began;

		by = row[i].by;
		x->clock = &c;
		turn = clock_boot_ms(&clock_system) + 800;
		good_start(x, "");
		good_token(x, WHO);
		start(x);
		expect_code(x);
		began = clock_boot_ms(&clock_system);
		poll_once(x);
		if (row[i].reason == NULL)
			assert_int_equal(hear(x, &m), IPC_FACTS);
		else
			fails_with(x, E_CLM, row[i].reason);
		assert_in_range(clock_boot_ms(&clock_system) - began, 1000, 2400);
		if (row[i].reason == NULL)
			ipc_clear(&m);
		assert_int_equal(tear_down(state), 0);
		assert_int_equal(set_up(state), 0);
	}
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(metadata_are_those_of_the_beginning),
		CASE(what_the_token_lacks_needs_an_endpoint),
		CASE(an_approval_counts_by_when_it_was_asked_for),
		CASE(a_code_that_expired_is_the_end),
		CASE(a_certificate_that_is_no_longer_good_ends_it),
		CASE(a_lost_connection_is_no_end),
		CASE(the_wall_clock_judges_tokens_and_paces_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
