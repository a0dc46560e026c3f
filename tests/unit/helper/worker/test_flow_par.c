/* Pushed authorization requests. C-016, C-051 to C-053 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/unit.h"

#include "tests/support/browse_world.h"

#define NAME "urn:ietf:params:oauth:request_uri:x-1"
#define REQUIRED ",\"require_pushed_authorization_requests\":true"

/* A good start of a provider that takes pushed requests. */
static void
start_with_par(struct world *x, const char *more)
{
	char text[512];

	(void)snprintf(text, sizeof(text),
	    ",\"pushed_authorization_request_endpoint\":\"%s/par\"%s", x->s.url, more);
	good_start(x, text);
}

static void
good_par(struct world *x)
{
	answer_json(x, "/par", "201 Created", "{\"request_uri\":\"" NAME "\",\"expires_in\":60}");
}

/* The browser carries a name; the request went before it. What it would have carried is known from
 * the journal. */
static void
sign_in_pushed(struct world *x)
{
	char want[256], query[256];
	const char *at;
	unsigned port;

	start(x);
	(void)snprintf(want, sizeof(want),
	    "%s/auth?request_uri=urn%%3Aietf%%3Aparams%%3Aoauth%%3Arequest_uri%%3Ax-1&"
	    "client_id=linux-login",
	    x->s.url);
	assert_string_equal(hear_url(x), want);
	at = strstr(journal(x), "&redirect_uri=http%3A%2F%2F127.0.0.1%3A");
	assert_non_null(at);
	assert_int_equal(sscanf(at + 39, "%u%%2Fcallback&", &port), 1);
	at = strstr(journal(x), "&state=");
	assert_non_null(at);
	(void)snprintf(query, sizeof(query), "code=c-1%.50s", at);
	assert_int_equal(bring((uint16_t)port, query), 200);
}

static void
was_pushed_once(const struct world *x)
{
	assert_int_equal(tlsserver_count(&x->s, "POST /par "), 1);
	assert_int_equal(tlsserver_count(&x->s, "response_type=code&redirect_uri="), 1);
	assert_int_equal(tlsserver_count(&x->s, "&code_challenge_method=S256&client_id="), 1);
	assert_int_equal(tlsserver_count(&x->s, "&nonce=6e6f6e6365&"), 1);
	assert_int_equal(tlsserver_count(&x->s, "request_uri="), 0);
}

/* C-016 disc.par.req, C-051 par.ok, C-053 */
static void
a_provider_that_requires_it_gets_it(void **state)
{
	struct world *x = *state;

	start_with_par(x, REQUIRED);
	good_par(x);
	good_token(x, NONCE ALICE);
	sign_in_pushed(x);
	expect_alice(x);
	was_pushed_once(x);
}

static void
an_operator_who_requires_it_gets_it(void **state)
{
	struct world *x = *state;

	x->job.par = true;
	start_with_par(x, "");
	good_par(x);
	good_token(x, NONCE ALICE);
	sign_in_pushed(x);
	expect_alice(x);
	was_pushed_once(x);
}

static void
nobody_gets_it_unasked(void **state)
{
	struct world *x = *state;

	start_with_par(x, "");
	start(x);
	assert_non_null(strstr(hear_url(x), "&code_challenge="));
	assert_int_equal(tlsserver_count(&x->s, "POST "), 0);
}

static void
an_operator_cannot_require_what_is_not_there(void **state)
{
	struct world *x = *state;

	x->job.par = true;
	good_start(x, "");
	start(x);
	fails_with(x, E_CFG, "disc.par");
}

static char secret[] = "s3cret";

/* C-047, C-167: the client proves itself there too */
static void
the_client_proves_itself(void **state)
{
	struct world *x = *state;

	x->job.client_auth = IPC_AUTH_POST;
	x->job.client_secret = secret;
	start_with_par(x, REQUIRED);
	good_par(x);
	start(x);
	assert_null(strstr(hear_url(x), "secret"));
	assert_int_equal(tlsserver_count(&x->s, "&client_id=linux-login&client_secret=s3cret"), 1);
}

/* C-052 par.*: no plain request takes its place */
static void
fails(void **state, const char *status, const char *body, enum errcode code, const char *reason)
{
	struct world *x = *state;

	start_with_par(x, REQUIRED);
	answer_json(x, "/par", status, body);
	good_par(x);
	start(x);
	fails_with(x, code, reason); /* and no BROWSE before it */
	assert_int_equal(tlsserver_count(&x->s, "POST "), 1);
}

static void
an_error_is_the_end(void **state)
{
	fails(state, "400 Bad Request", "{\"error\":\"invalid_request\"}", E_PROTO, "par.refused");
}

static void
a_refused_client_is_the_operators_fault(void **state)
{
	fails(state, "401 Unauthorized", "{\"error\":\"invalid_client\"}", E_CFG, "par.client");
}

static void
a_200_is_no_success(void **state)
{
	fails(state, "200 OK", "{\"request_uri\":\"" NAME "\",\"expires_in\":60}", E_PROTO,
	    "par.status");
}

/* C-050 par.redir.* */
static void
a_redirect_is_not_followed(void **state)
{
	fails(state, "307 Temporary Redirect\r\nLocation: /par", "", E_PROTO, "par.status");
}

static void
an_answer_without_a_name_is_none(void **state)
{
	fails(state, "201 Created", "{\"expires_in\":60}", E_PROTO, "par.uri");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up_browse, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_provider_that_requires_it_gets_it),
		CASE(an_operator_who_requires_it_gets_it),
		CASE(nobody_gets_it_unasked),
		CASE(an_operator_cannot_require_what_is_not_there),
		CASE(the_client_proves_itself),
		CASE(an_error_is_the_end),
		CASE(a_refused_client_is_the_operators_fault),
		CASE(a_200_is_no_success),
		CASE(a_redirect_is_not_followed),
		CASE(an_answer_without_a_name_is_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
