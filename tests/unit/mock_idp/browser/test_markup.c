/* The tags of a page. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/browser/markup.h"
#include "tests/support/unit.h"

static void
tags_come_in_their_order(void **state)
{
	struct markup_tag t = { .after =
		                    "<!doctype html>\nx<p class=\"a>b\">y</p><input id=\"z\">" };

	(void)state;
	assert_true(markup_next(t.after, &t));
	assert_string_equal(t.name, "");
	assert_true(markup_next(t.after, &t));
	assert_string_equal(t.name, "p");
	assert_false(t.end);
	assert_int_equal(*t.after, 'y');
	assert_true(markup_next(t.after, &t));
	assert_string_equal(t.name, "p");
	assert_true(t.end);
	assert_true(markup_next(t.after, &t));
	assert_string_equal(t.name, "input");
	assert_false(markup_next(t.after, &t));
	assert_false(markup_next("<p class=\"never ends", &t));
	assert_true(markup_next("<aratherlongnameforatag>", &t));
	assert_string_equal(t.name, "aratherlong");
}

static void
is_attr(const char *page, const char *name, const char *wanted)
{
	struct markup_tag t;
	char *got;

	assert_true(markup_next(page, &t));
	got = markup_attr(&t, name);
	if (wanted == NULL)
		assert_null(got);
	else
		assert_string_equal(got, wanted);
	free(got);
}

static void
attributes_are_found_by_name(void **state)
{
	static const char input[] = "<input id=\"a\" name=\"b&amp;&lt;&gt;&quot;&#39;&nbsp;\" "
	                            "required value=\"\" x=\"\">y=\"1\"";

	(void)state;
	is_attr(input, "id", "a");
	is_attr(input, "name", "b&<>\"'&nbsp;");
	is_attr(input, "required", "");
	is_attr(input, "value", "");
	is_attr(input, "x", "");
	is_attr(input, "y", NULL);
	is_attr(input, "nam", NULL);
	is_attr(input, "names", NULL);
	is_attr("<br/>", "name", NULL);
	is_attr("<a b=\"c d=e\" d=\"f\">", "d", "f");
	is_attr("<a ?=\"x\" b=\"y\">", "b", NULL);
}

static void
the_heading_is_read(void **state)
{
	char *text = markup_heading("<title>no</title>\n<h1>Tom &amp; Jerry</h1><h1>x</h1>");

	(void)state;
	assert_string_equal(text, "Tom & Jerry");
	free(text);
	assert_null(markup_heading("<p>none</p></h1>"));
	assert_null(markup_heading(""));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tags_come_in_their_order),
		cmocka_unit_test(attributes_are_found_by_name),
		cmocka_unit_test(the_heading_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
