/* Whose signatures verify: those that OpenSSL's command line made. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/jose/verify.h"
#include "tests/support/unit.h"

#define SECRET "a-secret-of-32-characters-for-tests"

static const char rsa[] =
    "{\"kty\":\""
    "RSA"
    "\""
    ",\"n\":\""
    "lu2_LEsXhPqrkgbMEKi1aLOzmxow-hPR6A2o-2x18r8snnbp8qh4TukhmoI4rsA7T0I1-bOAoVCktWAoqdrN"
    "49HZ44kIRxyOpOy7PA8elM92G-kI-4-vy2myKtLQTevu_DB2Nubj9N2BW8VfhPU1Mgj-IR36cKw8lHZsgccu"
    "juqHPuok69F8aNxn8c_kQlzPv-QWAl8weAZrl43XVE9uYrt_8RpyxLuZpz-kAUZ04UWW0Nbp1O9bHJcLxW3Q"
    "gj75WofF5en9Go2-sGCh_WhQnJmfygQQYKVSpNUf9afPUfH7U-tJoE4HPFziiowqVHta_pBi-6PfzcPcF0Xj"
    "r0dh7w"
    "\""
    ",\"e\":\""
    "AQAB"
    "\""
    "}";
static const char p256[] = "{\"kty\":\""
                           "EC"
                           "\""
                           ",\"crv\":\""
                           "P-256"
                           "\""
                           ",\"x\":\""
                           "Mzmf8KgkPHqlkLt0FAKb0l4kNJlsmgiCfGL2f-UeJJ4"
                           "\""
                           ",\"y\":\""
                           "XajuVavXitWC23QKXfzjzUavBfxD5hgHFDlvCZqX1Mk"
                           "\""
                           "}";
static const char p384[] = "{\"kty\":\""
                           "EC"
                           "\""
                           ",\"crv\":\""
                           "P-384"
                           "\""
                           ",\"x\":\""
                           "rYXwZcRxJgICn9GGBDp3B8bxVPRzJSRUoM-ijvMaGSMyed3y9mN99NBHCIoZCsQF"
                           "\""
                           ",\"y\":\""
                           "TKa2Xs0ZgWa-J_UhQ4LcndgssTzPOk3kFQ1KmBVvwTi8P7N0DjZxVEz427Q2QoYb"
                           "\""
                           "}";
static const char p521[] =
    "{\"kty\":\""
    "EC"
    "\""
    ",\"crv\":\""
    "P-521"
    "\""
    ",\"x\":\""
    "AcnjyCjxPeeZaYiMmAceMZBhedNZxei8FBwpHp9ScAicG7Ie02Fzc_hcwdfWO3xQg1C25_n32WJJeGrJGKkL"
    "nUFJ"
    "\""
    ",\"y\":\""
    "Af3YbBNqXumgrImdt60F4uOBJDcNjTF9XbgHuoF4hIgyAqie4fgS9JbzbpG6m6cxS9nVp5uGZBOVooPlxk_V"
    "NHOp"
    "\""
    "}";
static const char ed25519[] = "{\"kty\":\""
                              "OKP"
                              "\""
                              ",\"crv\":\""
                              "Ed25519"
                              "\""
                              ",\"x\":\""
                              "6S9az8C7dd_zpUImfXBtNaIa4Iy0WdyrHujf4CwRwpc"
                              "\""
                              "}";

/* Each of {"iss":"joe"}. */
static const struct vector {
	const char *alg, *jwk, *token;
} vectors[] = {
	{ "RS256", rsa,
	    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJqb2UifQ.P0UuFVKSPCnfQHD452TYhJuE36hMDKO3QcznyiF8o8Q0"
	    "IUiIYhjhHMUN7Y2TxcxK5RRqFnhWKtH8kwNa8DO5Hr0hSQzN768CSonU-3FSBKhpFNxkqa19_VZ3yJ2FwAnG"
	    "XaaR7-WMZ0KmGXjVXMwmM-Wk3T6F4JkLw6h9R-CqO3-zEOESdptT7u3aKFb-SbpSRhor6vbJak8rL6brhG_-"
	    "5CnKknBr9D9NXRmNS0vsVsSNamB1eZQlLzCiO_-LSWzCJYFS9r5c6pLb4iq7GT8TV5LrbpxApAttKej4XPaN"
	    "R3b-LLfTIa1tEy71xxenAc88WbD7hvpwhzsFoii3o_wVqA" },
	{ "RS384", rsa,
	    "eyJhbGciOiJSUzM4NCJ9.eyJpc3MiOiJqb2UifQ.dajCs3oNAAP_oKg_iJ_APzMmlby3zZGZHamIopd5ZspZ"
	    "gnhWEfS4_RqZYXOz2GTbtpT4rT4PVYh_fncfnbSeDB-Aa2NcYTUBZN4lEeNdvR9ydpA1VkzktWry7kw5YOnT"
	    "hJJTT64u-WwnzK27u5Fj5_Tuh-2dorfw8DQN1J7fffum_UL1bkRvksclVeB9-NAKHZk9robrHqkjaTOKzzCO"
	    "Va2zTkuIkTxOdTxig6yDAeEG4089NO30D_JLsLIJPp6IGGLqGOgumQF2bztP3mESf2OQvSq7SqxRTqXsceRV"
	    "BWAZxKoLmk8QtAMwSPxbxxi1Vh-EQZ5_cKOsE5tSQsjYIA" },
	{ "RS512", rsa,
	    "eyJhbGciOiJSUzUxMiJ9.eyJpc3MiOiJqb2UifQ.RhWJE2USZ00qBMndZs64GHbvRe24n_IcbxAR0LqPW9sN"
	    "Qo7BBLwujeBFcudgywshlQMH4i-0vVVGACksbSacZX8mdT1M76xROVNe3olEpbiacrnBkaNqvgOpYgl4JT9D"
	    "CN1pFE_8r-amn8d6-4YPHH_LwBfR0dXC1tWFZyV9_5fbUk-smz0fG-WNQ0OReiAArl24HrJN4L3bcyESzp-G"
	    "z8Ib7W2liexhj1HWL8e1xupHMPJdM_7D9SUeXaU9gh155kblP_F6NFH7fZ94HBzWkdksaQ_LkAsxhRIW_txH"
	    "UVHFWhlbYLyoEXLvrvyS-ZkNztGlzetRxz2or2rfnJsIkw" },
	{ "PS256", rsa,
	    "eyJhbGciOiJQUzI1NiJ9.eyJpc3MiOiJqb2UifQ.gx3QrF5JvtLt4Dp0pERTboRaXKsSOVWvOgyRR-P8RPdp"
	    "5q_XQH1-fBhaZ-pp_MrPQtf3gp837QflIJ2fhCIJa1UQRpDRsY8ACYa45FIJo8OzFWDh0UIOJ4ZYAlpVOHZX"
	    "WMUwoP3XTZY4YALiw8x46oiGpR-N2mwgz7NUrTk789CfzWd7WFMLBL6qnHrWqkWRisSvMnDhD3OmRqQULypV"
	    "CIi02Bl8S8MElWMCdxezRi0s6CkVu5_m2aYMYzbhsjhtZuElYJR-4iOcYqUlgmvrhhXqSWh-HrAsWK6U67Op"
	    "OLI9oEPJKu76SaoO7CdoBMXOzx-Wtrpu_dJqD1Dd1JeMig" },
	{ "PS384", rsa,
	    "eyJhbGciOiJQUzM4NCJ9.eyJpc3MiOiJqb2UifQ.UOEkRqXNEUI5mqxsBVSZrF88i6Jk2bZNDEB_pqt_odFY"
	    "3tfbdMJq_doH6gFb5Mt1zoEcSKfy60Wz6Z1iPEwz3VEdtIp5e8FPliddox6upgqgSHZ_sbYxstXpW4iud4rM"
	    "m2trQ5GSS6s89MgHzaCVWA5XKOYx_ofag63Mnzqqgm0pV94g9hCeObStuBprvvypZHHF_lP58xNXSC2uA0GF"
	    "l7UAUGW_Zppwi-WYVN68EKb_0P3NMhu7oqTMFt8fjzwEtMSGKbIRL1XbMdZXkJ32oCkkR01awnwjLxlAupjP"
	    "sf9G6309OFGKNl2Yj9sgYijlI3Ev7Xj3DbvPbsGNSf1lsQ" },
	{ "PS512", rsa,
	    "eyJhbGciOiJQUzUxMiJ9.eyJpc3MiOiJqb2UifQ.QL6jBKwKs6I8Cz3ndqkPQgz7UPE01VTCIv-O9GDXyFbJ"
	    "axAJDYtiwS_MGrzQ_ASeKvjOdCdA4b-WyBLG04lc7ljE-pNhKSwHQ1iUy7XD7MrJeCECKPtyf9Py-ZRWByRq"
	    "LA3O5BrBl0dLhIvgknCGclk1FiSGEBt0V_gwXJmIxab9R0K9hLnJ_mdePTG9s7dIlLhouwsZ_8R0CpSz5K8j"
	    "zpD35njUH8fDMkhIWcLAI3PZ17PnLBr4yO6SIW2oTl9v-FUUowB63gc3Poxjyh4lS__YMaWixzGxB-7YXP_s"
	    "BA2XxrCI8uPl_nGUVpSX5wJlT9rTgLArd2zKH-5ZMKA2uQ" },
	{ "ES256", p256,
	    "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UifQ.1RtMOype8ADQ5vwndEM9NggnBxejTkRq8cizjof62lfn"
	    "JX1xzPzhzvvdAi5EDqTuk9l8njpJiyQaiHRb9t3qYw" },
	{ "ES384", p384,
	    "eyJhbGciOiJFUzM4NCJ9.eyJpc3MiOiJqb2UifQ.uAxPBGq28nD-JlHMWvNURfD3vldfkopxx24df9npt23O"
	    "mckh_DP0VcQ_v19tmE8CoA_yFUh90FqRskEzuS7dHLl_WN6FSDtclI__-"
	    "ZoshBgMcMtJWOFOkfpExSaIcqJ5" },
	{ "ES512", p521,
	    "eyJhbGciOiJFUzUxMiJ9.eyJpc3MiOiJqb2UifQ.AYBanWTF8YZBMXz_19Rn1jjxu9SdSJJJqgfJaX3E5gNt"
	    "aT7SQzIdbIzVr_yQntBPPVtOoQ84RjXPRKqVp8nBaGubAFfmQu9uNmjsGOrsnepiP7zDHKiTb3CZJ5oUQW6u"
	    "icRQ1jmGz7nrBBuyP8DwTFvB4z7lvcUGyb10exP6Ll8-u2jm" },
	{ "EdDSA", ed25519,
	    "eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJqb2UifQ.MI3DGX7T85yqPCc4mI4Fu9ZKmIZrMaRsRr01AGPUAo2o"
	    "ompsCyMJkgIGHzpB2CTjgUXqTD5J8yGtKAz-DIIMAA" },
	{ "HS256", NULL,
	    "eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UifQ.vpNahd1pvYfQI47lo1rXkvsWY5OFqOr7YGVsN4cMXQ8" },
	{ "HS384", NULL,
	    "eyJhbGciOiJIUzM4NCJ9.eyJpc3MiOiJqb2UifQ.kPNauhixq0ITcrDsAxdW7lXOF6xE5YCKVSglRMPoFuB8"
	    "uJU1D1EyhGBGx_AIv2l3" },
	{ "HS512", NULL,
	    "eyJhbGciOiJIUzUxMiJ9.eyJpc3MiOiJqb2UifQ.JHaFC4DuW3k6YXeBzeN2K2n7SOuisMwfFyX5GEqUGF3t"
	    "8chILWBUm-lzTi0n1JfoueLJ4ptJW184ZlFYVwuqQw" },
};
#define VECTORS (sizeof(vectors) / sizeof(vectors[0]))

