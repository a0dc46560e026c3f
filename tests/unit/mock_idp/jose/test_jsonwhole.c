/* Changes to a text as a whole. */
#include "config.h"

#include "tests/unit/mock_idp/jose/change.h"

static void
blanks_fill_it_up(void **state)
{
	struct buf *b = change("{}", "[[\"json.pad\",10000]]", E_OK);

	(void)state;
	assert_int_equal(buf_len(b), 10000);
	assert_memory_equal(buf_data(b), "{}  ", 4);
	assert_int_equal(buf_data(b)[9999], ' ');
	buf_free(b);
	becomes("{}", "[[\"json.pad\",4]]", "{}  ");
	becomes("{}", "[[\"json.pad\",1]]", "{}");
}

static void
it_is_spread_over_lines_and_means_the_same(void **state)
{
	struct buf *b = change(CHANGE_TWIN, "[\"json.ws\"]", E_OK);
	json_t *was = json_loads(CHANGE_TWIN, 0, NULL),
	       *is = json_loadb((const char *)buf_data(b), buf_len(b), 0, NULL);

	(void)state;
	assert_true(json_equal(was, is));
	json_decref(was);
	json_decref(is);
	buf_free(b);
	becomes("{\"a\":\"b,{:\"}", "[\"json.ws\"]", "{\n  \"a\": \"b,{:\"\n}");
}

static void
other_text_stands_around_it(void **state)
{
	(void)state;
	becomes("{}", "[\"json.wrap-array\"]", "[{}]");
	becomes("{}", "[[\"json.lead\",\"x\"]]", "x{}");
	becomes("{}", "[[\"json.trail\",\"x\"]]", "{}x");
	becomes("{}", "[\"json.bom\"]", "\xef\xbb\xbf{}");
	becomes("", "[\"json.bom\"]", "\xef\xbb\xbf");
}

static void
a_nul_hides_what_is_behind_it(void **state)
{
	(void)state;
	becomes_bytes("{}", "[\"json.nul\"]", "{}\0junk", 7);
	becomes_bytes("{}", "[[\"json.nul\",\"x\"]]", "{}\0x", 4);
}

static void
utf16_is_that_of_the_text(void **state)
{
	(void)state;
	becomes_bytes("{}", "[\"json.utf16\"]", "\xff\xfe{\0}\0", 6);
	/* one of each length: e acute, euro, a clef */
	becomes_bytes("\xc3\xa9\xe2\x82\xac\xf0\x9d\x84\x9e", "[\"json.utf16\"]",
	    "\xff\xfe\xe9\x00\xac\x20\x34\xd8\x1e\xdd", 10);
	does_not_fit("\xe9", "[\"json.utf16\"]");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blanks_fill_it_up),
		cmocka_unit_test(it_is_spread_over_lines_and_means_the_same),
		cmocka_unit_test(other_text_stands_around_it),
		cmocka_unit_test(a_nul_hides_what_is_behind_it),
		cmocka_unit_test(utf16_is_that_of_the_text),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
