/* Where requests end that cannot be answered. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/ep.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
says_what_is_wrong_and_believes_no_markup(void **state)
{
	struct fixture *f = *state;

	(void)fixture_ask(f, "GET", "/consent/completion", NULL);
	fixture_query(f, "error=invalid_client&error_description=%3Cb%3Ebold");
	ep_completion(&f->w, &f->x);
	assert_int_equal(f->x.rep.status, 200);
	assert_non_null(strstr(buf_cstr(f->x.rep.body), "invalid_client"));
	assert_non_null(strstr(buf_cstr(f->x.rep.body), "&lt;b&gt;bold"));
	assert_null(strstr(buf_cstr(f->x.rep.body), "<b>bold"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(says_what_is_wrong_and_believes_no_markup, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
