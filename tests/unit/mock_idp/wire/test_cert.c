/* One certificate. */
#include "config.h"

#include <string.h>

#include <openssl/x509v3.h>

#include "mock_idp/jose/keygen.h"
#include "mock_idp/wire/cert.h"
#include "tests/support/unit.h"

static const struct cert_ext ext[] = {
	{ NID_basic_constraints, "critical,CA:TRUE" },
	{ NID_subject_key_identifier, "hash" },
	{ NID_subject_alt_name, "IP:192.0.2.1" },
	{ NID_undef, NULL },
};

static void
it_is_what_was_ordered(void **state)
{
	EVP_PKEY *key = keygen_ec(NULL, "x");
	const struct cert_order o = { .use = "x",
		.cn = "somebody",
		.from = 1800000000,
		.to = 1800000100,
		.key = key,
		.issuer_key = key,
		.ext = ext };
	X509 *cert = cert_make(&o);
	char cn[32];

	(void)state;
	assert_non_null(cert);
	assert_int_equal(X509_verify(cert, key), 1);
	assert_int_equal(X509_NAME_cmp(X509_get_subject_name(cert), X509_get_issuer_name(cert)), 0);
	assert_true(
	    X509_NAME_get_text_by_NID(X509_get_subject_name(cert), NID_commonName, cn, 32) > 0);
	assert_string_equal(cn, "somebody");
	assert_int_equal(X509_check_ip_asc(cert, "192.0.2.1", 0), 1);
	assert_int_equal(X509_check_ca(cert), 1);
	for (int i = 0; i < 20; i++) {
		X509 *other = cert_make(&o);
		const ASN1_INTEGER *serial = X509_get0_serialNumber(other);

		assert_int_equal(serial->type, V_ASN1_INTEGER);
		assert_int_equal(serial->length, 16);
		assert_true(serial->data[0] < 0x80);
		X509_free(other);
	}
	assert_int_equal(ASN1_TIME_cmp_time_t(X509_get0_notBefore(cert), 1800000000), 0);
	assert_int_equal(ASN1_TIME_cmp_time_t(X509_get0_notAfter(cert), 1800000100), 0);
	X509_free(cert);
	EVP_PKEY_free(key);
}

static void
a_seed_decides_the_serial_number_of_each_use(void **state)
{
	const uint64_t seed = 7;
	EVP_PKEY *key = keygen_ec(&seed, "x");
	struct cert_order o = {
		.seed = &seed, .use = "x", .cn = "c", .key = key, .issuer_key = key, .ext = ext
	};
	X509 *a = cert_make(&o), *b = cert_make(&o), *c;

	(void)state;
	o.use = "y";
	c = cert_make(&o);
	assert_int_equal(ASN1_INTEGER_cmp(X509_get0_serialNumber(a), X509_get0_serialNumber(b)), 0);
	assert_int_not_equal(
	    ASN1_INTEGER_cmp(X509_get0_serialNumber(a), X509_get0_serialNumber(c)), 0);
	X509_free(a);
	X509_free(b);
	X509_free(c);
	EVP_PKEY_free(key);
}

static void
an_extension_that_openssl_does_not_understand_makes_none(void **state)
{
	static const struct cert_ext odd[] = { { NID_subject_alt_name, "IP:nowhere" },
		{ NID_undef, NULL } };
	EVP_PKEY *key = keygen_ec(NULL, "x");
	const struct cert_order o = {
		.use = "x", .cn = "c", .key = key, .issuer_key = key, .ext = odd
	};

	(void)state;
	assert_null(cert_make(&o));
	EVP_PKEY_free(key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_is_what_was_ordered),
		cmocka_unit_test(a_seed_decides_the_serial_number_of_each_use),
		cmocka_unit_test(an_extension_that_openssl_does_not_understand_makes_none),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
