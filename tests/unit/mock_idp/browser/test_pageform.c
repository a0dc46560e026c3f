/* The forms of a page. */
#include "config.h"

#include <string.h>

#include "mock_idp/browser/pageform.h"
#include "tests/support/unit.h"

static const char page[] =
    "<input name=\"outside\" value=\"1\"><form method=\"POST\" action=\"/a?b&amp;c\">\n"
    "<input type=\"hidden\" name=\"csrf\" value=\"x&amp;y\"><input id=\"nameless\">\n"
    "<input name=\"user\" required><button name=\"do\" value=\"yes\">Yes</button>\n"
    "<button name=\"do\" value=\"no\">No</button></form>\n"
    "<form><input name=\"q\" value=\"old\"><button>Go</button></form>";

static void
each_form_has_what_it_sends(void **state)
{
	const char *at = page;
	struct pageform f;

	(void)state;
	assert_true(pageform_next(&at, &f));
	assert_true(f.post);
	assert_string_equal(f.action, "/a?b&c");
	assert_int_equal(f.fields.n, 2);
	assert_string_equal(pairs_get(&f.fields, "csrf"), "x&y");
	assert_string_equal(pairs_get(&f.fields, "user"), "");
	assert_true(pageform_has_button(&f, "do", "yes"));
	assert_true(pageform_has_button(&f, "do", "no"));
	assert_false(pageform_has_button(&f, "do", "maybe"));
	assert_false(pageform_has_button(&f, "don't", "no"));
	pageform_clear(&f);

	assert_true(pageform_next(&at, &f));
	assert_false(f.post);
	assert_string_equal(f.action, "");
	assert_int_equal(f.fields.n, 1);
	assert_int_equal(f.buttons.n, 0);
	pageform_clear(&f);

	assert_false(pageform_next(&at, &f));
	assert_null(f.action);
}

static void
what_is_filled_in_is_sent(void **state)
{
	struct buf *b = buf_new(256);
	const char *at = page;
	struct pageform f;

	(void)state;
	assert_true(pageform_next(&at, &f));
	assert_true(pageform_fill(&f, "user", "a b"));
	assert_false(pageform_fill(&f, "password", "x"));
	assert_int_equal(pageform_put(&f, "do", "no", b), E_OK);
	assert_string_equal(buf_cstr(b), "csrf=x%26y&user=a+b&do=no");
	buf_reset(b);
	assert_int_equal(pageform_put(&f, NULL, NULL, b), E_OK);
	assert_string_equal(buf_cstr(b), "csrf=x%26y&user=a+b");
	pageform_clear(&f);
	buf_free(b);
}

static void
half_a_form_is_none(void **state)
{
	const char *at = "<form method=\"post\"><input name=\"a\" value=\"b\">";
	struct pageform f;

	(void)state;
	assert_false(pageform_next(&at, &f));
	assert_int_equal(f.fields.n, 0);
}

static void
a_form_in_a_form_is_part_of_it(void **state)
{
	const char *at = "<form action=\"/a\"><form action=\"/b\"><input name=\"x\"></form>";
	struct pageform f;

	(void)state;
	assert_true(pageform_next(&at, &f));
	assert_string_equal(f.action, "/a");
	assert_string_equal(pairs_get(&f.fields, "x"), "");
	pageform_clear(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_form_has_what_it_sends),
		cmocka_unit_test(what_is_filled_in_is_sent),
		cmocka_unit_test(half_a_form_is_none),
		cmocka_unit_test(a_form_in_a_form_is_part_of_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
