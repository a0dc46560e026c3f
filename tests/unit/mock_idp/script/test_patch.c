/* An answer replaced, or changed. */
#include "config.h"

#include "mock_idp/script/patch.h"
#include "tests/unit/mock_idp/script/holes.h"
#include "tests/unit/mock_idp/script/quoted.h"

static const struct where doc = { NULL, "f", 0 };

/* What an endpoint might have answered. */
static void
answered(struct reply *rep)
{
	memset(rep, 0, sizeof(*rep));
	msg_reply_text(rep, 401, "application/json; charset=utf-8", "{\"error\":\"x\"}\n");
	msg_reply_header(rep, "WWW-Authenticate", "Basic");
	rep->error = "x";
}

static void
forget(struct reply *rep)
{
	pairs_clear(&rep->headers);
	buf_free(rep->body);
}

static void
replace(struct reply *rep, const char *spec, const struct buf *content, json_t **keep)
{
	const struct hole_world w = holes_world(NULL);

	*keep = quoted(spec);
	answered(rep);
	assert_int_equal(patch_check(*keep, &doc, NULL), E_OK);
	assert_true(patch_replaces(*keep));
	assert_int_equal(patch_replace(*keep, content, &w, rep, NULL), E_OK);
	assert_int_equal(patch_change(*keep, &w, rep, NULL), E_OK);
}

static void
is(struct reply *rep, json_t *spec, int status, const char *type, const char *body)
{
	assert_int_equal(rep->status, status);
	assert_string_equal(pairs_get(&rep->headers, "Content-Type"), type);
	assert_null(pairs_get(&rep->headers, "WWW-Authenticate"));
	assert_string_equal(buf_cstr(rep->body), body);
	forget(rep);
	json_decref(spec);
}

static void
json_text_and_files_replace_it(void **state)
{
	struct buf *content = buf_new(10);
	struct reply rep;
	json_t *spec;

	(void)state;
	replace(&rep, "{'json':{'a':'${host}'}}", NULL, &spec);
	assert_null(rep.error);
	is(&rep, spec, 200, "application/json; charset=utf-8", "{\"a\":\"127.0.0.1:4711\"}\n");
	replace(&rep, "{'json':null,'status':503}", NULL, &spec);
	is(&rep, spec, 503, "application/json; charset=utf-8", "null\n");
	replace(&rep, "{'text':'${now}','type':'text/html'}", NULL, &spec);
	is(&rep, spec, 200, "text/html", "1800000000");
	replace(&rep, "{'text':''}", NULL, &spec);
	is(&rep, spec, 200, "text/plain; charset=utf-8", "");
	assert_int_equal(buf_puts(content, "${now}"), E_OK);
	replace(&rep, "{'file':'x'}", content, &spec);
	is(&rep, spec, 200, "text/plain; charset=utf-8", "${now}");
	buf_free(content);
}

static void
an_error_is_400_unless_said_otherwise(void **state)
{
	struct reply rep;
	json_t *spec;

	(void)state;
	replace(&rep, "{'error':'slow_down'}", NULL, &spec);
	assert_string_equal(rep.error, "slow_down");
	is(&rep, spec, 400, "application/json; charset=utf-8", "{\"error\":\"slow_down\"}\n");
	replace(&rep, "{'error':'slow_down','status':200,'set':{'interval':7}}", NULL, &spec);
	is(&rep, spec, 200, "application/json; charset=utf-8",
	    "{\"error\":\"slow_down\",\"interval\":7}\n");
}

static void
raw_and_hex_are_the_whole_answer(void **state)
{
	struct reply rep;
	json_t *spec;

	(void)state;
	replace(&rep, "{'raw':'HTTP/1.1 418 x\\r\\n\\r\\n\\u0000'}", NULL, &spec);
	assert_true(rep.raw && rep.close);
	assert_int_equal(rep.status, 418);
	assert_int_equal(rep.headers.n, 0);
	assert_int_equal(buf_len(rep.body), 19);
	forget(&rep);
	json_decref(spec);
	replace(&rep, "{'hex':'ff00Fe'}", NULL, &spec);
	assert_true(rep.raw);
	assert_int_equal(rep.status, 0);
	assert_int_equal(buf_len(rep.body), 3);
	assert_memory_equal(buf_data(rep.body), "\xff\0\xfe", 3);
	forget(&rep);
	json_decref(spec);
}

