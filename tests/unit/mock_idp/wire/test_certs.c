/* The throw-away CA, and what a client has to refuse. */
#include "config.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "mock_idp/wire/certs.h"
#include "tests/support/unit.h"

#define HOST "127.0.0.1"
#define WALL 1800000000

/* X509_V_OK, or why a client that trusts the CA and wants 127.0.0.1 refuses it at that time. */
static int
refusal(struct certs *c, enum tlsfault_cert kind, int64_t at)
{
	X509_STORE *store = X509_STORE_new();
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	STACK_OF(X509) *sent = sk_X509_new_null();
	X509 *chain = NULL;
	const struct certs_pair *p = certs_get(c, kind, &chain);
	X509_VERIFY_PARAM *param;
	int r;

	assert_non_null(p);
	if (chain != NULL)
		assert_int_equal(sk_X509_push(sent, chain), 1);
	assert_int_equal(X509_STORE_add_cert(store, c->ca.cert), 1);
	assert_int_equal(X509_STORE_CTX_init(ctx, store, p->cert, sent), 1);
	assert_int_equal(X509_STORE_CTX_set_purpose(ctx, X509_PURPOSE_SSL_SERVER), 1);
	param = X509_STORE_CTX_get0_param(ctx);
	X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_X509_STRICT);
	X509_VERIFY_PARAM_set_time(param, (time_t)at);
	X509_VERIFY_PARAM_set_auth_level(param, 2);
	assert_int_equal(X509_VERIFY_PARAM_set1_ip_asc(param, HOST), 1);
	r = X509_verify_cert(ctx) == 1 ? X509_V_OK : X509_STORE_CTX_get_error(ctx);
	X509_STORE_CTX_free(ctx);
	X509_STORE_free(store);
	sk_X509_free(sent);
	return r;
}

static void
the_server_certificate_is_good_under_the_ca_for_a_month(void **state)
{
	struct certs c;

	(void)state;
	assert_int_equal(certs_make(&c, HOST, "localhost", NULL, WALL, NULL), E_OK);
	assert_int_equal(refusal(&c, TLSFAULT_GOOD, WALL), X509_V_OK);
	assert_int_equal(refusal(&c, TLSFAULT_GOOD, WALL + 29 * 86400), X509_V_OK);
	assert_int_equal(
	    refusal(&c, TLSFAULT_GOOD, WALL + 31 * 86400), X509_V_ERR_CERT_HAS_EXPIRED);
	assert_int_equal(X509_check_ip_asc(c.leaf[TLSFAULT_GOOD].cert, HOST, 0), 1);
	assert_int_equal(X509_check_host(c.leaf[TLSFAULT_GOOD].cert, "localhost", 0, 0, NULL), 1);
	assert_int_equal(X509_check_ip_asc(c.leaf[TLSFAULT_GOOD].cert, "127.0.0.2", 0), 0);
	certs_clear(&c);
}

/* Each differs from the good one in the one thing that it is refused for. */
static void
each_kind_is_refused_for_its_own_reason(void **state)
{
	static const int why[TLSFAULT_CERTS] = {
		[TLSFAULT_GOOD] = X509_V_OK,
		[TLSFAULT_EXPIRED] = X509_V_ERR_CERT_HAS_EXPIRED,
		[TLSFAULT_NOT_YET] = X509_V_ERR_CERT_NOT_YET_VALID,
		[TLSFAULT_WRONG_NAME] = X509_V_ERR_IP_ADDRESS_MISMATCH,
		[TLSFAULT_CN_ONLY] = X509_V_ERR_IP_ADDRESS_MISMATCH,
		[TLSFAULT_STAR] = X509_V_ERR_IP_ADDRESS_MISMATCH,
		[TLSFAULT_NO_IP] = X509_V_ERR_IP_ADDRESS_MISMATCH,
		[TLSFAULT_CLIENT_EKU] = X509_V_ERR_INVALID_PURPOSE,
		[TLSFAULT_WEAK] = X509_V_ERR_EE_KEY_TOO_SMALL,
		[TLSFAULT_SELF_SIGNED] = X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
		[TLSFAULT_OTHER_CA] = X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
		[TLSFAULT_NO_INTERMEDIATE] = X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
		[TLSFAULT_CHAIN] = X509_V_OK,
	};
	const uint64_t seed = 5;

	(void)state;
	for (int seeded = 0; seeded < 2; seeded++) {
		struct certs c;

		assert_int_equal(
		    certs_make(&c, HOST, "localhost", seeded ? &seed : NULL, WALL, NULL), E_OK);
		for (int i = 0; i < TLSFAULT_CERTS; i++)
			assert_int_equal(refusal(&c, (enum tlsfault_cert)i, WALL), why[i]);
		certs_clear(&c);
	}
}

