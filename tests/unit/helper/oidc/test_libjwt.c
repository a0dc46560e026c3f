/* A second opinion: tokens that libjwt made, judged by our verifier. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jwt.h>
#include <openssl/pem.h>

#include "helper/oidc/idtoken.h"
#include "tests/support/mint.h"
#include "tests/support/unit.h"

#define NOW 1800000000

static char names[2][6] = { "RS256", "ES256" };
static char *list[] = { names[0], names[1] };
static const struct strlist algorithms = { .v = list, .n = 2 };
static const struct idtoken_expect expect = { .issuer = "https://idp.example",
	.client_id = "linux-login",
	.algorithms = &algorithms,
	.started = NOW,
	.now = NOW,
	.skew = 60 };

static char *
made_by_libjwt(EVP_PKEY *k, jwt_alg_t alg, const char *sub)
{
	BIO *bio = BIO_new(BIO_s_mem());
	unsigned char *pem;
	char *data, *s;
	long len;
	jwt_t *j;

	assert_int_equal(PEM_write_bio_PrivateKey(bio, k, NULL, NULL, 0, NULL, NULL), 1);
	len = BIO_get_mem_data(bio, &data);
	pem = calloc(1, (size_t)len + 1);
	memcpy(pem, data, (size_t)len);
	assert_int_equal(jwt_new(&j), 0);
	assert_int_equal(jwt_add_grant(j, "iss", expect.issuer), 0);
	assert_int_equal(jwt_add_grant(j, "aud", expect.client_id), 0);
	assert_int_equal(jwt_add_grant(j, "sub", sub), 0);
	assert_int_equal(jwt_add_grant_int(j, "iat", NOW), 0);
	assert_int_equal(jwt_add_grant_int(j, "exp", NOW + 60), 0);
	assert_int_equal(jwt_set_alg(j, alg, pem, (int)len), 0);
	assert_non_null(s = jwt_encode_str(j));
	jwt_free(j);
	free(pem);
	BIO_free(bio);
	return s;
}

static void
accepted(EVP_PKEY *k, const char *crv, jwt_alg_t alg)
{
	char *jwk = mint_jwk(k, crv, NULL), *set = mint_jwks(jwk, NULL);
	char *token = made_by_libjwt(k, alg, "alice"), *other = made_by_libjwt(k, alg, "mallory");
	struct idtoken *t = NULL;
	struct jwks *keys = NULL;
	char *spliced;

	assert_int_equal(jwks_parse(&keys, set, strlen(set), NULL), E_OK);
	assert_int_equal(idtoken_verify(&t, token, keys, &expect, NULL), E_OK);
	assert_string_equal(t->sub, "alice");
	idtoken_free(t);
	t = NULL;
	/* mallory's claims under alice's signature */
	*strrchr(other, '.') = '\0';
	spliced = malloc(strlen(other) + strlen(strrchr(token, '.')) + 1);
	memcpy(spliced, other, strlen(other) + 1);
	memcpy(spliced + strlen(other), strrchr(token, '.'), strlen(strrchr(token, '.')) + 1);
	assert_int_equal(idtoken_verify(&t, spliced, keys, &expect, NULL), E_TOK);
	assert_null(t);
	free(spliced);
	jwks_free(keys);
	free(token);
	free(other);
	free(set);
	free(jwk);
	EVP_PKEY_free(k);
}

static void
accepts_what_libjwt_signs_with_rs256(void **state)
{
	(void)state;
	accepted(mint_rsa(2048), NULL, JWT_ALG_RS256);
}

/* Many, since a coordinate or a half of the signature begins with zeros now and then. */
static void
accepts_what_libjwt_signs_with_es256(void **state)
{
	(void)state;
	for (int i = 0; i < 64; i++)
		accepted(mint_ec("prime256v1"), "P-256", JWT_ALG_ES256);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accepts_what_libjwt_signs_with_rs256),
		cmocka_unit_test(accepts_what_libjwt_signs_with_es256),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
