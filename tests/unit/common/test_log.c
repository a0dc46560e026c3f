/* One line an event: key=value pairs, every value made safe. */
#include "config.h"

#include <string.h>

#include "common/log.h"
#include "tests/support/unit.h"

static void
expect(const char *value, const char *text)
{
	struct logline l;

	logline_init(&l);
	logline_add(&l, "k", value);
	assert_string_equal(l.text, text);
	assert_int_equal(l.len, strlen(text));
}

static void
values_are_quoted_and_escaped(void **state)
{
	(void)state;
	expect("plain", "k=plain");
	expect("", "k=\"\"");
	expect(NULL, "");
	expect("a b", "k=\"a b\"");
	expect("a=b", "k=\"a=b\"");
	expect("say \"x\"", "k=\"say \\x22x\\x22\"");
	expect("\"", "k=\"\\x22\"");
	expect("a\nlogin=1 verdict=allow", "k=\"a\\x0alogin=1 verdict=allow\"");
	expect("\x1b[2J", "k=\\x1b[2J");
	expect("a\\x22b", "k=a\\x5cx22b");
	expect("gr\xc3\xbcn", "k=gr\\xc3\\xbcn");
	expect("%s%n", "k=%s%n");
}

static void
pairs_are_apart_by_one_blank(void **state)
{
	struct logline l;

	(void)state;
	logline_init(&l);
	logline_add(&l, "a", NULL);
	logline_add(&l, "b", "1");
	logline_addf(&l, "c", "%s %d", "x", 2);
	logline_addf(&l, "d", "%d", 3);
	assert_string_equal(l.text, "b=1 c=\"x 2\" d=3");
}

static void
a_long_value_is_cut(void **state)
{
	char value[2000];
	struct logline l;

	(void)state;
	memset(value, 'a', sizeof(value) - 1);
	value[sizeof(value) - 1] = '\0';
	logline_init(&l);
	logline_add(&l, "k", value);
	assert_in_range(l.len, 200, 270);
	assert_string_equal(l.text + l.len - 4, "a...");
	logline_addf(&l, "f", "%s", value);
	assert_in_range(l.len, 400, 540);
}

/* Whatever comes: each quote is closed, and the line is within its limit. */
static void
a_long_value_of_quotes_is_cut_between_escapes(void **state)
{
	char value[600];
	struct logline l;

	(void)state;
	for (size_t n = 1; n < sizeof(value); n++) {
		const char *open;

		memset(value, '"', n);
		value[n] = '\0';
		logline_init(&l);
		logline_add(&l, "k", value);
		assert_int_equal(l.len, strlen(l.text));
		open = strchr(l.text, '"');
		assert_ptr_equal(open, l.text + 2);
		assert_ptr_equal(strchr(open + 1, '"'), l.text + l.len - 1);
	}
}

static void
a_pair_that_does_not_fit_is_left_out_whole(void **state)
{
	char value[201], before[LOG_LINE_MAX];
	struct logline l;

	(void)state;
	memset(value, 'a', sizeof(value) - 1);
	value[sizeof(value) - 1] = '\0';
	logline_init(&l);
	for (int i = 0; i < 5; i++)
		logline_add(&l, "k", value);
	memcpy(before, l.text, sizeof(before));
	logline_add(&l, "k", value);
	assert_string_equal(l.text, before);
	logline_add(&l, "z", "1");
	assert_string_equal(l.text + l.len - 4, " z=1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_quoted_and_escaped),
		cmocka_unit_test(pairs_are_apart_by_one_blank),
		cmocka_unit_test(a_long_value_is_cut),
		cmocka_unit_test(a_long_value_of_quotes_is_cut_between_escapes),
		cmocka_unit_test(a_pair_that_does_not_fit_is_left_out_whole),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
