/* Tokens as they should be, and as a script wants them. */
#include "config.h"

#include <stdio.h>

#include <jwt.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include "tests/unit/mock_idp/jose/minted.h"

static const char *const algs[] = { "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256",
	"ES384", "ES512", "EdDSA" };

#define ALGS (sizeof(algs) / sizeof(algs[0]))

static void
every_algorithm_of_a_provider_verifies_with_openssl(void **state)
{
	struct minted *f = *state;

	for (size_t i = 0; i < ALGS; i++) {
		const struct alg *a = alg_find(algs[i]);
		const struct key *k = keys_of(&f->keys, a->id);
		char *token = minted_by(f, a->id, NULL, E_OK, NULL), header[128];

		(void)snprintf(header, sizeof(header),
		    "{\"alg\":\"%s\",\"kid\":\"%s\",\"typ\":\"JWT\"}", a->name, k->kid);
		minted_is(token, header,
		    "{\"aud\":[\"c\"],\"exp\":1800000000,\"iss\":\"https://i\",\"sub\":\"alice\"}");
		assert_true(verify_token(k->pkey, a, token));
		token[strcspn(token, ".") + 3] ^= 1;
		assert_false(verify_token(k->pkey, a, token));
		free(token);
	}
}

/* With what a relying party on Debian 12 has. */
static void
rs_and_es_verify_with_libjwt(void **state)
{
	struct minted *f = *state;

	for (size_t i = 0; i < ALGS; i++) {
		const struct alg *a = alg_find(algs[i]);
		char *token, *pem;
		jwt_t *jwt = NULL;
		BIO *bio = BIO_new(BIO_s_mem());
		long len;

		if (a->kind == ALG_PKCS1 || a->kind == ALG_ECDSA) {
			token = minted_by(f, a->id, "{\"header\":{}}", E_OK, NULL);
			assert_int_equal(
			    PEM_write_bio_PUBKEY(bio, keys_of(&f->keys, a->id)->pkey), 1);
			len = BIO_get_mem_data(bio, &pem);
			assert_int_equal(
			    jwt_decode(&jwt, token, (const unsigned char *)pem, (int)len), 0);
			assert_string_equal(jwt_get_grant(jwt, "sub"), "alice");
			jwt_free(jwt);
			free(token);
		}
		BIO_free(bio);
	}
}

/* A script that changes nothing makes our own code sign instead of libjwt. */
static void
our_own_tokens_are_libjwts(void **state)
{
	struct minted f;

	(void)state;
	minted_open(&f, 7);
	for (size_t i = 0; i < ALGS; i++) {
		enum alg_id id = alg_find(algs[i])->id;
		char *libjwt = minted_by(&f, id, NULL, E_OK, NULL),
		     *own = minted_by(&f, id, "{\"header\":{}}", E_OK, NULL);

		if (alg_row(id)->kind != ALG_PSS)
			assert_string_equal(libjwt, own);
		free(libjwt);
		free(own);
	}
	minted_close(&f);
}

/* ECDSA tells them apart: libjwt takes a nonce from a generator, our own code from the text. */
static void
whatever_libjwt_can_sign_is_libjwts(void **state)
{
	static const struct {
		const char *spec;
		bool libjwt;
	} rows[] = { { NULL, true }, { "{}", true }, { "{\"claims\":{\"set\":{\"a\":1}}}", true },
		{ "{\"key\":\"other-es256\"}", true }, { "{\"mutate\":[]}", true },
		{ "{\"header\":{\"set\":{\"a\":1}}}", false },
		{ "{\"mutate\":[[\"sig.pad\",0]]}", false },
		{ "{\"claims\":{\"text\":\"{}\"}}", false },
		{ "{\"key\":\"other-es256\",\"kid_of\":\"es256\"}", false } };
	struct minted *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *a = minted_by(f, ALG_ES256, rows[i].spec, E_OK, NULL),
		     *b = minted_by(f, ALG_ES256, rows[i].spec, E_OK, NULL);

		assert_int_equal(strcmp(a, b) != 0, rows[i].libjwt);
		free(a);
		free(b);
	}
}

