/* Users and clients. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/store/people.h"
#include "tests/support/unit.h"

static void
a_new_one_replaces_one_of_its_name(void **state)
{
	struct people p = { .nusers = 0 };
	struct user u = { .name = strdup("bob"), .sub = strdup("s"), .groups = json_null() };
	struct client c = { .id = strdup("linux-login") };

	(void)state;
	assert_int_equal(people_builtin(&p, &ids_system, NULL), E_OK);
	assert_int_equal(people_put_user(&p, &u), E_OK);
	assert_int_equal(people_put_client(&p, &c), E_OK);
	assert_int_equal(p.nusers, 3);
	assert_int_equal(p.nclients, 8);
	assert_string_equal(people_user(&p, "bob")->sub, "s");
	assert_int_equal(people_client(&p, "linux-login")->scopes.n, 0);
	people_clear(&p);
}

static void
methods_have_their_registered_names(void **state)
{
	static const char *const names[] = { [AUTH_NONE] = "none",
		[AUTH_BASIC] = "client_secret_basic",
		[AUTH_POST] = "client_secret_post",
		[AUTH_SECRET_JWT] = "client_secret_jwt",
		[AUTH_KEY_JWT] = "private_key_jwt" };
	enum auth_method m = AUTH_NONE;

	(void)state;
	for (int i = AUTH_NONE; i <= AUTH_KEY_JWT; i++) {
		assert_true(people_method(names[i], &m));
		assert_int_equal(m, i);
	}
	assert_false(people_method("tls_client_auth", &m));
	assert_false(people_method("Client_Secret_Basic", &m));
}

static void
a_removed_user_is_not_present(void **state)
{
	struct people p = { .nusers = 0 };

	(void)state;
	assert_int_equal(people_builtin(&p, &ids_system, NULL), E_OK);
	assert_non_null(people_present(&p, "bob"));
	assert_true(people_password(people_present(&p, "bob"), "bob"));
	assert_false(people_password(people_present(&p, "bob"), "alice"));
	people_user(&p, "bob")->removed = true;
	assert_null(people_present(&p, "bob"));
	assert_null(people_present(&p, "nobody"));
	people_clear(&p);
}

static void
a_scope_is_allowed_letter_by_letter(void **state)
{
	struct people p = { .nusers = 0 };

	(void)state;
	assert_int_equal(people_builtin(&p, &ids_system, NULL), E_OK);
	assert_true(people_scopes_allowed(people_client(&p, "jellyseerr"), "openid  groups"));
	assert_true(people_scopes_allowed(people_client(&p, "jellyseerr"), ""));
	assert_false(people_scopes_allowed(people_client(&p, "jellyseerr"), "openid wheel"));
	assert_false(people_scopes_allowed(people_client(&p, "jellyseerr"), "Openid"));
	assert_false(people_scopes_allowed(people_client(&p, "jellyseerr"), "openid,groups"));
	people_clear(&p);
}

static void
a_key_is_registered_for_the_one_client_that_has_one(void **state)
{
	struct people p = { .nusers = 0 };

	(void)state;
	assert_int_equal(people_builtin(&p, &ids_system, NULL), E_OK);
	assert_null(people_client(&p, PEOPLE_KEY_CLIENT)->jwks);
	people_set_key(&p, json_pack("{s:s}", "kty", "EC"));
	people_set_key(&p, json_pack("{s:s}", "kty", "RSA"));
	assert_int_equal(json_array_size(people_client(&p, PEOPLE_KEY_CLIENT)->jwks), 1);
	assert_string_equal(
	    json_string_value(json_object_get(
	        json_array_get(people_client(&p, PEOPLE_KEY_CLIENT)->jwks, 0), "kty")),
	    "RSA");
	for (size_t i = 0; i < p.nclients; i++)
		assert_int_equal(
		    p.clients[i].jwks != NULL, strcmp(p.clients[i].id, PEOPLE_KEY_CLIENT) == 0);
	people_clear(&p);
	people_set_key(&p, json_pack("{s:s}", "kty", "RSA"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_one_replaces_one_of_its_name),
		cmocka_unit_test(methods_have_their_registered_names),
		cmocka_unit_test(a_scope_is_allowed_letter_by_letter),
		cmocka_unit_test(a_key_is_registered_for_the_one_client_that_has_one),
		cmocka_unit_test(a_removed_user_is_not_present),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
