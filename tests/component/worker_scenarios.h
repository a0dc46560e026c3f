/* The core scenarios of the worker's flows: what the provider says, and what is asked of it. */
#ifndef TESTS_COMPONENT_WORKER_SCENARIOS_H
#define TESTS_COMPONENT_WORKER_SCENARIOS_H

#include "tests/support/browse_world.h"

#define WHO ",\"preferred_username\":\"alice\",\"groups\":[\"linux-users\",\"others\"]"
#define KEYS_REPLY 2 /* good_start's answer for /jwks */

struct scenario {
	const char *name;
	void (*prepare)(struct world *x);
	enum errcode refused; /* E_OK: it logs in */
	bool sampled;         /* by the short run */
};

/* --- the provider's parts */

static EVP_PKEY *rsa, *ed25519;

static void
use_key(struct world *x, EVP_PKEY *key)
{
	EVP_PKEY_free(x->key);
	assert_int_equal(EVP_PKEY_up_ref(key), 1);
	x->key = key;
}

/* A token answer with an ID token of that algorithm. */
static void
token_of(struct world *x, const char *alg, const char *digest, int pss, const char *claims)
{
	char header[64], payload[1024], body[4096], *input, *token;
	long now = (long)time(NULL);
	uint8_t sig[MINT_SIG_MAX];

	(void)snprintf(header, sizeof(header), "{\"alg\":\"%s\",\"kid\":\"k1\"}", alg);
	(void)snprintf(payload, sizeof(payload),
	    "{\"iss\":\"%s\",\"sub\":\"s-1\",\"iat\":%ld,\"exp\":%ld%s}", x->s.url, now, now + 600,
	    claims);
	input = mint_input(header, payload);
	token =
	    mint_join(input, sig, mint_signature(sig, x->key, digest, pss, input, strlen(input)));
	(void)snprintf(body, sizeof(body),
	    "{\"access_token\":\"at-1\",\"token_type\":\"bearer\",\"expires_in\":60,"
	    "\"id_token\":\"%s\"}",
	    token);
	answer_json(x, "/token", "200 OK", body);
	free(input);
	free(token);
}

static void
set_algorithm(struct world *x, char *alg)
{
	x->job.algorithms = (struct strlist){ &algs[0], 1 };
	algs[0] = alg;
}

static void
cache_documents(struct world *x, int64_t age)
{
	for (int i = 0; i <= KEYS_REPLY; i += KEYS_REPLY)
		x->cached[x->ncached++] =
		    (struct ipc_document){ .kind = i == 0 ? IPC_METADATA : IPC_KEYS,
			    .fetched = time(NULL) - age,
			    .body = strdup(strstr(x->bytes[i], "\r\n\r\n") + 4) };
}

/* --- the scenarios */

#define LISTS                                                                                      \
	",\"grant_types_supported\":[\"urn:ietf:params:oauth:grant-type:device_code\"],"           \
	"\"token_endpoint_auth_methods_supported\":[\"none\",\"client_secret_basic\","             \
	"\"client_secret_post\"]"

static void
cold(struct world *x)
{
	good_start(x, LISTS);
	good_token(x, WHO ",\"amr\":[\"pwd\",\"mfa\"]");
}

static void
warm(struct world *x)
{
	cold(x);
	cache_documents(x, 60);
}

static void
stale(struct world *x)
{
	cold(x);
	cache_documents(x, DISCOVER_FRESH_S + 60);
	for (int i = 0; i <= KEYS_REPLY; i += KEYS_REPLY) {
		free(x->bytes[i]);
		x->answer[i].bytes = x->bytes[i] = tlsserver_json("503 Unavailable", "{}");
	}
}

static void
rotated(struct world *x)
{
	char *jwk = mint_jwk(x->key, "P-256", "\"kid\":\"old\",\"use\":\"sig\"");

	warm(x);
	free(x->cached[1].body);
	x->cached[1].body = mint_jwks(jwk, NULL);
	x->job.may_refetch = true;
	free(jwk);
}

static char secret[] = "a-secret-word";

static void
basic(struct world *x)
{
	cold(x);
	x->job.client_auth = IPC_AUTH_BASIC;
	x->job.client_secret = secret;
}

static void
in_the_body(struct world *x)
{
	cold(x);
	x->job.client_auth = IPC_AUTH_POST;
	x->job.client_secret = secret;
}