static void
one_seed_makes_the_same_tokens(void **state)
{
	static const char *const specs[] = { NULL, "{\"header\":{\"set\":{\"x\":1}}}",
		"{\"mutate\":[\"jwe.wrap\"]}" };
	struct minted a, b, c;

	(void)state;
	minted_open(&a, 7);
	minted_open(&b, 7);
	minted_open(&c, 8);
	for (size_t i = 0; i < ALGS; i++)
		for (size_t j = 0; j < 3; j++) {
			enum alg_id id = alg_find(algs[i])->id;
			char *one = minted_by(&a, id, specs[j], E_OK, NULL),
			     *two = minted_by(&b, id, specs[j], E_OK, NULL),
			     *other = minted_by(&c, id, specs[j], E_OK, NULL);

			assert_string_equal(one, two);
			assert_string_not_equal(one, other);
			free(one);
			free(two);
			free(other);
		}
	minted_close(&a);
	minted_close(&b);
	minted_close(&c);
}

static void
hmac_is_keyed_with_the_clients_secret(void **state)
{
	struct minted *f = *state;
	struct mint m = { &f->keys, keys_of(&f->keys, ALG_RS256), &f->ids, "s3" };
	json_t *spec = json_pack("{s:s}", "alg", "HS256");
	char *token = NULL, *none, *own;
	jwt_t *jwt = NULL;

	assert_int_equal(mint_token(&m, f->claims, spec, &token, NULL), E_OK);
	assert_int_equal(jwt_decode(&jwt, token, (const unsigned char *)"s3", 2), 0);
	jwt_free(jwt);
	/* our own code takes the same one */
	json_object_set_new(spec, "header", json_object());
	assert_int_equal(mint_token(&m, f->claims, spec, &own, NULL), E_OK);
	assert_string_equal(token, own);
	/* and a word where there is none */
	none = minted(f, "{\"alg\":\"HS512\"}");
	assert_int_equal(jwt_decode(&jwt, none, (const unsigned char *)"secret", 6), 0);
	jwt_free(jwt);
	json_decref(spec);
	free(token);
	free(own);
	free(none);
}

/* The forged token that a verifier takes who asks the header which algorithm it is. */
static void
hmac_is_keyed_with_the_public_key_on_demand(void **state)
{
	static const char *const rows[][2] = { { "HS256", "SHA256" }, { "HS384", "SHA384" },
		{ "HS512", "SHA512" } };
	struct minted *f = *state;
	BIO *bio = BIO_new(BIO_s_mem());
	char *pem;
	long len;

	assert_int_equal(PEM_write_bio_PUBKEY(bio, keys_find(&f->keys, "rs256")->pkey), 1);
	len = BIO_get_mem_data(bio, &pem);
	for (int i = 0; i < 3; i++) {
		char spec[64], *token;
		uint8_t mac[64], *sig;
		unsigned int n = sizeof(mac);
		size_t have;

		(void)snprintf(
		    spec, sizeof(spec), "{\"alg\":\"%s\",\"sign\":\"hmac:pem\"}", rows[i][0]);
		token = minted(f, spec);
		sig = minted_octets(token, 2, &have);
		assert_non_null(HMAC(EVP_get_digestbyname(rows[i][1]), pem, (int)len,
		    (const unsigned char *)token, (size_t)(strrchr(token, '.') - token), mac, &n));
		assert_int_equal(have, n);
		assert_memory_equal(sig, mac, n);
		free(sig);
		free(token);
	}
	BIO_free(bio);
}

static void
a_token_can_be_any_text(void **state)
{
	struct minted *f = *state;
	char *token = minted(f, "{\"text\":\"a..b\"}");

	assert_string_equal(token, "a..b");
	free(token);
}

