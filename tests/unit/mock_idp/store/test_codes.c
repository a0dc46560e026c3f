/* Device codes. */
#include "config.h"

#include <string.h>

#include "mock_idp/store/codes.h"
#include "tests/support/unit.h"

static void
are_found_by_their_exact_text(void **state)
{
	struct codes codes = { .n = 0 };
	struct code *c = codes_new(&codes, &ids_system, "client", "openid", NULL);
	char wrong[IDS_USER_CODE_SIZE];

	(void)state;
	assert_non_null(c);
	assert_ptr_equal(codes_by_user(&codes, c->user), c);
	assert_ptr_equal(codes_by_device(&codes, c->device), c);
	memcpy(wrong, c->user, sizeof(wrong));
	wrong[0] = (char)(wrong[0] + 32);
	assert_null(codes_by_user(&codes, wrong));
	assert_null(codes_by_device(&codes, c->user));
	codes_clear(&codes);
}

static void
have_the_form_that_is_given(void **state)
{
	const struct ids_form form = { "AB", "##-##", NULL, true, true };
	struct codes codes = { .form = &form };
	struct code *c = codes_new(&codes, &ids_system, "client", "openid", NULL);

	(void)state;
	assert_int_equal(strspn(c->user, "AB-"), 5);
	assert_int_equal(strlen(c->user), 5);
	assert_int_equal(strncmp(c->device, c->user, 5), 0);
	codes_clear(&codes);
	assert_ptr_equal(codes.form, &form);
	codes.form = NULL;
	c = codes_new(&codes, &ids_system, "client", "openid", NULL);
	assert_int_equal(strncmp(c->device, "authelia_dc_", 12), 0);
	codes_clear(&codes);
}

static void
the_last_one_is_the_newest_living_one_in_a_wanted_state(void **state)
{
	struct codes codes = { .n = 0 };
	struct code *a = codes_new(&codes, &ids_system, "client", "", NULL),
	            *b = codes_new(&codes, &ids_system, "client", "", "nonce");

	(void)state;
	a->expires = 10;
	b->expires = 10;
	assert_ptr_equal(codes_last(&codes, 1U << CODE_PENDING, 9), b);
	assert_null(codes_last(&codes, 1U << CODE_PENDING, 10));
	assert_int_equal(codes_approve(b, "alice", 42), E_OK);
	assert_int_equal(b->auth_time, 42);
	assert_ptr_equal(codes_last(&codes, 1U << CODE_PENDING, 9), a);
	assert_ptr_equal(codes_last(&codes, 1U << CODE_PENDING | 1U << CODE_APPROVED, 9), b);
	assert_null(codes_last(&codes, 1U << CODE_DENIED, 9));
	codes_clear(&codes);
}

static void
the_oldest_makes_room(void **state)
{
	struct codes codes = { .n = 0 };
	char first[IDS_OPAQUE_SIZE];

	(void)state;
	memcpy(first, codes_new(&codes, &ids_system, "c", "", NULL)->device, sizeof(first));
	for (int i = 0; i < CODES_MAX; i++)
		assert_non_null(codes_new(&codes, &ids_system, "c", "", NULL));
	assert_int_equal(codes.n, CODES_MAX);
	assert_null(codes_by_device(&codes, first));
	codes_clear(&codes);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(are_found_by_their_exact_text),
		cmocka_unit_test(have_the_form_that_is_given),
		cmocka_unit_test(the_last_one_is_the_newest_living_one_in_a_wanted_state),
		cmocka_unit_test(the_oldest_makes_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
