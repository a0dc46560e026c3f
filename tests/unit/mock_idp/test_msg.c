/* One request and its reply. */
#include "config.h"

#include <string.h>

#include "mock_idp/msg.h"
#include "tests/support/unit.h"

static void
replies_json_on_one_line(void **state)
{
	struct exchange x;
	json_t *o = json_pack("{s:i}", "a", 1);

	(void)state;
	assert_true(msg_init(&x));
	msg_reply_json(&x.rep, 401, o);
	assert_int_equal(x.rep.status, 401);
	assert_string_equal(buf_cstr(x.rep.body), "{\"a\":1}\n");
	assert_string_equal(
	    pairs_get(&x.rep.headers, "Content-Type"), "application/json; charset=utf-8");
	msg_reply_json(&x.rep, 200, NULL);
	assert_int_equal(x.rep.status, 500);
	assert_int_equal(x.rep.headers.n, 1);
	json_decref(o);
	msg_clear(&x);
}

static void
keeps_a_violation_whose_detail_is_no_text(void **state)
{
	struct exchange x;

	(void)state;
	assert_true(msg_init(&x));
	msg_violation(&x, "plain", NULL);
	msg_violation(&x, "with", "detail");
	msg_violation(&x, "odd", "\xff");
	assert_string_equal(json_string_value(json_array_get(x.violations, 0)), "plain");
	assert_string_equal(json_string_value(json_array_get(x.violations, 1)), "with:detail");
	assert_string_equal(json_string_value(json_array_get(x.violations, 2)), "odd");
	msg_clear(&x);
}

static void
redirects_have_a_location(void **state)
{
	struct exchange x;

	(void)state;
	assert_true(msg_init(&x));
	msg_reply_redirect(&x.rep, 303, "https://a.test/");
	assert_int_equal(x.rep.status, 303);
	assert_string_equal(pairs_get(&x.rep.headers, "Location"), "https://a.test/");
	msg_clear(&x);
}

static void
an_empty_reply_has_neither_type_nor_body(void **state)
{
	struct exchange x;

	(void)state;
	assert_true(msg_init(&x));
	msg_reply_text(&x.rep, 200, "text/plain", "x");
	msg_reply_empty(&x.rep, 404);
	assert_int_equal(x.rep.status, 404);
	assert_null(x.rep.body);
	assert_int_equal(x.rep.headers.n, 0);
	msg_clear(&x);
}

static void
what_is_known_is_the_last_that_was_said(void **state)
{
	struct exchange x;

	(void)state;
	assert_true(msg_init(&x));
	msg_known(&x, "sub", NULL);
	assert_null(x.by.known);
	msg_known(&x, "sub", "a");
	msg_known(&x, "sub", "b");
	msg_known(&x, "sub", NULL);
	msg_known(&x, "sub", "\xff");
	assert_string_equal(json_string_value(json_object_get(x.by.known, "sub")), "b");
	msg_clear(&x);
	assert_null(x.by.known);
}

static void
a_form_is_known_by_its_type_alone(void **state)
{
	static const struct {
		const char *type;
		bool form;
	} rows[] = {
		{ "application/x-www-form-urlencoded", true },
		{ "Application/X-WWW-Form-urlencoded; charset=utf-8", true },
		{ "application/x-www-form-urlencodedX", false },
		{ "application/json", false },
		{ "", false },
	};
	struct exchange x;

	(void)state;
	assert_true(msg_init(&x));
	assert_false(msg_is_form(&x.req));
	msg_clear(&x);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(msg_init(&x));
		assert_int_equal(pairs_add(&x.req.headers, "content-type", rows[i].type), E_OK);
		assert_int_equal(msg_is_form(&x.req), rows[i].form);
		msg_clear(&x);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_form_is_known_by_its_type_alone),
		cmocka_unit_test(an_empty_reply_has_neither_type_nor_body),
		cmocka_unit_test(replies_json_on_one_line),
		cmocka_unit_test(keeps_a_violation_whose_detail_is_no_text),
		cmocka_unit_test(redirects_have_a_location),
		cmocka_unit_test(what_is_known_is_the_last_that_was_said),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
