/*
 * ID tokens: any text, against keys whose private halves nobody has. Behind a letter, under a good
 * signature: P any payload; H any header, a line's end, any payload; R any text at all; T one
 * character of the token changed (its place, what it becomes), any payload. What is accepted, a
 * second reading accepts too.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "fuzz/recheck.h"
#include "helper/oidc/compact.h"
#include "helper/oidc/idtoken.h"
#include "helper/oidc/jwk.h"
#include "tests/support/mint.h"

/* Public; nobody has the private halves. */
static const char fixed_keys[] =
    "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"vj9MVucc7-F82_CK6YliBy3QeTX26rxMGdN1ssDRDDt12qdK"
    "fEAWgD-8Fw_oOQ5dTN0mfCzOu_AVGJ39oWTHS5cRs7foUxJXnKSFYxjx3-NRN2uIXbtwSjko-x8RO2rsN2f3"
    "ZsAsr2a5zTlAB1Nwl9fgJf6bl7Q_zQQD4PfS9mieLEOKdOb2g4M3eSNDCJCwBRvj50kmS_DBtGAAJR-2M9kZ"
    "wjbJXfFLFM0kP7QPoLAp_6brbZnPj6FPSYgsihPigKpjsOgjgUrIXQPzJEubaxNPJ_iqXml8ThLHbF8KSIoN"
    "TvgOn9mjC6euO6y0fyIj14hoDx-4gwUBGk7EJgiJow\",\"e\":\"AQAB\",\"kid\":\"r\",\"use\":\""
    "sig\",\"alg\":\"RS256\"},{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"UaKoMuPXr7nCEMPDd"
    "vyGDrFRrCFTiK4OJjDMF1LA6Y4\",\"y\":\"aIA9PJZKN_JscZvkcR2SGEOqVfxKmnpCY3cK8MdPEZs\",\""
    "kid\":\"e\"}]}";

#define NONCE "n-0123456789"
#define ACCESS_TOKEN "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxi0z9K3vx5KF0Y0"
#define NOW 1800000000

static EVP_PKEY *own_key;
static struct jwks *fixed, *own;

static void
must(int holds)
{
	if (!holds)
		abort();
}

/* What is good as a JWT is good as any signed text. */
static void
is_signed(const char *token, const struct jwks *keys, const struct idtoken_expect *x)
{
	struct compact c = { .payload = NULL };
	struct claims *claims = NULL;

	must(compact_open_any(&c, token, keys, x->algorithms, NULL) == E_OK);
	must(claims_parse(&claims, c.payload, c.len, NULL) == E_OK);
	claims_free(claims);
	compact_clear(&c);
}

static int
is_accepted(const char *token, const struct jwks *keys, const struct idtoken_expect *x)
{
	struct err e = { .code = E_OK };
	struct idtoken *t = NULL;
	int good = idtoken_verify(&t, token, keys, x, &e) == E_OK;

	must(good == (t != NULL) && good == (e.code == E_OK));
	must(t == NULL ||
	    (strcmp(t->iss, x->issuer) == 0 && t->exp > x->now - x->skew && t->sub[0] != '\0' &&
	        t->amr.n <= 16));
	idtoken_free(t);
	return good;
}

static EVP_PKEY *
key_of(const char *alg, const char *kid)
{
	const struct jwk *k = NULL;

	must(jwks_find(&k, fixed, alg, kid, NULL) == E_OK);
	return k->pkey;
}

/* As in a device login with what may be left out left out, and as in a strict one. */
static int
judge(const char *token, const struct jwks *keys)
{
	char rs256[] = "RS256", es256[] = "ES256", other[] = "other", *names[] = { rs256, es256 },
	     *others[] = { other };
	const struct strlist algorithms = { .v = names, .n = 2 }, trusted = { .v = others, .n = 1 };
	const struct idtoken_expect x[] = {
		{ .issuer = "https://idp.example",
		    .client_id = "linux-login",
		    .algorithms = &algorithms,
		    .nonce = NONCE,
		    .access_token = ACCESS_TOKEN,
		    .started = NOW,
		    .now = NOW,
		    .skew = 60 },
		{ .issuer = "https://idp.example",
		    .client_id = "linux-login",
		    .algorithms = &algorithms,
		    .nonce = NONCE,
		    .access_token = ACCESS_TOKEN,
		    .started = NOW,
		    .now = NOW,
		    .skew = 60,
		    .trusted = &trusted,
		    .nonce_required = true,
		    .iat_leeway = 300 },
	};
	EVP_PKEY *rsa = keys == fixed ? key_of("RS256", "r") : NULL;
	EVP_PKEY *ec = keys == fixed ? key_of("ES256", "e") : own_key;
	int some = 0;

	for (size_t i = 0; i < sizeof(x) / sizeof(x[0]); i++)
		if (is_accepted(token, keys, &x[i])) {
			is_signed(token, keys, &x[i]);
			must(recheck(token, ec, rsa, &x[i]));
			some = 1;
		}
	return some;
}

static char *
text(const uint8_t *data, size_t size)
{
	char *s = calloc(1, size + 1);

	must(s != NULL);
	if (size > 0)
		memcpy(s, data, size);
	return s;
}

static void
make_keys(void)
{
	char *jwk, *set;

	own_key = mint_ec("prime256v1");
	jwk = mint_jwk(own_key, "P-256", NULL);
	set = mint_jwks(jwk, NULL);
	must(jwks_parse(&fixed, fixed_keys, sizeof(fixed_keys) - 1, NULL) == E_OK);
	must(jwks_parse(&own, set, strlen(set), NULL) == E_OK);
	free(set);
	free(jwk);
}

static void
any_payload(const char *payload)
{
	char *token = mint_token(own_key, "{\"alg\":\"ES256\"}", payload);

	(void)judge(token, own);
	free(token);
}

static void
any_header(char *both)
{
	char *nl = strchr(both, '\n'), *token;

	if (nl == NULL)
		return;
	*nl = '\0';
	token = mint_token(own_key, both, nl + 1);
	(void)judge(token, own);
	free(token);
}

static void
any_text(const char *input)
{
	uint8_t sig[MINT_SIG_MAX];
	size_t n = mint_signature(sig, own_key, "SHA256", 0, input, strlen(input));
	char *token = mint_join(input, sig, n);

	(void)judge(token, own);
	free(token);
}

/* The text has one spelling, so whatever changes, changes what was signed or who signed it. */
static void
one_change(const uint8_t *data, size_t size)
{
	char *payload = text(data + 2, size - 2), *token, was;
	size_t at;

	token = mint_token(own_key, "{\"alg\":\"ES256\"}", payload);
	at = data[0] * strlen(token) / 256;
	was = token[at];
	token[at] = (char)data[1];
	must(!judge(token, own) || token[at] == was);
	free(token);
	free(payload);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s;

	if (own_key == NULL)
		make_keys();
	if (size > 2 && data[0] == 'T') {
		one_change(data + 1, size - 1);
		return 0;
	}
	s = text(data, size);
	if (s[0] == 'P')
		any_payload(s + 1);
	else if (s[0] == 'H')
		any_header(s + 1);
	else if (s[0] == 'R')
		any_text(s + 1);
	else
		(void)judge(s, fixed);
	free(s);
	return 0;
}
