/* Pages on their way out. */
#include "config.h"

#include <string.h>

#include "mock_idp/pages/html.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
text_is_no_markup(void **state)
{
	struct fixture *f = *state;
	struct exchange *x = fixture_ask(f, "GET", "/", NULL);
	struct html h;

	html_begin(&h, "</title>");
	html_put(&h, "<i title=\"%s\">%s</i>", "\"onclick='x'", "<b>&");
	html_send(&h, x, 404);
	assert_int_equal(x->rep.status, 404);
	assert_non_null(strstr(
	    buf_cstr(x->rep.body), "<i title=\"&quot;onclick=&#39;x&#39;\">&lt;b&gt;&amp;</i>"));
	assert_non_null(strstr(buf_cstr(x->rep.body), "<title>&lt;/title&gt;"));
	assert_non_null(strstr(buf_cstr(x->rep.body), "Test provider."));
}

static void
a_page_may_load_its_style_and_icon_alone(void **state)
{
	struct fixture *f = *state;
	struct exchange *x = fixture_ask(f, "GET", "/", NULL);
	const char *policy;
	struct html h;

	html_begin(&h, "t");
	html_send(&h, x, 200);
	policy = pairs_get(&x->rep.headers, "Content-Security-Policy");
	assert_non_null(strstr(policy, "default-src 'none'; style-src 'sha256-"));
	assert_non_null(strstr(policy, "frame-ancestors 'none'"));
	assert_null(strstr(policy, "unsafe"));
	assert_null(strstr(buf_cstr(x->rep.body), "<script"));
}

static void
a_page_that_does_not_fit_is_an_error(void **state)
{
	struct fixture *f = *state;
	struct exchange *x = fixture_ask(f, "GET", "/", NULL);
	struct html h;

	html_begin(&h, "t");
	for (int i = 0; i < 200; i++)
		html_put(&h, "%s",
		    "&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&"
		    "&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&"
		    "&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&&");
	html_send(&h, x, 200);
	assert_int_equal(x->rep.status, 500);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(text_is_no_markup, fixture_reset),
		cmocka_unit_test_setup(a_page_may_load_its_style_and_icon_alone, fixture_reset),
		cmocka_unit_test_setup(a_page_that_does_not_fit_is_an_error, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
