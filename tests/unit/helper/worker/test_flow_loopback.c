/* The loopback flow against a provider that answers what each test scripts. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include <openssl/sha.h>

#include "tests/support/unit.h"

#include "common/b64url.h"
#include "tests/support/browse_world.h"

/* Of the redirect URI, which is http%3A%2F%2F127.0.0.1%3APORT%2F... */
static uint16_t
port_of(const char *url)
{
	unsigned port = 0;

	assert_int_equal(sscanf(param(url, "redirect_uri"),
	                     "http%%3A%%2F%%2F127.0.0.1%%3A%u%%2Fcallback", &port),
	    1);
	return (uint16_t)port;
}

/* What comes back for this URL: the state as it was sent, and more. */
static int
answer_with(const char *url, const char *more)
{
	char query[1024];

	(void)snprintf(query, sizeof(query), "state=%s&%s", param(url, "state"), more);
	return bring(port_of(url), query);
}

/* One login to the code at the redirect; the URL. */
static const char *
sign_in(struct world *x)
{
	const char *url;

	start(x);
	url = hear_url(x);
	assert_int_equal(answer_with(url, "code=c-1"), 200);
	return url;
}

/* Whether the verifier that the provider saw belongs to this challenge. */
static bool
verifier_fits(const struct world *x, const char *challenge)
{
	const char *at = strstr(journal(x), "code_verifier=");
	unsigned char md[SHA256_DIGEST_LENGTH];
	char want[64];
	size_t n;

	assert_non_null(at);
	at += 14;
	n = strcspn(at, "& \r\n");
	assert_in_range(n, 43, 128);
	(void)SHA256((const unsigned char *)at, 43, md);
	b64url_encode(want, md, sizeof(md));
	return strcmp(want, challenge) == 0;
}

/* C-022 to C-029, C-046, C-048, C-157 cb.ok: nothing is started but a request */
static void
a_code_with_pkce_state_and_nonce_ends_with_facts(void **state)
{
	struct world *x = *state;
	const char *url;
	char want[256];

	good_start(x, "");
	good_token(x, NONCE ALICE);
	url = sign_in(x);
	expect_alice(x);
	(void)snprintf(want, sizeof(want), "%s/auth?", x->s.url);
	assert_int_equal(strncmp(url, want, strlen(want)), 0);
	assert_string_equal(param(url, "response_type"), "code");
	assert_string_equal(param(url, "client_id"), "linux-login");
	assert_string_equal(param(url, "scope"), "openid+profile+groups");
	assert_string_equal(param(url, "nonce"), nonce);
	assert_string_equal(param(url, "code_challenge_method"), "S256");
	assert_int_equal(strlen(param(url, "state")), 43);
	assert_null(strstr(url, "max_age"));
	assert_null(strstr(url, "acr_values"));
	assert_null(strstr(url, "login_hint"));
	assert_true(verifier_fits(x, param(url, "code_challenge")));
	(void)snprintf(want, sizeof(want),
	    "grant_type=authorization_code&code=c-1&redirect_uri=%s&code_verifier=",
	    param(url, "redirect_uri"));
	assert_int_equal(tlsserver_count(&x->s, want), 1);
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 1);
	assert_int_equal(tlsserver_count(&x->s, "client_id=linux-login"), 1);
	assert_int_equal(tlsserver_count(&x->s, "Authorization:"), 0);
	assert_int_equal(tlsserver_count(&x->s, " /auth"), 0);
	assert_int_equal(tlsserver_count(&x->s, " /par"), 0);
	assert_int_equal(bring(port_of(url), "code=c-1"), 0); /* C-030 */
}

/* C-025, C-027: a login has nothing of another */
static void
each_login_has_its_own_state_and_verifier(void **state)
{
	struct world *x = *state;
	char first[2][64];
	const char *url;

	good_start(x, "");
	start(x);
	url = hear_url(x);
	(void)strcpy(first[0], param(url, "state"));
	(void)strcpy(first[1], param(url, "code_challenge"));
	fdio_close(&x->fd);
	(void)waitpid(x->worker, NULL, 0);
	start_worker(x);
	url = hear_url(x);
	assert_string_not_equal(first[0], param(url, "state"));
	assert_string_not_equal(first[1], param(url, "code_challenge"));
	assert_string_not_equal(param(url, "state"), param(url, "code_challenge"));
}

/* C-081, C-173 cb.hint */
static void
a_request_asks_for_what_is_configured(void **state)
{
	static char acr[] = "urn:a urn:b", hint[] = "a&b%0a\xc3\xa4";
	struct world *x = *state;
	const char *url;

	x->job.acr_values = acr;
	x->job.max_age = 900;
	x->job.login_hint = hint;
	good_start(x, "");
	start(x);
	url = hear_url(x);
	assert_string_equal(param(url, "acr_values"), "urn%3Aa+urn%3Ab");
	assert_string_equal(param(url, "max_age"), "900");
	assert_string_equal(param(url, "login_hint"), "a%26b%250a%C3%A4");
}

