/* What a poll learns from each provider. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/ep/ep.h"
#include "mock_idp/profile/profile.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

/* A poll so many ms after the last, by that client ("id&more of the form"). */
static int
poll_as(struct fixture *f, const char *device, int64_t after, const char *client)
{
	char form[512];

	f->ms += after;
	(void)snprintf(form, sizeof(form), "grant_type=%s&device_code=%s&client_id=%s",
	    "urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code", device, client);
	ep_token(&f->w, fixture_ask(f, "POST", "/", form));
	return f->x.rep.status;
}

static int
poll_in(struct fixture *f, const struct code *c, int64_t after)
{
	return poll_as(f, c->device, after, "linux-login");
}

static struct code *
new_code(struct fixture *f, const char *user)
{
	struct code *c = fixture_code(f, "openid profile", user);

	c->in_time = c->issued;
	c->expires = c->issued + (int64_t)f->w.expires_in * 1000;
	return c;
}

struct answer {
	int status;
	const char *error;
};

#define PENDING                                                                                    \
	{                                                                                          \
		400, "authorization_pending"                                                       \
	}
#define EXPIRED                                                                                    \
	{                                                                                          \
		400, "expired_token"                                                               \
	}
#define GRANT                                                                                      \
	{                                                                                          \
		400, "invalid_grant"                                                               \
	}
#define DENIED                                                                                     \
	{                                                                                          \
		400, "access_denied"                                                               \
	}
#define AUTHELIA                                                                                   \
	{                                                                                          \
		500, "server_error"                                                                \
	}
#define MICROSOFT                                                                                  \
	{                                                                                          \
		400, "bad_verification_code"                                                       \
	}

static const struct {
	const char *name;
	struct answer pending, denied, expired, late, replay, unknown, foreign;
} rows[] = {
	{ "authelia", PENDING, AUTHELIA, PENDING, EXPIRED, AUTHELIA, AUTHELIA, GRANT },
	{ "authelia-next", PENDING, AUTHELIA, PENDING, EXPIRED, AUTHELIA, AUTHELIA, GRANT },
	{ "rfc", PENDING, DENIED, EXPIRED, EXPIRED, GRANT, GRANT, GRANT },
	{ "keycloak", PENDING, DENIED, EXPIRED, EXPIRED, GRANT, GRANT, GRANT },
	{ "authentik", PENDING, PENDING, EXPIRED, EXPIRED, GRANT, GRANT, GRANT },
	{ "pocketid", PENDING, PENDING, PENDING, EXPIRED, GRANT, GRANT, GRANT },
	{ "zitadel", PENDING, DENIED, EXPIRED, EXPIRED, DENIED, DENIED, GRANT },
	{ "dex", PENDING, PENDING, EXPIRED, EXPIRED, { 200, "" }, { 400, "invalid_request" },
	    { 200, "" } },
	{ "rauthy", PENDING, EXPIRED, EXPIRED, EXPIRED, EXPIRED, EXPIRED, GRANT },
	{ "google", { 428, "authorization_pending" }, { 403, "access_denied" }, EXPIRED, EXPIRED,
	    GRANT, GRANT, GRANT },
	{ "entra", PENDING, { 400, "authorization_declined" }, EXPIRED, EXPIRED, MICROSOFT,
	    MICROSOFT, GRANT },
	{ "okta", PENDING, DENIED, EXPIRED, EXPIRED, GRANT, GRANT, GRANT },
	{ "gitlab", PENDING, DENIED, EXPIRED, EXPIRED, GRANT, GRANT, GRANT },
	{ "glewlwyd", PENDING, PENDING, EXPIRED, EXPIRED, DENIED, DENIED, GRANT },
};

static void
answered(struct fixture *f, const struct answer *want)
{
	assert_int_equal(f->x.rep.status, want->status);
	assert_string_equal(fixture_string(f, "error"), want->error);
}

