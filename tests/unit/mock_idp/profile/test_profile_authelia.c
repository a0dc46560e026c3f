/* Authelia's document: what authelia 4.39 writes, member by member. */
#include "config.h"

#include <string.h>

#include "mock_idp/profile/profile_member.h"
#include "tests/support/unit.h"

static const struct profile_member *
find(const struct profile_member *list, const char *name)
{
	for (; list->name != NULL; list++)
		if (strcmp(list->name, name) == 0)
			return list;
	return NULL;
}

static size_t
count(const struct profile_member *list)
{
	size_t n = 0;

	while (list[n].name != NULL)
		n++;
	return n;
}

static void
has_as_many_members_as_the_original(void **state)
{
	(void)state;
	assert_int_equal(count(profile_authelia_oauth), 25);
	assert_int_equal(count(profile_authelia_openid), 19);
}

static void
nothing_of_openid_is_in_the_oauth_document(void **state)
{
	(void)state;
	for (const struct profile_member *m = profile_authelia_openid; m->name != NULL; m++)
		assert_null(find(profile_authelia_oauth, m->name));
}

static void
symmetric_algorithms_stand_among_the_others(void **state)
{
	const struct profile_member *m =
	    find(profile_authelia_openid, "id_token_signing_alg_values_supported");

	(void)state;
	assert_int_equal(strncmp(m->value, "HS256 HS384 HS512 RS256 ", 24), 0);
	assert_string_equal(
	    find(profile_authelia_oauth, "code_challenge_methods_supported")->value, "S256");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(has_as_many_members_as_the_original),
		cmocka_unit_test(nothing_of_openid_is_in_the_oauth_document),
		cmocka_unit_test(symmetric_algorithms_stand_among_the_others),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
