/* The table of algorithms. */
#include "config.h"

#include <string.h>

#include <openssl/evp.h>

#include "mock_idp/jose/alg.h"
#include "tests/support/unit.h"

static void
every_row_is_found_by_its_name_and_its_place(void **state)
{
	(void)state;
	for (int i = 0; i < ALG_COUNT; i++) {
		const struct alg *a = alg_row((enum alg_id)i);

		assert_int_equal(a->id, i);
		assert_ptr_equal(alg_find(a->name), a);
		/* those with a key come first */
		assert_int_equal(a->key[0] != '\0', i < ALG_PUBLIC);
	}
	assert_int_equal(alg_find("PS384")->id, ALG_PS384);
}

static void
names_are_exact(void **state)
{
	(void)state;
	assert_null(alg_find("rs256"));
	assert_null(alg_find("RS256 "));
	assert_null(alg_find("RS25"));
	assert_null(alg_find(""));
	assert_null(alg_find("ES256K"));
}

static void
sizes_are_those_of_the_hash(void **state)
{
	(void)state;
	for (int i = 0; i < ALG_COUNT; i++) {
		const struct alg *a = alg_row((enum alg_id)i);
		const EVP_MD *md = EVP_get_digestbyname(a->digest);

		assert_int_equal(a->hash, md == NULL ? 0 : EVP_MD_get_size(md));
		assert_int_equal(a->coord != 0, a->kind == ALG_ECDSA);
	}
	assert_int_equal(alg_row(ALG_ES512)->coord, 66);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_is_found_by_its_name_and_its_place),
		cmocka_unit_test(names_are_exact),
		cmocka_unit_test(sizes_are_those_of_the_hash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
