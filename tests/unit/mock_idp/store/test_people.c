/* Users and clients. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/store/people.h"
#include "tests/support/unit.h"

static void
the_built_in_ones_are_there(void **state)
{
	struct people p = { .nusers = 0 };

	(void)state;
	assert_int_equal(people_builtin(&p, &ids_system, NULL), E_OK);
	assert_int_equal(json_array_size(people_user(&p, "alice")->groups), 2);
	assert_int_equal(json_array_size(people_user(&p, "bob")->groups), 1);
	assert_true(json_is_null(people_user(&p, "mallory")->groups));
	assert_int_equal(strlen(people_user(&p, "bob")->sub), 36);
	assert_null(people_user(&p, "Alice"));
	assert_int_equal(people_client(&p, "linux-login")->method, AUTH_NONE);
	assert_null(people_client(&p, "linux-login")->secret);
	assert_int_equal(people_client(&p, "linux-basic")->method, AUTH_BASIC);
	assert_string_equal(people_client(&p, "linux-post")->secret, "post-secret");
	assert_true(strlist_has(&people_client(&p, "linux-post")->grants, PEOPLE_DEVICE_GRANT));
	assert_string_equal(people_client(&p, "jellyseerr")->secret, "insecure_secret");
	assert_int_equal(people_client(&p, "jellyseerr")->method, AUTH_POST);
	assert_string_equal(people_client(&p, "jellyseerr")->redirects.v[0],
	    "https://jellyseerr.example.com/login/oidc/callback/authelia");
	assert_true(people_scopes_allowed(people_client(&p, "jellyseerr"), "openid  groups"));
	assert_false(people_scopes_allowed(people_client(&p, "jellyseerr"), "openid wheel"));
	people_clear(&p);
}

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
	assert_int_equal(p.nclients, 4);
	assert_string_equal(people_user(&p, "bob")->sub, "s");
	assert_int_equal(people_client(&p, "linux-login")->scopes.n, 0);
	people_clear(&p);
}

static void
methods_have_their_registered_names(void **state)
{
	enum auth_method m = AUTH_NONE;

	(void)state;
	assert_true(people_method("client_secret_post", &m));
	assert_int_equal(m, AUTH_POST);
	assert_string_equal(people_method_name(AUTH_BASIC), "client_secret_basic");
	assert_false(people_method("client_secret_jwt", &m));
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_built_in_ones_are_there),
		cmocka_unit_test(a_new_one_replaces_one_of_its_name),
		cmocka_unit_test(methods_have_their_registered_names),
		cmocka_unit_test(a_removed_user_is_not_present),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
