/* The pages of the loopback redirect. C-043 cb.xss */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/sha.h>

#include "helper/worker/page.h"
#include "tests/support/unit.h"

static struct buf *
page_of(int status, bool head)
{
	struct buf *b = buf_new(PAGE_MAX);

	assert_int_equal(page_put(b, status, head), E_OK);
	assert_non_null(buf_cstr(b));
	return b;
}

static const char *
body_of(const char *text)
{
	const char *end = strstr(text, "\r\n\r\n");

	assert_non_null(end);
	return end + 4;
}

static void
has_length_of_its_body(const char *text, size_t want)
{
	const char *at = strstr(text, "\r\nContent-Length: ");
	size_t n = 0;

	assert_non_null(at);
	assert_int_equal(sscanf(at, "\r\nContent-Length: %zu\r\n", &n), 1);
	assert_int_equal(n, want);
}

static void
every_answer_is_closed_and_stays_in_no_cache(void **state)
{
	static const int statuses[] = { 200, 400, 404, 405, 414, 431, 505 };
	static const char *const lines[] = { "\r\nCache-Control: no-store\r\n",
		"\r\nReferrer-Policy: no-referrer\r\n", "\r\nX-Content-Type-Options: nosniff\r\n",
		"\r\nContent-Security-Policy: default-src 'none'; ", "\r\nConnection: close\r\n",
		"; frame-ancestors 'none'\r\n" };
	char first[32];

	(void)state;
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		struct buf *b = page_of(statuses[i], false);

		(void)snprintf(first, sizeof(first), "HTTP/1.1 %d ", statuses[i]);
		assert_int_equal(strncmp(buf_cstr(b), first, strlen(first)), 0);
		for (size_t k = 0; k < sizeof(lines) / sizeof(lines[0]); k++)
			assert_non_null(strstr(buf_cstr(b), lines[k]));
		has_length_of_its_body(buf_cstr(b), strlen(body_of(buf_cstr(b))));
		buf_free(b);
	}
}

/* Nothing but the markup is needed: no script, no link, no address, nothing to fetch. */
static void
the_page_needs_nobody_else(void **state)
{
	static const char *const never[] = { "<script", "<link", "<img", "<iframe", "<form",
		"http:", "https:", "//", "url(", "@import", "href", "src=", "onload" };
	struct buf *b = page_of(200, false);
	const char *body = body_of(buf_cstr(b));

	(void)state;
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++)
		assert_null(strstr(body, never[i]));
	assert_non_null(strstr(buf_cstr(b), "\r\nContent-Type: text/html; charset=utf-8\r\n"));
	assert_non_null(strstr(body, "prefers-color-scheme: dark"));
	assert_non_null(strstr(body, "<h1>You can close this window</h1>"));
	buf_free(b);
}

/* A browser leaves the style out when its hash is another. */
static void
the_policy_names_the_style(void **state)
{
	struct buf *b = page_of(200, false);
	const char *text = buf_cstr(b), *from = strstr(text, "<style>") + 7,
	           *to = strstr(text, "</style>");
	unsigned char md[SHA256_DIGEST_LENGTH], base64[64];
	char want[128];

	(void)state;
	(void)SHA256((const unsigned char *)from, (size_t)(to - from), md);
	(void)EVP_EncodeBlock(base64, md, sizeof(md));
	(void)snprintf(want, sizeof(want), "; style-src 'sha256-%s';", (const char *)base64);
	assert_string_equal(strstr(text, want) == NULL ? want : "", "");
	buf_free(b);
}

static void
a_head_has_no_body_and_405_says_what_is_allowed(void **state)
{
	struct buf *whole = page_of(405, false), *b = page_of(405, true);

	(void)state;
	assert_string_equal(body_of(buf_cstr(b)), "");
	has_length_of_its_body(buf_cstr(b), strlen(body_of(buf_cstr(whole))));
	assert_non_null(strstr(buf_cstr(b), "\r\nAllow: GET\r\n"));
	buf_free(whole);
	buf_free(b);
}

static void
an_unknown_status_is_a_bad_request(void **state)
{
	struct buf *b = page_of(299, false);

	(void)state;
	assert_int_equal(strncmp(buf_cstr(b), "HTTP/1.1 400 ", 13), 0);
	buf_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_answer_is_closed_and_stays_in_no_cache),
		cmocka_unit_test(the_page_needs_nobody_else),
		cmocka_unit_test(the_policy_names_the_style),
		cmocka_unit_test(a_head_has_no_body_and_405_says_what_is_allowed),
		cmocka_unit_test(an_unknown_status_is_a_bad_request),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
