/* The icon. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
is_a_picture_without_a_script(void **state)
{
	struct fixture *f = *state;

	ep_icon(&f->w, fixture_ask(f, "GET", "/icon.svg", NULL));
	assert_int_equal(f->x.rep.status, 200);
	assert_string_equal(pairs_get(&f->x.rep.headers, "Content-Type"), "image/svg+xml");
	assert_non_null(strstr(buf_cstr(f->x.rep.body), "<svg"));
	assert_null(strstr(buf_cstr(f->x.rep.body), "script"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(is_a_picture_without_a_script, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
