/* At the loopback redirect. */
#include "config.h"

#include "mock_idp/browser/landing.h"
#include "tests/unit/mock_idp/browser/plainserver.h"
#include "tests/unit/mock_idp/browser/told.h"

#define NO "HTTP/1.1 404 No\r\nContent-Length: 0\r\n\r\n"
#define GOOD "GET /cb?code=c&state=s HTTP/1.1\r\n"

struct trip {
	struct told told;
	char heard[8192];
	bool ok;
};

static size_t
count(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

/* The errand at a listener that gives these answers. */
static void
run(struct trip *t, struct errand a, const char *const answers[])
{
	struct plainserver s;

	a.timeout = 5;
	a.parallel = a.parallel == 0 ? 1 : a.parallel;
	plainserver_start(&s, answers);
	t->ok = landing_run(&a, &s.url, told_open(&t->told));
	plainserver_stop(&s, t->heard, sizeof(t->heard));
}

static void
the_plain_way_is_one_get(void **state)
{
	const char *const answers[] = { PLAINSERVER_OK, NULL };
	struct errand a = { .user = NULL };
	struct trip t;

	(void)state;
	run(&t, a, answers);
	assert_true(t.ok);
	assert_int_equal(count(t.heard, GOOD), 1);
	assert_int_equal(count(t.heard, "GET "), 1);
	assert_int_equal(told_count(&t.told, "\"as\":\"callback\",\"sent\":\"GET /cb"), 1);
	assert_int_equal(
	    told_count(&t.told, "\"answers\":[200]}\n{\"ok\":true,\"status\":200,"), 1);
	assert_int_equal(told_count(&t.told, "\"body\":\"hi\"}\n"), 1);
	told_close(&t.told);
}

static void
another_status_is_no_good_end(void **state)
{
	const char *const no[] = { NO, NULL }, *const none[] = { "", NULL };
	struct errand a = { .user = NULL };
	struct trip t;

	(void)state;
	run(&t, a, no);
	assert_false(t.ok);
	assert_int_equal(told_count(&t.told, "{\"ok\":false,\"status\":404,"), 1);
	told_close(&t.told);
	run(&t, a, none);
	assert_false(t.ok);
	assert_int_equal(told_count(&t.told, "\"answers\":[\"closed\"]}\n"), 1);
	assert_int_equal(told_count(&t.told, "{\"ok\":false,\"error\":\"closed\","), 1);
	told_close(&t.told);
}

static void
changes_apply_in_their_order(void **state)
{
	const char *const answers[] = { PLAINSERVER_OK, NULL };
	struct errand a = { .nchanges = 3,
		.changes = { { rawquery_row("--set"), "state=x" },
		    { rawquery_row("--duplicate"), "state" },
		    { rawquery_row("--drop"), "code" } } };
	struct trip t;

	(void)state;
	run(&t, a, answers);
	assert_int_equal(count(t.heard, "GET /cb?state=x&state=x HTTP/1.1\r\n"), 1);
	told_close(&t.told);
}

static void
what_cannot_be_changed_is_not_sent(void **state)
{
	const char *const answers[] = { NULL };
	struct errand a = { .nchanges = 1, .changes = { { rawquery_row("--drop"), "iss" } } };
	struct trip t;

	(void)state;
	run(&t, a, answers);
	assert_false(t.ok);
	assert_int_equal(told_count(&t.told, "{\"ok\":false,\"error\":\"nonsense\""), 1);
	told_close(&t.told);
}

static void
the_good_request_decides_if_it_comes_too(void **state)
{
	const char *const answers[] = { NO, PLAINSERVER_OK, NULL };
	struct errand a = { .then_good = true,
		.shape = { .method = "POST" },
		.nchanges = 1,
		.changes = { { rawquery_row("--set"), "state=x" } } };
	struct trip t;

	(void)state;
	run(&t, a, answers);
	assert_true(t.ok);
	assert_int_equal(count(t.heard, "POST /cb HTTP/1.1\r\n"), 1);
	assert_int_equal(count(t.heard, GOOD), 1);
	assert_int_equal(told_count(&t.told, "\"answers\":[404]}\n"), 1);
	assert_int_equal(told_count(&t.told, "\"as\":\"good\""), 1);
	told_close(&t.told);
}

static void
junk_comes_first(void **state)
{
	const char *const answers[] = { NO, NO, NO, "", NO, "", NO, PLAINSERVER_OK, NULL };
	struct errand a = { .junk = 7 };
	struct trip t;

	(void)state;
	run(&t, a, answers);
	assert_true(t.ok);
	assert_int_equal(count(t.heard, "GET /favicon.ico HTTP/1.1\r\n"), 2);
	assert_int_equal(count(t.heard, "GET /?x HTTP/1.1\r\n"), 1);
	assert_int_equal(count(t.heard, "GET /cb?code=junk&state=junk HTTP/1.1\r\n"), 1);
	assert_int_equal(count(t.heard, "GET /cb?& HTTP/1.1\r\n"), 1);
	assert_int_equal(count(t.heard, GOOD), 1);
	assert_int_equal(told_count(&t.told,
	                     "\"as\":\"scan\",\"sent\":\"\",\"bytes\":0,\"answers\":[\"open\"]}"),
	    1);
	assert_int_equal(told_count(&t.told, "\"as\":\"tls\""), 1);
	told_close(&t.told);
}

static void
twice_wants_nobody_to_be_there(void **state)
{
	const char *const once[] = { PLAINSERVER_OK, NULL };
	const char *const both[] = { PLAINSERVER_OK, PLAINSERVER_OK, NULL };
	const char *const late[] = { PLAINSERVER_OK, NO, "", NULL };
	struct errand a = { .twice = true };
	struct trip t;

	(void)state;
	run(&t, a, once);
	assert_true(t.ok);
	assert_int_equal(told_count(&t.told, "\"as\":\"again\""), 1);
	assert_int_equal(told_count(&t.told, "\"answers\":[\"refused\"]"), 1);
	told_close(&t.told);
	run(&t, a, both);
	assert_false(t.ok);
	assert_int_equal(told_count(&t.told, "{\"ok\":false,\"status\":200,"), 1);
	told_close(&t.told);
	run(&t, a, late);
	assert_true(t.ok);
	assert_int_equal(count(t.heard, GOOD), 3);
	told_close(&t.told);
}

static void
the_first_of_many_decides(void **state)
{
	const char *const answers[] = { "", PLAINSERVER_OK, NO, NULL };
	struct errand a = { .parallel = 3 };
	struct trip t;

	(void)state;
	run(&t, a, answers);
	assert_true(t.ok);
	assert_int_equal(count(t.heard, GOOD), 3);
	assert_int_equal(told_count(&t.told, "\"answers\":[\"closed\",200,404]"), 1);
	told_close(&t.told);
}

static void
silent_ones_stay_to_the_end(void **state)
{
	/* the server takes one after another: it hears the silent one's end before the request */
	const char *const answers[] = { PLAINSERVER_OK, NULL };
	struct errand a = { .idle = 1 };
	struct trip t;

	(void)state;
	a.timeout = 1;
	{
		struct plainserver s;

		a.parallel = 1;
		plainserver_start(&s, answers);
		t.ok = landing_run(&a, &s.url, told_open(&t.told));
		plainserver_stop(&s, t.heard, sizeof(t.heard));
	}
	assert_false(t.ok);
	assert_string_equal(t.heard, "");
	assert_int_equal(told_count(&t.told, "\"as\":\"idle\",\"open\":1}"), 1);
	assert_int_equal(told_count(&t.told, "\"answers\":[\"timeout\"]"), 1);
	told_close(&t.told);
}

static void
a_head_has_an_answer_without_a_body(void **state)
{
	const char *const answers[] = { "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", NULL };
	struct errand a = { .shape = { .method = "HEAD" } };
	struct trip t;

	(void)state;
	run(&t, a, answers);
	assert_true(t.ok);
	told_close(&t.told);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_plain_way_is_one_get),
		cmocka_unit_test(another_status_is_no_good_end),
		cmocka_unit_test(changes_apply_in_their_order),
		cmocka_unit_test(what_cannot_be_changed_is_not_sent),
		cmocka_unit_test(the_good_request_decides_if_it_comes_too),
		cmocka_unit_test(junk_comes_first),
		cmocka_unit_test(twice_wants_nobody_to_be_there),
		cmocka_unit_test(the_first_of_many_decides),
		cmocka_unit_test(silent_ones_stay_to_the_end),
		cmocka_unit_test(a_head_has_an_answer_without_a_body),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
