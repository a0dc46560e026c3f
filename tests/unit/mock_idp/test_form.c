/* Form text, read. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/form.h"
#include "tests/support/unit.h"

static void
decodes_blanks_and_bytes(void **state)
{
	char *s = form_decode("a+b%2Bc%c3%A4", 13);

	(void)state;
	assert_string_equal(s, "a b+c\xc3\xa4");
	free(s);
}

static void
refuses_broken_escapes_and_nul_bytes(void **state)
{
	(void)state;
	assert_null(form_decode("a%", 2));
	assert_null(form_decode("a%4", 3));
	assert_null(form_decode("%41", 2));
	assert_null(form_decode("%4g", 3));
	assert_null(form_decode("%00", 3));
	assert_null(form_decode("a\0b", 3));
}

static void
parses_pieces_in_order(void **state)
{
	struct pairs p = { .n = 0 };

	(void)state;
	assert_int_equal(form_parse(&p, "a=1&b&&c=x=y&a=", 15), E_OK);
	assert_int_equal(p.n, 4);
	assert_string_equal(pairs_get(&p, "a"), "1");
	assert_string_equal(pairs_get(&p, "b"), "");
	assert_string_equal(pairs_get(&p, "c"), "x=y");
	assert_int_equal(pairs_count(&p, "a"), 2);
	pairs_clear(&p);
	assert_int_equal(form_parse(&p, "a=%zz", 5), E_FORMAT);
	pairs_clear(&p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(decodes_blanks_and_bytes),
		cmocka_unit_test(refuses_broken_escapes_and_nul_bytes),
		cmocka_unit_test(parses_pieces_in_order),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