static char secret[] = "s3:cret";

/* C-169 cb.conf: the secret is no proof of who approved */
static void
a_client_with_a_secret_has_pkce_and_nonce_all_the_same(void **state)
{
	struct world *x = *state;
	const char *url;

	x->job.client_auth = IPC_AUTH_BASIC;
	x->job.client_secret = secret;
	good_start(x, "");
	good_token(x, NONCE ALICE);
	url = sign_in(x);
	expect_alice(x);
	assert_true(verifier_fits(x, param(url, "code_challenge")));
	assert_string_equal(param(url, "nonce"), nonce);
	assert_int_equal(
	    tlsserver_count(&x->s, "\r\nAuthorization: Basic bGludXgtbG9naW46czMlM0FjcmV0\r\n"), 1);
	assert_null(strstr(url, "cret"));
}

/* C-091, C-097 */
static void
what_the_token_lacks_comes_from_userinfo(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	good_token(x, NONCE);
	answer_json(x, "/userinfo", "200 OK", "{\"sub\":\"s-1\"" ALICE "}");
	(void)sign_in(x);
	expect_alice(x);
}

/* C-080, C-170 cb.inject.nonce: the ID token of somebody else's code */
static void
a_token_without_our_nonce_is_refused(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	good_token(x, ",\"nonce\":\"the-nonce-of-another-login\"" ALICE);
	(void)sign_in(x);
	fails_with(x, E_CLM, "idt.nonce");
}

static void
a_token_without_any_nonce_is_refused(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	good_token(x, ALICE);
	(void)sign_in(x);
	fails_with(x, E_CLM, "idt.nonce");
}

/* C-084 idt.chash.bad */
static void
a_c_hash_of_another_code_is_refused(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	good_token(x, NONCE ALICE ",\"c_hash\":\"AAAAAAAAAAAAAAAAAAAAAA\"");
	(void)sign_in(x);
	fails_with(x, E_CLM, "idt.chash");
}

/* C-028, C-168 cb.pkce.err, C-170 cb.inject: no second try, with or without the verifier */
static void
a_refused_code_is_the_end(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	answer_json(x, "/token", "400 Bad Request", "{\"error\":\"invalid_grant\"}");
	good_token(x, NONCE ALICE);
	(void)sign_in(x);
	fails_with(x, E_DENY, "tok.err.other");
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 1);
}

static void
token_fails(
    struct world *x, const char *status, const char *body, enum errcode code, const char *reason)
{
	good_start(x, "");
	answer_json(x, "/token", status, body);
	good_token(x, NONCE ALICE);
	(void)sign_in(x);
	fails_with(x, code, reason);
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 1);
}

static void
what_means_wait_in_the_device_flow_means_no_here(void **state)
{
	token_fails(*state, "400 Bad Request", PENDING, E_DENY, "tok.err.other");
}

/* Authelia's word for a denial: no outage that a person could bring about */
static void
server_error_is_a_denial(void **state)
{
	token_fails(*state, "500 Internal Server Error", "{\"error\":\"server_error\"}", E_DENY,
	    "tok.err.other");
}

/* Whoever asked for the login can bring any code: one that a provider or the proxy before it
 * stumbles over must not lead to break-glass. */
static void
a_code_that_brings_a_server_down_is_no_outage(void **state)
{
	token_fails(*state, "502 Bad Gateway", "<html>", E_DENY, "tok.net");
}

static void
a_client_error_without_words_is_none(void **state)
{
	token_fails(*state, "404 Not Found", "<html>", E_DENY, "tok.err.other");
}

static void
too_many_is_too_many(void **state)
{
	token_fails(*state, "429 Too Many Requests", "{}", E_BUSY, "tok.busy");
}

/* C-063 */
static void
a_refused_client_is_the_operators_fault(void **state)
{
	token_fails(
	    *state, "401 Unauthorized", "{\"error\":\"invalid_client\"}", E_CFG, "tok.client");
}

/* Whoever approved chose what the answers hold. */
static void
tokens_that_nobody_can_read_are_no_outage(void **state)
{
	token_fails(*state, "200 OK", "{\"access_token\":", E_CLM, "tok.json");
}

/* An answer of no bytes, and then this. */
static void
answer_nothing(struct world *x, const char *target, enum tlsserver_then then)
{
	answer(x, target, strdup(""));
	x->answer[x->n - 1].then = then;
}

/* C-046 tok.hang */
static void
a_code_is_sent_once_though_nobody_answers(void **state)
{
	struct world *x = *state;

	x->job.http_timeout = 1;
	good_start(x, "");
	answer_nothing(x, "/token", TLSSERVER_HANG);
	(void)sign_in(x);
	fails_with(x, E_NET, "net.timeout");
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 1);
}