static bool
verifies(const char *alg, const char *jwk_text, const char *token)
{
	json_t *jwk = jwk_text == NULL ? NULL : json_loads(jwk_text, 0, NULL);
	const struct alg *a = alg_find(alg);
	struct compact c;
	bool ok;

	assert_true((jwk_text == NULL) == (jwk == NULL));
	assert_non_null(a);
	assert_true(compact_read(&c, token));
	ok = jwk == NULL ? verify_hmac(a, SECRET, &c) : verify_jwk(a, jwk, &c);
	compact_clear(&c);
	json_decref(jwk);
	return ok;
}

static const struct vector *
vector_of(const char *alg)
{
	for (size_t i = 0; i < VECTORS; i++)
		if (strcmp(vectors[i].alg, alg) == 0)
			return &vectors[i];
	return NULL;
}

static void
what_openssl_signed_verifies(void **state)
{
	(void)state;
	for (size_t i = 0; i < VECTORS; i++)
		assert_true(verifies(vectors[i].alg, vectors[i].jwk, vectors[i].token));
}

static void
one_bit_of_a_signature_breaks_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < VECTORS; i++) {
		char *token = strdup(vectors[i].token), *sig;

		assert_non_null(token);
		sig = strrchr(token, '.') + 1;
		*sig = *sig == 'A' ? 'B' : 'A';
		assert_false(verifies(vectors[i].alg, vectors[i].jwk, token));
		free(token);
	}
}

