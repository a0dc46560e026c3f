/* What commands answer with. */
#include "config.h"

#include <string.h>

#include "mock_idp/control/cmd.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
answers_say_whether_it_went_well(void **state)
{
	struct fixture *f = *state;
	json_t *yes = cmd_ok(), *no = cmd_failed("why"),
	       *code = cmd_ok_code(fixture_code(f, "", NULL));

	assert_true(json_is_true(json_object_get(yes, "ok")));
	assert_true(json_is_false(json_object_get(no, "ok")));
	assert_string_equal(json_string_value(json_object_get(no, "error")), "why");
	assert_true(json_is_true(json_object_get(code, "ok")));
	assert_string_equal(json_string_value(json_object_get(code, "user_code")),
	    f->w.codes.v[f->w.codes.n - 1]->user);
	json_decref(yes);
	json_decref(no);
	json_decref(code);
}

static void
a_reason_of_any_bytes_is_one(void **state)
{
	char why[2000];
	json_t *no;

	(void)state;
	memset(why, 0xff, sizeof(why) - 1);
	why[sizeof(why) - 1] = '\0';
	no = cmd_failed(why);
	assert_true(json_is_false(json_object_get(no, "ok")));
	assert_int_equal(
	    strncmp(json_string_value(json_object_get(no, "error")), "\\xff\\xff", 8), 0);
	json_decref(no);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(answers_say_whether_it_went_well, fixture_reset),
		cmocka_unit_test_setup(a_reason_of_any_bytes_is_one, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
