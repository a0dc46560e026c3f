/* The heads of scenarios. */
#include "config.h"

#include "mock_idp/script/heads.h"
#include "tests/unit/mock_idp/script/quoted.h"

#define OK "{'name':'a.ok','rows':['C-1'],'serves':'what is right','class':'OK'}"
#define BAD                                                                                        \
	"{'name':'a.bad','rows':['C-1'],'serves':'what is wrong','class':'CLM','reason':'a.b',"    \
	"'twin':'a.ok'}"

static enum errcode
read_one(json_t **out, const char *s, struct err *e)
{
	char text[2048];
	struct text texts[2] = { { .name = "a.json" } };

	texts[0].bytes = quoted_text(s, text, sizeof(text));
	texts[0].len = strlen(text);
	return heads_read(out, texts, e);
}

static void
they_come_from_all_texts_by_name(void **state)
{
	char ok[512], bad[512];
	struct text texts[3] = { { .name = "a.json" }, { .name = "b.json" } };
	json_t *all = NULL;

	(void)state;
	texts[0].bytes = quoted_text("[" OK "]", ok, sizeof(ok));
	texts[0].len = strlen(ok);
	texts[1].bytes = quoted_text("[" BAD "]", bad, sizeof(bad));
	texts[1].len = strlen(bad);
	assert_int_equal(heads_read(&all, texts, NULL), E_OK);
	assert_int_equal(json_array_size(all), 2);
	assert_string_equal(heads_text(json_array_get(all, 0), "name"), "a.bad");
	assert_string_equal(heads_text(heads_find(all, "a.ok"), "class"), "OK");
	assert_string_equal(heads_text(heads_find(all, "a.ok"), "reason"), "");
	assert_null(heads_find(all, "a"));
	json_decref(all);
}

static void
what_only_the_journal_judges_succeeds_too(void **state)
{
	json_t *all = NULL;

	(void)state;
	assert_int_equal(
	    read_one(&all,
	        "[{'name':'a.ok','rows':['C-1'],'serves':'x','class':'REQ','then':['clean']}," BAD
	        ",{'name':'a.busy','rows':['C-1'],'serves':'x','class':'BUSY','reason':'a',"
	        "'twin':'a.ok'}]",
	        NULL),
	    E_OK);
	assert_int_equal(json_array_size(all), 3);
	json_decref(all);
}

static void
one_file_is_enough_for_one_scenario(void **state)
{
	char ok[512];
	struct text texts[3] = { { .name = "a.json" },
		{ .name = "ab.json", .bytes = "[", .len = 1 } };
	json_t *all = NULL;

	(void)state;
	texts[0].bytes = quoted_text("[" BAD "]", ok, sizeof(ok));
	texts[0].len = strlen(ok);
	assert_int_equal(heads_read_file(&all, texts, "a.bad", NULL), E_OK);
	assert_int_equal(json_array_size(all), 1);
	json_decref(all);
	assert_int_equal(heads_read_file(&all, texts, "b.bad", NULL), E_OK);
	assert_int_equal(json_array_size(all), 0);
	json_decref(all);
	assert_int_equal(heads_read_file(&all, texts, "ab.c", NULL), E_CFG);
}

static void
everything_else_is_named(void **state)
{
	static const char *const wrong[][2] = {
		{ "{}", "a.json: must be an array" },
		{ "[1]", "a.json: [0]: must be an object" },
		{ "[", "a.json: line 1" },
		{ "[{}]", "a.json: [0]: name is missing" },
		{ "[{'name':'A','rows':[],'serves':'x','class':'OK'}]", "[0].name: must be small" },
		{ "[{'name':'','rows':[],'serves':'x','class':'OK'}]", "[0].name: must be small" },
		{ "[{'name':'a','serves':'x','class':'OK'}]", "[0]: rows is missing" },
		{ "[{'name':'a','rows':[1],'serves':'x','class':'OK'}]",
		    "[0].rows[0]: must be text" },
		{ "[{'name':'a','rows':[],'class':'OK'}]", "[0]: serves is missing" },
		{ "[{'name':'a','rows':[],'serves':'x\\ny','class':'OK'}]",
		    "[0].serves: must be one line" },
		{ "[{'name':'a','rows':[],'serves':'x'}]", "[0]: class is missing" },
		{ "[{'name':'a','rows':[],'serves':'x','class':'ok'}]", "unknown class ok" },
		{ "[{'name':'a','rows':[],'serves':'x','class':'CLM','twin':'b'}]",
		    "[0]: reason is missing" },
		{ "[{'name':'a','rows':[],'serves':'x','class':'CLM','reason':'b'}]",
		    "[0]: twin is missing" },
		{ "[{'name':'a','rows':[],'serves':'x','class':'OK','reason':'b'}]",
		    "[0]: what succeeds has no reason" },
		{ "[{'name':'a','rows':[],'serves':'x','class':'OK','shows':[1]}]",
		    "[0].shows[0]: must be an object" },
		{ "[{'name':'a','rows':[],'serves':'x','class':'OK','then':'x'}]",
		    "[0].then: must be an array" },
		{ "[{'name':'a','rows':[],'serves':'x','class':'OK','browser':[1]}]",
		    "[0].browser[0]: must be text" },
		{ "[{'name':'a','rows':[],'serves':'x','class':'OK','needs':[]}]",
		    "[0].needs: must be text" },
		{ "[{'name':'a','rows':[],'serves':'x','class':'OK','rule':[]}]",
		    "[0].rule: unknown member" },
		{ "[" OK "," OK "]", "two scenarios are a.ok" },
		{ "[" BAD "]", "a.bad: no such twin: a.ok" },
		{ "[{'name':'a','rows':[],'serves':'x','class':'CLM','reason':'b','twin':'a'}]",
		    "a: its twin a does not succeed" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct err e = { .code = E_OK };
		json_t *all = NULL;

		assert_int_equal(read_one(&all, wrong[i][0], &e), E_CFG);
		assert_null(all);
		assert_says(&e, wrong[i][1]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(they_come_from_all_texts_by_name),
		cmocka_unit_test(what_only_the_journal_judges_succeeds_too),
		cmocka_unit_test(one_file_is_enough_for_one_scenario),
		cmocka_unit_test(everything_else_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
