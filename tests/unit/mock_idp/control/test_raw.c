/* What came, with nothing hidden. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/control/raw.h"
#include "tests/support/unit.h"

static void
check(json_t *v, const char *want)
{
	char *text;

	assert_non_null(v);
	text = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);
	assert_string_equal(text, want);
	free(text);
	json_decref(v);
}

static void
texts_cannot_be_mistaken(void **state)
{
	(void)state;
	check(raw_text("a b", 3), "\"a b\"");
	check(raw_text("", 0), "\"\"");
	check(raw_text("\xc3\xbc\xe2\x82\xac", 5), "\"\xc3\xbc\xe2\x82\xac\"");
	check(raw_text("\xc3(", 2), "\"\\\\xc3(\"");
	check(raw_text("\xe2\x82", 2), "\"\\\\xe2\\\\x82\"");
	check(raw_text("a\0b", 3), "\"a\\\\x00b\"");
	/* a backslash that came is another thing than one of ours */
	check(raw_text("\\xff\xff", 5), "\"\\\\x5cxff\\\\xff\"");
	check(raw_text("\r\n\"", 3), "\"\\r\\n\\\"\"");
}

static void
headers_keep_order_case_and_repetition(void **state)
{
	static const char head[] = "GET / HTTP/1.1\r\nHost:a\r\nX-b: \t1 \r\nnonsense\r\n"
	                           "x-B:\r\n\r\nbody: 1\r\n";

	(void)state;
	check(raw_headers(head, sizeof(head) - 1),
	    "[[\"Host\",\"a\"],[\"X-b\",\"1 \"],[\"nonsense\",null],[\"x-B\",\"\"]]");
	check(raw_headers("GET", 3), "[]");
	check(raw_headers("GET\r\nHost: a", 12), "[]");
}

static void
parameters_keep_order_and_repetition(void **state)
{
	struct pairs p = { .n = 0 };

	(void)state;
	check(raw_pairs(&p), "[]");
	assert_int_equal(pairs_add(&p, "code", "1"), E_OK);
	assert_int_equal(pairs_add(&p, "a", "\xff"), E_OK);
	assert_int_equal(pairs_add(&p, "code", ""), E_OK);
	check(raw_pairs(&p), "[[\"code\",\"1\"],[\"a\",\"\\\\xff\"],[\"code\",\"\"]]");
	pairs_clear(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_cannot_be_mistaken),
		cmocka_unit_test(headers_keep_order_case_and_repetition),
		cmocka_unit_test(parameters_keep_order_and_repetition),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
