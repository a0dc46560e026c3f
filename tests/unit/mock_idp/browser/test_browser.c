/* The person and the browser, from the words to the exit status. */
#include "config.h"

#include "mock_idp/browser/browser.h"
#include "tests/support/tlsserver.h"
#include "tests/unit/mock_idp/browser/plainserver.h"
#include "tests/unit/mock_idp/browser/told.h"

/* Runs it at a provider whose only answer that is, with one more word or NULL. */
static int
run(const char *bytes, const char *word, struct told *t)
{
	const struct tlsserver_answer answers[] = { { "/", bytes, TLSSERVER_CLOSE } };
	char ca[] = "--ca", url[128], more[64];
	struct tlsserver s;
	char *argv[4] = { ca, NULL, url, more };
	int status;

	tlsserver_listen(&s);
	tlsserver_serve(&s, answers, 1);
	argv[1] = s.ca;
	(void)snprintf(url, sizeof(url), "%s/", s.url);
	(void)snprintf(more, sizeof(more), "%s", word == NULL ? "" : word);
	status = browser_run(word == NULL ? 3 : 4, argv, told_open(t));
	tlsserver_stop(&s);
	return status;
}

static void
a_redirect_is_followed_to_the_listener(void **state)
{
	const char *const answers[] = { PLAINSERVER_OK, NULL };
	char location[256], heard[1024];
	struct plainserver s;
	struct told t;

	(void)state;
	plainserver_start(&s, answers);
	(void)snprintf(location, sizeof(location),
	    "HTTP/1.1 302 X\r\nLocation: http://127.0.0.1:%u/cb?code=1\r\n\r\n", s.url.port);
	assert_int_equal(run(location, NULL, &t), 0);
	plainserver_stop(&s, heard, sizeof(heard));
	assert_non_null(strstr(heard, "GET /cb?code=1 HTTP/1.1\r\n"));
	assert_int_equal(told_count(&t, "{\"ok\":true,\"status\":200,"), 1);
	told_close(&t);
	assert_int_equal(run(location, NULL, &t), 1);
	assert_int_equal(told_count(&t, "{\"ok\":false,\"error\":\"refused\","), 1);
	told_close(&t);
}

static void
never_says_where_it_would_have_gone(void **state)
{
	struct told t;

	(void)state;
	assert_int_equal(
	    run("HTTP/1.1 302 X\r\nLocation: http://127.0.0.1:1/cb?code=1\r\n\r\n", "--never", &t),
	    0);
	assert_int_equal(
	    told_count(&t, "{\"ok\":true,\"location\":\"http://127.0.0.1:1/cb?code=1\"}\n"), 1);
	assert_int_equal(told_count(&t, "loopback"), 0);
	told_close(&t);
}

static void
a_page_without_a_decision_is_no_good_end(void **state)
{
	struct told t;

	(void)state;
	assert_int_equal(run("HTTP/1.1 200 OK\r\n\r\n<h1>Done</h1>", NULL, &t), 1);
	assert_int_equal(told_count(&t, "{\"ok\":false,\"status\":200,"), 1);
	told_close(&t);
	/* the server answers the pressed button with the same page */
	assert_int_equal(run("HTTP/1.1 200 OK\r\n\r\n<form method=\"post\" action=\"/\">"
	                     "<button name=\"do\" value=\"approve\">Yes</button></form>",
	                     NULL, &t),
	    0);
	assert_int_equal(told_count(&t, "{\"ok\":true,\"status\":200,"), 1);
	told_close(&t);
	assert_int_equal(run("HTTP/1.1 500 X\r\n\r\n<form method=\"post\" action=\"/\">"
	                     "<button name=\"do\" value=\"approve\">Yes</button></form>",
	                     NULL, &t),
	    1);
	told_close(&t);
}

static void
words_have_a_status_of_their_own(void **state)
{
	char help[] = "--help", wrong[] = "--wrong", none[] = "--ca=/dev/null",
	     url[] = "https://127.0.0.1:1/";
	char *const with_help[] = { help }, *const with_wrong[] = { wrong },
	            *const with_none[] = { none, url };
	struct told t;

	(void)state;
	told_open(&t);
	assert_int_equal(browser_run(1, with_help, t.out), 0);
	assert_int_equal(told_count(&t, "usage: latchkey-mock-idp browser"), 1);
	assert_int_equal(browser_run(1, with_wrong, t.out), 2);
	assert_int_equal(browser_run(0, with_wrong, t.out), 2);
	assert_int_equal(browser_run(2, with_none, t.out), 1);
	assert_int_equal(told_count(&t, "holds no CA certificate"), 1);
	told_close(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_redirect_is_followed_to_the_listener),
		cmocka_unit_test(never_says_where_it_would_have_gone),
		cmocka_unit_test(a_page_without_a_decision_is_no_good_end),
		cmocka_unit_test(words_have_a_status_of_their_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
