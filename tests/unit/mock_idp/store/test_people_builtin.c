/* The users and clients that are there before anybody said who. */
#include "config.h"

#include <string.h>

#include "mock_idp/store/people.h"
#include "tests/support/unit.h"

static void
three_users_differ_in_their_groups(void **state)
{
	struct people p = { .nusers = 0 };

	(void)state;
	assert_int_equal(people_builtin(&p, &ids_system, NULL), E_OK);
	assert_int_equal(p.nusers, 3);
	assert_int_equal(json_array_size(people_user(&p, "alice")->groups), 2);
	assert_int_equal(json_array_size(people_user(&p, "bob")->groups), 1);
	assert_true(json_is_null(people_user(&p, "mallory")->groups));
	assert_int_equal(strlen(people_user(&p, "bob")->sub), 36);
	assert_null(people_user(&p, "Alice"));
	people_clear(&p);
}

static void
each_way_to_authenticate_has_its_client(void **state)
{
	static const struct {
		const char *id, *secret;
		enum auth_method method;
	} wanted[] = {
		{ "linux-login", NULL, AUTH_NONE },
		{ "linux-basic", "basic-secret", AUTH_BASIC },
		{ "linux-post", "post-secret", AUTH_POST },
		{ "linux-jwt", "jwt-secret-of-32-characters-or-so", AUTH_SECRET_JWT },
		{ "linux-key", NULL, AUTH_KEY_JWT },
		{ "linux-refresh", NULL, AUTH_NONE },
		{ "odd client+1%3A", "s:%+&=/ \303\274", AUTH_BASIC },
		{ "jellyseerr", "insecure_secret", AUTH_POST },
	};
	struct people p = { .nusers = 0 };

	(void)state;
	assert_int_equal(people_builtin(&p, &ids_system, NULL), E_OK);
	assert_int_equal(p.nclients, sizeof(wanted) / sizeof(wanted[0]));
	for (size_t i = 0; i < p.nclients; i++) {
		const struct client *c = people_client(&p, wanted[i].id);

		assert_non_null(c);
		assert_int_equal(c->method, wanted[i].method);
		assert_int_equal(c->secret == NULL, wanted[i].secret == NULL);
		if (c->secret != NULL)
			assert_string_equal(c->secret, wanted[i].secret);
		assert_true(strlist_has(&c->grants, PEOPLE_DEVICE_GRANT));
		assert_true(strlist_has(&c->grants, PEOPLE_CODE_GRANT));
		assert_null(c->userinfo_alg);
		assert_false(c->require_par || c->require_pkce);
	}
	people_clear(&p);
}

static void
a_secret_for_a_mac_is_long_enough(void **state)
{
	struct people p = { .nusers = 0 };

	(void)state;
	assert_int_equal(people_builtin(&p, &ids_system, NULL), E_OK);
	assert_true(strlen(people_client(&p, "linux-jwt")->secret) >= PEOPLE_JWT_SECRET);
	people_clear(&p);
}

static void
one_client_alone_has_refresh_tokens(void **state)
{
	struct people p = { .nusers = 0 };

	(void)state;
	assert_int_equal(people_builtin(&p, &ids_system, NULL), E_OK);
	for (size_t i = 0; i < p.nclients; i++) {
		bool it = strcmp(p.clients[i].id, "linux-refresh") == 0;

		assert_int_equal(strlist_has(&p.clients[i].grants, PEOPLE_REFRESH_GRANT), it);
		assert_int_equal(people_scopes_allowed(&p.clients[i], "offline_access"), it);
	}
	people_clear(&p);
}

static void
the_guide_s_client_is_word_for_word(void **state)
{
	struct people p = { .nusers = 0 };

	(void)state;
	assert_int_equal(people_builtin(&p, &ids_system, NULL), E_OK);
	assert_string_equal(people_client(&p, "jellyseerr")->redirects.v[0],
	    "https://jellyseerr.example.com/login/oidc/callback/authelia");
	people_clear(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_users_differ_in_their_groups),
		cmocka_unit_test(each_way_to_authenticate_has_its_client),
		cmocka_unit_test(a_secret_for_a_mac_is_long_enough),
		cmocka_unit_test(one_client_alone_has_refresh_tokens),
		cmocka_unit_test(the_guide_s_client_is_word_for_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
