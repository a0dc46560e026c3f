/* Pushed authorization requests. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define BACK "redirect_uri=http%3A%2F%2F127.0.0.1%3A4712%2Fcallback&"
#define PKCE                                                                                       \
	"code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&"
#define REST BACK "state=12345678&response_type=code&" PKCE
#define POST_CLIENT "client_id=linux-post&client_secret=post-secret&"

static void
push(struct fixture *f, const char *form)
{
	ep_par(&f->w, fixture_ask(f, "POST", "/api/oidc/pushed-authorization-request", form));
}

static void
refused(struct fixture *f, const char *form, int status, const char *error)
{
	push(f, form);
	assert_int_equal(f->x.rep.status, status);
	assert_string_equal(fixture_string(f, "error"), error);
	assert_string_equal(f->x.rep.error, error);
	assert_int_equal(json_object_size(fixture_body(f)), 2);
	assert_int_equal(f->w.pushed.n, 0);
}

static void
one_is_kept_for_five_minutes(void **state)
{
	struct fixture *f = *state;
	const struct pushed_request *p;

	push(f, POST_CLIENT REST "scope=openid");
	assert_int_equal(f->x.rep.status, 201);
	assert_int_equal(json_integer_value(json_object_get(fixture_body(f), "expires_in")), 300);
	assert_non_null(p = pushed_find(&f->w.pushed, fixture_string(f, "request_uri")));
	assert_int_equal(json_object_size(fixture_body(f)), 2);
	assert_string_equal(pairs_get(&p->params, "client_id"), "linux-post");
	assert_string_equal(pairs_get(&p->params, "state"), "12345678");
	/* the secret has no business there */
	assert_null(pairs_get(&p->params, "client_secret"));
	assert_int_equal(json_array_size(f->x.violations), 0);
}

static void
the_client_s_name_may_stand_in_its_proof_alone(void **state)
{
	struct fixture *f = *state;
	struct exchange *x = fixture_ask(f, "POST", "/par", REST);

	/* linux-basic:basic-secret */
	assert_int_equal(
	    pairs_add(&x->req.headers, "authorization", "Basic bGludXgtYmFzaWM6YmFzaWMtc2VjcmV0"),
	    E_OK);
	ep_par(&f->w, x);
	assert_int_equal(x->rep.status, 201);
	assert_string_equal(pairs_get(&f->w.pushed.v[0]->params, "client_id"), "linux-basic");
}

static void
a_client_that_proves_nothing_pushes_nothing(void **state)
{
	struct fixture *f = *state;

	refused(f, "client_id=linux-post&client_secret=x&" REST, 401, "invalid_client");
	refused(f, "client_id=linux-post&" REST, 401, "invalid_client");
	/* whatever the token endpoint calls it */
	refused(f, REST, 401, "invalid_client");
	refused(f, "client_id=linux-post&client_assertion=x&" REST, 401, "invalid_client");
}

static void
a_request_that_would_be_refused_is_refused_at_once(void **state)
{
	struct fixture *f = *state;

	refused(f, POST_CLIENT "state=12345678&response_type=code&" PKCE, 400, "invalid_request");
	assert_true(fixture_violated(f, "redirect_unregistered"));
	refused(f, POST_CLIENT REST "request_uri=urn%3Ax", 400, "invalid_request");
	assert_true(fixture_violated(f, "request_uri_pushed"));
	refused(f, POST_CLIENT REST "scope=wheel", 400, "invalid_scope");
	assert_true(fixture_violated(f, "scope:wheel"));
	refused(f, POST_CLIENT REST "response_mode=jwt", 400, "unsupported_response_mode");
	refused(f, POST_CLIENT BACK "state=12345678&" PKCE, 400, "unsupported_response_type");
	refused(f, POST_CLIENT BACK "state=1&response_type=code&" PKCE, 400, "invalid_state");
	refused(f, POST_CLIENT REST "request=x", 400, "request_not_supported");
}

/* Authelia finds it when the browser comes; the client hears of it here. */
static void
what_comes_to_light_later_is_noted_now(void **state)
{
	struct fixture *f = *state;

	push(f, "client_id=linux-login&" BACK "state=12345678&response_type=code");
	assert_int_equal(f->x.rep.status, 201);
	assert_true(fixture_violated(f, "pkce_missing"));
	push(f, POST_CLIENT REST "nonce=1");
	assert_int_equal(f->x.rep.status, 201);
	assert_true(fixture_violated(f, "short_nonce"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(one_is_kept_for_five_minutes, fixture_reset),
		cmocka_unit_test_setup(
		    the_client_s_name_may_stand_in_its_proof_alone, fixture_reset),
		cmocka_unit_test_setup(a_client_that_proves_nothing_pushes_nothing, fixture_reset),
		cmocka_unit_test_setup(
		    a_request_that_would_be_refused_is_refused_at_once, fixture_reset),
		cmocka_unit_test_setup(what_comes_to_light_later_is_noted_now, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
