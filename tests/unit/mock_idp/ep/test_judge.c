/* An authorization request, judged piece by piece. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/ep/judge.h"
#include "mock_idp/form.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define BACK "redirect_uri=http%3A%2F%2F127.0.0.1%3A4712%2Fcallback&"
#define PKCE                                                                                       \
	"code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&"
#define REST "state=12345678&response_type=code&" PKCE
#define GOLDEN "client_id=linux-login&" BACK REST

/* The first complaint of all, as "error violation"; "" for none. */
static const char *
judged(struct fixture *f, const char *query, bool pushed)
{
	static char out[128];
	struct pairs q = { .n = 0 };
	const struct client *c;
	const struct refusal *r;

	assert_int_equal(form_parse(&q, query, strlen(query)), E_OK);
	if ((r = judge_place(&f->w, &q, pushed, &c)) == NULL &&
	    (r = judge_request(&f->w, c, &q)) == NULL)
		r = judge_question(&f->w, c, &q, false);
	(void)snprintf(out, sizeof(out), "%s %s", r == NULL ? "" : r->error,
	    r == NULL || r->violation == NULL ? "" : r->violation);
	pairs_clear(&q);
	return out;
}

static struct client *
client(struct fixture *f, const char *id)
{
	for (size_t i = 0; i < f->w.people.nclients; i++)
		if (strcmp(f->w.people.clients[i].id, id) == 0)
			return &f->w.people.clients[i];
	return NULL;
}

static void
a_right_one_is_no_trouble(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(judged(f, GOLDEN, false), " ");
	assert_string_equal(judged(f, GOLDEN, true), " ");
	assert_string_equal(
	    judged(f, GOLDEN "response_mode=query&nonce=12345678&max_age=1", false), " ");
}

static void
each_fault_has_its_error_and_its_name(void **state)
{
	struct fixture *f = *state;
	static const struct {
		const char *query, *said;
	} cases[] = {
		{ "client_id=x&" BACK REST, "invalid_client unknown_client" },
		{ BACK REST, "invalid_client unknown_client" },
		{ "client_id=linux-login&" REST, "invalid_request redirect_unregistered" },
		{ "client_id=linux-login&redirect_uri=https%3A%2F%2Fa.test%2F&" REST,
		    "invalid_request redirect_unregistered" },
		{ GOLDEN "request=x", "request_not_supported not_served" },
		{ GOLDEN "response_mode=fragment", "unsupported_response_mode response_mode" },
		{ GOLDEN "scope=openid+x", "invalid_scope scope" },
		{ "client_id=linux-login&" BACK "state=12345678&" PKCE,
		    "unsupported_response_type response_type" },
		{ "client_id=linux-login&" BACK "response_type=code&" PKCE "state=1234567",
		    "invalid_state short_state" },
		{ GOLDEN "nonce=1234567", "insufficient_entropy short_nonce" },
		{ "client_id=linux-login&" BACK "state=12345678&response_type=code",
		    "invalid_request pkce_missing" },
		{ "client_id=linux-login&" BACK "state=12345678&response_type=code&code_challenge="
		  "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=plain",
		    "invalid_request pkce_method" },
		{ GOLDEN "max_age=-1", "invalid_request max_age" },
		/* nobody's fault */
		{ GOLDEN "prompt=none", "login_required " },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(judged(f, cases[i].query, false), cases[i].said);
}

static void
of_two_faults_authelia_names_the_first_it_meets(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(judged(f, GOLDEN "scope=x&response_mode=y&nonce=1", false),
	    "unsupported_response_mode response_mode");
	assert_string_equal(judged(f, "client_id=linux-login&" BACK "scope=x&state=1", false),
	    "invalid_scope scope");
	assert_string_equal(judged(f, "client_id=linux-login&" BACK "state=1", false),
	    "unsupported_response_type response_type");
}

static void
a_client_may_have_to_prove_more(void **state)
{
	struct fixture *f = *state;
	static const char plain[] =
	    "client_id=linux-post&" BACK "state=12345678&response_type=code";

	assert_string_equal(judged(f, plain, false), " ");
	client(f, "linux-post")->require_pkce = true;
	assert_string_equal(judged(f, plain, false), "invalid_request pkce_missing");
	client(f, "linux-post")->require_pkce = false;
	client(f, "linux-post")->require_par = true;
	assert_string_equal(judged(f, plain, false), "invalid_request par_required");
	assert_string_equal(judged(f, plain, true), " ");
	client(f, "linux-post")->require_par = false;
	f->w.require_par = true;
	assert_string_equal(judged(f, plain, false), "invalid_request par_required");
	assert_string_equal(
	    judged(f, "client_id=x&" BACK REST, false), "invalid_request par_required");
	assert_string_equal(judged(f, plain, true), " ");
	f->w.require_par = false;
}

static void
the_fault_is_noted_with_its_value(void **state)
{
	static const struct refusal with = { "e", "t", 400, "scope", "scope" },
	                            without = { "e", "t", 400, "short_state", NULL },
	                            silent = { "e", "t", 400, NULL, NULL };
	struct fixture *f = *state;
	struct exchange *x = fixture_ask(f, "GET", "/", NULL);

	fixture_query(f, "scope=wheel&state=1");
	judge_note(x, NULL, &x->req.query);
	judge_note(x, &silent, &x->req.query);
	assert_int_equal(json_array_size(x->violations), 0);
	judge_note(x, &with, &x->req.query);
	assert_true(fixture_violated(f, "scope:wheel"));
	judge_note(x, &without, &x->req.query);
	assert_true(fixture_violated(f, "short_state"));
}

static void
a_name_for_this_machine_is_no_address(void **state)
{
	static const char *const bad[] = { "http://localhost", "http://localhost/",
		"http://localhost:1/cb", "http://localhost?a" },
	                         *const good[] = { "http://127.0.0.1/", "http://localhost.example/",
		                         "https://localhost/", "http://[::1]/" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct exchange *x = fixture_ask(f, "GET", "/", NULL);

		assert_int_equal(pairs_add(&x->req.query, "redirect_uri", bad[i]), E_OK);
		judge_habits(x, &x->req.query);
		assert_true(fixture_violated(f, "redirect_localhost:http://localhost"));
	}
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct exchange *x = fixture_ask(f, "GET", "/", NULL);

		assert_int_equal(pairs_add(&x->req.query, "redirect_uri", good[i]), E_OK);
		judge_habits(x, &x->req.query);
		assert_false(fixture_violated(f, "redirect_localhost"));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_right_one_is_no_trouble, fixture_reset),
		cmocka_unit_test_setup(each_fault_has_its_error_and_its_name, fixture_reset),
		cmocka_unit_test_setup(
		    of_two_faults_authelia_names_the_first_it_meets, fixture_reset),
		cmocka_unit_test_setup(a_client_may_have_to_prove_more, fixture_reset),
		cmocka_unit_test_setup(the_fault_is_noted_with_its_value, fixture_reset),
		cmocka_unit_test_setup(a_name_for_this_machine_is_no_address, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
