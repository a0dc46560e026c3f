/* Mutators of a segment's spelling. */
#include "config.h"

#include <string.h>

#include "common/b64url.h"
#include "mock_idp/jose/mutate_b64.h"
#include "tests/support/unit.h"

static enum errcode
apply(struct buf *b, const char *item)
{
	json_t *o = json_loads(item, 0, NULL);
	struct mutate m;
	enum errcode r;

	assert_int_equal(mutate_read(&m, o, NULL), E_OK);
	assert_non_null(mutate_b64_args(m.name));
	assert_int_equal(mutate_check(&m, "", mutate_b64_args(m.name), NULL), E_OK);
	r = mutate_b64_apply(&m, b, NULL);
	json_decref(o);
	return r;
}

/* want NULL: it does not fit. The strict reader takes the twin, and no other spelling. */
static void
becomes(const char *twin, const char *item, const char *want)
{
	struct buf *b = buf_new(100);
	uint8_t raw[100];
	size_t n;

	assert_true(b64url_decode(raw, sizeof(raw), &n, twin, strlen(twin)));
	assert_int_equal(buf_puts(b, twin), E_OK);
	assert_int_equal(apply(b, item), want == NULL ? E_FORMAT : E_OK);
	if (want != NULL) {
		assert_string_equal(buf_cstr(b), want);
		assert_false(b64url_decode(raw, sizeof(raw), &n, want, strlen(want)));
	}
	buf_free(b);
}

static void
padding_stands_behind_it(void **state)
{
	(void)state;
	becomes("YQ", "[\"b64.pad\",\"header\"]", "YQ==");
	becomes("YWI", "[\"b64.pad\",\"payload\"]", "YWI=");
	becomes("YWJj", "[\"b64.pad\",\"signature\"]", "YWJj=");
	becomes("", "[\"b64.pad\",\"signature\"]", "=");
}

static void
other_bytes_stand_in_its_middle(void **state)
{
	(void)state;
	becomes("YWJj", "[\"b64.ws\",\"header\"]", "YW Jj");
	becomes("YWJj", "[\"b64.nl\",\"header\"]", "YW\nJj");
	becomes("YWJj", "[\"b64.junk\",\"header\",\"*!\"]", "YW*!Jj");
	becomes("YWJj", "[\"dot.in\",\"header\"]", "YW.Jj");
}

static void
the_alphabet_is_base64s(void **state)
{
	(void)state;
	becomes("-_-_", "[\"b64.plus\",\"header\"]", "+/+/");
	becomes("a_bc", "[\"b64.plus\",\"header\"]", "a/bc");
	becomes("abcd", "[\"b64.plus\",\"header\"]", NULL);
	becomes("", "[\"b64.plus\",\"header\"]", NULL);
}

static void
a_bit_is_set_that_no_octet_has(void **state)
{
	(void)state;
	becomes("YQ", "[\"b64.trail\",\"header\"]", "YR");
	becomes("YWI", "[\"b64.trail\",\"header\"]", "YWJ");
	becomes("__8", "[\"b64.trail\",\"header\"]", "__9");
	becomes("YWJj", "[\"b64.trail\",\"header\"]", NULL);
	becomes("", "[\"b64.trail\",\"header\"]", NULL);
}

static void
a_letter_is_percent_encoded(void **state)
{
	(void)state;
	becomes("YWJj", "[\"b64.percent\",\"header\"]", "%59WJj");
	becomes("", "[\"b64.percent\",\"header\"]", NULL);
}

static void
its_length_is_one_that_no_octets_have(void **state)
{
	(void)state;
	becomes("YWJj", "[\"b64.mod1\",\"header\"]", "YWJjA");
	becomes("YQ", "[\"b64.mod1\",\"header\"]", "YQAAA");
	becomes("", "[\"b64.mod1\",\"header\"]", "A");
}

static void
what_it_takes_is_a_segment(void **state)
{
	(void)state;
	assert_string_equal(mutate_b64_args("b64.junk"), "header|payload|signature text");
	assert_null(mutate_b64_args("b64.padd"));
	assert_null(mutate_b64_args("seg.add"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(padding_stands_behind_it),
		cmocka_unit_test(other_bytes_stand_in_its_middle),
		cmocka_unit_test(the_alphabet_is_base64s),
		cmocka_unit_test(a_bit_is_set_that_no_octet_has),
		cmocka_unit_test(a_letter_is_percent_encoded),
		cmocka_unit_test(its_length_is_one_that_no_octets_have),
		cmocka_unit_test(what_it_takes_is_a_segment),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
