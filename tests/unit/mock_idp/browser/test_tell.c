/* What happened, a JSON object a line. */
#include "config.h"

#include "mock_idp/browser/tell.h"
#include "tests/unit/mock_idp/browser/told.h"

static void
is(const void *p, size_t len, const char *wanted)
{
	json_t *v = tell_bytes(p, len);

	assert_non_null(v);
	assert_int_equal(json_string_length(v), strlen(wanted));
	assert_string_equal(json_string_value(v), wanted);
	json_decref(v);
}

static void
bytes_become_text_without_loss(void **state)
{
	json_t *v = tell_bytes("a\0b", 3);

	(void)state;
	is("", 0, "");
	is(NULL, 0, "");
	is("abc\r\n", 5, "abc\r\n");
	is("\xc3\xa9", 2, "\xc3\xa9");
	is("\xe9\xff", 2, "\xc3\xa9\xc3\xbf");
	assert_int_equal(json_string_length(v), 3);
	json_decref(v);
}

static void
a_line_is_one_object(void **state)
{
	struct told t;

	(void)state;
	told_open(&t);
	assert_true(tell_line(t.out, json_pack("{s:s}", "a", "b\n")));
	assert_false(tell_line(t.out, NULL));
	assert_int_equal(told_count(&t, "{\"a\":\"b\\n\"}\n"), 1);
	assert_int_equal(told_count(&t, "\n"), 1);
	told_close(&t);
	assert_non_null(t.out = fopen("/dev/full", "we"));
	assert_false(tell_line(t.out, json_object()));
	(void)fclose(t.out);
}

static void
an_answer_is_told_in_full(void **state)
{
	struct answer a = { .status = 404, .version = "HTTP/1.1", .reason = "No\xff" };
	struct told t;

	(void)state;
	told_open(&t);
	assert_int_equal(pairs_add(&a.headers, "X", "1"), E_OK);
	assert_int_equal(pairs_add(&a.headers, "X", "2"), E_OK);
	assert_non_null(a.body = buf_new(16));
	assert_true(tell_answer(t.out, false, &a));
	assert_int_equal(buf_put(a.body, "hi\0", 3), E_OK);
	assert_true(tell_answer(t.out, true, &a));
	assert_int_equal(told_count(&t,
	                     "{\"ok\":false,\"status\":404,\"version\":\"HTTP/1.1\",\"reason\":"
	                     "\"No\xc3\xbf\",\"headers\":[[\"X\",\"1\"],[\"X\",\"2\"]],"
	                     "\"body\":\"\"}\n"),
	    1);
	assert_int_equal(told_count(&t, "{\"ok\":true"), 1);
	assert_int_equal(told_count(&t, "\"body\":\"hi\\u0000\"}"), 1);
	answer_clear(&a);
	told_close(&t);
}

static void
a_failure_has_a_word(void **state)
{
	struct err e = { .code = E_OK };
	struct told t;

	(void)state;
	told_open(&t);
	(void)err_set(&e, E_NET, NULL, "nobody \"there\"");
	assert_true(tell_failure(t.out, &e));
	assert_int_equal(
	    told_count(
	        &t, "{\"ok\":false,\"error\":\"refused\",\"text\":\"nobody \\\"there\\\"\"}\n"),
	    1);
	assert_string_equal(tell_word(E_OK), "open");
	assert_string_equal(tell_word(E_CLOSED), "closed");
	assert_string_equal(tell_word(E_TIMEOUT), "timeout");
	assert_string_equal(tell_word(E_NOMEM), "failed");
	told_close(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bytes_become_text_without_loss),
		cmocka_unit_test(a_line_is_one_object),
		cmocka_unit_test(an_answer_is_told_in_full),
		cmocka_unit_test(a_failure_has_a_word),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
