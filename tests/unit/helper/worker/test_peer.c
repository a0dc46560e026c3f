/* The name that a certificate must be for: a handshake in memory, no network. */
#include "config.h"

#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include "helper/worker/peer.h"
#include "tests/support/unit.h"

static EVP_PKEY *key;

/* Self-signed, and trusted as it is: only the name can be wrong. san NULL: none. */
static X509 *
certificate(const char *cn, const char *san)
{
	X509 *c = X509_new();
	X509_NAME *n = X509_get_subject_name(c);
	X509V3_CTX ctx;

	assert_int_equal(X509_set_version(c, 2), 1);
	assert_non_null(ASN1_INTEGER_set(X509_get_serialNumber(c), 1) == 1 ? c : NULL);
	(void)X509_gmtime_adj(X509_getm_notBefore(c), -60);
	(void)X509_gmtime_adj(X509_getm_notAfter(c), 3600);
	assert_int_equal(
	    X509_NAME_add_entry_by_txt(n, "CN", MBSTRING_ASC, (const unsigned char *)cn, -1, -1, 0),
	    1);
	assert_int_equal(X509_set_issuer_name(c, n), 1);
	assert_int_equal(X509_set_pubkey(c, key), 1);
	X509V3_set_ctx(&ctx, c, c, NULL, NULL, 0);
	if (san != NULL) {
		X509_EXTENSION *x = X509V3_EXT_conf_nid(NULL, &ctx, NID_subject_alt_name, san);

		assert_int_equal(X509_add_ext(c, x, -1), 1);
		X509_EXTENSION_free(x);
	}
	assert_true(X509_sign(c, key, EVP_sha256()) > 0);
	return c;
}

static bool
shakes_hands(SSL_CTX *client, X509 *cert)
{
	SSL_CTX *server = SSL_CTX_new(TLS_server_method());
	SSL *a = SSL_new(client), *b;
	BIO *x, *y;
	bool done = false;

	assert_int_equal(SSL_CTX_use_certificate(server, cert), 1);
	assert_int_equal(SSL_CTX_use_PrivateKey(server, key), 1);
	b = SSL_new(server);
	assert_int_equal(BIO_new_bio_pair(&x, 0, &y, 0), 1);
	SSL_set_bio(a, x, x);
	SSL_set_bio(b, y, y);
	for (int i = 0; i < 20 && !done; i++) {
		int r = SSL_connect(a);

		(void)SSL_accept(b);
		done = r == 1;
		if (r <= 0 && SSL_get_error(a, r) != SSL_ERROR_WANT_READ)
			break;
	}
	SSL_free(a);
	SSL_free(b);
	SSL_CTX_free(server);
	return done;
}

static bool
accepted(const char *host, const char *cn, const char *san)
{
	SSL_CTX *client = SSL_CTX_new(TLS_client_method());
	X509 *cert = certificate(cn, san);
	bool ok;

	SSL_CTX_set_verify(client, SSL_VERIFY_PEER, NULL);
	assert_int_equal(X509_STORE_add_cert(SSL_CTX_get_cert_store(client), cert), 1);
	assert_true(peer_must_be(client, host));
	ok = shakes_hands(client, cert);
	X509_free(cert);
	SSL_CTX_free(client);
	return ok;
}

/* H-10, C-156; each refusal beside the same certificate for the right name */
static void
the_alternative_name_counts_and_nothing_else(void **state)
{
	static const struct {
		const char *host, *cn, *san;
		bool ok;
	} row[] = {
		{ "auth.example.com", "x", "DNS:auth.example.com", true },
		{ "auth.example.com", "auth.example.com", "DNS:other.example.com", false },
		{ "auth.example.com", "auth.example.com", NULL, false },
		{ "auth.example.com", "x", "DNS:*.example.com", true },
		{ "auth.example.com", "x", "DNS:*", false },
		{ "auth.example.com", "x", "DNS:a*.example.com", false },
		{ "auth.example.com", "x", "DNS:*.com", false },
		{ "127.0.0.1", "x", "IP:127.0.0.1", true },
		{ "127.0.0.1", "127.0.0.1", NULL, false },
		{ "127.0.0.1", "x", "DNS:127.0.0.1", false },
		{ "127.0.0.1", "x", "IP:127.0.0.2", false },
		{ "[::1]", "x", "IP:::1", true },
		{ "[::1]", "::1", NULL, false },
		{ "[::1]", "x", "IP:::2", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (accepted(row[i].host, row[i].cn, row[i].san) != row[i].ok)
			fail_msg("row %zu: %s with CN %s and %s", i, row[i].host, row[i].cn,
			    row[i].san == NULL ? "nothing" : row[i].san);
}

static void
nobody_is_no_host(void **state)
{
	SSL_CTX *c = SSL_CTX_new(TLS_client_method());

	(void)state;
	assert_false(peer_must_be(c, ""));
	SSL_CTX_free(c);
}

static int
make_key(void **state)
{
	(void)state;
	return (key = EVP_EC_gen("P-256")) == NULL;
}

static int
drop_key(void **state)
{
	(void)state;
	EVP_PKEY_free(key);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_alternative_name_counts_and_nothing_else),
		cmocka_unit_test(nobody_is_no_host),
	};
	return cmocka_run_group_tests(tests, make_key, drop_key);
}