static void
with_pkce(struct world *x)
{
	cold(x);
	x->job.device_pkce = true;
}

static void
userinfo(struct world *x)
{
	good_start(x, "");
	good_token(x, "");
	answer_json(x, "/userinfo", "200 OK", "{\"sub\":\"s-1\"" WHO "}");
}

static void
signed_userinfo(struct world *x)
{
	char payload[512], *bytes = NULL, *jws;

	good_start(x, "");
	good_token(x, "");
	(void)snprintf(payload, sizeof(payload),
	    "{\"iss\":\"%s\",\"aud\":\"%s\",\"sub\":\"s-1\"" WHO "}", x->s.url, client);
	jws = mint_token(x->key, "{\"alg\":\"ES256\",\"kid\":\"k1\"}", payload);
	assert_true(asprintf(&bytes,
	                "HTTP/1.1 200 OK\r\nContent-Type: application/jwt\r\n"
	                "Content-Length: %zu\r\n\r\n%s",
	                strlen(jws), jws) > 0);
	free(jws);
	answer(x, "/userinfo", bytes);
}

static char ps256[] = "PS256", eddsa[] = "EdDSA", other_client[] = "other";
static char *audiences[] = { other_client };

static void
with_ps256(struct world *x)
{
	use_key(x, rsa);
	set_algorithm(x, ps256);
	good_start(x, "");
	token_of(x, ps256, "SHA256", 1, ",\"aud\":\"linux-login\"" WHO);
}

static void
with_eddsa(struct world *x)
{
	char *jwk = mint_jwk(ed25519, "Ed25519", "\"kid\":\"k1\",\"key_ops\":[\"verify\"]"), *set;

	use_key(x, ed25519);
	set_algorithm(x, eddsa);
	good_start(x, "");
	set = mint_jwks(jwk, NULL);
	free(x->bytes[KEYS_REPLY]);
	x->answer[KEYS_REPLY].bytes = x->bytes[KEYS_REPLY] = tlsserver_json("200 OK", set);
	free(set);
	free(jwk);
	token_of(x, eddsa, NULL, 0, ",\"aud\":\"linux-login\"" WHO);
}

static void
trusted(struct world *x)
{
	x->job.trusted_audiences = (struct strlist){ audiences, 1 };
	good_start(x, "");
	token_of(x, es256, "SHA256", 0,
	    ",\"aud\":[\"linux-login\",\"other\"],\"azp\":\"linux-login\"" WHO);
}

static void
pending_once(struct world *x)
{
	good_start(x, "");
	answer_json(x, "/token", "400 Bad Request", PENDING);
	good_token(x, WHO);
}

static void
loopback(struct world *x)
{
	x->job.flow = IDENTITY_LOOPBACK;
	x->job.nonce_required = true;
	x->job.redirect_uri = redirect;
	good_start(x, "");
	good_token(x, NONCE WHO);
}

static void
denied(struct world *x)
{
	good_start(x, "");
	answer_json(x, "/token", "400 Bad Request", "{\"error\":\"access_denied\"}");
}

static void
forged(struct world *x)
{
	EVP_PKEY *theirs = mint_ec("P-256"), *ours = x->key;

	good_start(x, "");
	x->key = theirs;
	good_token(x, WHO);
	x->key = ours;
	EVP_PKEY_free(theirs);
}

static const struct scenario all[] = {
	{ "cold", cold, E_OK, false },
	{ "warm", warm, E_OK, false },
	{ "stale documents, provider half away", stale, E_OK, true },
	{ "a key id that is not in the cache", rotated, E_OK, true },
	{ "client_secret_basic", basic, E_OK, true },
	{ "client_secret_post", in_the_body, E_OK, true },
	{ "device_pkce", with_pkce, E_OK, true },
	{ "UserInfo", userinfo, E_OK, true },
	{ "UserInfo, signed", signed_userinfo, E_OK, true },
	{ "PS256", with_ps256, E_OK, true },
	{ "EdDSA", with_eddsa, E_OK, true },
	{ "trusted_audiences", trusted, E_OK, true },
	{ "pending once", pending_once, E_OK, true },
	{ "loopback", loopback, E_OK, false },
	{ "denied", denied, E_DENY, true },
	{ "forged", forged, E_TOK, true },
};

#endif
