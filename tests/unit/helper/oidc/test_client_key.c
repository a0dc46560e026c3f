/* The client's private key. */
#include "config.h"

#include "helper/oidc/client_key.h"
#include "tests/support/mint.h"
#include "tests/support/pem.h"
#include "tests/support/unit.h"

static enum errcode
try(struct client_key **out, EVP_PKEY *key, enum pem_form form, struct err *e)
{
	char *pem = pem_of(key, form);
	enum errcode r;

	*e = (struct err){ .code = E_OK };
	*out = NULL;
	r = client_key_read(out, pem, e);
	free(pem);
	EVP_PKEY_free(key);
	return r;
}

static void
good(EVP_PKEY *key, enum pem_form form, enum client_key_alg alg)
{
	struct client_key *k;
	struct err e;

	assert_int_equal(try(&k, key, form, &e), E_OK);
	assert_int_equal(k->alg, alg);
	/* one form, whatever it was */
	assert_memory_equal(k->pem, "-----BEGIN PRIVATE KEY-----\n", 28);
	client_key_free(k);
}

static void
bad(EVP_PKEY *key, enum pem_form form, const char *part)
{
	struct client_key *k;
	struct err e;

	assert_int_equal(try(&k, key, form, &e), E_CFG);
	assert_null(k);
	assert_string_equal(e.reason, "cfg.client_key.unfit");
	if (strstr(e.text, part) == NULL)
		fail_msg("found    %s\nexpected %s", e.text, part);
}

static void
its_type_says_its_algorithm(void **state)
{
	(void)state;
	good(mint_rsa(2048), PEM_PKCS8, CLIENT_KEY_RS256);
	good(mint_rsa(2048), PEM_TRADITIONAL, CLIENT_KEY_RS256);
	good(mint_ec("P-256"), PEM_PKCS8, CLIENT_KEY_ES256);
	good(mint_ec("P-256"), PEM_TRADITIONAL, CLIENT_KEY_ES256);
}

/* what libjwt 1.10 would sign with all the same */
static void
refuses_what_no_provider_should_take(void **state)
{
	(void)state;
	bad(mint_rsa(1024), PEM_PKCS8, "found an RSA key of 1024 bits; expected RSA of 2048");
	bad(mint_rsa(2040), PEM_PKCS8, "2040 bits");
	bad(mint_ec("P-384"), PEM_PKCS8, "found an EC key on secp384r1; expected RSA");
	bad(mint_ec("secp256k1"), PEM_PKCS8, "secp256k1");
	bad(mint_ed25519(), PEM_PKCS8, "found a key of another type; expected");
}

/* and whoever sits at a terminal is not asked for it */
static void
refuses_a_key_under_a_passphrase(void **state)
{
	(void)state;
	bad(mint_ec("P-256"), PEM_LOCKED, "found a key under a passphrase; expected one without");
}

static void
refuses_what_is_no_private_key(void **state)
{
	struct client_key *k = NULL;
	struct err e = { .code = E_OK };

	(void)state;
	bad(mint_ec("P-256"), PEM_PUBLIC, "found no private key in PEM; expected");
	assert_int_equal(client_key_read(&k, "", &e), E_CFG);
	e = (struct err){ .code = E_OK };
	assert_int_equal(client_key_read(&k,
	                     "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", &e),
	    E_CFG);
	assert_null(k);
	assert_null(strstr(e.text, "AAAA"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(its_type_says_its_algorithm),
		cmocka_unit_test(refuses_what_no_provider_should_take),
		cmocka_unit_test(refuses_a_key_under_a_passphrase),
		cmocka_unit_test(refuses_what_is_no_private_key),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
