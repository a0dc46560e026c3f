/* The device flow: the worker's side in a child, the monitor's in the test. */
#include "config.h"

#include "tests/support/flow_world.h"

/* C-024, C-133, C-142, C-157 */
static void
a_whole_token_needs_no_userinfo(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	good_start(x, "");
	good_token(x, ",\"preferred_username\":\"alice\",\"groups\":[\"linux-users\",\"x\"]");
	expect_facts(x, &m);
	assert_string_equal(m.facts->name, "alice");
	assert_string_equal(m.facts->login_id, id);
	assert_true(identity_has_group(m.facts, 0));
	assert_int_equal(m.facts->other_groups, 1);
	assert_false(m.facts->has_nonce);
	ipc_clear(&m);
	assert_int_equal(tlsserver_count(&x->s, "/userinfo"), 0);
	assert_int_equal(tlsserver_count(&x->s, "TLS\n"), 1);
	assert_int_equal(tlsserver_count(&x->s, "POST /device "), 1);
	assert_int_equal(tlsserver_count(&x->s, "scope=openid+profile+groups&nonce=6e6f6e6365"), 1);
	assert_int_equal(tlsserver_count(&x->s, "client_id=linux-login"), 2);
	assert_int_equal(tlsserver_count(&x->s,
	                     "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&"
	                     "device_code=dc-1&client_id=linux-login"),
	    1);
}

/* C-091 ui.ok, C-097 */
static void
what_the_token_lacks_comes_from_userinfo(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	good_start(x, "");
	good_token(x, "");
	answer_json(x, "/userinfo", "200 OK",
	    "{\"sub\":\"s-1\",\"preferred_username\":\"alice\",\"groups\":[\"linux-users\"]}");
	expect_facts(x, &m);
	assert_string_equal(m.facts->name, "alice");
	assert_true(m.facts->name_from_userinfo);
	assert_true(identity_has_group(m.facts, 0));
	ipc_clear(&m);
	assert_int_equal(tlsserver_count(&x->s, "\r\nAuthorization: Bearer at-1\r\n"), 1);
	assert_int_equal(tlsserver_count(&x->s, "TLS\n"), 1);
}

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

/* C-093: under the keys that the ID token was verified with */
static void
signed_userinfo_is_taken(void **state)
{
	struct world *x = *state;
	char *token = mint_token(x->key, "{\"alg\":\"ES256\",\"kid\":\"k1\"}",
	         "{\"sub\":\"s-1\",\"preferred_username\":\"alice\",\"groups\":[]}"),
	     bytes[1024];
	struct ipc_msg m;

	(void)snprintf(bytes, sizeof(bytes),
	    "HTTP/1.1 200 OK\r\nContent-Type: application/jwt; charset=utf-8\r\n"
	    "Content-Length: %zu\r\n\r\n%s",
	    strlen(token), token);
	free(token);
	good_start(x, "");
	good_token(x, "");
	answer(x, "/userinfo", strdup(bytes));
	expect_facts(x, &m);
	assert_string_equal(m.facts->name, "alice");
	ipc_clear(&m);
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

/* C-151 */
static void
another_keys_signature_is_refused(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	EVP_PKEY_free(x->key);
	x->key = mint_ec("P-256");
	good_token(x, ",\"preferred_username\":\"alice\",\"groups\":[]");
	begin(x);
	fails_with(x, E_TOK, "idt.sig");
}

/* C-080, C-151 */
static void
a_nonce_of_another_login_is_refused(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	good_token(x, ",\"nonce\":\"other\",\"preferred_username\":\"alice\",\"groups\":[]");
	begin(x);
	fails_with(x, E_CLM, "idt.nonce");
}

static void
our_nonce_is_taken(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	x->job.nonce_required = true;
	good_start(x, "");
	good_token(x, ",\"nonce\":\"6e6f6e6365\",\"preferred_username\":\"alice\",\"groups\":[]");
	expect_facts(x, &m);
	assert_string_equal(m.facts->nonce, nonce);
	ipc_clear(&m);
}

/* C-092, C-151 */
static void
userinfo_of_another_person_is_refused(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	good_token(x, "");
	answer_json(x, "/userinfo", "200 OK",
	    "{\"sub\":\"s-2\",\"preferred_username\":\"alice\",\"groups\":[\"linux-users\"]}");
	begin(x);
	fails_with(x, E_CLM, "ui.sub");
}

/* Whoever approves chooses what UserInfo says: "unusable" would open a break-glass stack to them.
 */
static void
userinfo_that_nobody_can_read_is_no_outage(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	good_token(x, "");
	answer_json(x, "/userinfo", "200 OK", "{\"sub\":");
	begin(x);
	fails_with(x, E_CLM, "ui.json");
}

/* C-013 */
static void
a_method_that_is_not_offered_is_the_operators_fault(void **state)
{
	struct world *x = *state;

	good_start(x, ",\"token_endpoint_auth_methods_supported\":[\"client_secret_basic\"]");
	start(x);
	fails_with(x, E_CFG, "disc.auth");
	assert_int_equal(tlsserver_count(&x->s, "POST "), 0);
}

static char secret[] = "s3:cret";

/* C-047, C-049 */
static void
a_secret_goes_where_it_belongs(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	x->job.client_auth = IPC_AUTH_BASIC;
	x->job.client_secret = secret;
	good_start(x, ",\"token_endpoint_auth_methods_supported\":[\"client_secret_basic\"]");
	good_token(x, "");
	answer_json(x, "/userinfo", "200 OK",
	    "{\"sub\":\"s-1\",\"preferred_username\":\"alice\",\"groups\":[]}");
	expect_facts(x, &m);
	ipc_clear(&m);
	/* base64 of linux-login:s3%3Acret; keys and UserInfo never see it */
	assert_int_equal(
	    tlsserver_count(&x->s, "\r\nAuthorization: Basic bGludXgtbG9naW46czMlM0FjcmV0\r\n"), 2);
	assert_int_equal(tlsserver_count(&x->s, "client_secret"), 0);
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

	x->job.deadline = clock_boot_ms(&clock_system) + 700;
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
		CASE(a_whole_token_needs_no_userinfo),
		CASE(what_the_token_lacks_comes_from_userinfo),
		CASE(no_request_comes_before_the_interval_or_without_a_poll),
		CASE(pending_then_approved_ends_with_facts),
		CASE(a_hiccup_is_not_the_persons_business),
		CASE(a_request_asks_for_what_is_configured),
		CASE(a_request_asks_for_nothing_else),
		CASE(a_configured_endpoint_takes_the_place_of_the_announced_one),
		CASE(signed_userinfo_is_taken),
		CASE(a_denial_is_one),
		CASE(another_keys_signature_is_refused),
		CASE(a_nonce_of_another_login_is_refused),
		CASE(our_nonce_is_taken),
		CASE(userinfo_of_another_person_is_refused),
		CASE(userinfo_that_nobody_can_read_is_no_outage),
		CASE(a_method_that_is_not_offered_is_the_operators_fault),
		CASE(a_secret_goes_where_it_belongs),
		CASE(a_refused_client_is_the_operators_fault),
		CASE(a_page_elsewhere_is_never_shown),
		CASE(the_monitors_end_is_the_workers),
		CASE(the_deadline_ends_a_wait_for_nobody),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
