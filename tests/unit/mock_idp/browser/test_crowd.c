/* The same request on several connections at once. */
#include "config.h"

#include "common/clock.h"
#include "mock_idp/browser/crowd.h"
#include "tests/unit/mock_idp/browser/plainserver.h"

#define NO "HTTP/1.1 409 No\r\nContent-Length: 0\r\n\r\n"

static struct buf *
request(void)
{
	struct buf *b = buf_new(64);

	assert_non_null(b);
	assert_int_equal(buf_puts(b, "GET /\r\n\r\n"), E_OK);
	return b;
}

/* Sends to a server that gives these answers; what came of it as text, and the best status. */
static void
comes_to(const char *const answers[], size_t n, const char *wanted, int best)
{
	struct buf *b = request();
	struct plainserver s;
	struct crowd c;
	json_t *told;
	char heard[256], *text;

	plainserver_start(&s, answers);
	assert_true(crowd_open(&c, n, &s.url, 5000));
	assert_int_equal(crowd_size(&c), n);
	crowd_ask(&c, b, false, 0, 5000);
	told = crowd_tell(&c);
	assert_non_null(text = json_dumps(told, JSON_COMPACT));
	assert_string_equal(text, wanted);
	if (best == 0)
		assert_null(crowd_best(&c));
	else
		assert_int_equal(crowd_best(&c)->status, best);
	free(text);
	json_decref(told);
	crowd_close(&c);
	plainserver_stop(&s, heard, sizeof(heard));
	assert_int_equal(strlen(heard), n * 9);
	buf_free(b);
}

static void
each_gets_its_answer(void **state)
{
	const char *const mixed[] = { NO, PLAINSERVER_OK, "", NULL };
	const char *const none[] = { "", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", NULL };
	const char *const no[] = { "", NO, NULL };

	(void)state;
	comes_to(mixed, 3, "[409,200,\"closed\"]", 200);
	comes_to(no, 2, "[\"closed\",409]", 409);
	comes_to(none, 2, "[\"closed\",\"broken\"]", 0);
}

static void
nobody_there_is_told_with_its_reason(void **state)
{
	struct buf *b = request();
	struct loopurl u;
	struct crowd c;
	json_t *told;

	(void)state;
	assert_int_equal(loopurl_parse("http://127.0.0.1:1/", &u, NULL), E_OK);
	assert_true(crowd_open(&c, 2, &u, 5000));
	assert_int_equal(crowd_size(&c), 0);
	crowd_ask(&c, b, false, 0, 5000);
	assert_null(crowd_best(&c));
	assert_int_equal(crowd_why(&c)->code, E_NET);
	told = crowd_tell(&c);
	assert_string_equal(json_string_value(json_array_get(told, 1)), "refused");
	json_decref(told);
	crowd_close(&c);
	loopurl_clear(&u);
	buf_free(b);
}

static void
slow_is_slow(void **state)
{
	const char *const answers[] = { PLAINSERVER_OK, NULL };
	int64_t start = clock_boot_ms(&clock_system);
	struct buf *b = request();
	struct plainserver s;
	struct crowd c;
	char heard[64];

	(void)state;
	plainserver_start(&s, answers);
	assert_true(crowd_open(&c, 1, &s.url, 5000));
	crowd_ask(&c, b, false, 20, 5000);
	/* nine bytes have eight gaps */
	assert_true(clock_boot_ms(&clock_system) - start >= 160);
	assert_int_equal(crowd_best(&c)->status, 200);
	crowd_close(&c);
	plainserver_stop(&s, heard, sizeof(heard));
	assert_string_equal(heard, "GET /\r\n\r\n");
	buf_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_gets_its_answer),
		cmocka_unit_test(nobody_there_is_told_with_its_reason),
		cmocka_unit_test(slow_is_slow),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
