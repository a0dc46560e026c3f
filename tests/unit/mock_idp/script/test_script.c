/* A script, read and kept. */
#include "config.h"

#include <stdlib.h>

#include "mock_idp/script/script.h"
#include "tests/support/tmpdir.h"
#include "tests/unit/mock_idp/script/quoted.h"

static enum errcode
parse(struct script **out, const char *s, struct err *e)
{
	char text[1024];

	(void)quoted_text(s, text, sizeof(text));
	return script_parse(out, text, strlen(text), "a.json", NULL, e);
}

static void
options_and_rules_are_kept_in_order(void **state)
{
	struct script *s = NULL;

	(void)state;
	assert_int_equal(
	    parse(&s,
	        "{'options':{'interval':1,'groups-in-id-token':true,'nonce-echo':false,"
	        "'alg':'ES256'},"
	        "'rules':[{'match':{'ep':'jwks'}},{'match':{'ep':'token'}}]}",
	        NULL),
	    E_OK);
	assert_int_equal(s->n, 2);
	assert_string_equal(s->rules[0].match.ep, "jwks");
	assert_string_equal(s->rules[1].name, "rules[1]");
	assert_string_equal(pairs_get(&s->options, "interval"), "1");
	assert_string_equal(pairs_get(&s->options, "groups-in-id-token"), "yes");
	assert_string_equal(pairs_get(&s->options, "nonce-echo"), "no");
	assert_string_equal(pairs_get(&s->options, "alg"), "ES256");
	script_free(s);
	s = NULL;
	assert_int_equal(parse(&s, "{}", NULL), E_OK);
	assert_int_equal(s->n, 0);
	script_free(s);
}

