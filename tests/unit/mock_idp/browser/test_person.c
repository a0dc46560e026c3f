/* The person at the browser: on the pages of the provider, as they are made. */
#include "config.h"

#include <string.h>

#include "mock_idp/browser/person.h"
#include "mock_idp/pages/forms.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static const struct subject about = { "/page", "flow_id", "f-1" };
static const struct subject code = { "/device", "user_code", "" };
static const struct question question = { "client", "openid", NULL, "http://127.0.0.1/cb" };

/* What the person sends from the page that the exchange holds; NULL: nothing. */
static const char *
sends(struct fixture *f, struct person *p, struct buf *b)
{
	struct person_press press;
	const char *text = NULL;

	buf_reset(b);
	if (person_act(p, buf_cstr(f->x.rep.body), &press)) {
		assert_int_equal(pageform_put(&press.form, press.name, press.value, b), E_OK);
		text = buf_cstr(b);
	}
	pageform_clear(&press.form);
	return text;
}

static void
signs_in_once(void **state)
{
	struct person p = { .name = "bob", .decided = false };
	struct buf *b = buf_new(1024);
	struct fixture *f = *state;
	struct session *s = fixture_session(f, "bob");
	const char *text;

	forms_sign_in(&f->w, fixture_ask(f, "GET", "/page", NULL), s, &about, NULL);
	assert_non_null(text = sends(f, &p, b));
	assert_non_null(strstr(text, "csrf="));
	assert_non_null(strstr(text, "&flow_id=f-1&username=bob&password=bob&do=sign-in"));
	assert_null(sends(f, &p, b));
	buf_free(b);
}

static void
decides_as_told(void **state)
{
	struct person yes = { .name = "bob" }, no = { .name = "bob", .deny = true };
	struct buf *b = buf_new(1024);
	struct fixture *f = *state;
	const char *text;

	forms_decide(
	    fixture_ask(f, "GET", "/page", NULL), fixture_session(f, "bob"), &about, &question);
	assert_non_null(text = sends(f, &yes, b));
	assert_non_null(strstr(text, "&flow_id=f-1&do=approve"));
	assert_true(yes.decided);
	assert_non_null(text = sends(f, &no, b));
	assert_non_null(strstr(text, "&flow_id=f-1&do=deny"));
	/* signing out is on the page too, and nothing to do */
	assert_null(sends(f, &yes, b));
	assert_null(sends(f, &no, b));
	buf_free(b);
}

static void
types_a_code_if_there_is_one(void **state)
{
	struct person without = { .name = "bob" }, with = { .name = "bob", .code = "ABCDEFGH" };
	struct person_press press;
	struct buf *b = buf_new(1024);
	struct fixture *f = *state;

	forms_code(fixture_ask(f, "GET", "/device", NULL), fixture_session(f, "bob"), &code, NULL);
	assert_null(sends(f, &without, b));
	assert_string_equal(sends(f, &with, b), "user_code=ABCDEFGH");
	assert_null(sends(f, &with, b));
	/* whatever the field is called, if there is one */
	with.typed = false;
	assert_true(person_act(&with, "<form><input name=\"otc\"></form>", &press));
	assert_string_equal(pairs_get(&press.form.fields, "otc"), "ABCDEFGH");
	pageform_clear(&press.form);
	with.typed = false;
	assert_false(
	    person_act(&with, "<form><input name=\"a\"><input name=\"b\"></form>", &press));
	/* a form that decides something about a code is not where it is typed */
	assert_false(person_act(&with,
	    "<form method=\"post\"><input type=\"hidden\" name=\"user_code\"></form>", &press));
	buf_free(b);
}

static void
a_result_is_the_end(void **state)
{
	struct person p = { .name = "bob", .code = "X" };
	struct buf *b = buf_new(1024);
	struct fixture *f = *state;

	forms_result(fixture_ask(f, "GET", "/page", NULL), 200, true, "Approved", "Go.");
	assert_null(sends(f, &p, b));
	assert_false(p.decided);
	buf_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(signs_in_once, fixture_reset),
		cmocka_unit_test_setup(decides_as_told, fixture_reset),
		cmocka_unit_test_setup(types_a_code_if_there_is_one, fixture_reset),
		cmocka_unit_test_setup(a_result_is_the_end, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
