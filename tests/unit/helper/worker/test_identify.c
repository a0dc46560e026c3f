/* Tokens to facts, as a whole login sees it: the ID token, UserInfo behind it, the nonce. */
#include "config.h"

#include "tests/support/flow_world.h"

/* C-024, C-133, C-142, C-157 */
static void
a_whole_token_needs_no_userinfo(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	good_start(x, "");
	good_token(x, ",\"preferred_username\":\"alice\",\"groups\":[\"linux-users\",\"x\"]");
	expect_facts(x, &m);
	assert_string_equal(m.facts->name, "alice");
	assert_string_equal(m.facts->login_id, id);
	assert_true(identity_has_group(m.facts, 0));
	assert_int_equal(m.facts->other_groups, 1);
	assert_false(m.facts->has_nonce);
	ipc_clear(&m);
	assert_int_equal(tlsserver_count(&x->s, "/userinfo"), 0);
	assert_int_equal(tlsserver_count(&x->s, "TLS\n"), 1);
	assert_int_equal(tlsserver_count(&x->s, "POST /device "), 1);
	assert_int_equal(tlsserver_count(&x->s, "scope=openid+profile+groups&nonce=6e6f6e6365"), 1);
	assert_int_equal(tlsserver_count(&x->s, "client_id=linux-login"), 2);
	assert_int_equal(tlsserver_count(&x->s,
	                     "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&"
	                     "device_code=dc-1&client_id=linux-login"),
	    1);
}

/* C-091 ui.ok, C-097 */
static void
what_the_token_lacks_comes_from_userinfo(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	good_start(x, "");
	good_token(x, "");
	answer_json(x, "/userinfo", "200 OK",
	    "{\"sub\":\"s-1\",\"preferred_username\":\"alice\",\"groups\":[\"linux-users\"]}");
	expect_facts(x, &m);
	assert_string_equal(m.facts->name, "alice");
	assert_true(m.facts->name_from_userinfo);
	assert_true(identity_has_group(m.facts, 0));
	ipc_clear(&m);
	assert_int_equal(tlsserver_count(&x->s, "\r\nAuthorization: Bearer at-1\r\n"), 1);
	assert_int_equal(tlsserver_count(&x->s, "TLS\n"), 1);
}

/* C-093: under the keys that the ID token was verified with */
static void
signed_userinfo_is_taken(void **state)
{
	struct world *x = *state;
	char *token = mint_token(x->key, "{\"alg\":\"ES256\",\"kid\":\"k1\"}",
	         "{\"sub\":\"s-1\",\"preferred_username\":\"alice\",\"groups\":[]}"),
	     bytes[1024];
	struct ipc_msg m;

	(void)snprintf(bytes, sizeof(bytes),
	    "HTTP/1.1 200 OK\r\nContent-Type: application/jwt; charset=utf-8\r\n"
	    "Content-Length: %zu\r\n\r\n%s",
	    strlen(token), token);
	free(token);
	good_start(x, "");
	good_token(x, "");
	answer(x, "/userinfo", strdup(bytes));
	expect_facts(x, &m);
	assert_string_equal(m.facts->name, "alice");
	ipc_clear(&m);
}

/* C-151 */
static void
another_keys_signature_is_refused(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	EVP_PKEY_free(x->key);
	x->key = mint_ec("P-256");
	good_token(x, ",\"preferred_username\":\"alice\",\"groups\":[]");
	begin(x);
	fails_with(x, E_TOK, "idt.sig");
}

/* C-080, C-151 */
static void
a_nonce_of_another_login_is_refused(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	good_token(x, ",\"nonce\":\"other\",\"preferred_username\":\"alice\",\"groups\":[]");
	begin(x);
	fails_with(x, E_CLM, "idt.nonce");
}

static void
our_nonce_is_taken(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	x->job.nonce_required = true;
	good_start(x, "");
	good_token(x, ",\"nonce\":\"6e6f6e6365\",\"preferred_username\":\"alice\",\"groups\":[]");
	expect_facts(x, &m);
	assert_string_equal(m.facts->nonce, nonce);
	ipc_clear(&m);
}

/* C-092, C-151 */
static void
userinfo_of_another_person_is_refused(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	good_token(x, "");
	answer_json(x, "/userinfo", "200 OK",
	    "{\"sub\":\"s-2\",\"preferred_username\":\"alice\",\"groups\":[\"linux-users\"]}");
	begin(x);
	fails_with(x, E_CLM, "ui.sub");
}

/* Whoever approves chooses what UserInfo says: "unusable" would open a break-glass stack to them.
 */
static void
userinfo_that_nobody_can_read_is_no_outage(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	good_token(x, "");
	answer_json(x, "/userinfo", "200 OK", "{\"sub\":");
	begin(x);
	fails_with(x, E_CLM, "ui.json");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_whole_token_needs_no_userinfo),
		CASE(what_the_token_lacks_comes_from_userinfo),
		CASE(signed_userinfo_is_taken),
		CASE(another_keys_signature_is_refused),
		CASE(a_nonce_of_another_login_is_refused),
		CASE(our_nonce_is_taken),
		CASE(userinfo_of_another_person_is_refused),
		CASE(userinfo_that_nobody_can_read_is_no_outage),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
