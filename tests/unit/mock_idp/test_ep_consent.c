/* The verification page. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
says_how_a_code_is_approved(void **state)
{
	struct fixture *f = *state;

	ep_consent(&f->w, fixture_ask(f, "GET", EP_VERIFICATION_PATH, NULL));
	assert_int_equal(f->x.rep.status, 200);
	assert_string_equal(
	    pairs_get(&f->x.rep.headers, "Content-Type"), "text/html; charset=utf-8");
	assert_non_null(strstr(buf_cstr(f->x.rep.body), "approve CODE USER"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(says_how_a_code_is_approved, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