static void
an_answer_is_changed_where_the_rule_says_so(void **state)
{
	json_t *spec =
	    quoted("{'status':200,'type':null,'headers':{'X':'y'},'set':{'a':1},'drop':['error']}");
	const struct hole_world w = holes_world(NULL);
	struct reply rep;

	(void)state;
	answered(&rep);
	assert_int_equal(patch_check(spec, &doc, NULL), E_OK);
	assert_false(patch_replaces(spec));
	assert_int_equal(patch_change(spec, &w, &rep, NULL), E_OK);
	assert_int_equal(rep.status, 200);
	assert_null(pairs_get(&rep.headers, "Content-Type"));
	assert_string_equal(pairs_get(&rep.headers, "X"), "y");
	assert_string_equal(pairs_get(&rep.headers, "WWW-Authenticate"), "Basic");
	assert_string_equal(buf_cstr(rep.body), "{\"a\":1}\n");
	forget(&rep);
	json_decref(spec);
}

static void
what_does_not_fit_does_not_keep_the_rest(void **state)
{
	json_t *spec = quoted("{'status':202,'set':{'/error/x':1},'headers':{'X':'y'}}"),
	       *type = quoted("{'type':'${state}','status':203}"),
	       *known = quoted("{'state':'a\\r\\nb'}");
	struct hole_world w = holes_world(known);
	struct err e = { .code = E_OK };
	struct reply rep;

	(void)state;
	answered(&rep);
	assert_int_equal(patch_change(spec, &w, &rep, &e), E_FORMAT);
	assert_says(&e, "nothing can be set at /error/x");
	assert_int_equal(rep.status, 202);
	assert_string_equal(pairs_get(&rep.headers, "X"), "y");
	assert_int_equal(patch_change(type, &w, &rep, NULL), E_FORMAT);
	assert_int_equal(rep.status, 203);
	forget(&rep);
	json_decref(spec);
	json_decref(type);
	json_decref(known);
}

static void
what_grows_too_long_is_said(void **state)
{
	json_t *spec = quoted("{'text':'${repeat:16000000:a}${repeat:16000000:a}'}");
	const struct hole_world w = holes_world(NULL);
	struct err e = { .code = E_OK };
	struct reply rep;

	(void)state;
	answered(&rep);
	assert_int_equal(patch_replace(spec, NULL, &w, &rep, &e), E_LIMIT);
	assert_says(&e, "too long");
	forget(&rep);
	json_decref(spec);
}

static void
everything_else_is_named(void **state)
{
	static const char *const wrong[][2] = {
		{ "{}", "f: says nothing" },
		{ "{'jsn':1}", "f: jsn: unknown member" },
		{ "{'text':1}", "f: text: must be text" },
		{ "{'file':''}", "f: file: is empty" },
		{ "{'error':''}", "f: error: is empty" },
		{ "{'error':'${sub}'}", "f: error: has a placeholder" },
		{ "{'raw':1}", "f: raw: must be text" },
		{ "{'hex':'f'}", "f: hex: must be pairs" },
		{ "{'hex':'fg'}", "f: hex: must be pairs" },
		{ "{'status':99}", "f: status: must be a number from 100 to 999" },
		{ "{'status':1000}", "f: status: must be a number from 100 to 999" },
		{ "{'status':'200'}", "f: status: must be a whole number" },
		{ "{'type':'a\\nb'}", "f: type: a line end" },
		{ "{'type':1}", "f: type: must be text or null" },
		{ "{'headers':{'a b':'c'}}", "f: headers.a b: is no name" },
		{ "{'set':[]}", "f: set: must be an object" },
		{ "{'drop':{}}", "f: drop: must be an array" },
		{ "{'mutate':['json.dupp']}", "f: mutate[0]: unknown mutator" },
		{ "{'json':1,'text':'a'}", "f: json and text exclude each other" },
		{ "{'error':'a','hex':''}", "f: error and hex exclude each other" },
		{ "{'raw':'a','status':200}", "f: raw is the whole answer" },
		{ "{'hex':'aa','headers':{}}", "f: hex is the whole answer" },
		{ "{'text':'${x}'}", "f: text: unknown placeholder" },
		{ "{'set':{'a':['${x}']}}", "f: set.a[0]: unknown placeholder" },
		{ "{'headers':{'A':'${x}'}}", "f: headers.A: unknown placeholder" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct err e = { .code = E_OK };
		json_t *v = quoted(wrong[i][0]);

		assert_int_equal(patch_check(v, &doc, &e), E_CFG);
		assert_says(&e, wrong[i][1]);
		json_decref(v);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_text_and_files_replace_it),
		cmocka_unit_test(an_error_is_400_unless_said_otherwise),
		cmocka_unit_test(raw_and_hex_are_the_whole_answer),
		cmocka_unit_test(an_answer_is_changed_where_the_rule_says_so),
		cmocka_unit_test(what_does_not_fit_does_not_keep_the_rest),
		cmocka_unit_test(what_grows_too_long_is_said),
		cmocka_unit_test(everything_else_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
