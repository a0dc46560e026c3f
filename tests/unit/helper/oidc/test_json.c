/* Strict JSON. */
#include "config.h"

#include <string.h>

#include "helper/oidc/json.h"
#include "tests/support/allocfail.h"
#include "tests/support/unit.h"

static enum errcode
read_text(const char *s, size_t len, struct err *e)
{
	json_t *o = NULL;
	enum errcode r;

	*e = (struct err){ .code = E_OK };
	r = json_read(&o, s, len, 4096, E_PROTO, "x", e);
	assert_true((o != NULL) == (r == E_OK));
	json_decref(o);
	return r;
}

#define assert_read(text) assert_int_equal(read_text((text), sizeof(text) - 1, &e), E_OK)
#define assert_refused(text, why)                                                                  \
	do {                                                                                       \
		assert_int_equal(read_text((text), sizeof(text) - 1, &e), E_PROTO);                \
		assert_string_equal(e.reason, (why));                                              \
	} while (0)

/* H-15, C-086 */
static void
refuses_names_that_stand_there_twice(void **state)
{
	struct err e;

	(void)state;
	assert_read("{\"a\":1,\"b\":1}");
	assert_refused("{\"a\":1,\"a\":1}", "x.dup");
	assert_refused("{\"a\":1,\"\\u0061\":1}", "x.dup");
	assert_refused("{\"o\":{\"a\":1,\"a\":2}}", "x.dup");
}

/* H-14, H-20, H-35 */
static void
refuses_whatever_is_not_exactly_one_object(void **state)
{
	struct err e;

	(void)state;
	assert_read("{}");
	assert_read(" {}\r\n");
	assert_refused("", "x.json");
	assert_refused("    ", "x.json");
	assert_refused("[]", "x.json");
	assert_refused("\"x\"", "x.json");
	assert_refused("null", "x.json");
	assert_refused("1", "x.json");
	assert_refused("{}{}", "x.json");
	assert_refused("{}x", "x.json");
	assert_refused("{}\0", "x.json");
	assert_refused("{}\0junk", "x.json");
	assert_refused("\xef\xbb\xbf{}", "x.json");
	assert_refused("{\0}\0", "x.json");
	assert_refused("{\"a\":1", "x.json");
	assert_refused("<html>", "x.json");
}

/* H-17, H-19 */
static void
refuses_bad_text_and_numbers_without_end(void **state)
{
	struct err e;

	(void)state;
	assert_read("{\"a\":\"\xc3\xa9\"}");
	assert_refused("{\"a\":\"\xc0\xaf\"}", "x.json");
	assert_refused("{\"a\":\"\xed\xa0\x80\"}", "x.json");
	assert_refused("{\"a\":\"\xf4\x90\x80\x80\"}", "x.json");
	assert_refused("{\"a\":\"\xc3\"}", "x.json");
	assert_refused("{\"a\":\"\\ud800\"}", "x.json");
	assert_refused("{\"a\":\"\\u0000\"}", "x.json");
	assert_refused("{\"\\u0000\":1}", "x.json");
	assert_refused("{\"a\":NaN}", "x.json");
	assert_refused("{\"a\":1e400}", "x.json");
	assert_refused("{\"a\":9223372036854775808}", "x.json");
	assert_refused("{\"a\":0x10}", "x.json");
	assert_refused("{\"a\":01}", "x.json");
}

/* H-16 */
static void
refuses_what_is_deep_or_long_before_it_parses(void **state)
{
	char deep[4097];
	struct err e;

	(void)state;
	assert_read("{\"a\":[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]}");
	assert_refused("{\"a\":[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]}", "x.depth");
	assert_read("{\"a\":\"[[[[[[[[[[[[[[[[[\\\"[[[[[[[[[[[[[[[[[\"}");
	memset(deep, '[', sizeof(deep));
	assert_int_equal(read_text(deep, sizeof(deep), &e), E_PROTO);
	assert_string_equal(e.reason, "x.size");
	assert_int_equal(read_text(deep, sizeof(deep) - 1, &e), E_PROTO);
	assert_string_equal(e.reason, "x.depth");
}

static void
never_repeats_what_it_could_not_read(void **state)
{
	struct err e;

	(void)state;
	assert_refused("{\"access_token\": \"hunter2\" hunter3}", "x.json");
	assert_null(strstr(e.text, "hunter"));
}

static json_t *
value(const char *s)
{
	return json_loads(s, JSON_DECODE_ANY, NULL);
}

