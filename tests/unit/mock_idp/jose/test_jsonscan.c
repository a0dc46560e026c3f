/* Where things stand in the text of an object. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/jsonscan.h"
#include "tests/support/unit.h"

static void
finds(const char *text, const char *name, const char *value)
{
	struct jsonscan s;
	size_t begin = 0, end = 0;

	assert_true(jsonscan_open(&s, text, strlen(text)));
	assert_int_equal(jsonscan_member(&s, name, &begin, &end), value != NULL);
	if (value != NULL) {
		assert_int_equal(end - begin, strlen(value));
		assert_memory_equal(text + begin, value, end - begin);
	}
}

static void
members_are_found_whatever_their_value(void **state)
{
	static const char text[] = " { \"a\" : \"x\\\"}, \\\\\" , "
	                           "\"b\":[1,{\"c\":\"]\"}],\"d\":-1e400,\"e\":{}, \"f\":NaN }\n";

	(void)state;
	finds(text, "a", "\"x\\\"}, \\\\\"");
	finds(text, "b", "[1,{\"c\":\"]\"}]");
	finds(text, "d", "-1e400");
	finds(text, "e", "{}");
	finds(text, "f", "NaN");
	finds(text, "c", NULL);
	finds(text, "", NULL);
	finds(text, "ab", NULL);
	finds("{}", "a", NULL);
	finds("{\"ab\":1}", "a", NULL);
	finds("{\"a\":1}", "ab", NULL);
}

static void
of_two_the_last_counts(void **state)
{
	(void)state;
	finds("{\"a\":1,\"a\":2}", "a", "2");
}

static void
the_braces_are_where_they_are(void **state)
{
	static const char text[] = "\t{\"a\":{}} ";
	struct jsonscan s;

	(void)state;
	assert_true(jsonscan_open(&s, text, strlen(text)));
	assert_int_equal(s.open, 1);
	assert_int_equal(s.close, 8);
	assert_false(s.empty);
	assert_true(jsonscan_open(&s, "{ }", 3));
	assert_true(s.empty);
}

static void
what_is_no_object_is_not_opened(void **state)
{
	static const char *const texts[] = { "", " ", "[]", "1", "{", "{\"a\":\"}", "{}x", "{}{}",
		"\xef\xbb\xbf{}", "{]", "{\"a\":[}" };
	struct jsonscan s;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_false(jsonscan_open(&s, texts[i], strlen(texts[i])));
}

static void
what_is_broken_inside_ends_the_search(void **state)
{
	(void)state;
	finds("{a:1,\"b\":2}", "b", NULL);
	finds("{\"a\" 1,\"b\":2}", "b", NULL);
	finds("{\"a\":1 \"b\":2}", "b", "2");
	finds("{\"a\":}", "a", "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_are_found_whatever_their_value),
		cmocka_unit_test(of_two_the_last_counts),
		cmocka_unit_test(the_braces_are_where_they_are),
		cmocka_unit_test(what_is_no_object_is_not_opened),
		cmocka_unit_test(what_is_broken_inside_ends_the_search),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
