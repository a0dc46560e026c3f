/* The key set that each provider shows. */
#include "config.h"

#include <jansson.h>

#include "mock_idp/profile/profile.h"
#include "tests/support/unit.h"

static void
each_set_is_a_json_array(void **state)
{
	const struct profile *p;

	(void)state;
	for (size_t n = 0; (p = profile_at(n)) != NULL; n++) {
		json_t *set = p->keys->set == NULL ? NULL : json_loads(p->keys->set, 0, NULL);

		assert_int_equal(json_is_array(set), p->keys->set != NULL);
		assert_int_equal(json_array_size(set) > 0, p->keys->set != NULL);
		json_decref(set);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_set_is_a_json_array),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