/* C-079, H-19 */
static void
takes_finite_numbers_below_2_to_the_53(void **state)
{
	static const struct {
		const char *s;
		enum json_found cut, whole;
		int64_t is;
	} rows[] = {
		{ "0", JSON_GOOD, JSON_GOOD, 0 },
		{ "-0", JSON_GOOD, JSON_GOOD, 0 },
		{ "60.0", JSON_GOOD, JSON_GOOD, 60 },
		{ "60.9", JSON_GOOD, JSON_BAD, 60 },
		{ "9007199254740991", JSON_GOOD, JSON_GOOD, 9007199254740991 },
		{ "9007199254740992", JSON_BAD, JSON_BAD, 0 },
		{ "9223372036854775807", JSON_BAD, JSON_BAD, 0 },
		{ "1e300", JSON_BAD, JSON_BAD, 0 },
		{ "-1", JSON_BAD, JSON_BAD, 0 },
		{ "-0.5", JSON_BAD, JSON_BAD, 0 },
		{ "\"5\"", JSON_BAD, JSON_BAD, 0 },
		{ "true", JSON_BAD, JSON_BAD, 0 },
		{ "[5]", JSON_BAD, JSON_BAD, 0 },
		{ "null", JSON_ABSENT, JSON_ABSENT, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_t *v = value(rows[i].s);
		int64_t n = -1;

		assert_int_equal(json_as_num(v, false, &n), rows[i].cut);
		assert_int_equal(n, rows[i].cut == JSON_GOOD ? rows[i].is : -1);
		assert_int_equal(json_as_num(v, true, &n), rows[i].whole);
		json_decref(v);
	}
	assert_int_equal(json_as_num(NULL, false, NULL), JSON_ABSENT);
}

static void
takes_texts_up_to_their_limit(void **state)
{
	json_t *four = value("\"abcd\""), *five = value("5");
	const char *s = NULL;

	(void)state;
	assert_int_equal(json_as_str(four, 3, &s), JSON_BAD);
	assert_int_equal(json_as_str(five, 3, &s), JSON_BAD);
	assert_null(s);
	assert_int_equal(json_as_str(four, 4, &s), JSON_GOOD);
	assert_string_equal(s, "abcd");
	json_decref(four);
	json_decref(five);
}

/* H-43 */
static void
takes_lists_of_nothing_but_texts(void **state)
{
	static const char *const bad[] = { "\"admins\"", "{}", "[1]", "[true]", "[null]",
		"[\"a\",[]]", "[\"a\",\"b\",\"c\",\"d\"]", "[\"123456789\"]",
		"[\"12345\",\"6789\"]" };
	struct strlist l = { .n = 0 };
	json_t *v;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		v = value(bad[i]);
		assert_int_equal(json_as_strings(v, 3, 8, &l), JSON_BAD);
		assert_int_equal(l.n, 0);
		json_decref(v);
	}
	v = value("[\"a\",\"\",\"1234567\"]");
	assert_int_equal(json_as_strings(v, 3, 8, &l), JSON_GOOD);
	assert_int_equal(l.n, 3);
	strlist_clear(&l);
	json_decref(v);
	assert_int_equal(json_as_strings(NULL, 3, 8, &l), JSON_ABSENT);
}

/* C-003 */
static void
compares_media_types_without_case_and_parameters(void **state)
{
	(void)state;
	assert_true(json_media_is("application/json", "application/json"));
	assert_true(json_media_is("Application/JSON; charset=utf-8", "application/json"));
	assert_true(json_media_is("application/json ;x=y", "application/json"));
	assert_false(json_media_is("application/jsonx", "application/json"));
	assert_false(json_media_is("application/jso", "application/json"));
	assert_false(json_media_is("text/html", "application/json"));
	assert_false(json_media_is("", "application/json"));
	assert_false(json_media_is(NULL, "application/json"));
}

/* Last, with the next one: it changes jansson for the rest of the process. */
static void
a_hardened_process_reads_the_same(void **state)
{
	struct err e;

	(void)state;
	json_harden();
	assert_read("{\"a\":[1,\"two\",{\"three\":4.5}]}");
	assert_refused("{\"a\":1,\"a\":1}", "x.dup");
}

/* H-53: jansson alone would drop a character where a string's buffer cannot grow */
static void
without_memory_there_is_no_text_rather_than_another(void **state)
{
	static const char text[] = "{\"name\":\"somebody whose name is longer than a buffer\","
	                           "\"list\":[\"a\",\"b\"],\"deep\":{\"x\":1.5}}";
	const char *name = "";
	size_t n = 0, refused = 0;
	json_t *o;
	bool came;

	(void)state;
	json_harden();
	do {
		struct strlist l = { .n = 0 };
		enum json_found f = JSON_ABSENT;
		enum errcode r;

		o = NULL;
		allocfail_from(++n, false);
		if ((r = json_read(&o, text, strlen(text), 4096, E_CLM, "x", NULL)) == E_OK)
			f = json_as_strings(json_object_get(o, "list"), 9, 99, &l);
		came = allocfail_end();
		refused += r == E_NOMEM || f == JSON_NOMEM;
		assert_true(came == (r == E_NOMEM || f == JSON_NOMEM));
		if (r == E_OK)
			assert_int_equal(
			    json_as_str(json_object_get(o, "name"), 99, &name), JSON_GOOD);
		if (r == E_OK)
			assert_string_equal(name, "somebody whose name is longer than a buffer");
		strlist_clear(&l);
		json_decref(o);
	} while (came);
	assert_in_range(refused, 20, 99);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(refuses_names_that_stand_there_twice),
		cmocka_unit_test(refuses_whatever_is_not_exactly_one_object),
		cmocka_unit_test(refuses_bad_text_and_numbers_without_end),
		cmocka_unit_test(refuses_what_is_deep_or_long_before_it_parses),
		cmocka_unit_test(never_repeats_what_it_could_not_read),
		cmocka_unit_test(takes_finite_numbers_below_2_to_the_53),
		cmocka_unit_test(takes_texts_up_to_their_limit),
		cmocka_unit_test(takes_lists_of_nothing_but_texts),
		cmocka_unit_test(compares_media_types_without_case_and_parameters),
		cmocka_unit_test(a_hardened_process_reads_the_same),
		cmocka_unit_test(without_memory_there_is_no_text_rather_than_another),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
