/* What is said about a person. */
#include "config.h"

#include <string.h>
#include <stdio.h>

#include "mock_idp/ep/claims.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static struct grant *
make_grant(struct fixture *f, const char *scope, const char *user)
{
	return fixture_grant(f, scope, user);
}

static const char *
str_of(const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));

	return s == NULL ? "" : s;
}

static void
scopes_are_words(void **state)
{
	(void)state;
	assert_true(claims_has_scope("openid groups", "groups"));
	assert_true(claims_has_scope("openid", "openid"));
	assert_false(claims_has_scope("openids group", "openid"));
	assert_false(claims_has_scope("open", "openid"));
	assert_false(claims_has_scope("", "openid"));
}

static void
the_id_token_names_neither_user_nor_groups_by_default(void **state)
{
	struct fixture *f = *state;
	struct grant *g = make_grant(f, "openid profile groups", "alice");
	json_t *o = claims_id_token(&f->w, g);

	assert_string_equal(str_of(o, "iss"), FIXTURE_ISSUER);
	assert_string_equal(str_of(o, "sub"), g->sub);
	assert_string_equal(
	    json_string_value(json_array_get(json_object_get(o, "aud"), 0)), "linux-login");
	assert_string_equal(str_of(o, "azp"), "linux-login");
	assert_string_equal(str_of(o, "nonce"), "nonce-1234");
	assert_int_equal(strlen(str_of(o, "at_hash")), 22);
	assert_int_equal(strlen(str_of(o, "jti")), 36);
	assert_int_equal(json_integer_value(json_object_get(o, "exp")) -
	        json_integer_value(json_object_get(o, "iat")),
	    3600);
	assert_int_equal(json_integer_value(json_object_get(o, "auth_time")), FIXTURE_WALL + 1);
	assert_int_equal(json_object_size(o), 11);
	json_decref(o);
}

static void
at_hash_is_the_left_half_of_sha256(void **state)
{
	struct fixture *f = *state;
	struct grant *g = make_grant(f, "openid", "alice");
	json_t *o;

	/* OpenID Connect Core appendix A.3 */
	(void)snprintf(g->access, sizeof(g->access), "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
	o = claims_id_token(&f->w, g);
	assert_string_equal(str_of(o, "at_hash"), "77QmUPtjPfzWtF2AnpK9RQ");
	json_decref(o);
}

static void
the_id_token_has_groups_where_the_policy_says_so(void **state)
{
	struct fixture *f = *state;
	json_t *o;

	f->w.groups_in_id_token = true;
	o = claims_id_token(&f->w, make_grant(f, "openid profile groups", "alice"));
	assert_string_equal(str_of(o, "preferred_username"), "alice");
	assert_int_equal(json_array_size(json_object_get(o, "groups")), 2);
	json_decref(o);
	o = claims_id_token(&f->w, make_grant(f, "openid", "alice"));
	assert_null(json_object_get(o, "groups"));
	assert_null(json_object_get(o, "preferred_username"));
	json_decref(o);
}

static void
a_nonce_can_be_withheld_and_a_short_one_is(void **state)
{
	struct fixture *f = *state;
	struct grant *g = make_grant(f, "openid", "alice");
	json_t *o;

	f->w.nonce_echo = false;
	o = claims_id_token(&f->w, g);
	assert_null(json_object_get(o, "nonce"));
	json_decref(o);
	f->w.nonce_echo = true;
	g->nonce[7] = '\0';
	o = claims_id_token(&f->w, g);
	assert_null(json_object_get(o, "nonce"));
	json_decref(o);
}

static void
userinfo_follows_the_scopes(void **state)
{
	struct fixture *f = *state;
	json_t *o = claims_userinfo(&f->w, make_grant(f, "openid profile email groups", "bob"));

	assert_string_equal(str_of(o, "preferred_username"), "bob");
	assert_string_equal(str_of(o, "email"), "bob@example.test");
	assert_true(json_is_true(json_object_get(o, "email_verified")));
	assert_int_equal(json_array_size(json_object_get(o, "groups")), 1);
	assert_null(json_object_get(o, "iss"));
	json_decref(o);
	o = claims_userinfo(&f->w, make_grant(f, "openid", "bob"));
	assert_int_equal(json_object_size(o), 2);
	json_decref(o);
}

static void
no_groups_are_null(void **state)
{
	struct fixture *f = *state;
	json_t *o = claims_userinfo(&f->w, make_grant(f, "openid groups", "mallory"));

	assert_true(json_is_null(json_object_get(o, "groups")));
	json_decref(o);
}

static void
a_removed_user_has_no_name_and_no_groups(void **state)
{
	struct fixture *f = *state;
	struct grant *g = make_grant(f, "openid profile groups", "alice");
	json_t *o;

	people_user(&f->w.people, "alice")->removed = true;
	o = claims_userinfo(&f->w, g);
	assert_string_equal(str_of(o, "sub"), g->sub);
	assert_null(json_object_get(o, "preferred_username"));
	assert_null(json_object_get(o, "groups"));
	json_decref(o);
}

static void
scopes_are_compared_word_by_word(void **state)
{
	(void)state;
	assert_true(claims_has_scopes("openid groups", "groups openid"));
	assert_true(claims_has_scopes("openid groups", " groups "));
	assert_true(claims_has_scopes("openid", ""));
	assert_false(claims_has_scopes("", "openid"));
	assert_false(claims_has_scopes("openid groups", "openid email"));
	assert_false(claims_has_scopes("openid groups", "group"));
	assert_false(claims_has_scopes("openid", "openid,openid"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scopes_are_compared_word_by_word),
		cmocka_unit_test_setup(scopes_are_words, fixture_reset),
		cmocka_unit_test_setup(
		    the_id_token_names_neither_user_nor_groups_by_default, fixture_reset),
		cmocka_unit_test_setup(at_hash_is_the_left_half_of_sha256, fixture_reset),
		cmocka_unit_test_setup(
		    the_id_token_has_groups_where_the_policy_says_so, fixture_reset),
		cmocka_unit_test_setup(a_nonce_can_be_withheld_and_a_short_one_is, fixture_reset),
		cmocka_unit_test_setup(userinfo_follows_the_scopes, fixture_reset),
		cmocka_unit_test_setup(no_groups_are_null, fixture_reset),
		cmocka_unit_test_setup(a_removed_user_has_no_name_and_no_groups, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
