/* How this client proves itself in a login. */
#include "config.h"

#include "tests/support/flow_world.h"

static char secret[] = "s3:cret";

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

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_method_that_is_not_offered_is_the_operators_fault),
		CASE(a_secret_goes_where_it_belongs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
