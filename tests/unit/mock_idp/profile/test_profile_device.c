/* Each provider's device authorization endpoint. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/ep/ep.h"
#include "mock_idp/place.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define BASIC "Basic bGludXgtYmFzaWM6YmFzaWMtc2VjcmV0" /* linux-basic:basic-secret */
#define CHALLENGE                                                                                  \
	"code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"

static int
ask(struct fixture *f, const char *form, const char *authorization)
{
	struct exchange *x = fixture_ask(f, "POST", "/", form);

	if (authorization != NULL)
		assert_int_equal(pairs_add(&x->req.headers, "authorization", authorization), E_OK);
	ep_devauth(&f->w, x);
	return f->x.rep.status;
}

static int64_t
number(struct fixture *f, const char *name)
{
	return json_integer_value(json_object_get(fixture_body(f), name));
}

static const struct {
	const char *name, *pattern; /* A: a letter, 9: a digit, *: either, else itself */
	int expires_in, interval;
	const char *uri, *complete; /* names of member and parameter; NULL: none */
	bool nonce;
} rows[] = {
	{ "authelia", "AAAAAAAA", 599, 10, "verification_uri", "user_code", true },
	{ "authelia-next", "AAAAAAAA", 599, 10, "verification_uri", "user_code", true },
	{ "rfc", "AAAA-AAAA", 600, 5, "verification_uri", "user_code", false },
	{ "keycloak", "AAAA-AAAA", 600, 5, "verification_uri", "user_code", true },
	{ "authentik", "999999999", 60, 5, "verification_uri", "code", false },
	{ "pocketid", "E*******", 899, 5, "verification_uri", "user_code", false },
	{ "zitadel", "AAAA-AAAA", 300, 5, "verification_uri", "user_code", false },
	{ "dex", "AAAA-AAAA", 300, 5, "verification_uri", "user_code", false },
	{ "rauthy", "********", 300, 5, "verification_uri", "code", true },
	{ "google", "AAAA-AAAA", 1800, 5, "verification_url", NULL, false },
	{ "entra", "*********", 900, 5, "verification_uri", NULL, false },
	{ "okta", "AAAAAAAA", 600, 5, "verification_uri", "user_code", false },
	{ "gitlab", "********", 300, 5, "verification_uri", "user_code", false },
	{ "glewlwyd", "****-****", 600, 5, "verification_uri", "code", false },
};

static bool
matches(const char *pattern, const char *code)
{
	for (; *pattern != '\0'; pattern++, code++) {
		bool letter = (*code >= 'A' && *code <= 'Z') || (*code >= 'a' && *code <= 'z'),
		     digit = *code >= '0' && *code <= '9';

		if (*pattern == '*'       ? !letter && !digit
		        : *pattern == 'A' ? !letter
		        : *pattern == '9' ? !digit
		                          : *pattern != *code)
			return false;
	}
	return *code == '\0';
}

static void
the_answer_is_the_providers(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char complete[512] = "";
		const char *code, *uri;
		json_t *url;

		fixture_profile(f, rows[i].name);
		assert_int_equal(
		    ask(f, "client_id=linux-login&scope=openid&nonce=12345678", NULL), 200);
		code = fixture_string(f, "user_code");
		assert_true(matches(rows[i].pattern, code));
		assert_int_equal(number(f, "expires_in"), rows[i].expires_in);
		assert_int_equal(number(f, "interval"), rows[i].interval);
		url = place_url(&f->w, PLACE_VERIFICATION);
		uri = json_string_value(url);
		assert_string_equal(fixture_string(f, rows[i].uri), uri);
		if (rows[i].complete != NULL)
			(void)snprintf(
			    complete, sizeof(complete), "%s?%s=%s", uri, rows[i].complete, code);
		assert_string_equal(fixture_string(f, "verification_uri_complete"), complete);
		json_decref(url);
		assert_int_equal(f->w.codes.v[0]->nonce != NULL, rows[i].nonce);
		assert_int_equal(json_object_size(fixture_body(f)),
		    rows[i].complete != NULL || strcmp(rows[i].name, "entra") == 0 ? 6 : 5);
	}
}

static void
codes_live_as_long_as_the_provider_lets_them(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "authentik");
	(void)ask(f, "client_id=linux-login", NULL);
	assert_int_equal(f->w.codes.v[0]->expires, f->ms + 60000);
	f->w.expires_in = 30;
	(void)ask(f, "client_id=linux-login", NULL);
	assert_int_equal(f->w.codes.v[1]->expires, f->ms + 30000);
	assert_int_equal(number(f, "expires_in"), 30);
}

