/* Lists of json.* mutators: what is refused, where, and in which order they act. */
#include "config.h"

#include "tests/unit/mock_idp/jose/change.h"

static void
says(const char *list, const char *text)
{
	json_t *l = json_loads(list, JSON_DECODE_ANY, NULL);
	struct err e = { .code = E_OK };

	assert_non_null(l);
	assert_int_equal(jsontext_check(l, &e), text == NULL ? E_OK : E_CFG);
	assert_string_equal(e.text, text == NULL ? "" : text);
	json_decref(l);
}

static void
what_cannot_be_understood_is_said_with_its_place(void **state)
{
	(void)state;
	says("[]", NULL);
	says("[\"json.bom\",[\"json.ws\"]]", NULL);
	says("[\"json.bom\",\"json.dupp\"]", "[1]: unknown mutator json.dupp");
	says("[[\"json.dup\",\"a\"]]", "[0]: json.dup takes text value [first|last]");
	says("[[\"json.bom\",1]]", "[0]: json.bom takes no argument");
	says("[3]", "[0]: a mutator is a name or [name, argument ...]");
	says("[\"sig.zero\"]", "[0]: unknown mutator sig.zero");
	says("{}", ": must be an array of mutators");
	says("\"json.bom\"", ": must be an array of mutators");
}

static void
they_act_one_after_the_other(void **state)
{
	(void)state;
	becomes("{}", "[[\"json.raw\",\"a\",\"1\"],[\"json.dup\",\"a\",2],\"json.wrap-array\"]",
	    "[{\"a\":1,\"a\":2}]");
	does_not_fit("{}", "[\"json.wrap-array\",[\"json.raw\",\"a\",\"1\"]]");
}

static void
what_does_not_fit_is_said_with_its_place(void **state)
{
	json_t *l = json_loads("[\"json.bom\",[\"json.dup\",\"a\",1]]", 0, NULL);
	struct buf *b = buf_new(100);
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(buf_puts(b, "{}"), E_OK);
	assert_int_equal(jsontext_apply(l, b, &e), E_FORMAT);
	assert_string_equal(e.text, "[1]: json.dup does not fit the text");
	json_decref(l);
	buf_free(b);
}

/* Placeholders are filled in between the check and this. */
static void
arguments_are_judged_again(void **state)
{
	json_t *l = json_loads("[[\"json.raw\",\"exp\",1800000000]]", 0, NULL);
	struct buf *b = buf_new(100);
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(buf_puts(b, "{}"), E_OK);
	assert_int_equal(jsontext_apply(l, b, &e), E_CFG);
	assert_string_equal(e.text, "[0]: json.raw takes text text");
	json_decref(l);
	buf_free(b);
}

static void
the_buffer_keeps_its_limit(void **state)
{
	json_t *l = json_loads("[[\"json.pad\",101]]", 0, NULL);
	struct buf *b = buf_new(100);

	(void)state;
	assert_int_equal(buf_puts(b, "{}"), E_OK);
	assert_int_equal(jsontext_apply(l, b, NULL), E_LIMIT);
	json_decref(l);
	buf_free(b);
}

static void
a_member_can_be_added(void **state)
{
	struct buf *b = buf_new(100);

	(void)state;
	assert_int_equal(buf_puts(b, "{}"), E_OK);
	assert_int_equal(jsontext_add(b, "\"a\":1"), E_OK);
	assert_int_equal(jsontext_add(b, "\"b\":2"), E_OK);
	assert_string_equal(buf_cstr(b), "{\"a\":1,\"b\":2}");
	buf_reset(b);
	assert_int_equal(buf_puts(b, "[]"), E_OK);
	assert_int_equal(jsontext_add(b, "\"a\":1"), E_FORMAT);
	buf_free(b);
}

static void
a_name_tells_what_it_takes(void **state)
{
	(void)state;
	assert_string_equal(jsontext_args("json.nul"), "[text]");
	assert_string_equal(jsontext_args("json.bom"), "");
	assert_null(jsontext_args("json"));
	assert_null(jsontext_args("b64.pad"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_cannot_be_understood_is_said_with_its_place),
		cmocka_unit_test(they_act_one_after_the_other),
		cmocka_unit_test(what_does_not_fit_is_said_with_its_place),
		cmocka_unit_test(arguments_are_judged_again),
		cmocka_unit_test(the_buffer_keeps_its_limit),
		cmocka_unit_test(a_member_can_be_added),
		cmocka_unit_test(a_name_tells_what_it_takes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