static void
what_is_wrong_is_named_with_its_place(void **state)
{
	static const char *const wrong[][2] = {
		{ "", "a.json: line 1, column 0: '[' or '{' expected near end of file" },
		{ "{\n'rules':[}", "a.json: line 2, column 10: " },
		{ "[]", "a.json: must be an object, is an array" },
		{ "{'rules':[],'rules':[]}", "duplicate object key" },
		{ "{'rule':[]}", "a.json: rule: unknown member" },
		{ "{'rules':{}}", "a.json: rules: must be an array" },
		{ "{'rules':[[]]}", "a.json: rules[0]: must be an object" },
		{ "{'rules':[{'match':{'ep':'jwks'}},{'match':{'ep':'x'}}]}",
		    "a.json: rules[1].match.ep: unknown endpoint x" },
		{ "{'options':[]}", "a.json: options: must be an object" },
		{ "{'options':{'port':1}}", "a.json: options.port: unknown option" },
		{ "{'options':{'interval':'1'}}", "a.json: options.interval: must be a whole" },
		{ "{'options':{'interval':0}}",
		    "a.json: options.interval: cannot be \"0\": must be" },
		{ "{'options':{'alg':'none'}}", "a.json: options.alg: cannot be \"none\": must" },
		{ "{'options':{'nonce-echo':'yes'}}", "options.nonce-echo: must be true or false" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct err e = { .code = E_OK };
		struct script *s = NULL;

		assert_int_equal(parse(&s, wrong[i][0], &e), E_CFG);
		assert_null(s);
		assert_says(&e, wrong[i][1]);
	}
}

static void
a_document_has_a_maximum(void **state)
{
	char *text = malloc(SCRIPT_MAX + 1);
	struct err e = { .code = E_OK };
	struct script *s = NULL;

	(void)state;
	assert_non_null(text);
	memset(text, ' ', SCRIPT_MAX + 1);
	assert_int_equal(script_parse(&s, text, SCRIPT_MAX + 1, "a.json", NULL, &e), E_CFG);
	assert_says(&e, "a.json: has more than 1048576 bytes");
	text[0] = '{';
	text[1] = '}';
	assert_int_equal(script_parse(&s, text, SCRIPT_MAX, "a.json", NULL, NULL), E_OK);
	script_free(s);
	free(text);
}

static struct script *
of_rules(size_t n, struct err *e)
{
	json_t *doc = quoted("{'rules':[]}"), *rules = json_object_get(doc, "rules");
	const struct where at = { NULL, "f", 0 };
	struct script *s = NULL;

	for (size_t i = 0; i < n; i++)
		(void)json_array_append_new(rules, quoted("{'match':{'ep':'any'}}"));
	if (script_take(&s, doc, &at, NULL, e) != E_OK)
		assert_null(s);
	json_decref(doc);
	return s;
}

static void
rules_have_a_maximum_alone_and_together(void **state)
{
	struct script *s = of_rules(SCRIPT_RULES, NULL), *t = NULL;
	struct err e = { .code = E_OK };

	(void)state;
	assert_non_null(s);
	assert_null(of_rules(SCRIPT_RULES + 1, &e));
	assert_says(&e, "f: rules: has more than 1000");
	assert_int_equal(script_append(&t, s, NULL), E_OK);
	assert_ptr_equal(t, s);
	e.code = E_OK;
	assert_int_equal(script_append(&t, of_rules(1, NULL), &e), E_LIMIT);
	assert_says(&e, "more than 1000 rules");
	assert_int_equal(t->n, SCRIPT_RULES);
	script_free(t);
}

static void
one_is_appended_to_another(void **state)
{
	struct script *s = NULL, *more = NULL;

	(void)state;
	assert_int_equal(
	    parse(
	        &s, "{'options':{'interval':1},'rules':[{'name':'a','match':{'ep':'any'}}]}", NULL),
	    E_OK);
	assert_int_equal(
	    parse(&more, "{'options':{'interval':2},'rules':[{'name':'b','match':{'ep':'any'}}]}",
	        NULL),
	    E_OK);
	assert_int_equal(script_append(&s, more, NULL), E_OK);
	assert_int_equal(s->n, 2);
	assert_string_equal(s->rules[1].name, "b");
	assert_int_equal(s->options.n, 2);
	script_free(s);
}

static void
options_alone_come_behind_options_alone(void **state)
{
	struct script *s = NULL, *more = NULL;

	(void)state;
	for (size_t i = 1; i <= 3; i++) {
		assert_int_equal(parse(&more, "{'options':{'interval':2},'rules':[]}", NULL), E_OK);
		assert_int_equal(script_append(&s, more, NULL), E_OK);
		assert_int_equal(s->options.n, i);
		assert_int_equal(s->n, 0);
	}
	script_free(s);
}

static void
too_many_options_leave_the_first_as_it_was(void **state)
{
	struct script *s = NULL, *more = NULL;
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(parse(&s, "{}", NULL), E_OK);
	assert_int_equal(parse(&more, "{'options':{'interval':2,'alg':'ES256'}}", NULL), E_OK);
	for (size_t i = 0; i < PAIRS_MAX - 1; i++)
		assert_int_equal(pairs_add(&s->options, "interval", "1"), E_OK);
	assert_int_equal(script_append(&s, more, &e), E_LIMIT);
	assert_says(&e, "too many options");
	assert_int_equal(s->options.n, PAIRS_MAX - 1);
	script_free(s);
}

static void
counters_begin_anew(void **state)
{
	struct script *s = of_rules(2, NULL);

	(void)state;
	s->rules[0].match.seen = s->rules[1].match.seen = 5;
	script_restart(s);
	assert_int_equal(s->rules[0].match.seen, 0);
	assert_int_equal(s->rules[1].match.seen, 0);
	script_free(s);
	script_restart(NULL);
	script_free(NULL);
}

static void
a_file_is_read_with_what_lies_beside_it(void **state)
{
	static const char text[] = "{\"rules\":[{\"match\":{\"ep\":\"any\"},"
	                           "\"reply\":{\"file\":\"b.txt\"}}]}";
	char path[TMPDIR_PATH], other[TMPDIR_PATH];
	struct script *s = NULL, *none = NULL;
	struct err e = { .code = E_OK };
	struct tmpdir t;

	(void)state;
	tmpdir_make(&t);
	(void)tmpdir_write(&t, path, "a.json", text, sizeof(text) - 1);
	assert_int_equal(script_read(&none, path, &e), E_CFG);
	assert_says(&e, "a.json: rules[0].reply.file: b.txt: No such file");
	(void)tmpdir_write(&t, other, "b.txt", "x", 1);
	assert_int_equal(script_read(&s, path, NULL), E_OK);
	assert_int_equal(buf_len(s->rules[0].content), 1);
	script_free(s);
	e.code = E_OK;
	assert_int_equal(script_read(&none, "/nowhere/x.json", &e), E_CFG);
	assert_says(&e, "/nowhere/x.json: No such file");
	tmpdir_remove(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(options_and_rules_are_kept_in_order),
		cmocka_unit_test(what_is_wrong_is_named_with_its_place),
		cmocka_unit_test(a_document_has_a_maximum),
		cmocka_unit_test(rules_have_a_maximum_alone_and_together),
		cmocka_unit_test(one_is_appended_to_another),
		cmocka_unit_test(options_alone_come_behind_options_alone),
		cmocka_unit_test(too_many_options_leave_the_first_as_it_was),
		cmocka_unit_test(counters_begin_anew),
		cmocka_unit_test(a_file_is_read_with_what_lies_beside_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
