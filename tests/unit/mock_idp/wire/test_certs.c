/* The throw-away CA. */
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

static bool
chain_ok(const struct certs *c, int64_t at)
{
	X509_STORE *store = X509_STORE_new();
	X509_STORE_CTX *ctx = X509_STORE_CTX_new();
	bool ok;

	assert_int_equal(X509_STORE_add_cert(store, c->ca), 1);
	assert_int_equal(X509_STORE_CTX_init(ctx, store, c->server, NULL), 1);
	assert_int_equal(X509_STORE_CTX_set_purpose(ctx, X509_PURPOSE_SSL_SERVER), 1);
	X509_VERIFY_PARAM_set_flags(X509_STORE_CTX_get0_param(ctx), X509_V_FLAG_X509_STRICT);
	X509_VERIFY_PARAM_set_time(X509_STORE_CTX_get0_param(ctx), (time_t)at);
	ok = X509_verify_cert(ctx) == 1;
	X509_STORE_CTX_free(ctx);
	X509_STORE_free(store);
	return ok;
}

static void
the_server_certificate_is_good_under_the_ca_for_a_month(void **state)
{
	struct certs c;

	(void)state;
	assert_int_equal(certs_make(&c, NULL, 1800000000, NULL), E_OK);
	assert_true(chain_ok(&c, 1800000000));
	assert_true(chain_ok(&c, 1800000000 + 29 * 86400));
	assert_false(chain_ok(&c, 1800000000 + 31 * 86400));
	assert_int_equal(X509_check_ip_asc(c.server, "127.0.0.1", 0), 1);
	assert_int_equal(X509_check_host(c.server, "localhost", 0, 0, NULL), 1);
	assert_int_equal(X509_check_ip_asc(c.server, "127.0.0.2", 0), 0);
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
	assert_int_equal(certs_make(&c, NULL, 1800000000, NULL), E_OK);
	assert_int_equal(certs_write_ca(&c, path, NULL), E_OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
	assert_non_null(fp = fopen(path, "r"));
	read = PEM_read_X509(fp, NULL, NULL, NULL);
	(void)fclose(fp);
	assert_int_equal(X509_cmp(read, c.ca), 0);
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

	(void)state;
	assert_int_equal(certs_make(&a, &seed, 1800000000, NULL), E_OK);
	assert_int_equal(certs_make(&b, &seed, 1900000000, NULL), E_OK);
	assert_int_equal(certs_make(&c, &other, 1800000000, NULL), E_OK);
	assert_int_equal(X509_cmp(a.ca, b.ca), 0);
	assert_int_equal(X509_cmp(a.server, b.server), 0);
	assert_int_not_equal(X509_cmp(a.ca, c.ca), 0);
	assert_int_not_equal(X509_cmp(a.server, c.server), 0);
	assert_int_equal(X509_verify(a.server, X509_get0_pubkey(a.ca)), 1);
	certs_clear(&a);
	certs_clear(&b);
	certs_clear(&c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_server_certificate_is_good_under_the_ca_for_a_month),
		cmocka_unit_test(the_ca_file_can_be_read_by_all_and_is_never_overwritten),
		cmocka_unit_test(a_seeds_certificates_are_the_same_at_any_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