static void
each_outcome_is_told_as_the_provider_tells_it(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct code *c;

		fixture_profile(f, rows[i].name);
		c = new_code(f, NULL);
		(void)poll_in(f, c, 10000);
		answered(f, &rows[i].pending);
		c->state = CODE_DENIED;
		(void)poll_in(f, c, 10000);
		answered(f, &rows[i].denied);
		c->state = CODE_PENDING;
		f->ms = c->expires;
		(void)poll_in(f, c, 0);
		answered(f, &rows[i].expired);
		assert_int_equal(codes_approve(c, "alice", 1), E_OK);
		(void)poll_in(f, c, 5000);
		answered(f, &rows[i].late);

		c = new_code(f, "alice");
		assert_int_equal(
		    poll_as(f, c->device, 5000, "linux-post&client_secret=post-secret"),
		    rows[i].foreign.status);
		answered(f, &rows[i].foreign);
		assert_int_equal(poll_in(f, c, 5000), 200);
		(void)poll_in(f, c, 5000);
		answered(f, &rows[i].replay);
		(void)poll_as(f, "nothing", 5000, "linux-login");
		answered(f, &rows[i].unknown);
	}
}

/* Polls after each of these pauses, and what they get: p pending, s slow_down, d access_denied. */
static const struct {
	const char *name;
	int64_t after[6];
	const char *want;
} paces[] = {
	{ "authelia", { 0, 0, 0, 0, 0, 0 }, "pppppp" },
	/* the first waits too; each slow_down is five seconds more for good */
	{ "rfc", { 4999, 9999, 14999, 20000, 19999, 30000 }, "sssps p" },
	/* a window of five seconds from the last good poll; nothing grows */
	{ "keycloak", { 0, 4999, 1, 4000, 999, 1 }, "pspssp" },
	{ "authentik", { 0, 0, 0, 0, 0, 0 }, "pppppp" },
	{ "pocketid", { 0, 0, 0, 0, 0, 0 }, "pppppp" },
	{ "zitadel", { 0, 0, 0, 0, 0, 0 }, "pppppp" },
	/* grows with each, and back to five after one in time */
	{ "dex", { 0, 4999, 9999, 15000, 4999, 10000 }, "psspsp" },
	/* half a second of grace, and the third is the last */
	{ "rauthy", { 4500, 4499, 4499, 4499, 9000, 9000 }, "pssd" },
	{ "google", { 0, 4999, 5000, 0, 0, 0 }, "psp" },
	{ "entra", { 0, 0, 0, 0, 0, 0 }, "pppppp" },
	{ "glewlwyd", { 4999, 4999, 5000, 5000, 0, 0 }, "ssppss" },
};

static char
letter_of(struct fixture *f)
{
	const char *error = fixture_string(f, "error");

	return strcmp(error, "authorization_pending") == 0 ? 'p'
	    : strcmp(error, "slow_down") == 0              ? 's'
	    : strcmp(error, "access_denied") == 0          ? 'd'
	                                                   : '?';
}

static void
the_pace_is_kept_as_the_provider_keeps_it(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(paces) / sizeof(paces[0]); i++) {
		const char *want = paces[i].want;
		struct code *c;

		fixture_profile(f, paces[i].name);
		c = new_code(f, NULL);
		for (size_t k = 0; want[k] != '\0' && k < 6; k++) {
			(void)poll_in(f, c, paces[i].after[k]);
			if (want[k] != ' ')
				assert_int_equal(letter_of(f), want[k]);
		}
	}
}

static void
google_slows_down_with_403(void **state)
{
	struct fixture *f = *state;
	struct code *c;

	fixture_profile(f, "google");
	c = new_code(f, NULL);
	assert_int_equal(poll_in(f, c, 0), 428);
	assert_int_equal(poll_in(f, c, 0), 403);
}

