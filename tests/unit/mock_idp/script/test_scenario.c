/* Scenarios: their scripts, and the list. */
#include "config.h"

#include <stdlib.h>

#include "mock_idp/script/scenario.h"
#include "tests/unit/mock_idp/script/quoted.h"

static const char written[] =
    "[{'name':'a.ok','rows':['C-1'],'serves':'what is "
    "right','class':'OK','options':{'interval':2}},"
    "{'name':'a.x.bad','rows':['C-2','H-3'],'serves':'what is wrong','class':'CLM','reason':'a.x',"
    "'twin':'a.ok','needs':'loopback','then':['clean'],'browser':['--never'],"
    "'options':{'auto':'bob'},'rules':[{'match':{'ep':'jwks'},'reply':{'status':500}}]},"
    "{'name':'a.wrong','rows':[],'serves':'x','class':'OK',"
    "'rules':[{'match':{'ep':'any'},'reply':{'file':'x'}}]}]";

/* The text of the list's one file, in a buffer of the test's. */
static const struct text *
texts(char out[2048])
{
	static struct text list[2];

	list[0].name = "a.json";
	list[0].bytes = quoted_text(written, out, 2048);
	list[0].len = strlen(out);
	return list;
}

static void
alice_approves_unless_the_scenario_says_who(void **state)
{
	struct script *s = NULL;
	char text[2048];

	(void)state;
	assert_int_equal(scenario_script(&s, texts(text), "a.ok", NULL), E_OK);
	assert_int_equal(s->n, 0);
	assert_string_equal(pairs_get(&s->options, "auto"), "alice");
	assert_string_equal(pairs_get(&s->options, "interval"), "2");
	script_free(s);
	assert_int_equal(scenario_script(&s, texts(text), "a.x.bad", NULL), E_OK);
	assert_int_equal(s->n, 1);
	assert_string_equal(pairs_get(&s->options, "auto"), "bob");
	assert_int_equal(pairs_count(&s->options, "auto"), 1);
	script_free(s);
}

static void
what_is_wrong_in_a_script_is_said_with_the_scenario(void **state)
{
	struct err e = { .code = E_OK };
	struct script *s = NULL;
	char text[2048];

	(void)state;
	assert_int_equal(scenario_script(&s, texts(text), "a.wrong", &e), E_CFG);
	assert_says(&e, "a.wrong: rules[0].reply.file: a built-in scenario has no files");
	e.code = E_OK;
	assert_int_equal(scenario_script(&s, texts(text), "a", &e), E_CFG);
	assert_says(&e, "no such scenario: a; --list names them");
	assert_null(s);
}

static char *
listed(bool as_json)
{
	char text[2048], *out = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&out, &len);

	assert_non_null(f);
	assert_int_equal(scenario_list(f, texts(text), as_json, NULL), E_OK);
	assert_int_equal(fclose(f), 0);
	return out;
}

static void
the_list_has_columns(void **state)
{
	char *out = listed(false);

	(void)state;
	assert_string_equal(out,
	    "a.ok     OK        what is right\n"
	    "a.wrong  OK        x\n"
	    "a.x.bad  CLM  a.x  what is wrong\n");
	free(out);
}

static void
the_list_is_json_for_programs(void **state)
{
	char *out = listed(true);
	json_t *all = json_loads(out, 0, NULL);

	(void)state;
	assert_json(json_array_get(all, 2),
	    "{'id':'a.x.bad','rows':['C-2','H-3'],'serves':'what is wrong','class':'CLM',"
	    "'reason':'a.x','twin':'a.ok','needs':'loopback','then':['clean'],"
	    "'browser':['--never'],'options':{'auto':'bob'}}");
	json_decref(all);
	free(out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alice_approves_unless_the_scenario_says_who),
		cmocka_unit_test(what_is_wrong_in_a_script_is_said_with_the_scenario),
		cmocka_unit_test(the_list_has_columns),
		cmocka_unit_test(the_list_is_json_for_programs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