static void
a_token_is_as_long_as_asked(void **state)
{
	struct minted *f = *state;
	static const struct {
		const char *spec;
		size_t len;
	} rows[] = { { "{\"mutate\":[[\"token.pad\",70000]]}", 70000 },
		{ "{\"alg\":\"ES256\",\"mutate\":[[\"token.pad\",2001]]}", 2001 },
		{ "{\"mutate\":[[\"token.pad\",9437184]]}", 9437184 } };

	for (size_t i = 0; i < 3; i++) {
		char *token = minted(f, rows[i].spec);

		assert_in_range(strlen(token), rows[i].len, rows[i].len + 20);
		assert_true(minted_verifies(
		    f, token, i == 1 ? "es256" : "rs256", i == 1 ? "ES256" : "RS256"));
		free(token);
	}
	{
		char *token = minted(f, "{\"mutate\":[[\"token.pad\",10]]}");
		char *twin = minted(f, NULL);

		assert_string_equal(token, twin);
		free(token);
		free(twin);
	}
	/* what is no object is made long by blanks */
	{
		char *token =
		    minted(f, "{\"claims\":{\"text\":\"[]\"},\"mutate\":[[\"token.pad\",3000]]}");

		assert_in_range(strlen(token), 3000, 3020);
		free(token);
	}
}

static void
a_token_lies_in_a_token(void **state)
{
	struct minted *f = *state;
	char *token = minted(f, "{\"mutate\":[\"jwt.nest\"]}"), *twin = minted(f, NULL),
	     header[128];

	(void)snprintf(header, sizeof(header),
	    "{\"alg\":\"RS256\",\"cty\":\"JWT\",\"kid\":\"%s\",\"typ\":\"JWT\"}",
	    keys_find(&f->keys, "rs256")->kid);
	minted_is(token, header, twin);
	assert_true(minted_verifies(f, token, "rs256", "RS256"));
	free(token);
	free(twin);
}

static void
signatures_begin_with_a_zero_octet_when_they_have_to(void **state)
{
	struct minted *f = *state;
	static const char *const names[] = { "ES256", "ES384", "ES512" };
	char spec[128];
	size_t len;

	for (int i = 0; i < 3; i++) {
		const struct alg *a = alg_find(names[i]);
		char *token;
		uint8_t *sig;

		(void)snprintf(
		    spec, sizeof(spec), "{\"alg\":\"%s\",\"mutate\":[\"sig.leading0\"]}", names[i]);
		token = minted(f, spec);
		sig = minted_octets(token, 2, &len);
		assert_int_equal(len, 2 * a->coord);
		assert_int_equal(sig[0], 0);
		assert_true(minted_verifies(f, token, a->key, a->name));
		free(sig);
		free(token);
		(void)snprintf(
		    spec, sizeof(spec), "{\"alg\":\"%s\",\"mutate\":[\"sig.strip\"]}", names[i]);
		token = minted(f, spec);
		sig = minted_octets(token, 2, &len);
		assert_true(len < 2 * a->coord);
		assert_int_not_equal(sig[0], 0);
		free(sig);
		free(token);
	}
}

/* Where the twin's signature has neither '-' nor '_', another one is made. */
static void
a_signature_has_letters_for_the_other_alphabet(void **state)
{
	struct minted *f = *state;
	static const char *const names[] = { "RS256", "PS256", "ES256", "EdDSA", "HS256" };

	for (int i = 0; i < 5; i++)
		for (int n = 0; n < 12; n++) {
			char spec[256], *token, *sig;

			(void)snprintf(spec, sizeof(spec),
			    "{\"alg\":\"%s\",\"claims\":{\"set\":{\"n\":%d}},\"mutate\":[[\"b64."
			    "plus\","
			    "\"signature\"]]}",
			    names[i], n);
			token = minted(f, spec);
			sig = minted_segment(token, 2);
			assert_null(strpbrk(sig, "-_"));
			assert_non_null(strpbrk(sig, "+/"));
			for (char *p = strpbrk(sig, "+/"); p != NULL; p = strpbrk(p, "+/"))
				*p = *p == '+' ? '-' : '_';
			(void)strcpy(token + strlen(token) - strlen(sig), sig);
			if (i < 4)
				assert_true(
				    minted_verifies(f, token, alg_find(names[i])->key, names[i]));
			free(sig);
			free(token);
		}
}