/* Keycloak looks at the clock before it looks at the code; others tell a denial at once. */
static void
keycloak_asks_for_patience_before_anything_else(void **state)
{
	struct fixture *f = *state;
	struct code *c;

	fixture_profile(f, "keycloak");
	c = new_code(f, "alice");
	assert_int_equal(poll_in(f, c, 0), 200);
	assert_int_equal(poll_in(f, c, 0), 400);
	assert_string_equal(fixture_string(f, "error"), "slow_down");
	fixture_profile(f, "rfc");
	c = new_code(f, "alice");
	assert_int_equal(poll_in(f, c, 0), 200);
}

static void
keycloak_forgets_an_expired_code(void **state)
{
	struct fixture *f = *state;
	struct code *c;

	fixture_profile(f, "keycloak");
	c = new_code(f, NULL);
	f->ms = c->expires + 14999;
	(void)poll_in(f, c, 0);
	assert_string_equal(fixture_string(f, "error"), "expired_token");
	c = new_code(f, NULL);
	f->ms = c->expires + 15000;
	(void)poll_in(f, c, 0);
	assert_string_equal(fixture_string(f, "error"), "invalid_grant");
}

static void
dex_gives_the_same_tokens_again_until_the_code_expires(void **state)
{
	struct fixture *f = *state;
	struct code *c;
	char first[128];

	fixture_profile(f, "dex");
	c = new_code(f, "alice");
	assert_int_equal(poll_in(f, c, 5000), 200);
	(void)snprintf(first, sizeof(first), "%s", fixture_string(f, "access_token"));
	assert_int_equal(poll_in(f, c, 5000), 200);
	assert_string_equal(fixture_string(f, "access_token"), first);
	/* no client is asked for */
	assert_int_equal(poll_as(f, c->device, 5000, ""), 200);
	f->ms = c->expires;
	assert_int_equal(poll_in(f, c, 0), 400);
	assert_string_equal(buf_cstr(f->x.rep.body), "{\"error\":\"expired_token\"}\n");
}

static void
what_is_doomed_stays_pending(void **state)
{
	struct fixture *f = *state;
	struct code *c;

	fixture_profile(f, "dex");
	c = new_code(f, "alice");
	c->doomed = true;
	assert_int_equal(poll_in(f, c, 5000), 400);
	assert_string_equal(fixture_string(f, "error"), "authorization_pending");
}

static void
rauthy_is_done_after_three_strikes(void **state)
{
	struct fixture *f = *state;
	struct code *c;

	fixture_profile(f, "rauthy");
	c = new_code(f, NULL);
	(void)poll_in(f, c, 0);
	(void)poll_in(f, c, 0);
	(void)poll_in(f, c, 0);
	assert_string_equal(fixture_string(f, "error"), "access_denied");
	(void)poll_in(f, c, 20000);
	assert_string_equal(fixture_string(f, "error"), "expired_token");
}

static void
bodies_have_the_providers_form(void **state)
{
	struct fixture *f = *state;
	json_t *o;

	fixture_profile(f, "rauthy");
	(void)poll_in(f, new_code(f, NULL), 5000);
	assert_string_equal(buf_cstr(f->x.rep.body),
	    "{\"error\":\"authorization_pending\",\"error_description\":\"\"}\n");
	fixture_profile(f, "entra");
	(void)poll_in(f, new_code(f, NULL), 5000);
	o = fixture_body(f);
	assert_int_equal(
	    json_integer_value(json_array_get(json_object_get(o, "error_codes"), 0)), 70016);
	assert_non_null(json_object_get(o, "trace_id"));
	assert_non_null(json_object_get(o, "correlation_id"));
	assert_string_equal(fixture_string(f, "timestamp"), "2027-01-15 08:00:11Z");
	assert_non_null(json_object_get(o, "error_uri"));
}

