/* What a person sees. */
#include "config.h"

#include <string.h>

#include "mock_idp/pages/forms.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static const struct subject about = { "/p", "user_code", "\"><script>" };

static bool
shows(struct fixture *f, const char *text)
{
	return strstr(buf_cstr(f->x.rep.body), text) != NULL;
}

/* Each field and button of the page: fields have labels. */
static void
signing_in_has_labels_and_a_token(void **state)
{
	struct fixture *f = *state;
	struct session *s = sessions_new(&f->w.sessions, &f->w.ids, 0);
	char token[SESSIONS_CSRF_SIZE];

	sessions_csrf(s, about.path, about.value, token);
	forms_sign_in(&f->w, fixture_ask(f, "GET", "/", NULL), s, &about, NULL);
	assert_int_equal(f->x.rep.status, 200);
	assert_true(shows(f, "<label for=\"username\">"));
	assert_true(shows(f, "<label for=\"password\">"));
	assert_true(shows(f, token));
	assert_false(shows(f, "<script>"));
	forms_sign_in(&f->w, fixture_ask(f, "GET", "/", NULL), s, &about, "Wrong.");
	assert_int_equal(f->x.rep.status, 403);
	assert_true(shows(f, "role=\"alert\">Wrong."));
}

static void
a_decision_shows_who_asks_for_what(void **state)
{
	struct fixture *f = *state;
	struct session *s = sessions_new(&f->w.sessions, &f->w.ids, 0);
	struct question q = { "<client>", "openid <x>", "BCDFGHJK", NULL };

	assert_int_equal(sessions_sign_in(s, "alice", 0, 0), E_OK);
	forms_decide(fixture_ask(f, "GET", "/", NULL), s, &about, &q);
	assert_true(shows(f, "&lt;client&gt;"));
	assert_true(shows(f, "<code>openid</code>"));
	assert_true(shows(f, "<code>&lt;x&gt;</code>"));
	assert_true(shows(f, "BCDFGHJK"));
	assert_true(shows(f, "value=\"approve\""));
	assert_true(shows(f, "value=\"deny\""));
	assert_true(shows(f, "<b>alice</b>"));
	q.user_code = NULL;
	q.redirect_uri = "https://a.test:8443/long/path?x";
	forms_decide(fixture_ask(f, "GET", "/", NULL), s, &about, &q);
	assert_true(shows(f, "<b>a.test:8443</b>"));
}

static void
the_code_field_keeps_what_was_typed(void **state)
{
	struct fixture *f = *state;
	struct session *s = sessions_new(&f->w.sessions, &f->w.ids, 0);

	assert_int_equal(sessions_sign_in(s, "alice", 0, 0), E_OK);
	forms_code(fixture_ask(f, "GET", "/", NULL), s, &about, "No.");
	assert_int_equal(f->x.rep.status, 404);
	assert_true(shows(f, "<label for=\"user_code\">"));
	assert_true(shows(f, "value=\"&quot;&gt;&lt;script&gt;\""));
}

static void
a_result_is_a_heading_and_a_sentence(void **state)
{
	struct fixture *f = *state;

	forms_result(fixture_ask(f, "GET", "/", NULL), 200, true, "Done", "All <well>.");
	assert_true(shows(f, "<h1>Done</h1>"));
	assert_true(shows(f, "All &lt;well&gt;."));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(signing_in_has_labels_and_a_token, fixture_reset),
		cmocka_unit_test_setup(a_decision_shows_who_asks_for_what, fixture_reset),
		cmocka_unit_test_setup(the_code_field_keeps_what_was_typed, fixture_reset),
		cmocka_unit_test_setup(a_result_is_a_heading_and_a_sentence, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
