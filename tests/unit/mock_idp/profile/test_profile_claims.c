/* What each provider says of a person, in the ID token and at UserInfo. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_idp/ep/claims.h"
#include "mock_idp/ep/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define ALL "openid profile email groups"
#define NAMES "[\"linux-users\",\"linux-admins\"]"
#define PATHS "[\"/linux-users\",\"/linux-admins\"]"

static json_t *
keep(struct fixture *f, json_t *o)
{
	assert_non_null(o);
	assert_int_equal(json_array_append_new(f->kept, o), 0);
	return o;
}

/* That claim as compact JSON, "" when it is not there. */
static void
shown(const json_t *o, const char *name, char out[512])
{
	const json_t *v = json_object_get(o, name);
	char *text = v == NULL ? NULL : json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);

	(void)snprintf(out, 512, "%s", text == NULL ? "" : text);
	free(text);
}

static const struct {
	const char *name, *id_name, *ui_name, *id_groups, *ui_groups, *of_mallory;
} rows[] = {
	{ "authelia", "", "\"alice\"", "", NAMES, "null" },
	{ "rfc", "", "\"alice\"", "", NAMES, "" },
	{ "keycloak", "\"alice\"", "\"alice\"", PATHS, PATHS, "[]" },
	{ "authentik", "\"alice\"", "\"alice\"", NAMES, NAMES, "[]" },
	{ "pocketid", "\"alice\"", "\"alice\"", NAMES, NAMES, "[]" },
	{ "dex", "\"alice\"", "\"alice\"", NAMES, NAMES, "" },
	{ "rauthy", "\"alice@example.test\"", "", NAMES, NAMES, "[]" },
	{ "google", "", "", "", "", "" },
	{ "okta", "\"alice@example.test\"", "\"alice@example.test\"", NAMES, NAMES, "" },
	{ "gitlab", "", "\"alice\"", "", "[\"latchkey/linux-users\",\"latchkey/linux-admins\"]",
	    "[]" },
	{ "glewlwyd", "\"alice\"", "\"alice\"", NAMES, NAMES, "" },
};

static void
names_and_groups_are_the_providers(void **state)
{
	struct fixture *f = *state;
	char text[512];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct grant *g;
		json_t *o;

		fixture_profile(f, rows[i].name);
		g = fixture_grant(f, ALL, "alice");
		o = keep(f, claims_id_token(&f->w, g));
		shown(o, "preferred_username", text);
		assert_string_equal(text, rows[i].id_name);
		shown(o, "groups", text);
		assert_string_equal(text, rows[i].id_groups);
		o = keep(f, claims_userinfo(&f->w, g));
		shown(o, "preferred_username", text);
		assert_string_equal(text, rows[i].ui_name);
		shown(o, "groups", text);
		assert_string_equal(text, rows[i].ui_groups);
		o = keep(f, claims_userinfo(&f->w, fixture_grant(f, ALL, "mallory")));
		shown(o, "groups", text);
		assert_string_equal(text, rows[i].of_mallory);
	}
}

static void
gitlabs_id_token_names_them_otherwise(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "gitlab");
	assert_non_null(json_object_get(
	    keep(f, claims_id_token(&f->w, fixture_grant(f, "openid", "alice"))), "groups_direct"));
}

static void
zitadels_groups_and_roles_are_objects(void **state)
{
	struct fixture *f = *state;
	const json_t *one, *roles;
	json_t *o;

	fixture_profile(f, "zitadel");
	o = keep(f, claims_userinfo(&f->w, fixture_grant(f, ALL, "alice")));
	one = json_array_get(json_object_get(o, "groups"), 0);
	assert_string_equal(json_string_value(json_object_get(one, "display")), "linux-users");
	assert_non_null(json_object_get(one, "value"));
	roles = json_object_get(o, "urn:zitadel:iam:org:project:roles");
	assert_int_equal(json_object_size(roles), 2);
	assert_true(json_is_object(json_object_get(roles, "linux-admins")));
	assert_string_equal(
	    json_string_value(json_object_get(o, "preferred_username")), "alice@example.test");
}

static void
entras_groups_are_uuids_and_too_many_are_elsewhere(void **state)
{
	struct fixture *f = *state;
	struct user *u = people_user(&f->w.people, "bob");
	json_t *o, *many = json_array(), *few = u->groups;
	const struct grant *g;

	fixture_profile(f, "entra");
	g = fixture_grant(f, ALL, "bob");
	o = keep(f, claims_id_token(&f->w, g));
	assert_int_equal(
	    strlen(json_string_value(json_array_get(json_object_get(o, "groups"), 0))), 36);
	assert_null(json_object_get(keep(f, claims_userinfo(&f->w, g)), "groups"));
	for (int i = 0; i < 200; i++)
		(void)json_array_append_new(many, json_sprintf("g%d", i));
	u->groups = many;
	o = keep(f, claims_id_token(&f->w, g));
	assert_int_equal(json_array_size(json_object_get(o, "groups")), 200);
	(void)json_array_append_new(many, json_string("one more"));
	o = keep(f, claims_id_token(&f->w, g));
	assert_null(json_object_get(o, "groups"));
	assert_string_equal(
	    json_string_value(json_object_get(json_object_get(o, "_claim_names"), "groups")),
	    "src1");
	assert_non_null(json_object_get(json_object_get(o, "_claim_sources"), "src1"));
	u->groups = few;
	json_decref(many);
}