static void
a_certificate_is_made_once_and_only_when_asked_for(void **state)
{
	struct certs c;
	X509 *chain;
	const struct certs_pair *p;
	const X509 *first;

	(void)state;
	assert_int_equal(certs_make(&c, HOST, "localhost", NULL, WALL, NULL), E_OK);
	assert_null(c.leaf[TLSFAULT_EXPIRED].cert);
	assert_non_null(p = certs_get(&c, TLSFAULT_EXPIRED, &chain));
	first = p->cert;
	assert_null(chain);
	assert_non_null(p = certs_get(&c, TLSFAULT_EXPIRED, &chain));
	assert_ptr_equal(p->cert, first);
	assert_non_null(certs_get(&c, TLSFAULT_CHAIN, &chain));
	assert_non_null(chain);
	certs_clear(&c);
}

static void
another_address_is_named_instead(void **state)
{
	struct certs c;

	(void)state;
	assert_int_equal(certs_make(&c, "::1", "idp.test", NULL, WALL, NULL), E_OK);
	assert_int_equal(X509_check_host(c.leaf[TLSFAULT_GOOD].cert, "idp.test", 0, 0, NULL), 1);
	assert_int_equal(X509_check_host(c.leaf[TLSFAULT_GOOD].cert, "localhost", 0, 0, NULL), 0);
	assert_int_equal(X509_check_ip_asc(c.leaf[TLSFAULT_GOOD].cert, "::1", 0), 1);
	assert_int_equal(X509_check_ip_asc(c.leaf[TLSFAULT_GOOD].cert, HOST, 0), 0);
	certs_clear(&c);
}

static void
the_ca_file_can_be_read_by_all_and_is_never_overwritten(void **state)
{
	char dir[] = "/tmp/test_certs.XXXXXX", path[64];
	struct certs c;
	struct stat st;
	mode_t old = umask(077);
	X509 *read;
	FILE *fp;

	(void)state;
	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof(path), "%s/ca.pem", dir);
	assert_int_equal(certs_make(&c, HOST, "localhost", NULL, WALL, NULL), E_OK);
	assert_int_equal(certs_write_ca(&c, path, NULL), E_OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
	assert_non_null(fp = fopen(path, "r"));
	read = PEM_read_X509(fp, NULL, NULL, NULL);
	(void)fclose(fp);
	assert_int_equal(X509_cmp(read, c.ca.cert), 0);
	assert_int_equal(certs_write_ca(&c, path, NULL), E_SYS);
	(void)umask(old);
	X509_free(read);
	certs_clear(&c);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
}

static void
a_seeds_certificates_are_the_same_at_any_time(void **state)
{
	const uint64_t seed = 5, other = 6;
	struct certs a, b, c;
	X509 *chain;

	(void)state;
	assert_int_equal(certs_make(&a, HOST, "localhost", &seed, WALL, NULL), E_OK);
	assert_int_equal(certs_make(&b, HOST, "localhost", &seed, 1900000000, NULL), E_OK);
	assert_int_equal(certs_make(&c, HOST, "localhost", &other, WALL, NULL), E_OK);
	for (int i = 0; i < TLSFAULT_CERTS; i++) {
		enum tlsfault_cert kind = (enum tlsfault_cert)i;
		X509 *one = certs_get(&a, kind, &chain)->cert;

		if (kind == TLSFAULT_WEAK)
			continue;
		assert_int_equal(X509_cmp(one, certs_get(&b, kind, &chain)->cert), 0);
		assert_int_not_equal(X509_cmp(one, certs_get(&c, kind, &chain)->cert), 0);
	}
	assert_int_equal(X509_cmp(a.ca.cert, b.ca.cert), 0);
	assert_int_not_equal(X509_cmp(a.ca.cert, c.ca.cert), 0);
	certs_clear(&a);
	certs_clear(&b);
	certs_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_server_certificate_is_good_under_the_ca_for_a_month),
		cmocka_unit_test(each_kind_is_refused_for_its_own_reason),
		cmocka_unit_test(a_certificate_is_made_once_and_only_when_asked_for),
		cmocka_unit_test(another_address_is_named_instead),
		cmocka_unit_test(the_ca_file_can_be_read_by_all_and_is_never_overwritten),
		cmocka_unit_test(a_seeds_certificates_are_the_same_at_any_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
