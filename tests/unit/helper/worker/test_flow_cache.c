/* A flow, the device flow but where it says another, with what earlier logins left: what is asked,
 * what is believed, what is forgotten. */
#include "config.h"

#include "tests/support/browse_world.h"

#define WHO ",\"preferred_username\":\"alice\",\"groups\":[\"linux-users\"]"

/* The set with a key of that id. */
static char *
key_set(EVP_PKEY *key, const char *kid)
{
	char more[64], *jwk, *set;

	(void)snprintf(more, sizeof(more), "\"kid\":\"%s\",\"use\":\"sig\"", kid);
	jwk = mint_jwk(key, "P-256", more);
	set = mint_jwks(jwk, NULL);
	free(jwk);
	return set;
}

static void
cache(struct world *x, enum ipc_kind kind, char *body)
{
	x->cached[x->ncached++] =
	    (struct ipc_document){ .kind = kind, .fetched = time(NULL) - 60, .body = body };
}

/* What good_start serves as metadata and keys. */
static void
cache_both(struct world *x)
{
	for (int i = 0; i < 3; i += 2)
		cache(x, i == 0 ? IPC_METADATA : IPC_KEYS,
		    strdup(strstr(x->bytes[i], "\r\n\r\n") + 4));
}

static void
expect_requests(const struct world *x, size_t discovery, size_t keys, size_t all)
{
	assert_int_equal(tlsserver_count(&x->s, "GET /.well-known/"), discovery);
	assert_int_equal(tlsserver_count(&x->s, "GET /jwks"), keys);
	assert_int_equal(tlsserver_count(&x->s, "GET /") + tlsserver_count(&x->s, "POST /"), all);
}

static void
a_cold_login_leaves_what_it_fetched(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	good_start(x, "");
	good_token(x, WHO);
	expect_facts(x, &m);
	ipc_clear(&m);
	expect_requests(x, 1, 1, 4);
	assert_string_equal(x->kept[IPC_METADATA - 1], strstr(x->bytes[0], "\r\n\r\n") + 4);
	assert_string_equal(x->kept[IPC_KEYS - 1], strstr(x->bytes[2], "\r\n\r\n") + 4);
	assert_null(x->kept[IPC_REFETCH - 1]);
}

/* Design section 12 */
static void
a_warm_login_asks_for_neither(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	good_start(x, "");
	cache_both(x);
	good_token(x, WHO);
	expect_facts(x, &m);
	ipc_clear(&m);
	expect_requests(x, 0, 0, 2);
	assert_null(x->kept[IPC_METADATA - 1]);
	assert_null(x->kept[IPC_KEYS - 1]);
}

/* C-112, C-131 jwks.rotate: one more request, then the login goes on */
static void
a_rotated_key_is_fetched_once(void **state)
{
	struct world *x = *state;
	struct ipc_msg m;

	x->job.may_refetch = true;
	good_start(x, "");
	cache_both(x);
	free(x->cached[1].body);
	x->cached[1].body = key_set(x->key, "yesterday");
	good_token(x, WHO);
	expect_facts(x, &m);
	ipc_clear(&m);
	expect_requests(x, 0, 1, 3);
	assert_non_null(x->kept[IPC_REFETCH - 1]);
	assert_non_null(x->kept[IPC_KEYS - 1]);
}

/* C-112 jws.kid.unknown: and not once more */
static void
an_unknown_key_id_is_refused_after_one_more_look(void **state)
{
	struct world *x = *state;

	x->job.may_refetch = true;
	good_start(x, "");
	cache_both(x);
	free(x->cached[1].body);
	x->cached[1].body = key_set(x->key, "yesterday");
	free(x->bytes[2]);
	x->answer[2].bytes = x->bytes[2] = tlsserver_json("200 OK", x->cached[1].body);
	good_token(x, WHO);
	begin(x);
	fails_with(x, E_KEYS, "jws.kid.unknown");
	expect_requests(x, 0, 1, 3);
}