static void
kanidm_mixes_uuids_and_names(void **state)
{
	struct fixture *f = *state;
	const struct grant *g;
	const json_t *groups;
	json_t *o;

	fixture_profile(f, "kanidm");
	g = fixture_grant(f, ALL, "alice");
	o = keep(f, claims_id_token(&f->w, g));
	groups = json_object_get(o, "groups");
	assert_int_equal(json_array_size(groups), 4);
	assert_int_equal(strlen(json_string_value(json_array_get(groups, 0))), 36);
	assert_string_equal(
	    json_string_value(json_array_get(groups, 1)), "linux-users@example.test");
	assert_string_equal(
	    json_string_value(json_object_get(o, "preferred_username")), "alice@example.test");
	o = keep(f, claims_userinfo(&f->w, g));
	assert_non_null(json_object_get(o, "iss"));
	assert_non_null(json_object_get(o, "exp"));
	assert_non_null(json_object_get(o, "nonce"));
	assert_null(json_object_get(o, "at_hash"));
}

static void
scopes_open_what_the_provider_opens_with_them(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "authentik");
	assert_non_null(json_object_get(
	    keep(f, claims_userinfo(&f->w, fixture_grant(f, "openid profile", "alice"))),
	    "groups"));
	assert_null(json_object_get(
	    keep(f, claims_userinfo(&f->w, fixture_grant(f, "openid groups", "alice"))), "groups"));
	fixture_profile(f, "keycloak");
	assert_non_null(json_object_get(
	    keep(f, claims_userinfo(&f->w, fixture_grant(f, "openid", "alice"))), "groups"));
	fixture_profile(f, "pocketid");
	assert_null(json_object_get(
	    keep(f, claims_userinfo(&f->w, fixture_grant(f, "openid profile", "alice"))),
	    "groups"));
}

static void
dexs_userinfo_is_the_access_tokens(void **state)
{
	struct fixture *f = *state;
	const struct grant *g;
	json_t *id, *ui;

	fixture_profile(f, "dex");
	g = fixture_grant(f, ALL, "alice");
	id = keep(f, claims_id_token(&f->w, g));
	ui = keep(f, claims_userinfo(&f->w, g));
	assert_non_null(json_object_get(ui, "aud"));
	assert_string_not_equal(json_string_value(json_object_get(id, "at_hash")),
	    json_string_value(json_object_get(ui, "at_hash")));
	assert_string_not_equal(json_string_value(json_object_get(id, "jti")),
	    json_string_value(json_object_get(ui, "jti")));
	assert_null(json_object_get(ui, "rat"));
}

static int
userinfo(struct fixture *f, const struct grant *g)
{
	char value[IDS_OPAQUE_SIZE + 16];
	struct exchange *x = fixture_ask(f, "GET", "/", NULL);

	(void)snprintf(value, sizeof(value), "Bearer %s", g == NULL ? "none" : g->access);
	assert_int_equal(pairs_add(&x->req.headers, "authorization", value), E_OK);
	ep_userinfo(&f->w, x);
	return f->x.rep.status;
}

static void
okta_opens_userinfo_for_more_than_openid(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "okta");
	assert_int_equal(userinfo(f, fixture_grant(f, "openid", "alice")), 403);
	assert_int_equal(userinfo(f, fixture_grant(f, "openid profile", "alice")), 200);
	fixture_profile(f, "rfc");
	assert_int_equal(userinfo(f, fixture_grant(f, "openid", "alice")), 200);
}

static void
wrong_tokens_are_refused_in_the_providers_words(void **state)
{
	struct fixture *f = *state;

	fixture_profile(f, "authelia");
	assert_int_equal(userinfo(f, NULL), 401);
	assert_string_equal(f->x.rep.error, "request_unauthorized");
	assert_string_equal(buf_cstr(f->x.rep.body), "{}\n");
	fixture_profile(f, "rfc");
	assert_int_equal(userinfo(f, NULL), 401);
	assert_string_equal(fixture_string(f, "error"), "invalid_token");
	assert_non_null(strstr(pairs_get(&f->x.rep.headers, "WWW-Authenticate"), "invalid_token"));
	fixture_profile(f, "kanidm");
	assert_int_equal(userinfo(f, NULL), 401);
	assert_null(f->x.rep.body);
}

/* Authelia tells what the token is; the others, that it is none. */
static void
somebody_who_is_gone_is_known_to_authelia_alone(void **state)
{
	struct fixture *f = *state;
	const struct grant *g;

	fixture_profile(f, "authelia");
	g = fixture_grant(f, ALL, "alice");
	people_user(&f->w.people, "alice")->removed = true;
	assert_int_equal(userinfo(f, g), 200);
	fixture_profile(f, "rfc");
	g = fixture_grant(f, ALL, "alice");
	people_user(&f->w.people, "alice")->removed = true;
	assert_int_equal(userinfo(f, g), 401);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(names_and_groups_are_the_providers, fixture_reset),
		cmocka_unit_test_setup(gitlabs_id_token_names_them_otherwise, fixture_reset),
		cmocka_unit_test_setup(zitadels_groups_and_roles_are_objects, fixture_reset),
		cmocka_unit_test_setup(
		    entras_groups_are_uuids_and_too_many_are_elsewhere, fixture_reset),
		cmocka_unit_test_setup(kanidm_mixes_uuids_and_names, fixture_reset),
		cmocka_unit_test_setup(
		    scopes_open_what_the_provider_opens_with_them, fixture_reset),
		cmocka_unit_test_setup(dexs_userinfo_is_the_access_tokens, fixture_reset),
		cmocka_unit_test_setup(okta_opens_userinfo_for_more_than_openid, fixture_reset),
		cmocka_unit_test_setup(
		    wrong_tokens_are_refused_in_the_providers_words, fixture_reset),
		cmocka_unit_test_setup(
		    somebody_who_is_gone_is_known_to_authelia_alone, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