static void
a_signature_has_its_length(void **state)
{
	(void)state;
	for (size_t i = 0; i < VECTORS; i++) {
		const struct alg *a = alg_find(vectors[i].alg);
		json_t *jwk = vectors[i].jwk == NULL ? NULL : json_loads(vectors[i].jwk, 0, NULL);
		struct compact c;

		assert_true(compact_read(&c, vectors[i].token));
		for (int more = -1; more <= 1; more += 2) {
			c.siglen += (size_t)more;
			assert_false(
			    jwk == NULL ? verify_hmac(a, SECRET, &c) : verify_jwk(a, jwk, &c));
			c.siglen -= (size_t)more;
		}
		compact_clear(&c);
		json_decref(jwk);
	}
}

static void
one_character_of_the_claims_breaks_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < VECTORS; i++) {
		char *token = strdup(vectors[i].token), *claims;

		assert_non_null(token);
		/* {"iss":"joe"} to {"iss":"jod"} */
		claims = strchr(token, '.') + 1;
		claims[14] = 'Q';
		assert_false(verifies(vectors[i].alg, vectors[i].jwk, token));
		free(token);
	}
}

static void
a_signature_is_good_for_one_algorithm(void **state)
{
	(void)state;
	for (size_t i = 0; i < VECTORS; i++)
		for (size_t k = 0; k < VECTORS; k++)
			if (i != k && (vectors[i].jwk == NULL) == (vectors[k].jwk == NULL))
				assert_false(
				    verifies(vectors[k].alg, vectors[i].jwk, vectors[i].token));
}