static void
rauthys_device_code_begins_with_the_user_code(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "rauthy");
	(void)ask(f, "client_id=linux-login", NULL);
	assert_int_equal(
	    strncmp(fixture_string(f, "device_code"), fixture_string(f, "user_code"), 8), 0);
	fixture_profile(f, "keycloak");
	(void)ask(f, "client_id=linux-login", NULL);
	assert_int_not_equal(strncmp(fixture_string(f, "device_code"), "authelia", 8), 0);
}

static void
pocketids_codes_have_no_letter_that_looks_like_another(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "pocketid");
	for (int i = 0; i < 100; i++) {
		(void)ask(f, "client_id=linux-login", NULL);
		assert_null(strpbrk(fixture_string(f, "user_code"), "ILO"));
	}
}

static void
entra_has_a_sentence_for_the_person(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "entra");
	(void)ask(f, "client_id=linux-login", NULL);
	assert_non_null(strstr(fixture_string(f, "message"), fixture_string(f, "user_code")));
	assert_non_null(strstr(fixture_string(f, "message"), "/devicelogin"));
}

/* Statuses for: Basic and client_id, Basic alone, the secret in the body, no secret, nobody. */
static const struct {
	const char *name;
	int basic, basic_alone, body, nothing, nobody;
} proofs[] = {
	{ "authelia", 200, 401, 401, 401, 401 },
	{ "authelia-next", 200, 200, 401, 401, 401 },
	{ "rfc", 200, 200, 401, 401, 401 },
	{ "keycloak", 200, 200, 200, 401, 401 },
	{ "authentik", 200, 200, 200, 200, 401 },
	{ "pocketid", 200, 401, 200, 401, 401 },
	{ "zitadel", 200, 200, 401, 401, 401 },
	{ "dex", 200, 200, 200, 200, 200 },
	{ "rauthy", 401, 401, 200, 401, 401 },
	{ "google", 200, 200, 200, 200, 401 },
	{ "entra", 200, 200, 200, 200, 400 },
	{ "glewlwyd", 200, 200, 200, 403, 403 },
};

static void
clients_prove_themselves_as_the_provider_wants(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(proofs) / sizeof(proofs[0]); i++) {
		fixture_profile(f, proofs[i].name);
		assert_int_equal(
		    ask(f, "client_id=linux-basic&scope=openid", BASIC), proofs[i].basic);
		assert_int_equal(ask(f, "scope=openid", BASIC), proofs[i].basic_alone);
		assert_int_equal(
		    ask(f, "client_id=linux-basic&client_secret=basic-secret&scope=openid", NULL),
		    proofs[i].body);
		assert_int_equal(
		    ask(f, "client_id=linux-basic&scope=openid", NULL), proofs[i].nothing);
		assert_int_equal(ask(f, "client_id=nobody&scope=openid", NULL), proofs[i].nobody);
	}
}

/* Dex: 200 for anybody, and nothing comes of it; the journal says what is wrong. */
static void
dex_lets_those_go_on_who_will_get_nowhere(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "dex");
	assert_int_equal(ask(f, "client_id=linux-basic&scope=openid", BASIC), 200);
	assert_true(f->w.codes.v[0]->doomed);
	assert_true(fixture_violated(f, "client_auth"));
	assert_int_equal(
	    ask(f, "client_id=linux-basic&client_secret=basic-secret&scope=openid", NULL), 200);
	assert_false(f->w.codes.v[1]->doomed);
	assert_int_equal(ask(f, "client_id=nobody", NULL), 200);
	assert_true(f->w.codes.v[2]->doomed);
}

static void
errors_have_the_providers_body(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "authelia");
	(void)ask(f, "client_id=nobody", NULL);
	assert_string_equal(buf_cstr(f->x.rep.body), "{}\n");
	fixture_profile(f, "rfc");
	(void)ask(f, "client_id=nobody", NULL);
	assert_string_equal(fixture_string(f, "error"), "invalid_client");
	assert_null(pairs_get(&f->x.rep.headers, "WWW-Authenticate"));
	(void)ask(f, "client_id=nobody", BASIC);
	assert_string_equal(
	    pairs_get(&f->x.rep.headers, "WWW-Authenticate"), "Basic realm=\"latchkey\"");
	fixture_profile(f, "rauthy");
	(void)ask(f, "client_id=nobody", NULL);
	assert_non_null(json_object_get(fixture_body(f), "timestamp"));
	assert_non_null(json_object_get(fixture_body(f), "message"));
	fixture_profile(f, "keycloak");
	assert_int_equal(ask(f, "client_id=linux-login&scope=wheel", NULL), 400);
	assert_string_equal(fixture_string(f, "error"), "invalid_scope");
}

