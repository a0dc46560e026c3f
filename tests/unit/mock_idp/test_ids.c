/* Codes, tokens and identifiers. */
#include "config.h"

#include <string.h>

#include "mock_idp/ids.h"
#include "tests/support/unit.h"

static bool
counting(void *arg, void *p, size_t len)
{
	uint8_t *next = arg, *out = p;

	for (size_t i = 0; i < len; i++)
		out[i] = (*next)++;
	return true;
}

static bool
none(void *arg, void *p, size_t len)
{
	(void)arg;
	(void)p;
	(void)len;
	return false;
}

static void
opaque_texts_have_authelias_shape(void **state)
{
	char a[IDS_OPAQUE_SIZE], b[IDS_OPAQUE_SIZE];

	(void)state;
	assert_true(ids_opaque(&ids_system, "authelia_dc_", a));
	assert_true(ids_opaque(&ids_system, "authelia_dc_", b));
	assert_int_equal(strlen(a), 99);
	assert_int_equal(strncmp(a, "authelia_dc_", 12), 0);
	assert_int_equal(a[12 + 43], '.');
	assert_int_not_equal(strcmp(a, b), 0);
}

static void
user_codes_use_twenty_letters_evenly(void **state)
{
	uint8_t next = 250;
	struct ids ids = { counting, &next };
	char code[IDS_USER_CODE_SIZE];

	(void)state;
	/* 250 to 255 are thrown away */
	assert_true(ids_user_code(&ids, &ids_form_default, code));
	assert_string_equal(code, "BCDFGHJK");
}

static void
user_codes_follow_their_pattern(void **state)
{
	const struct ids_form form = { "0123456789", "E##-#", NULL, false, false };
	uint8_t next = 248;
	struct ids ids = { counting, &next };
	char code[IDS_USER_CODE_SIZE];

	(void)state;
	/* 250 and above are thrown away: no digit is likelier than another */
	assert_true(ids_user_code(&ids, &form, code));
	assert_string_equal(code, "E89-0");
}

static void
codes_are_typed_exactly_or_not(void **state)
{
	struct ids_form form = ids_form_default;

	(void)state;
	assert_true(ids_same_code(&form, "ABCD-EFGH", "ABCD-EFGH"));
	assert_false(ids_same_code(&form, "ABCD-EFGH", "abcd-efgh"));
	assert_false(ids_same_code(&form, "ABCD-EFGH", "ABCDEFGH"));
	form.loose = true;
	assert_true(ids_same_code(&form, "ABCD-EFGH", "abcdefgh"));
	assert_true(ids_same_code(&form, "ABCD-EFGH", "AB-CD-EF-GH-"));
	assert_false(ids_same_code(&form, "ABCD-EFGH", "ABCD-EFG"));
	assert_false(ids_same_code(&form, "ABCD-EFGH", "ABCD-EFGHI"));
	assert_false(ids_same_code(&form, "ABCD-EFGH", ""));
}

static void
uuids_are_of_version_4(void **state)
{
	uint8_t next = 0;
	struct ids ids = { counting, &next };
	char uuid[IDS_UUID_SIZE];

	(void)state;
	assert_true(ids_uuid(&ids, uuid));
	assert_string_equal(uuid, "00010203-0405-4607-8809-0a0b0c0d0e0f");
}

static void
says_when_there_are_no_random_bytes(void **state)
{
	struct ids ids = { none, NULL };
	char out[IDS_OPAQUE_SIZE];

	(void)state;
	assert_false(ids_opaque(&ids, "x", out));
	assert_false(ids_user_code(&ids, &ids_form_default, out));
	assert_false(ids_uuid(&ids, out));
}

static void
odd_codes_need_encoding(void **state)
{
	char code[] = "authelia_dc_0123456789", few[] = "1234567";

	(void)state;
	ids_make_odd(code);
	assert_string_equal(code, "authelia_dc_01+/=&%25\"");
	ids_make_odd(few);
	assert_string_equal(few, "1234567");
}

static void
random_octets_are_43_characters(void **state)
{
	char a[IDS_RANDOM_SIZE], b[IDS_RANDOM_SIZE];

	(void)state;
	assert_true(ids_random(&ids_system, a));
	assert_true(ids_random(&ids_system, b));
	assert_int_equal(strlen(a), 43);
	assert_string_not_equal(a, b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opaque_texts_have_authelias_shape),
		cmocka_unit_test(user_codes_use_twenty_letters_evenly),
		cmocka_unit_test(user_codes_follow_their_pattern),
		cmocka_unit_test(codes_are_typed_exactly_or_not),
		cmocka_unit_test(uuids_are_of_version_4),
		cmocka_unit_test(says_when_there_are_no_random_bytes),
		cmocka_unit_test(odd_codes_need_encoding),
		cmocka_unit_test(random_octets_are_43_characters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
