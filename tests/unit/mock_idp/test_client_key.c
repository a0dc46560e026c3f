/* The key that is given away. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <openssl/pem.h>

#include "mock_idp/client_key.h"
#include "mock_idp/jose/jwkpub.h"
#include "tests/support/unit.h"

static void
a_seed_makes_the_same_one(void **state)
{
	const uint64_t one = 1, two = 2;
	EVP_PKEY *a = client_key_make(&one), *b = client_key_make(&one), *c = client_key_make(&two),
	         *d = client_key_make(NULL), *e = client_key_make(NULL);

	(void)state;
	assert_int_equal(EVP_PKEY_eq(a, b), 1);
	assert_int_not_equal(EVP_PKEY_eq(a, c), 1);
	assert_int_not_equal(EVP_PKEY_eq(d, e), 1);
	EVP_PKEY_free(a);
	EVP_PKEY_free(b);
	EVP_PKEY_free(c);
	EVP_PKEY_free(d);
	EVP_PKEY_free(e);
}

static void
its_jwk_is_public_and_its_own(void **state)
{
	EVP_PKEY *key = client_key_make(NULL), *read;
	json_t *jwk = client_key_jwk(key);

	(void)state;
	assert_non_null(read = jwkpub_read(jwk));
	assert_int_equal(EVP_PKEY_eq(key, read), 1);
	assert_string_equal(json_string_value(json_object_get(jwk, "alg")), "ES256");
	assert_null(json_object_get(jwk, "d"));
	EVP_PKEY_free(read);
	json_decref(jwk);
	EVP_PKEY_free(key);
}

static void
its_file_is_for_everybody_and_says_what_it_is(void **state)
{
	char dir[] = "/tmp/test_client_key.XXXXXX", path[64], line[128];
	EVP_PKEY *key = client_key_make(NULL), *read;
	struct err e = { .code = E_OK };
	struct stat st;
	FILE *f;

	(void)state;
	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof(path), "%s/key.pem", dir);
	assert_int_equal(client_key_write(key, path, NULL), E_OK);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
	assert_non_null(f = fopen(path, "re"));
	assert_non_null(fgets(line, sizeof(line), f));
	assert_non_null(strstr(line, "for tests"));
	assert_non_null(read = PEM_read_PrivateKey(f, NULL, NULL, NULL));
	assert_int_equal(EVP_PKEY_eq(key, read), 1);
	(void)fclose(f);
	/* it does not write over what is there */
	assert_int_equal(client_key_write(key, path, &e), E_SYS);
	assert_non_null(strstr(e.text, path));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("elsewhere", path), 0);
	assert_int_equal(client_key_write(key, path, NULL), E_SYS);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
	EVP_PKEY_free(read);
	EVP_PKEY_free(key);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_seed_makes_the_same_one),
		cmocka_unit_test(its_jwk_is_public_and_its_own),
		cmocka_unit_test(its_file_is_for_everybody_and_says_what_it_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
