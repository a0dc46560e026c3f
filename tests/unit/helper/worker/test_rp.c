/* How this client proves itself in a login. */
#include "config.h"

#include "tests/support/flow_world.h"
#include "tests/support/pem.h"

static char secret[] = "s3:cret";

/* C-013 */
static void
a_method_that_is_not_offered_is_the_operators_fault(void **state)
{
	struct world *x = *state;

	good_start(x, ",\"token_endpoint_auth_methods_supported\":[\"tls_client_auth\"]");
	start(x);
	fails_with(x, E_CFG, "disc.auth");
	assert_int_equal(tlsserver_count(&x->s, "POST "), 0);
}

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

/* Every request of one login, each with an assertion of its own. */
static void
proves_by_assertion(struct world *x, const char *method)
{
	struct ipc_msg m;
	char more[128];

	(void)snprintf(
	    more, sizeof(more), ",\"token_endpoint_auth_methods_supported\":[\"%s\"]", method);
	good_start(x, more);
	answer_json(x, "/token", "400 Bad Request", PENDING);
	good_token(x, "");
	answer_json(x, "/userinfo", "200 OK",
	    "{\"sub\":\"s-1\",\"preferred_username\":\"alice\",\"groups\":[]}");
	begin(x);
	assert_int_equal(hear(x, &m), IPC_PENDING);
	poll_once(x);
	assert_int_equal(hear(x, &m), IPC_FACTS);
	ipc_clear(&m);
	assert_int_equal(tlsserver_count(&x->s, "client_id=linux-login&client_assertion_type="), 3);
	assert_int_equal(tlsserver_count(&x->s, "&client_assertion=ey"), 3);
	assert_int_equal(tlsserver_count(&x->s, "client_secret"), 0);
	assert_int_equal(tlsserver_count(&x->s, "Authorization: Basic"), 0);
}

/* RFC 7523 */
static void
a_secret_that_signs_is_never_sent(void **state)
{
	static char signing[] = "a-secret-of-32-characters-or-more";
	struct world *x = *state;

	x->job.client_auth = IPC_AUTH_SECRET_JWT;
	x->job.client_secret = signing;
	proves_by_assertion(x, "client_secret_jwt");
	assert_int_equal(tlsserver_count(&x->s, signing), 0);
}

static void
a_key_is_proof_and_auto_finds_it(void **state)
{
	struct world *x = *state;
	EVP_PKEY *key = mint_ec("P-256");

	x->job.client_auth = IPC_AUTH_AUTO;
	x->job.client_key = pem_of(key, PEM_PKCS8);
	EVP_PKEY_free(key);
	proves_by_assertion(x, "private_key_jwt");
	free(x->job.client_key);
}

static void
a_key_that_is_none_is_told_before_anybody_is_asked(void **state)
{
	static char bad[] = "-----BEGIN PRIVATE KEY-----\n";
	struct world *x = *state;

	x->job.client_auth = IPC_AUTH_KEY_JWT;
	x->job.client_key = bad;
	good_start(x, "");
	start(x);
	fails_with(x, E_CFG, "cfg.client_key.unfit");
	assert_int_equal(tlsserver_count(&x->s, "HTTP/1.1"), 0);
}

/* C-063: as whom, and how */
static void
a_refused_client_is_named(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	x->job.client_auth = IPC_AUTH_AUTO;
	x->job.client_secret = secret;
	answer_json(x, "/device", "401 Unauthorized", "{\"error\":\"invalid_client\"}");
	good_start(x, "");
	start(x);
	assert_int_equal(hear(x, &m), IPC_FAILED);
	assert_string_equal(m.failed.reason, "dev.client");
	assert_int_equal(m.failed.code, E_CFG);
	assert_non_null(strstr(m.failed.text,
	    "as linux-login by client_secret_basic (auto): the device endpoint refuses this "
	    "client: HTTP 401, invalid_client"));
	assert_null(strstr(m.failed.text, secret));
	ipc_clear(&m);
}

/* A deadline that passes before anybody was asked is no expired code. */
static void
late_before_the_screen_is_the_providers_fault(void **state)
{
	const struct rp p = { .cached_metadata = false };

	(void)state;
	assert_int_equal(rp_prepared(&p, E_TIMEOUT), E_NET);
	assert_int_equal(rp_prepared(&p, E_PROTO), E_PROTO);
	assert_int_equal(rp_prepared(&p, E_OK), E_OK);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_method_that_is_not_offered_is_the_operators_fault),
		CASE(a_secret_goes_where_it_belongs),
		CASE(a_secret_that_signs_is_never_sent),
		CASE(a_key_is_proof_and_auto_finds_it),
		CASE(a_key_that_is_none_is_told_before_anybody_is_asked),
		CASE(a_refused_client_is_named),
		CASE(late_before_the_screen_is_the_providers_fault),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