/* C-131 jws.kid.storm: many of them cost the provider one request a minute */
static void
within_the_minute_nothing_is_fetched(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	cache_both(x);
	free(x->cached[1].body);
	x->cached[1].body = key_set(x->key, "yesterday");
	good_token(x, WHO);
	begin(x);
	fails_with(x, E_KEYS, "jws.kid.unknown");
	expect_requests(x, 0, 0, 2);
}

/* C-127: a signature that fails is never tried under other keys; but the next login fetches */
static void
a_signature_that_fails_under_cached_keys_drops_them(void **state)
{
	EVP_PKEY *other = mint_ec("P-256");
	struct world *x = *state;

	x->job.may_refetch = true;
	good_start(x, "");
	cache_both(x);
	free(x->cached[1].body);
	x->cached[1].body = key_set(other, "k1");
	good_token(x, WHO);
	begin(x);
	fails_with(x, E_TOK, "idt.sig");
	expect_requests(x, 0, 0, 2);
	assert_string_equal(x->kept[IPC_KEYS - 1], "");
	EVP_PKEY_free(other);
}

static void
fresh_keys_that_fail_are_not_worth_dropping_any(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	EVP_PKEY_free(x->key);
	x->key = mint_ec("P-256");
	good_token(x, WHO);
	begin(x);
	fails_with(x, E_TOK, "idt.sig");
	assert_string_not_equal(x->kept[IPC_KEYS - 1], "");
}

/* A provider that moved since yesterday */
static void
metadata_that_mislead_are_dropped(void **state)
{
	struct world *x = *state;

	good_start(x, "");
	cache_both(x);
	free(x->bytes[1]);
	x->answer[1].bytes = x->bytes[1] = tlsserver_json("404 Not Found", "{}");
	start(x);
	fails_with(x, E_PROTO, "dev.refused");
	expect_requests(x, 0, 0, 1);
	assert_string_equal(x->kept[IPC_METADATA - 1], "");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

/* The loopback flow where metadata and keys are known; to the well-known document this comes. */
static void
browse_with(struct world *x, char *bytes, enum tlsserver_then then)
{
	good_start(x, "");
	cache_both(x);
	free(x->bytes[0]);
	x->answer[0].bytes = x->bytes[0] = bytes;
	x->answer[0].then = then;
	start(x);
}

/* Nothing else of the provider would be asked before the browser is, and no browser that comes back
 * is no sign of anything: then nobody could tell an outage, which break-glass is for. */
static void
a_provider_that_is_away_is_so_in_the_loopback_flow_too(void **state)
{
	struct world *x = *state;

	x->job.http_timeout = 1;
	browse_with(x, strdup(""), TLSSERVER_HANG);
	fails_with(x, E_NET, "net.timeout");
}

static void
one_that_is_out_of_order_is_away(void **state)
{
	browse_with(*state, tlsserver_json("503 Service Unavailable", "{}"), TLSSERVER_KEEP);
	fails_with(*state, E_NET, "disc.status");
}

static void
one_that_answers_anything_else_is_not(void **state)
{
	browse_with(*state, tlsserver_json("404 Not Found", "{}"), TLSSERVER_KEEP);
	assert_non_null(strstr(hear_url(*state), "/auth?"));
	expect_requests(*state, 1, 0, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_cold_login_leaves_what_it_fetched),
		CASE(a_warm_login_asks_for_neither),
		CASE(a_rotated_key_is_fetched_once),
		CASE(an_unknown_key_id_is_refused_after_one_more_look),
		CASE(within_the_minute_nothing_is_fetched),
		CASE(a_signature_that_fails_under_cached_keys_drops_them),
		CASE(fresh_keys_that_fail_are_not_worth_dropping_any),
		CASE(metadata_that_mislead_are_dropped),
		cmocka_unit_test_setup_teardown(
		    a_provider_that_is_away_is_so_in_the_loopback_flow_too, set_up_browse,
		    tear_down),
		cmocka_unit_test_setup_teardown(
		    one_that_is_out_of_order_is_away, set_up_browse, tear_down),
		cmocka_unit_test_setup_teardown(
		    one_that_answers_anything_else_is_not, set_up_browse, tear_down),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
