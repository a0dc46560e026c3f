/* Where in a document something stands. */
#include "config.h"

#include "mock_idp/script/where.h"
#include "tests/unit/mock_idp/script/quoted.h"

static void
the_document_is_its_name(void **state)
{
	const struct where doc = { NULL, "a.json", 0 };
	char text[WHERE_SIZE];

	(void)state;
	assert_string_equal(where_text(&doc, text), "a.json");
}

static void
members_and_elements_follow_each_other(void **state)
{
	const struct where doc = { NULL, "a.json", 0 }, rules = { &doc, "rules", 0 },
	                   third = { &rules, NULL, 3 }, match = { &third, "match", 0 },
	                   nth = { &match, "nth", 0 };
	struct err e = { .code = E_OK };
	char text[WHERE_SIZE];

	(void)state;
	assert_string_equal(where_text(&nth, text), "a.json: rules[3].match.nth");
	assert_int_equal(where_err(&nth, &e, "must be %d", 1), E_CFG);
	assert_string_equal(e.text, "a.json: rules[3].match.nth: must be 1");
}

static void
a_list_can_be_the_document(void **state)
{
	const struct where doc = { NULL, "a.json", 0 }, third = { &doc, NULL, 3 };
	char text[WHERE_SIZE];

	(void)state;
	assert_string_equal(where_text(&third, text), "a.json: [3]");
}

static void
foreign_names_are_made_safe_and_short(void **state)
{
	char file[300], text[WHERE_SIZE];
	const struct where bad = { NULL, "f", 0 }, member = { &bad, "a\x1b[0m\n", 0 };
	const struct where doc = { NULL, file, 0 };

	(void)state;
	assert_string_equal(where_text(&member, text), "f: a\\x1b[0m\\x0a");
	memset(file, 'd', sizeof(file));
	memcpy(file + sizeof(file) - 8, "/x.json", 8);
	(void)where_text(&doc, text);
	assert_true(strlen(text) < 90);
	assert_non_null(strstr(text, "/x.json"));
	assert_memory_equal(text, "...", 3);
}

static void
what_lies_too_deep_goes_unsaid(void **state)
{
	struct where way[60] = { { NULL, "f", 0 } };
	char text[WHERE_SIZE];

	(void)state;
	for (size_t i = 1; i < 60; i++)
		way[i] = (struct where){ &way[i - 1], NULL, i };
	assert_memory_equal(where_text(&way[59], text), "f: [1][2][3]", 12);
	assert_null(strstr(text, "[59]"));
}

static void
what_another_part_says_goes_on_from_here(void **state)
{
	const struct where doc = { NULL, "f", 0 }, wire = { &doc, "wire", 0 };
	struct err inner = { .code = E_CFG, .text = "[0]: unknown fault" }, e = { .code = E_OK };

	(void)state;
	assert_int_equal(where_inside(&wire, &e, &inner), E_CFG);
	assert_string_equal(e.text, "f: wire[0]: unknown fault");
	(void)snprintf(inner.text, sizeof(inner.text), "no position");
	e.code = E_OK;
	(void)where_inside(&wire, &e, &inner);
	assert_string_equal(e.text, "f: wire: no position");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_document_is_its_name),
		cmocka_unit_test(members_and_elements_follow_each_other),
		cmocka_unit_test(a_list_can_be_the_document),
		cmocka_unit_test(foreign_names_are_made_safe_and_short),
		cmocka_unit_test(what_lies_too_deep_goes_unsaid),
		cmocka_unit_test(what_another_part_says_goes_on_from_here),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
