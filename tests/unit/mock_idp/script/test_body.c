/* What `set`, `drop` and `mutate` make of a body. */
#include "config.h"

#include "mock_idp/script/body.h"
#include "tests/unit/mock_idp/script/holes.h"
#include "tests/unit/mock_idp/script/quoted.h"

static const struct where doc = { NULL, "f", 0 };

static struct buf *
body_of(const char *s)
{
	struct buf *b = buf_new(1000);
	char text[512];

	assert_int_equal(buf_puts(b, quoted_text(s, text, sizeof(text))), E_OK);
	return b;
}

static enum errcode
change(const char *set, const char *drop, const char *mutate, struct buf **body, struct err *e)
{
	const struct hole_world w = holes_world(NULL);
	json_t *s = set == NULL ? NULL : quoted(set), *d = drop == NULL ? NULL : quoted(drop),
	       *m = mutate == NULL ? NULL : quoted(mutate);
	enum errcode r = body_change(s, d, m, &w, body, e);

	json_decref(s);
	json_decref(d);
	json_decref(m);
	return r;
}

static void
is(struct buf *b, const char *wanted)
{
	char text[512];

	assert_string_equal(buf_cstr(b), quoted_text(wanted, text, sizeof(text)));
	buf_free(b);
}

static void
members_are_set_and_dropped(void **state)
{
	struct buf *b = body_of("{'a':1,'b':{'c':2},'d':[1]}\n");

	(void)state;
	assert_int_equal(
	    change("{'a':null,'/b/c':'${now}','e':'${host}'}", "['/d/0','x']", NULL, &b, NULL),
	    E_OK);
	is(b, "{'a':null,'b':{'c':1800000000},'d':[],'e':'127.0.0.1:4711'}\n");
	b = body_of("{'a':1}\n");
	assert_int_equal(change(NULL, "['a']", NULL, &b, NULL), E_OK);
	is(b, "{}\n");
}

static void
a_mutator_changes_the_text_without_its_newline(void **state)
{
	struct buf *b = body_of("{'a':1}\n");

	(void)state;
	assert_int_equal(change("{'a':2}", NULL, "[['json.trail','!']]", &b, NULL), E_OK);
	is(b, "{'a':2}!");
}

static void
what_does_not_fit_leaves_the_body_as_it_was(void **state)
{
	struct err e = { .code = E_OK };
	struct buf *b = body_of("<html>");

	(void)state;
	assert_int_equal(change("{'a':1}", NULL, NULL, &b, &e), E_FORMAT);
	assert_says(&e, "the body is no JSON");
	e.code = E_OK;
	is(b, "<html>");
	b = body_of("{'a':1}\n");
	assert_int_equal(change("{'/a/b':1}", NULL, NULL, &b, &e), E_FORMAT);
	assert_says(&e, "nothing can be set at /a/b");
	assert_int_equal(change("{'b':1}", NULL, "[['json.badutf8','x']]", &b, NULL), E_FORMAT);
	is(b, "{'a':1}\n");
	b = NULL;
	e.code = E_OK;
	assert_int_equal(change("{'a':1}", NULL, NULL, &b, &e), E_FORMAT);
	assert_says(&e, "there is no body");
}

static void
a_list_of_drops_is_of_names(void **state)
{
	struct err e = { .code = E_OK };
	json_t *v = quoted("['a',1]");

	(void)state;
	assert_int_equal(body_check_drop(NULL, v, &doc, &e), E_CFG);
	assert_says(&e, "f: [1]: must be text");
	json_decref(v);
}

static void
an_unknown_mutator_is_named_with_its_place(void **state)
{
	json_t *good = quoted("[['json.trail','!']]"), *bad = quoted("['json.dupp']");
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(body_check_mutate(NULL, good, &doc, NULL), E_OK);
	assert_int_equal(body_check_mutate(NULL, bad, &doc, &e), E_CFG);
	assert_says(&e, "f[0]: unknown mutator json.dupp");
	json_decref(good);
	json_decref(bad);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(members_are_set_and_dropped),
		cmocka_unit_test(a_mutator_changes_the_text_without_its_newline),
		cmocka_unit_test(what_does_not_fit_leaves_the_body_as_it_was),
		cmocka_unit_test(a_list_of_drops_is_of_names),
		cmocka_unit_test(an_unknown_mutator_is_named_with_its_place),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