static void
authentik_answers_twenty_an_hour(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "authentik");
	for (int i = 0; i < 20; i++)
		assert_int_equal(ask(f, "client_id=linux-login", NULL), 200);
	assert_int_equal(ask(f, "client_id=linux-login", NULL), 429);
	assert_string_equal(buf_cstr(f->x.rep.body), "{\"error\":\"slow_down\"}\n");
	f->ms += 3599999;
	assert_int_equal(ask(f, "client_id=linux-login", NULL), 429);
	f->ms += 1;
	assert_int_equal(ask(f, "client_id=linux-login", NULL), 200);
	fixture_profile(f, "authelia");
	for (int i = 0; i < 30; i++)
		assert_int_equal(ask(f, "client_id=linux-login", NULL), 200);
}

static void
a_challenge_is_bound_required_or_ignored(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "keycloak-pkce");
	assert_int_equal(ask(f, "client_id=linux-login", NULL), 400);
	assert_int_equal(ask(f, "client_id=linux-login&" CHALLENGE, NULL), 200);
	assert_non_null(f->w.codes.v[0]->challenge);
	assert_int_equal(
	    ask(f, "client_id=linux-login&code_challenge=short&code_challenge_method=S256", NULL),
	    400);
	fixture_profile(f, "keycloak");
	assert_int_equal(ask(f, "client_id=linux-login", NULL), 200);
	assert_int_equal(ask(f, "client_id=linux-login&code_challenge=short", NULL), 400);
	fixture_profile(f, "authelia");
	assert_int_equal(ask(f, "client_id=linux-login&code_challenge=short", NULL), 200);
	assert_null(f->w.codes.v[0]->challenge);
}

static void
glewlwyd_wants_a_scope(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "glewlwyd");
	assert_int_equal(ask(f, "client_id=linux-login", NULL), 400);
	assert_string_equal(f->x.rep.error, "invalid_scope");
	assert_int_equal(ask(f, "client_id=linux-login&scope=openid", NULL), 200);
}

/* What a person types: in any case and with any dashes here, to the letter there. */
static void
codes_are_typed_as_the_provider_takes_them(void **state)
{
	struct fixture *f = *state;
	char typed[IDS_USER_CODE_SIZE];
	size_t n = 0;

	fixture_profile(f, "keycloak");
	(void)ask(f, "client_id=linux-login", NULL);
	for (const char *s = f->w.codes.v[0]->user; *s != '\0'; s++)
		if (*s != '-')
			typed[n++] = (char)(*s | 0x20);
	typed[n] = '\0';
	assert_ptr_equal(codes_by_user(&f->w.codes, typed), f->w.codes.v[0]);
	typed[0] = '1';
	assert_null(codes_by_user(&f->w.codes, typed));
	fixture_profile(f, "zitadel");
	(void)ask(f, "client_id=linux-login", NULL);
	(void)snprintf(typed, sizeof(typed), "%s", f->w.codes.v[0]->user);
	assert_non_null(codes_by_user(&f->w.codes, typed));
	typed[0] |= 0x20;
	assert_null(codes_by_user(&f->w.codes, typed));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(the_answer_is_the_providers, fixture_reset),
		cmocka_unit_test_setup(codes_live_as_long_as_the_provider_lets_them, fixture_reset),
		cmocka_unit_test_setup(
		    rauthys_device_code_begins_with_the_user_code, fixture_reset),
		cmocka_unit_test_setup(
		    pocketids_codes_have_no_letter_that_looks_like_another, fixture_reset),
		cmocka_unit_test_setup(entra_has_a_sentence_for_the_person, fixture_reset),
		cmocka_unit_test_setup(
		    clients_prove_themselves_as_the_provider_wants, fixture_reset),
		cmocka_unit_test_setup(dex_lets_those_go_on_who_will_get_nowhere, fixture_reset),
		cmocka_unit_test_setup(errors_have_the_providers_body, fixture_reset),
		cmocka_unit_test_setup(authentik_answers_twenty_an_hour, fixture_reset),
		cmocka_unit_test_setup(a_challenge_is_bound_required_or_ignored, fixture_reset),
		cmocka_unit_test_setup(glewlwyd_wants_a_scope, fixture_reset),
		cmocka_unit_test_setup(codes_are_typed_as_the_provider_takes_them, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
