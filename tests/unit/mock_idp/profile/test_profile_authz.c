/* Each provider's authorization endpoint. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/ep/authz.h"
#include "mock_idp/form.h"
#include "mock_idp/profile/profile.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define CALLBACK "http://127.0.0.1:4000/callback"
#define ASK "response_type=code&client_id=linux-post&redirect_uri=" CALLBACK "&scope=openid"
#define PKCE                                                                                       \
	"&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM&code_challenge_method=S256"

static struct authz
begin(struct fixture *f, const char *query)
{
	struct pairs p = { .n = 0 };
	struct authz a;

	assert_int_equal(form_parse(&p, query, strlen(query)), E_OK);
	assert_true(authz_begin(&f->w, &p, true, &a));
	pairs_clear(&p);
	return a;
}

static bool
holds(char *location, const char *text)
{
	bool yes = location != NULL && strstr(location, text) != NULL;

	free(location);
	return yes;
}

static void
iss_and_scope_come_from_those_who_send_them(void **state)
{
	struct fixture *f = *state;
	const struct profile *p;

	for (size_t n = 0; (p = profile_at(n)) != NULL; n++) {
		struct authz a;

		fixture_profile(f, p->name);
		a = begin(f, ASK PKCE "&state=12345678");
		assert_non_null(a.flow);
		assert_int_equal(
		    holds(authz_approve(&f->w, a.flow, "alice", 1), "iss=https"), p->authz->iss);
		a = begin(f, ASK PKCE "&state=12345678");
		assert_int_equal(holds(authz_approve(&f->w, a.flow, "alice", 1), "scope=openid"),
		    strncmp(p->name, "authelia", 8) == 0 || strcmp(p->name, "google") == 0);
		a = begin(f, ASK PKCE "&state=12345678");
		assert_int_equal(
		    holds(authz_deny(&f->w, a.flow), "state="), strcmp(p->name, "kanidm") != 0);
	}
}

static void
only_authelia_wants_long_states(void **state)
{
	struct fixture *f = *state;
	struct authz a;

	fixture_profile(f, "authelia");
	a = begin(f, ASK "&state=1");
	assert_string_equal(a.error, "invalid_state");
	free(a.location);
	fixture_profile(f, "rfc");
	assert_non_null(begin(f, ASK "&state=1").flow);
	assert_non_null(begin(f, ASK).flow);
	assert_non_null(begin(f, ASK "&nonce=1").flow);
}

static void
kanidm_wants_pkce_of_all_and_sends_no_error_back(void **state)
{
	struct fixture *f = *state;
	struct authz a;

	fixture_profile(f, "kanidm");
	a = begin(f, ASK "&state=12345678");
	assert_null(a.flow);
	assert_true(a.to_completion);
	assert_int_equal(strncmp(a.location, FIXTURE_ISSUER "/consent/completion?", 42), 0);
	free(a.location);
	assert_non_null(begin(f, ASK PKCE).flow);
	fixture_profile(f, "keycloak");
	assert_non_null(begin(f, ASK).flow);
	a = begin(f, ASK "&prompt=none");
	assert_false(a.to_completion);
	assert_int_equal(strncmp(a.location, CALLBACK, strlen(CALLBACK)), 0);
	free(a.location);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(iss_and_scope_come_from_those_who_send_them, fixture_reset),
		cmocka_unit_test_setup(only_authelia_wants_long_states, fixture_reset),
		cmocka_unit_test_setup(
		    kanidm_wants_pkce_of_all_and_sends_no_error_back, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
