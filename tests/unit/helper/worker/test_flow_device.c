/* The device flow: the worker's side in a child, the monitor's in the test. */
#include "config.h"

#include "tests/support/flow_world.h"

/* C-143: asked by Enter, but never before the interval has passed. */
static void
no_request_comes_before_the_interval_or_without_a_poll(void **state)
{
	struct world *x = *state;
	int64_t began;
	struct ipc_msg m;

	good_start(x, "");
	answer_json(x, "/token", "400 Bad Request", PENDING);
	start(x);
	expect_code(x);
	began = clock_boot_ms(&clock_system);
	(void)usleep(1600000);
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 0);
	poll_once(x);
	assert_int_equal(hear(x, &m), IPC_PENDING);
	assert_true(
	    clock_boot_ms(&clock_system) - began < 2200); /* at once: the interval is over */
	began = clock_boot_ms(&clock_system);
	poll_once(x);
	assert_int_equal(hear(x, &m), IPC_PENDING);
	assert_in_range(clock_boot_ms(&clock_system) - began, 1000, 2500);
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 2);
}

static void
pending_then_approved_ends_with_facts(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	good_start(x, "");
	answer_json(x, "/token", "400 Bad Request", PENDING);
	good_token(x, ",\"preferred_username\":\"alice\",\"groups\":[]");
	begin(x);
	assert_int_equal(hear(x, &m), IPC_PENDING);
	poll_once(x);
	assert_int_equal(hear(x, &m), IPC_FACTS);
	ipc_clear(&m);
}

/* D-13: one 5xx without a verdict decides nothing: the worker asks again by itself. */
static void
a_hiccup_is_not_the_persons_business(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	good_start(x, "");
	answer_json(x, "/token", "502 Bad Gateway", "<html>");
	good_token(x, ",\"preferred_username\":\"alice\",\"groups\":[]");
	expect_facts(x, &m);
	ipc_clear(&m);
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 2);
}

/* C-081; providers.md: the demands of the service, and a challenge for the provider that wants one
 */
static void
a_request_asks_for_what_is_configured(void **state)
{
	static char acr[] = "urn:a urn:b";
	struct world *x = *state;
	struct ipc_msg m;

	x->job.acr_values = acr;
	x->job.max_age = 900;
	x->job.device_pkce = true;
	good_start(x, "");
	good_token(x, ",\"preferred_username\":\"alice\",\"groups\":[]");
	expect_facts(x, &m);
	ipc_clear(&m);
	assert_int_equal(tlsserver_count(&x->s, "&max_age=900&acr_values=urn%3Aa+urn%3Ab&"), 1);
	assert_int_equal(tlsserver_count(&x->s, "&code_challenge_method=S256"), 1);
	assert_int_equal(tlsserver_count(&x->s, "&code_verifier="), 1);
}

/* C-157, C-165, C-167: nothing is asked for that nobody wants: providers refuse parameters they do
 * not know. */
static void
a_request_asks_for_nothing_else(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	good_start(x, "");
	good_token(x, ",\"preferred_username\":\"alice\",\"groups\":[]");
	expect_facts(x, &m);
	ipc_clear(&m);
	assert_int_equal(tlsserver_count(&x->s, "max_age"), 0);
	assert_int_equal(tlsserver_count(&x->s, "acr_values"), 0);
	assert_int_equal(tlsserver_count(&x->s, "code_"), 0);
}

/* providers.md: GitLab serves it and does not announce it */
static void
a_configured_endpoint_takes_the_place_of_the_announced_one(void **state)
{
	struct world *x = *state;
	char url[96];
	struct ipc_msg m;

	(void)snprintf(url, sizeof(url), "%s/device?own", x->s.url);
	x->job.device_endpoint = url;
	good_start(x, "");
	good_token(x, ",\"preferred_username\":\"alice\",\"groups\":[]");
	expect_facts(x, &m);
	ipc_clear(&m);
	assert_int_equal(tlsserver_count(&x->s, "POST /device?own "), 1);
}

/* C-145 */
static void
a_denial_is_one(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	answer_json(x, "/token", "400 Bad Request", "{\"error\":\"access_denied\"}");
	begin(x);
	fails_with(x, E_DENY, "dev.denied");
}

static void
a_refused_client_is_the_operators_fault(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	free(x->bytes[1]);
	x->bytes[1] = tlsserver_json("401 Unauthorized", "{\"error\":\"invalid_client\"}");
	x->answer[1].bytes = x->bytes[1];
	start(x);
	fails_with(x, E_CFG, "dev.client");
}

/* C-139 */
static void
a_page_elsewhere_is_never_shown(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	free(x->bytes[1]);
	x->bytes[1] = tlsserver_json("200 OK",
	    "{\"device_code\":\"dc-1\",\"user_code\":\"BCDFGHJK\","
	    "\"verification_uri\":\"https://evil.example/d\",\"expires_in\":60,\"interval\":1}");
	x->answer[1].bytes = x->bytes[1];
	start(x);
	fails_with(x, E_PROTO, "dev.uri.foreign");
}

/* The good answer, called a page. */
static void
call_it_a_page(char *bytes)
{
	char *type = strstr(bytes, "application/json");

	assert_non_null(type);
	memcpy(type, "text/html;x=1234", strlen("application/json"));
}

/* H-14 */
static void
json_that_is_called_a_page_is_no_device_answer(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	call_it_a_page(x->bytes[1]);
	start(x);
	fails_with(x, E_PROTO, "dev.ctype");
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 0);
}

/* H-14: and ends the login at once */
static void
json_that_is_called_a_page_holds_no_tokens(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	good_token(x, "");
	call_it_a_page(x->bytes[3]);
	begin(x);
	fails_with(x, E_CLM, "tok.ctype");
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 1);
	assert_int_equal(tlsserver_count(&x->s, "GET /userinfo "), 0);
}

/* C-152 dev.hup, D-19 */
static void
the_monitors_end_is_the_workers(void **state)
{
	struct world *x = *state;
	int64_t before;
	int status;

	good_start(x, "");
	answer_json(x, "/token", "400 Bad Request", PENDING);
	begin(x);
	(void)usleep(100000); /* it sleeps to the interval's end now */
	before = clock_boot_ms(&clock_system);
	fdio_close(&x->fd);
	assert_int_equal(waitpid(x->worker, &status, 0), x->worker);
	x->worker = -1;
	assert_true(clock_boot_ms(&clock_system) - before < 900);
	assert_int_equal(WEXITSTATUS(status), E_CLOSED);
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 0);
}

static void
the_deadline_ends_a_wait_for_nobody(void **state)
{
	struct world *x = *state;

	x->job.deadline =
	    clock_boot_ms(&clock_system) + 2500; /* under valgrind too there is a code by then */
	good_start(x, "");
	start(x);
	expect_code(x);
	fails_with(x, E_TIMEOUT, "timeout");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(no_request_comes_before_the_interval_or_without_a_poll),
		CASE(pending_then_approved_ends_with_facts),
		CASE(a_hiccup_is_not_the_persons_business),
		CASE(a_request_asks_for_what_is_configured),
		CASE(a_request_asks_for_nothing_else),
		CASE(a_configured_endpoint_takes_the_place_of_the_announced_one),
		CASE(a_denial_is_one),
		CASE(a_refused_client_is_the_operators_fault),
		CASE(a_page_elsewhere_is_never_shown),
		CASE(json_that_is_called_a_page_is_no_device_answer),
		CASE(json_that_is_called_a_page_holds_no_tokens),
		CASE(the_monitors_end_is_the_workers),
		CASE(the_deadline_ends_a_wait_for_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
