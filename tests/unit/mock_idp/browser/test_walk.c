/* The person's way through the provider's pages. */
#include "config.h"

#include "mock_idp/browser/walk.h"
#include "tests/support/tlsserver.h"
#include "tests/unit/mock_idp/browser/told.h"

#define TO(where) "HTTP/1.1 303 See Other\r\nLocation: " where "\r\nContent-Length: 0\r\n"
#define PAGE(status) "HTTP/1.1 " status " X\r\nConnection: close\r\n\r\n"
#define SIGN_IN                                                                                    \
	"<h1>Sign in</h1><form method=\"post\" action=\"/page\">"                                  \
	"<input name=\"csrf\" value=\"t0ken\"><input name=\"username\"><input name=\"password\">"  \
	"<button name=\"do\" value=\"sign-in\">In</button></form>"
#define DECIDE                                                                                     \
	"<h1>Approve?</h1><form method=\"post\" action=\"/page\">"                                 \
	"<button name=\"do\" value=\"approve\">Yes</button>"                                       \
	"<button name=\"do\" value=\"deny\">No</button></form>"

struct trip {
	struct tlsserver s;
	struct told told;
	struct walk_end end;
	struct err e;
	enum errcode r;
};

/* The errand (but for its URL) at a provider with these answers. */
static void
run(struct trip *t, struct errand a, const struct tlsserver_answer *answers, size_t n)
{
	SSL_CTX *tls = NULL;
	char url[128];

	memset(&t->e, 0, sizeof(t->e));
	tlsserver_listen(&t->s);
	tlsserver_serve(&t->s, answers, n);
	(void)snprintf(url, sizeof(url), "%s/start?x=y", t->s.url);
	assert_int_equal(loopurl_parse(url, &a.url, NULL), E_OK);
	assert_int_equal(peer_trust(t->s.ca, &tls, NULL), E_OK);
	a.user = "bob";
	a.timeout = 5;
	t->r = walk_run(&a, tls, told_open(&t->told), &t->end, &t->e);
	SSL_CTX_free(tls);
	errand_clear(&a);
}

static void
done(struct trip *t)
{
	walk_clear(&t->end);
	told_close(&t->told);
	tlsserver_stop(&t->s);
}

static void
signs_in_approves_and_lands(void **state)
{
	static const struct tlsserver_answer answers[] = {
		{ "/start?x=y", TO("/page?id=1") "Set-Cookie: a=1; Path=/\r\n\r\n",
		    TLSSERVER_CLOSE },
		{ "/page?id=1", PAGE("200") SIGN_IN, TLSSERVER_CLOSE },
		{ "/page", TO("/decide") "Set-Cookie: b=2; Path=/\r\n\r\n", TLSSERVER_CLOSE },
		{ "/decide", PAGE("200") DECIDE, TLSSERVER_CLOSE },
		{ "/page", TO("http://127.0.0.1:9/cb?code=c#frag") "\r\n", TLSSERVER_CLOSE },
	};
	struct errand a = { .deny = false };
	struct trip t;

	(void)state;
	run(&t, a, answers, 5);
	assert_int_equal(t.r, E_OK);
	assert_true(t.end.decided);
	assert_string_equal(t.end.redirect.target, "/cb?code=c");
	assert_int_equal(t.end.redirect.port, 9);
	assert_int_equal(
	    tlsserver_count(&t.s, "csrf=t0ken&username=bob&password=bob&do=sign-in"), 1);
	assert_int_equal(tlsserver_count(&t.s, "\r\nContent-Length: 10\r\n\r\ndo=approve"), 1);
	assert_int_equal(tlsserver_count(&t.s, "\r\nCookie: a=1\r\n"), 2);
	assert_int_equal(tlsserver_count(&t.s, "\r\nCookie: a=1; b=2\r\n"), 2);
	assert_int_equal(tlsserver_count(&t.s, "\r\nOrigin: https://127.0.0.1:"), 2);
	assert_int_equal(told_count(&t.told, "{\"hop\":\"provider\",\"method\":"), 5);
	assert_int_equal(told_count(&t.told, "\"heading\":\"Sign in\"}"), 1);
	assert_int_equal(
	    told_count(&t.told, "\"location\":\"http://127.0.0.1:9/cb?code=c#frag\""), 1);
	done(&t);
}

static void
denies_when_told_to(void **state)
{
	static const struct tlsserver_answer answers[] = {
		{ "/start", PAGE("200") DECIDE, TLSSERVER_CLOSE },
		{ "/page", PAGE("200") "<h1>Denied</h1>", TLSSERVER_CLOSE },
	};
	struct errand a = { .deny = true };
	struct trip t;

	(void)state;
	run(&t, a, answers, 2);
	assert_int_equal(t.r, E_OK);
	assert_null(t.end.redirect.target);
	assert_true(t.end.decided);
	assert_int_equal(t.end.page.status, 200);
	assert_int_equal(tlsserver_count(&t.s, "\r\n\r\ndo=deny"), 1);
	done(&t);
}

static void
a_sign_in_that_fails_is_the_end(void **state)
{
	static const struct tlsserver_answer answers[] = {
		{ "/start", PAGE("200") SIGN_IN, TLSSERVER_CLOSE },
		{ "/page", PAGE("403") SIGN_IN, TLSSERVER_CLOSE },
	};
	struct errand a = { .deny = false };
	struct trip t;

	(void)state;
	run(&t, a, answers, 2);
	assert_int_equal(t.r, E_OK);
	assert_false(t.end.decided);
	assert_int_equal(t.end.page.status, 403);
	assert_int_equal(tlsserver_count(&t.s, "POST "), 1);
	done(&t);
}

