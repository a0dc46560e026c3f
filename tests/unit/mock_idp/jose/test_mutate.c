/* Mutators as a script writes them. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/mutate.h"
#include "tests/support/unit.h"

static json_t *
load(const char *text)
{
	json_t *o = json_loads(text, JSON_DECODE_ANY, NULL);

	assert_non_null(o);
	return o;
}

static void
a_mutator_is_a_name_or_a_name_with_arguments(void **state)
{
	struct mutate m;
	json_t *bare = load("\"sig.zero\""), *full = load("[\"x\",\"a\",7,null]"),
	       *alone = load("[\"y\"]");

	(void)state;
	assert_int_equal(mutate_read(&m, bare, NULL), E_OK);
	assert_string_equal(m.name, "sig.zero");
	assert_int_equal(m.n, 0);
	assert_int_equal(mutate_read(&m, full, NULL), E_OK);
	assert_string_equal(m.name, "x");
	assert_int_equal(m.n, 3);
	assert_string_equal(mutate_text(&m, 0), "a");
	assert_int_equal(mutate_number(&m, 1), 7);
	assert_null(mutate_text(&m, 3));
	assert_int_equal(mutate_number(&m, 3), 0);
	assert_true(mutate_says(&m, 0, "a"));
	assert_false(mutate_says(&m, 0, "b"));
	assert_false(mutate_says(&m, 3, "a"));
	assert_int_equal(mutate_read(&m, alone, NULL), E_OK);
	assert_int_equal(m.n, 0);
	json_decref(bare);
	json_decref(full);
	json_decref(alone);
}

static void
nothing_else_is_one(void **state)
{
	static const char *const texts[] = { "1", "{}", "[]", "[1]", "[[\"x\"]]", "null",
		"[\"x\",1,2,3,4,5]" };
	struct mutate m;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		json_t *o = load(texts[i]);
		struct err e = { .code = E_OK };

		assert_int_equal(mutate_read(&m, o, &e), E_CFG);
		assert_int_equal(strncmp(e.text, ": ", 2), 0);
		json_decref(o);
	}
	assert_int_equal(mutate_read(&m, NULL, NULL), E_CFG);
}

/* text NULL: it is right */
static void
says(const char *item, const char *before, const char *args, const char *text)
{
	struct err e = { .code = E_OK };
	json_t *o = load(item);
	struct mutate m;

	assert_int_equal(mutate_read(&m, o, NULL), E_OK);
	assert_int_equal(mutate_check(&m, before, args, &e), text == NULL ? E_OK : E_CFG);
	assert_string_equal(e.text, text == NULL ? "" : text);
	json_decref(o);
}

static void
arguments_are_those_of_the_row(void **state)
{
	(void)state;
	says("\"x\"", "", "", NULL);
	says("[\"x\",1]", "", "", ": x takes no argument");
	says("[\"x\",\"a\"]", "", "text", NULL);
	says("[\"x\",1]", "", "text", ": x takes text");
	says("\"x\"", "", "text", ": x takes text");
	says("[\"x\",\"a\",\"b\"]", "", "text", ": x takes text");
	says("[\"x\",0]", "", "number", NULL);
	says("[\"x\",-1]", "", "number", ": x takes number");
	says("[\"x\",1.5]", "", "number", ": x takes number");
	says("[\"x\",\"1\"]", "", "number", ": x takes number");
	says("[\"x\",16777216]", "", "number", NULL);
	says("[\"x\",16777217]", "", "number", ": x takes number");
	says("[\"x\",\"00aF\"]", "", "hex", NULL);
	says("[\"x\",\"0\"]", "", "hex", ": x takes hex");
	says("[\"x\",\"0g\"]", "", "hex", ": x takes hex");
	says("[\"x\",null]", "", "value", NULL);
	says("\"x\"", "", "value", ": x takes value");
}

static void
words_are_whole_and_one_of_the_row(void **state)
{
	(void)state;
	says("[\"x\",\"a\"]", "", "a|bc", NULL);
	says("[\"x\",\"bc\"]", "", "a|bc", NULL);
	says("[\"x\",\"b\"]", "", "a|bc", ": x takes a|bc");
	says("[\"x\",\"\"]", "", "a|bc", ": x takes a|bc");
	says("[\"x\",\"a|bc\"]", "", "a|bc", ": x takes a|bc");
	says("[\"x\",\"text\",\"text\"]", "", "a|bc text", ": x takes a|bc text");
}

static void
what_stands_in_brackets_may_be_left_out(void **state)
{
	(void)state;
	says("[\"x\",\"t\"]", "", "text [a|b]", NULL);
	says("[\"x\",\"t\",\"b\"]", "", "text [a|b]", NULL);
	says("[\"x\",\"t\",\"c\"]", "", "text [a|b]", ": x takes text [a|b]");
	says("\"x\"", "", "[number]", NULL);
	says("[\"x\",3]", "", "[number]", NULL);
	says("[\"x\",3,3]", "", "[number]", ": x takes [number]");
}

static void
arguments_of_others_come_before(void **state)
{
	(void)state;
	says("[\"x\",\"header\",\"t\"]", "header|payload", "text", NULL);
	says("[\"x\",\"t\"]", "header|payload", "text", ": x takes header|payload text");
	says("[\"x\",\"header\"]", "header|payload", "", NULL);
	says("\"x\"", "header|payload", "", ": x takes header|payload");
	says("[\"x\",\"header\"]", "header|payload", "text", ": x takes header|payload text");
}

static enum errcode
judge(const struct mutate *m, struct err *e)
{
	return strcmp(m->name, "x") == 0 ? E_OK : err_set(e, E_CFG, NULL, ": no %s", m->name);
}

static void
the_first_wrong_one_of_a_list_is_named(void **state)
{
	static const struct {
		const char *list, *text; /* NULL: right */
	} rows[] = {
		{ "[]", NULL },
		{ "[\"x\",[\"x\",1]]", NULL },
		{ "[\"x\",\"y\",\"z\"]", ".at[1]: no y" },
		{ "[1]", ".at[0]: a mutator is a name or [name, argument ...]" },
		{ "{}", ".at: must be an array of mutators" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_t *o = load(rows[i].list);
		struct err e = { .code = E_OK };

		assert_int_equal(
		    mutate_check_list(o, ".at", judge, &e), rows[i].text == NULL ? E_OK : E_CFG);
		if (rows[i].text != NULL)
			assert_string_equal(e.text, rows[i].text);
		json_decref(o);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_first_wrong_one_of_a_list_is_named),
		cmocka_unit_test(a_mutator_is_a_name_or_a_name_with_arguments),
		cmocka_unit_test(nothing_else_is_one),
		cmocka_unit_test(arguments_are_those_of_the_row),
		cmocka_unit_test(words_are_whole_and_one_of_the_row),
		cmocka_unit_test(what_stands_in_brackets_may_be_left_out),
		cmocka_unit_test(arguments_of_others_come_before),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