static void
says(struct minted *f, const char *spec, enum errcode want, const char *text)
{
	struct err e = { .code = E_OK };

	free(minted_by(f, ALG_RS256, spec, want, &e));
	assert_string_equal(e.text, text);
}

static void
what_does_not_fit_is_an_error_and_no_token(void **state)
{
	struct minted *f = *state;

	says(f, "{\"mutate\":[\"sig.zero\",\"sig.r0\"]}", E_FORMAT,
	    ".mutate[1]: sig.r0 does not fit the signature");
	says(f, "{\"mutate\":[\"sig.strip\"]}", E_FORMAT,
	    ".mutate[0]: sig.strip does not fit the signature");
	says(f, "{\"mutate\":[\"sig.leading0\"]}", E_FORMAT,
	    ".mutate[0]: sig.leading0 is for ECDSA alone");
	says(f, "{\"mutate\":[[\"pss.salt\",0]]}", E_FORMAT, ".mutate: pss.* do not fit RS256");
	says(f, "{\"mutate\":[[\"json.dup\",\"payload\",\"nope\",1]]}", E_FORMAT,
	    ".mutate[0]: json.dup does not fit the text");
	says(f, "{\"mutate\":[[\"seg.drop\",3]]}", E_FORMAT,
	    ".mutate[0]: seg.drop does not fit the token");
	says(f, "{\"claims\":{\"text\":\"\"},\"mutate\":[[\"b64.trail\",\"payload\"]]}", E_FORMAT,
	    ".mutate[0]: b64.trail does not fit the segment");
	says(f, "{\"alg\":\"ES256\",\"key\":\"rs256\"}", E_FORMAT,
	    ": ES256 does not go with a key of type RSA");
	says(f, "{\"key\":\"es256\",\"sign\":\"hmac:pkcs1\"}", E_FORMAT,
	    ".sign: the key has no form pkcs1");
	says(f, "{\"sign\":{\"sig\":\"\"},\"mutate\":[[\"b64.plus\",\"signature\"]]}", E_FORMAT,
	    ": no signature is as the mutators need it");
	says(f, "{\"mutate\":[[\"sig.covers\",\"reencoded\"]],\"claims\":{\"text\":\"{\"}}",
	    E_FORMAT, ": cannot sign that");
}

static void
without_a_key_there_is_no_token(void **state)
{
	struct minted *f = *state;
	const struct mint m = { &f->keys, NULL, &f->ids, NULL };
	char *token = NULL;

	assert_int_equal(mint_token(&m, f->claims, NULL, &token, NULL), E_KEYS);
	assert_null(token);
}

/* Placeholders are filled in between the check and this. */
static void
a_script_is_judged_again(void **state)
{
	says(*state, "{\"mutate\":[\"b64.padd\"]}", E_CFG, ".mutate[0]: unknown mutator b64.padd");
	says(*state, "{\"text\":5}", E_CFG, ".text: must be a text, and alone");
	says(*state, "[]", E_CFG, ": must be an object");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_algorithm_of_a_provider_verifies_with_openssl),
		cmocka_unit_test(rs_and_es_verify_with_libjwt),
		cmocka_unit_test(our_own_tokens_are_libjwts),
		cmocka_unit_test(whatever_libjwt_can_sign_is_libjwts),
		cmocka_unit_test(one_seed_makes_the_same_tokens),
		cmocka_unit_test(hmac_is_keyed_with_the_clients_secret),
		cmocka_unit_test(hmac_is_keyed_with_the_public_key_on_demand),
		cmocka_unit_test(a_token_can_be_any_text),
		cmocka_unit_test(a_token_is_as_long_as_asked),
		cmocka_unit_test(a_token_lies_in_a_token),
		cmocka_unit_test(signatures_begin_with_a_zero_octet_when_they_have_to),
		cmocka_unit_test(a_signature_has_letters_for_the_other_alphabet),
		cmocka_unit_test(what_does_not_fit_is_an_error_and_no_token),
		cmocka_unit_test(without_a_key_there_is_no_token),
		cmocka_unit_test(a_script_is_judged_again),
	};
	return cmocka_run_group_tests(tests, minted_setup, minted_teardown);
}