static void
a_client_that_fails_gets_the_providers_answer(void **state)
{
	static const struct {
		const char *name;
		struct answer want;
	} failures[] = {
		{ "authelia", { 401, "invalid_client" } },
		{ "glewlwyd", { 403, "unauthorized_client" } },
		{ "rauthy", { 401, "Unauthorized" } },
		{ "entra", { 401, "invalid_client" } },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(failures) / sizeof(failures[0]); i++) {
		fixture_profile(f, failures[i].name);
		(void)poll_as(f, "x", 0, "nobody");
		answered(f, &failures[i].want);
	}
	fixture_profile(f, "kanidm");
	assert_int_equal(poll_as(f, "x", 0, "nobody"), 401);
	assert_null(f->x.rep.body);
	assert_string_equal(f->x.rep.error, "invalid_client_id");
}

static void
an_unknown_grant_has_its_error(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "authelia");
	ep_token(&f->w, fixture_ask(f, "POST", "/", "grant_type=password&client_id=linux-login"));
	answered(f, &(struct answer){ 400, "invalid_request" });
	fixture_profile(f, "rfc");
	ep_token(&f->w, fixture_ask(f, "POST", "/", "grant_type=password&client_id=linux-login"));
	answered(f, &(struct answer){ 400, "unsupported_grant_type" });
}

#define VERIFIER "linux-login&code_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

static void
a_challenge_wants_its_verifier(void **state)
{
	struct fixture *f = *state;
	struct code *c;

	fixture_profile(f, "keycloak");
	c = new_code(f, "alice");
	c->challenge = strdup("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
	assert_int_equal(poll_in(f, c, 5000), 400);
	assert_string_equal(fixture_string(f, "error"), "invalid_grant");
	assert_int_equal(poll_as(f, c->device, 5000, VERIFIER "x"), 400);
	assert_int_equal(poll_as(f, c->device, 5000, VERIFIER), 200);
	/* no business of Authelia's */
	fixture_profile(f, "authelia");
	assert_int_equal(poll_as(f, new_code(f, "alice")->device, 5000, VERIFIER), 200);
}

/* RFC 8628 section 3.5: whoever was told to slow down waits five seconds longer from then on. */
static void
the_journal_remembers_each_slow_down(void **state)
{
	struct fixture *f = *state;
	struct code *c;

	fixture_profile(f, "keycloak");
	c = new_code(f, NULL);
	(void)poll_in(f, c, 5000);
	assert_false(fixture_violated(f, "early_poll"));
	(void)poll_in(f, c, 1000);
	assert_true(fixture_violated(f, "early_poll:1000ms"));
	(void)poll_in(f, c, 9999);
	assert_string_equal(fixture_string(f, "error"), "authorization_pending");
	assert_true(fixture_violated(f, "early_poll:9999ms"));
	(void)poll_in(f, c, 10000);
	assert_false(fixture_violated(f, "early_poll"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(
		    each_outcome_is_told_as_the_provider_tells_it, fixture_reset),
		cmocka_unit_test_setup(the_pace_is_kept_as_the_provider_keeps_it, fixture_reset),
		cmocka_unit_test_setup(google_slows_down_with_403, fixture_reset),
		cmocka_unit_test_setup(
		    keycloak_asks_for_patience_before_anything_else, fixture_reset),
		cmocka_unit_test_setup(keycloak_forgets_an_expired_code, fixture_reset),
		cmocka_unit_test_setup(
		    dex_gives_the_same_tokens_again_until_the_code_expires, fixture_reset),
		cmocka_unit_test_setup(what_is_doomed_stays_pending, fixture_reset),
		cmocka_unit_test_setup(rauthy_is_done_after_three_strikes, fixture_reset),
		cmocka_unit_test_setup(bodies_have_the_providers_form, fixture_reset),
		cmocka_unit_test_setup(
		    a_client_that_fails_gets_the_providers_answer, fixture_reset),
		cmocka_unit_test_setup(an_unknown_grant_has_its_error, fixture_reset),
		cmocka_unit_test_setup(a_challenge_wants_its_verifier, fixture_reset),
		cmocka_unit_test_setup(the_journal_remembers_each_slow_down, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
