/* One rule of a script, read. */
#include "config.h"

#include "mock_idp/script/rule.h"
#include "tests/support/tmpdir.h"
#include "tests/unit/mock_idp/script/quoted.h"

static const struct where doc = { NULL, "f", 0 };

static void
parse(struct rule *r, const char *text, const char *dir)
{
	struct err e = { .code = E_OK };
	json_t *v = quoted(text);

	memset(r, 0, sizeof(*r));
	if (rule_parse(r, v, 3, dir, &doc, &e) != E_OK)
		fail_msg("%s", e.text);
	json_decref(v);
}

static void
a_rule_has_a_name_of_its_own_or_its_place(void **state)
{
	struct rule r;

	(void)state;
	parse(&r, "{'match':{'ep':'jwks'}}", NULL);
	assert_string_equal(r.name, "rules[3]");
	assert_false(r.instead || r.has_fault || r.has_tls);
	assert_null(r.reply);
	rule_clear(&r);
	parse(&r, "{'name':'x','match':{'ep':'jwks'}}", NULL);
	assert_string_equal(r.name, "x");
	rule_clear(&r);
}

static void
everything_that_it_wants_is_kept(void **state)
{
	struct rule r;

	(void)state;
	parse(&r,
	    "{'match':{'ep':'token'},'do':['auto bob'],'reply':{'set':{}},'token':{'alg':'ES256'},"
	    "'wire':['close']}",
	    NULL);
	assert_non_null(r.run);
	assert_non_null(r.reply);
	assert_non_null(r.token);
	assert_true(r.has_fault);
	assert_false(r.instead);
	rule_clear(&r);
	parse(&r, "{'match':{'ep':'authorization'},'redirect':{'drop':['iss']}}", NULL);
	assert_non_null(r.redirect);
	rule_clear(&r);
	parse(&r, "{'match':{'ep':'jwks'},'jwks':{'keys':[]}}", NULL);
	assert_non_null(r.jwks);
	rule_clear(&r);
	parse(&r, "{'match':{'ep':'connect'},'tls':{'cert':'expired'},'wire':['stall']}", NULL);
	assert_true(r.has_tls && r.has_fault);
	rule_clear(&r);
	parse(&r, "{'match':{'ep':'any'},'reply':{'error':'x'}}", NULL);
	assert_true(r.instead);
	rule_clear(&r);
}

static void
the_file_of_a_reply_is_read_with_it(void **state)
{
	char path[TMPDIR_PATH];
	struct tmpdir t;
	struct rule r;

	(void)state;
	tmpdir_make(&t);
	(void)tmpdir_write(&t, path, "a.html", "hello", 5);
	parse(&r, "{'match':{'ep':'any'},'reply':{'file':'a.html'}}", t.path);
	assert_true(r.instead);
	assert_int_equal(buf_len(r.content), 5);
	rule_clear(&r);
	tmpdir_remove(&t);
}

static void
everything_else_is_named(void **state)
{
	static const char *const wrong[][2] = {
		{ "{}", "f: match is missing" },
		{ "{'match':{'ep':'any'},'replay':{}}", "f: replay: unknown member" },
		{ "{'match':{'ep':'anny'}}", "f: match.ep: unknown endpoint" },
		{ "{'match':{'ep':'any'},'name':''}", "f: name: must have 1 to" },
		{ "{'match':{'ep':'any'},'name':1}", "f: name: must be text" },
		{ "{'match':{'ep':'any'},'do':'rotate'}", "f: do: must be an array" },
		{ "{'match':{'ep':'any'},'do':[1]}", "f: do[0]: must be text" },
		{ "{'match':{'ep':'any'},'do':['aproove']}", "f: do[0]: unknown command" },
		{ "{'match':{'ep':'any'},'do':['approve last']}",
		    "f: do[0]: approve wants CODE|last USER" },
		{ "{'match':{'ep':'any'},'do':['wait-code']}",
		    "f: do[0]: wait-code is no command for" },
		{ "{'match':{'ep':'any'},'do':['authorize https://a/?b alice']}",
		    "f: do[0]: authorize is no command for" },
		{ "{'match':{'ep':'any'},'do':['quit']}", "f: do[0]: quit is no command for" },
		{ "{'match':{'ep':'any'},'do':['']}", "f: do[0]: not a command" },
		{ "{'match':{'ep':'any'},'reply':{}}", "f: reply: says nothing" },
		{ "{'match':{'ep':'any'},'reply':{'file':'x'}}", "f: reply.file: a built-in" },
		{ "{'match':{'ep':'token'},'redirect':{}}",
		    "f: redirect: is for ep authorization, not for token" },
		{ "{'match':{'ep':'authorization'},'redirect':{}}", "f: redirect: says nothing" },
		{ "{'match':{'ep':'jwks'},'token':{}}",
		    "f: token: is for ep token or userinfo, not for jwks" },
		{ "{'match':{'ep':'token'},'token':{'algg':1}}", "f: token: unknown member algg" },
		{ "{'match':{'ep':'token'},'token':{'claims':{'set':{'a':'${x}'}}}}",
		    "f: token.claims.set.a: unknown placeholder" },
		{ "{'match':{'ep':'token'},'jwks':{}}", "f: jwks: is for ep jwks, not for token" },
		{ "{'match':{'ep':'jwks'},'jwks':{'keyz':1}}",
		    "f: jwks: must be an object with keys or jwk alone" },
		{ "{'match':{'ep':'any'},'tls':{}}", "f: tls: is for ep connect, not for any" },
		{ "{'match':{'ep':'connect'},'tls':{'crt':1,'x':1}}", "f: tls: unknown member" },
		{ "{'match':{'ep':'any'},'wire':['dripp','x']}", "f: wire[0]: unknown fault" },
		{ "{'match':{'ep':'connect'},'reply':{'status':200}}",
		    "f: reply: is not for ep connect" },
		{ "{'match':{'ep':'token'},'reply':{'error':'x'},'token':{}}",
		    "f: reply replaces the answer: token has nothing to change" },
		{ "{'match':{'ep':'jwks'},'reply':{'text':'x'},'jwks':{'keys':[]}}",
		    "f: reply replaces the answer: jwks has nothing to change" },
		{ "{'match':{'ep':'authorization'},'reply':{'text':'x'},'redirect':{'drop':['a']}}",
		    "f: reply replaces the answer: redirect has nothing to change" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct err e = { .code = E_OK };
		json_t *v = quoted(wrong[i][0]);
		struct rule r = { .doc = NULL };

		assert_int_equal(rule_parse(&r, v, 3, NULL, &doc, &e), E_CFG);
		assert_says(&e, wrong[i][1]);
		rule_clear(&r);
		json_decref(v);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_rule_has_a_name_of_its_own_or_its_place),
		cmocka_unit_test(everything_that_it_wants_is_kept),
		cmocka_unit_test(the_file_of_a_reply_is_read_with_it),
		cmocka_unit_test(everything_else_is_named),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
