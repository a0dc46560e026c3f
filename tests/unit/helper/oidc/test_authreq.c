/* Authorization requests. C-023, C-024, C-026, C-051 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "helper/oidc/authreq.h"
#include "tests/support/unit.h"

#define ENDPOINT "https://idp.example/auth"

static const struct authreq golden = {
	.redirect_uri = "http://127.0.0.1:40123/callback",
	.scopes = "openid profile groups",
	.state = "st",
	.nonce = "no",
	.challenge = "ch",
	.acr_values = "",
	.login_hint = "",
};

static void
asks(const struct authreq *a, const char *want)
{
	struct buf *b = buf_new(AUTHREQ_URL_MAX);

	assert_int_equal(authreq_put(b, a), E_OK);
	assert_string_equal(buf_cstr(b), want);
	buf_free(b);
}

#define BASE                                                                                       \
	"response_type=code&redirect_uri=http%3A%2F%2F127.0.0.1%3A40123%2Fcallback&"               \
	"scope=openid+profile+groups&state=st&nonce=no&code_challenge=ch&"                         \
	"code_challenge_method=S256"

/* C-028: S256, never plain */
static void
asks_for_a_code_with_pkce_and_for_nothing_else(void **state)
{
	(void)state;
	asks(&golden, BASE);
}

/* C-081 */
static void
asks_for_what_is_configured(void **state)
{
	struct authreq a = golden;

	(void)state;
	a.acr_values = "urn:a urn:b";
	a.max_age = 900;
	asks(&a, BASE "&max_age=900&acr_values=urn%3Aa+urn%3Ab");
	a.max_age = UINT32_MAX;
	asks(&a, BASE "&max_age=4294967295&acr_values=urn%3Aa+urn%3Ab");
}

/* C-173 cb.hint */
static void
no_account_name_adds_a_parameter(void **state)
{
	struct authreq a = golden;

	(void)state;
	a.login_hint = "a&scope=x%0a#\xc3\xa4\r\n+ =";
	asks(&a, BASE "&login_hint=a%26scope%3Dx%250a%23%C3%A4%0D%0A%2B+%3D");
}

static void
leads(const char *endpoint, const char *want)
{
	struct buf *params = buf_new(64), *url = buf_new(AUTHREQ_URL_MAX);

	assert_int_equal(buf_puts(params, "client_id=c&request_uri=u"), E_OK);
	assert_int_equal(authreq_url(url, endpoint, params), E_OK);
	assert_string_equal(buf_cstr(url), want);
	buf_free(params);
	buf_free(url);
}

/* RFC 6749 section 3.1 */
static void
keeps_the_query_of_the_endpoint(void **state)
{
	(void)state;
	leads(ENDPOINT, ENDPOINT "?client_id=c&request_uri=u");
	leads(ENDPOINT "?", ENDPOINT "?client_id=c&request_uri=u");
	leads(ENDPOINT "?p=b2c", ENDPOINT "?p=b2c&client_id=c&request_uri=u");
	leads(ENDPOINT "?p=b2c&", ENDPOINT "?p=b2c&client_id=c&request_uri=u");
}

static void
says_when_it_does_not_fit(void **state)
{
	struct buf *params = buf_new(sizeof(BASE) - 2), *url = buf_new(sizeof(ENDPOINT) - 1);

	(void)state;
	assert_int_equal(authreq_put(params, &golden), E_LIMIT);
	buf_reset(params);
	assert_int_equal(buf_puts(params, "a=b"), E_OK);
	assert_int_equal(authreq_url(url, ENDPOINT, params), E_LIMIT);
	buf_free(params);
	buf_free(url);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* C-025 cb.ok: never one twice */
static void
a_state_is_fresh_and_unreserved(void **state)
{
	static char s[10000][AUTHREQ_STATE_SIZE];
	static const char chars[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	const size_t n = sizeof(s) / sizeof(s[0]);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		assert_true(authreq_state(s[i]));
		assert_int_equal(strspn(s[i], chars), 43);
	}
	qsort(s, n, sizeof(s[0]), by_text);
	for (size_t i = 1; i < n; i++)
		assert_string_not_equal(s[i - 1], s[i]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(asks_for_a_code_with_pkce_and_for_nothing_else),
		cmocka_unit_test(asks_for_what_is_configured),
		cmocka_unit_test(no_account_name_adds_a_parameter),
		cmocka_unit_test(keeps_the_query_of_the_endpoint),
		cmocka_unit_test(says_when_it_does_not_fit),
		cmocka_unit_test(a_state_is_fresh_and_unreserved),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