/* C-046: libcurl repeats what it sent on a connection that was used before and broke */
static void
a_code_is_sent_once_though_the_connection_breaks(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	answer_nothing(x, "/token", TLSSERVER_CUT);
	good_token(x, NONCE ALICE);
	(void)sign_in(x);
	fails_with(x, E_NET, "net.connect");
	assert_int_equal(tlsserver_count(&x->s, "POST /token "), 1);
}

/* C-036 cb.err.denied */
static void
a_denial_is_one(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	start(x);
	assert_int_equal(answer_with(hear_url(x), "error=access_denied"), 200);
	fails_with(x, E_DENY, "cb.denied");
	assert_int_equal(tlsserver_count(&x->s, "POST "), 0);
}

/* C-032, C-044: the first that is no answer counts for nothing, or for a word at the deadline */
static void
a_code_without_our_state_is_never_sent(void **state)
{
	struct world *x = *state;
	uint16_t port;

	x->job.deadline = clock_boot_ms(&clock_system) + 1500;
	good_start(x, "");
	start(x);
	port = port_of(hear_url(x));
	assert_int_equal(bring(port, "code=c-1&state=another"), 400);
	fails_with(x, E_CB, "cb.state");
	assert_int_equal(tlsserver_count(&x->s, "POST "), 0);
	assert_int_equal(bring(port, "code=c-1"), 0);
}

static void
nobody_comes(void **state)
{
	struct world *x = *state;

	x->job.deadline = clock_boot_ms(&clock_system) + 700;
	good_start(x, "");
	start(x);
	(void)hear_url(x);
	fails_with(x, E_EXP, "cb.never");
}

/* C-041 cb.iss.none, C-012 */
static void
iss_is_missed_where_it_is_announced(void **state)
{
	struct world *x = *state;

	good_start(x, ",\"authorization_response_iss_parameter_supported\":true");
	start(x);
	assert_int_equal(answer_with(hear_url(x), "code=c-1"), 200);
	fails_with(x, E_CB, "cb.iss");
	assert_int_equal(tlsserver_count(&x->s, "POST "), 0);
}

/* C-011 disc.pkce.*: nobody is asked to sign in */
static void
a_provider_without_s256_is_not_asked(void **state)
{
	struct world *x = *state;

	good_start(x, ",\"code_challenge_methods_supported\":[\"plain\"]");
	start(x);
	fails_with(x, E_PROTO, "disc.pkce");
}

static void
a_provider_without_the_device_grant_is_good_enough(void **state)
{
	struct world *x = *state;

	good_start(x, ",\"grant_types_supported\":[\"authorization_code\"]");
	start(x);
	(void)hear_url(x);
}

static void
an_address_that_nobody_can_copy_is_the_operators_fault(void **state)
{
	static char many[2001];
	struct world *x = *state;

	memset(many, '/', sizeof(many) - 1);
	x->job.scopes = many;
	good_start(x, "");
	start(x);
	fails_with(x, E_CFG, "cfg.size");
}

/* C-152 */
static void
the_monitors_end_is_the_workers(void **state)
{
	struct world *x = *state;
	int64_t before;
	int status;

	good_start(x, "");
	start(x);
	(void)hear_url(x);
	before = clock_boot_ms(&clock_system);
	fdio_close(&x->fd);
	assert_int_equal(waitpid(x->worker, &status, 0), x->worker);
	x->worker = -1;
	assert_true(clock_boot_ms(&clock_system) - before < 900);
	assert_int_equal(WEXITSTATUS(status), E_CLOSED);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up_browse, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_code_with_pkce_state_and_nonce_ends_with_facts),
		CASE(each_login_has_its_own_state_and_verifier),
		CASE(a_request_asks_for_what_is_configured),
		CASE(a_client_with_a_secret_has_pkce_and_nonce_all_the_same),
		CASE(what_the_token_lacks_comes_from_userinfo),
		CASE(a_token_without_our_nonce_is_refused),
		CASE(a_token_without_any_nonce_is_refused),
		CASE(a_c_hash_of_another_code_is_refused),
		CASE(a_refused_code_is_the_end),
		CASE(what_means_wait_in_the_device_flow_means_no_here),
		CASE(server_error_is_a_denial),
		CASE(a_code_that_brings_a_server_down_is_no_outage),
		CASE(a_client_error_without_words_is_none),
		CASE(too_many_is_too_many),
		CASE(a_refused_client_is_the_operators_fault),
		CASE(tokens_that_nobody_can_read_are_no_outage),
		CASE(a_code_is_sent_once_though_nobody_answers),
		CASE(a_code_is_sent_once_though_the_connection_breaks),
		CASE(a_denial_is_one),
		CASE(a_code_without_our_state_is_never_sent),
		CASE(nobody_comes),
		CASE(iss_is_missed_where_it_is_announced),
		CASE(a_provider_without_s256_is_not_asked),
		CASE(a_provider_without_the_device_grant_is_good_enough),
		CASE(an_address_that_nobody_can_copy_is_the_operators_fault),
		CASE(the_monitors_end_is_the_workers),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
