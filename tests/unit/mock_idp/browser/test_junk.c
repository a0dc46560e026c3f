/* What else knocks at an open port. */
#include "config.h"

#include <string.h>

#include "mock_idp/browser/junk.h"
#include "mock_idp/browser/shape.h"
#include "tests/support/unit.h"

static void
a_crowd_is_mixed(void **state)
{
	size_t scans = 0, i = 0;

	(void)state;
	do {
		const struct junk *j = junk_pick(i, NULL);

		assert_true(junk_known(j->kind));
		assert_ptr_equal(junk_pick(0, j->kind), j);
		scans += j->raw == NULL;
		assert_true(j->raw == NULL || shape_good_raw(j->raw));
	} while (junk_pick(++i, NULL) != junk_pick(0, NULL));
	assert_int_equal(i, 6);
	assert_int_equal(scans, 1);
}

static void
one_kind_alone_can_be_had(void **state)
{
	(void)state;
	for (size_t i = 0; i < 10; i++)
		assert_string_equal(junk_pick(i, "state")->kind, "state");
	assert_false(junk_known("states"));
	assert_false(junk_known(""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_crowd_is_mixed),
		cmocka_unit_test(one_kind_alone_can_be_had),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
