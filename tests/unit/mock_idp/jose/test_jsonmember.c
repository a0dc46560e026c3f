/* Changes to a member: the twin's text, and what exactly is different. */
#include "config.h"

#include "tests/unit/mock_idp/jose/change.h"

static void
without_a_change_the_text_is_the_twins(void **state)
{
	(void)state;
	becomes(CHANGE_TWIN, "[]", CHANGE_TWIN);
}

static void
a_member_stands_there_twice(void **state)
{
	(void)state;
	becomes(CHANGE_TWIN, "[[\"json.dup\",\"sub\",\"root\"]]",
	    "{\"sub\":\"alice\",\"exp\":1,\"a\":[\"x\"],\"sub\":\"root\"}");
	becomes(CHANGE_TWIN, "[[\"json.dup\",\"sub\",\"root\",\"last\"]]",
	    "{\"sub\":\"alice\",\"exp\":1,\"a\":[\"x\"],\"sub\":\"root\"}");
	becomes(CHANGE_TWIN, "[[\"json.dup\",\"exp\",{\"b\":null},\"first\"]]",
	    "{\"exp\":{\"b\":null},\"sub\":\"alice\",\"exp\":1,\"a\":[\"x\"]}");
	does_not_fit(CHANGE_TWIN, "[[\"json.dup\",\"absent\",1]]");
	does_not_fit("[]", "[[\"json.dup\",\"sub\",1]]");
}

static void
its_name_is_escaped_the_second_time(void **state)
{
	json_t *o, *two;

	(void)state;
	becomes(CHANGE_TWIN, "[[\"json.dup-escaped\",\"sub\",\"root\"]]",
	    "{\"sub\":\"alice\",\"exp\":1,\"a\":[\"x\"],\"\\u0073ub\":\"root\"}");
	becomes(CHANGE_TWIN, "[[\"json.dup-escaped\",\"sub\",\"root\",\"first\"]]",
	    "{\"\\u0073ub\":\"root\",\"sub\":\"alice\",\"exp\":1,\"a\":[\"x\"]}");
	/* a parser reads the same name */
	two = json_loads("{\"sub\":1,\"\\u0073ub\":2}", 0, NULL);
	assert_int_equal(json_object_size(two), 1);
	o = json_loads("{\"sub\":1,\"\\u0073ub\":2}", JSON_REJECT_DUPLICATES, NULL);
	assert_null(o);
	json_decref(two);
	does_not_fit(CHANGE_TWIN, "[[\"json.dup-escaped\",\"absent\",1]]");
	does_not_fit("{\"\":1}", "[[\"json.dup-escaped\",\"\",1]]");
}

static void
a_value_is_any_text(void **state)
{
	(void)state;
	becomes(CHANGE_TWIN, "[[\"json.raw\",\"exp\",\"1e400\"]]",
	    "{\"sub\":\"alice\",\"exp\":1e400,\"a\":[\"x\"]}");
	becomes(CHANGE_TWIN, "[[\"json.raw\",\"sub\",\"\\\"\\\\ud800\\\"\"]]",
	    "{\"sub\":\"\\ud800\",\"exp\":1,\"a\":[\"x\"]}");
	becomes(CHANGE_TWIN, "[[\"json.raw\",\"new\",\"NaN\"]]",
	    "{\"sub\":\"alice\",\"exp\":1,\"a\":[\"x\"],\"new\":NaN}");
	becomes("{}", "[[\"json.raw\",\"new\",\"01\"]]", "{\"new\":01}");
	does_not_fit("1", "[[\"json.raw\",\"new\",\"01\"]]");
}

static void
a_string_is_any_bytes(void **state)
{
	(void)state;
	becomes(CHANGE_TWIN, "[[\"json.hex\",\"sub\",\"1b5B7f\"]]",
	    "{\"sub\":\"\x1b\x5b\x7f\",\"exp\":1,\"a\":[\"x\"]}");
	becomes(CHANGE_TWIN, "[[\"json.hex\",\"new\",\"\"]]",
	    "{\"sub\":\"alice\",\"exp\":1,\"a\":[\"x\"],\"new\":\"\"}");
	becomes_bytes("{}", "[[\"json.hex\",\"n\",\"00ff\"]]", "{\"n\":\"\0\xff\"}", 10);
}

static void
a_string_ends_in_bytes_that_are_no_utf8(void **state)
{
	(void)state;
	becomes(CHANGE_TWIN, "[[\"json.latin1\",\"sub\"]]",
	    "{\"sub\":\"alice\xe9\",\"exp\":1,\"a\":[\"x\"]}");
	becomes(CHANGE_TWIN, "[[\"json.badutf8\",\"sub\"]]",
	    "{\"sub\":\"alice\xc0\xaf\",\"exp\":1,\"a\":[\"x\"]}");
	does_not_fit(CHANGE_TWIN, "[[\"json.latin1\",\"exp\"]]");
	does_not_fit(CHANGE_TWIN, "[[\"json.badutf8\",\"absent\"]]");
}

static void
arrays_lie_in_arrays(void **state)
{
	(void)state;
	becomes(CHANGE_TWIN, "[[\"json.depth\",3]]",
	    "{\"sub\":\"alice\",\"exp\":1,\"a\":[\"x\"],\"x\":[[[]]]}");
	becomes("{}", "[[\"json.depth\",0]]", "{\"x\":0}");
	does_not_fit("[]", "[[\"json.depth\",3]]");
	{
		struct buf *b = change(CHANGE_TWIN, "[[\"json.depth\",1000000]]", E_OK);

		assert_int_equal(buf_len(b), strlen(CHANGE_TWIN) + 5 + 2000000);
		buf_free(b);
	}
}

static void
there_are_many_members(void **state)
{
	(void)state;
	becomes(CHANGE_TWIN, "[[\"json.keys\",2]]",
	    "{\"sub\":\"alice\",\"exp\":1,\"a\":[\"x\"],\"k0\":0,\"k1\":0}");
	becomes(CHANGE_TWIN, "[[\"json.keys\",0]]", CHANGE_TWIN);
	{
		struct buf *b = change("{}", "[[\"json.keys\",200000]]", E_OK);
		json_t *o =
		    json_loadb((const char *)buf_data(b), buf_len(b), JSON_REJECT_DUPLICATES, NULL);

		assert_int_equal(json_object_size(o), 200000);
		json_decref(o);
		buf_free(b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_a_change_the_text_is_the_twins),
		cmocka_unit_test(a_member_stands_there_twice),
		cmocka_unit_test(its_name_is_escaped_the_second_time),
		cmocka_unit_test(a_value_is_any_text),
		cmocka_unit_test(a_string_is_any_bytes),
		cmocka_unit_test(a_string_ends_in_bytes_that_are_no_utf8),
		cmocka_unit_test(arrays_lie_in_arrays),
		cmocka_unit_test(there_are_many_members),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