static void
types_the_code(void **state)
{
	static const struct tlsserver_answer answers[] = {
		{ "/start",
		    PAGE("200") "<form method=\"get\" action=\"/device\">"
		                "<input name=\"user_code\" value=\"\"><button>Go</button></form>",
		    TLSSERVER_CLOSE },
		{ "/device?user_code=ABC", PAGE("200") DECIDE, TLSSERVER_CLOSE },
		{ "/page", PAGE("200") "<h1>Approved</h1>", TLSSERVER_CLOSE },
	};
	struct errand a = { .user_code = "ABC" };
	struct trip t;

	(void)state;
	run(&t, a, answers, 3);
	assert_int_equal(t.r, E_OK);
	assert_true(t.end.decided);
	assert_int_equal(tlsserver_count(&t.s, "GET /device?user_code=ABC HTTP/1.1\r\n"), 1);
	done(&t);
}

/* What a walk comes to whose first answer is that; with the errand's sentence. */
static enum errcode
first(const char *bytes, enum tlsserver_then then, const char *sentence)
{
	const struct tlsserver_answer answers[] = { { "/", bytes, then } };
	struct errand a = { .deny = false };
	enum errcode r;
	struct trip t;

	run(&t, a, answers, 1);
	r = t.r;
	if (sentence != NULL)
		assert_non_null(strstr(t.e.text, sentence));
	done(&t);
	return r;
}

static void
bad_ends_are_told_apart(void **state)
{
	(void)state;
	assert_int_equal(
	    first(TO("https://example.com/") "\r\n", TLSSERVER_CLOSE, "not a loopback host"),
	    E_FORMAT);
	assert_int_equal(first("nonsense\r\n\r\n", TLSSERVER_CLOSE, "broken"), E_PROTO);
	assert_int_equal(first("", TLSSERVER_CLOSE, "without an answer"), E_CLOSED);
	/* no Location: the page is what there is */
	assert_int_equal(first("HTTP/1.1 302 Found\r\n\r\n", TLSSERVER_CLOSE, NULL), E_OK);
}

static void
every_redirect_is_followed_but_not_for_ever(void **state)
{
	static const int statuses[] = { 301, 302, 303, 307, 308 };
	char bytes[128];

	(void)state;
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		(void)snprintf(bytes, sizeof(bytes),
		    "HTTP/1.1 %d X\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n", statuses[i]);
		assert_int_equal(first(bytes, TLSSERVER_CLOSE, "more than 20"), E_LIMIT);
	}
	assert_int_equal(first("HTTP/1.1 300 X\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n",
	                     TLSSERVER_CLOSE, NULL),
	    E_OK);
}

static void
a_form_is_never_sent_on(void **state)
{
	static const struct tlsserver_answer answers[] = {
		{ "/start", PAGE("200") SIGN_IN, TLSSERVER_CLOSE },
		{ "/page",
		    "HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n",
		    TLSSERVER_CLOSE },
	};
	struct errand a = { .deny = false };
	struct trip t;

	(void)state;
	run(&t, a, answers, 2);
	assert_int_equal(t.r, E_PROTO);
	assert_non_null(strstr(t.e.text, "307"));
	assert_null(t.end.redirect.target);
	done(&t);
}

static void
another_origin_sees_no_cookie(void **state)
{
	static const struct tlsserver_answer there[] = {
		{ "/", PAGE("200") "<h1>Elsewhere</h1>", TLSSERVER_CLOSE },
	};
	struct tlsserver_answer here[] = { { "/", NULL, TLSSERVER_CLOSE } };
	struct errand a = { .insecure = true, .user = "bob", .timeout = 5 };
	struct tlsserver other;
	char bytes[256], url[128];
	SSL_CTX *tls = NULL;
	struct trip t;

	(void)state;
	tlsserver_listen(&other);
	tlsserver_serve(&other, there, 1);
	(void)snprintf(
	    bytes, sizeof(bytes), TO("%s/") "Set-Cookie: a=1; Path=/\r\n\r\n", other.url);
	here[0].bytes = bytes;
	tlsserver_listen(&t.s);
	tlsserver_serve(&t.s, here, 1);
	(void)snprintf(url, sizeof(url), "%s/", t.s.url);
	assert_int_equal(loopurl_parse(url, &a.url, NULL), E_OK);
	assert_int_equal(peer_trust(NULL, &tls, NULL), E_OK);
	assert_int_equal(walk_run(&a, tls, told_open(&t.told), &t.end, NULL), E_OK);
	assert_int_equal(tlsserver_count(&other, "GET / HTTP/1.1\r\n"), 1);
	assert_int_equal(tlsserver_count(&other, "Cookie:"), 0);
	SSL_CTX_free(tls);
	errand_clear(&a);
	done(&t);
	tlsserver_stop(&other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(signs_in_approves_and_lands),
		cmocka_unit_test(denies_when_told_to),
		cmocka_unit_test(a_sign_in_that_fails_is_the_end),
		cmocka_unit_test(types_the_code),
		cmocka_unit_test(bad_ends_are_told_apart),
		cmocka_unit_test(every_redirect_is_followed_but_not_for_ever),
		cmocka_unit_test(a_form_is_never_sent_on),
		cmocka_unit_test(another_origin_sees_no_cookie),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