static void
a_key_does_what_it_was_made_for(void **state)
{
	const struct vector *v = vector_of("EdDSA");
	json_t *jwk = json_loads(v->jwk, 0, NULL);
	static const struct {
		const char *member, *value;
		bool good;
	} cases[] = { { "use", "sig", true }, { "use", "enc", false }, { "alg", "EdDSA", true },
		{ "alg", "ES256", false }, { "crv", "Ed448", false }, { "kty", "EC", false } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		json_t *copy = json_copy(jwk);
		char *text;

		assert_int_equal(
		    json_object_set_new(copy, cases[i].member, json_string(cases[i].value)), 0);
		assert_non_null(text = json_dumps(copy, 0));
		assert_int_equal(verifies(v->alg, text, v->token), cases[i].good);
		free(text);
		json_decref(copy);
	}
	json_decref(jwk);
}

static void
a_secret_is_no_key_and_a_key_no_secret(void **state)
{
	const struct vector *hs = vector_of("HS256"), *es = vector_of("ES256");
	struct compact c;

	(void)state;
	assert_false(verifies("HS256", es->jwk, hs->token));
	assert_true(compact_read(&c, es->token));
	assert_false(verify_hmac(alg_find("ES256"), SECRET, &c));
	compact_clear(&c);
	assert_true(compact_read(&c, hs->token));
	assert_true(verify_hmac(alg_find("HS256"), SECRET, &c));
	assert_false(verify_hmac(alg_find("HS256"), SECRET "x", &c));
	assert_false(verify_hmac(alg_find("none"), SECRET, &c));
	compact_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_openssl_signed_verifies),
		cmocka_unit_test(one_bit_of_a_signature_breaks_it),
		cmocka_unit_test(a_signature_has_its_length),
		cmocka_unit_test(one_character_of_the_claims_breaks_it),
		cmocka_unit_test(a_signature_is_good_for_one_algorithm),
		cmocka_unit_test(a_key_does_what_it_was_made_for),
		cmocka_unit_test(a_secret_is_no_key_and_a_key_no_secret),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
