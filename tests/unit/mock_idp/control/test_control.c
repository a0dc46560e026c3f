/* The control socket's commands. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/control/control.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

/* The answer's error, "" when it is ok, NULL when it comes later. */
static const char *
run(struct fixture *f, const char *command, struct control_wait *wait, bool *quit)
{
	char line[512];
	struct control_wait own = { .what = WAIT_NOTHING };
	bool own_quit = false;
	json_t *r;

	(void)snprintf(line, sizeof(line), "%s", command);
	r = control_run(&f->w, line, wait == NULL ? &own : wait, quit == NULL ? &own_quit : quit);
	if (r == NULL)
		return NULL;
	assert_int_equal(json_array_append_new(f->kept, r), 0);
	if (json_is_true(json_object_get(r, "ok")))
		return "";
	return json_string_value(json_object_get(r, "error"));
}

static void
codes_are_approved_and_denied_once(void **state)
{
	struct fixture *f = *state;
	struct code *a = fixture_code(f, "", NULL), *b = fixture_code(f, "", NULL);
	char line[64];

	assert_string_equal(run(f, "approve last alice", NULL, NULL), "");
	assert_int_equal(b->state, CODE_APPROVED);
	assert_string_equal(b->username, "alice");
	(void)snprintf(line, sizeof(line), "deny %s", a->user);
	assert_string_equal(run(f, line, NULL, NULL), "");
	assert_int_equal(a->state, CODE_DENIED);
	assert_string_equal(run(f, line, NULL, NULL), "the code is decided already");
	assert_string_equal(run(f, "approve last alice", NULL, NULL), "no such code");
	assert_string_equal(run(f, "deny BBBBBBBB", NULL, NULL), "no such code");
}

static void
only_users_who_are_there_approve(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "", NULL);

	assert_string_equal(run(f, "approve last carol", NULL, NULL), "no such user");
	assert_string_equal(run(f, "remove-user bob", NULL, NULL), "");
	assert_string_equal(run(f, "approve last bob", NULL, NULL), "no such user");
	assert_string_equal(run(f, "auto bob", NULL, NULL), "no such user");
	assert_int_equal(c->state, CODE_PENDING);
}

static void
expired_codes_cannot_be_decided(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "", NULL);
	char line[64];

	assert_string_equal(run(f, "expire last", NULL, NULL), "");
	assert_int_equal(c->expires, f->ms);
	(void)snprintf(line, sizeof(line), "approve %s alice", c->user);
	assert_string_equal(run(f, line, NULL, NULL), "the code has expired");
	assert_string_equal(run(f, "approve last alice", NULL, NULL), "no such code");
}

static void
an_approved_code_can_expire(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "", "alice");

	assert_string_equal(run(f, "expire last", NULL, NULL), "");
	assert_int_equal(c->expires, f->ms);
}

static void
auto_reset_and_quit_do_as_they_say(void **state)
{
	struct fixture *f = *state;
	bool quit = false;

	assert_string_equal(run(f, "auto bob", NULL, NULL), "");
	assert_string_equal(f->w.auto_user, "bob");
	assert_string_equal(run(f, "auto off", NULL, NULL), "");
	assert_null(f->w.auto_user);
	(void)fixture_code(f, "", NULL);
	assert_string_equal(run(f, "reset", NULL, NULL), "");
	assert_int_equal(f->w.codes.n, 0);
	assert_string_equal(run(f, "quit", NULL, &quit), "");
	assert_true(quit);
}

static void
lists_codes_and_journal(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", NULL);
	struct control_wait wait = { .what = WAIT_NOTHING };
	char codes[] = "codes", journal[] = " journal\r";
	bool quit = false;
	json_t *r, *one;

	(void)fixture_code(f, "openid", "alice");
	r = control_run(&f->w, codes, &wait, &quit);
	assert_int_equal(json_array_size(json_object_get(r, "codes")), 1);
	one = json_array_get(json_object_get(r, "codes"), 0);
	assert_string_equal(json_string_value(json_object_get(one, "user_code")), c->user);
	json_decref(r);
	journal_record(&f->w.journal, fixture_ask(f, "GET", "/", NULL), 0);
	r = control_run(&f->w, journal, &wait, &quit);
	assert_int_equal(json_array_size(r), 1);
	json_decref(r);
}

static void
waits_end_with_what_they_wait_for_or_the_deadline(void **state)
{
	struct fixture *f = *state;
	struct control_wait wait = { .what = WAIT_NOTHING };
	json_t *r;

	assert_null(run(f, "wait-code 200", &wait, NULL));
	assert_null(control_check(&f->w, &wait));
	f->ms += 200;
	r = control_check(&f->w, &wait);
	assert_string_equal(json_string_value(json_object_get(r, "error")), "timeout");
	json_decref(r);
	assert_null(control_check(&f->w, &wait));

	assert_null(run(f, "wait-code", &wait, NULL));
	(void)fixture_code(f, "", NULL);
	r = control_check(&f->w, &wait);
	assert_true(json_is_true(json_object_get(r, "ok")));
	json_decref(r);

	assert_null(run(f, "wait-requests 1 1000 /a", &wait, NULL));
	journal_record(&f->w.journal, fixture_ask(f, "GET", "/b", NULL), 0);
	assert_null(control_check(&f->w, &wait));
	journal_record(&f->w.journal, fixture_ask(f, "GET", "/a", NULL), 0);
	r = control_check(&f->w, &wait);
	assert_true(json_is_true(json_object_get(r, "ok")));
	json_decref(r);
}

static void
nonsense_is_refused(void **state)
{
	static const char *const nonsense[] = { "", " ", "approve", "approve last", "deny",
		"deny last alice", "frobnicate", "a b c d e f", "wait-code x", "wait-requests",
		"wait-requests 0", "wait-requests x", "remove-user nobody", "journal now" };
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(nonsense) / sizeof(nonsense[0]); i++) {
		const char *why = run(f, nonsense[i], NULL, NULL);

		assert_non_null(why);
		assert_string_not_equal(why, "");
	}
}

#define REQUEST                                                                                    \
	"https://127.0.0.1:4711/api/oidc/authorization?client_id=linux-post&response_type=code&"   \
	"redirect_uri=http://127.0.0.1/callback&state=12345678"

static bool
led_to(struct fixture *f, const char *text)
{
	const json_t *last = json_array_get(f->kept, json_array_size(f->kept) - 1);
	const char *v = json_string_value(json_object_get(last, "location"));

	return v != NULL && strncmp(v, text, strlen(text)) == 0;
}

static void
authorize_goes_the_way_of_a_browser(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(run(f, "authorize " REQUEST " alice", NULL, NULL), "");
	assert_true(led_to(f, "http://127.0.0.1/callback?code=authelia_ac_"));
	assert_string_equal(f->w.flows.v[0]->username, "alice");
	assert_string_equal(run(f, "authorize " REQUEST " alice deny", NULL, NULL), "");
	assert_true(led_to(f, "http://127.0.0.1/callback?error=access_denied"));
	assert_string_equal(
	    run(f, "authorize " REQUEST "&scope=wheel alice", NULL, NULL), "invalid_scope");
	assert_true(led_to(f, "http://127.0.0.1/callback?error=invalid_scope"));
	assert_string_equal(run(f, "authorize " REQUEST " carol", NULL, NULL), "no such user");
	assert_string_equal(
	    run(f, "authorize " REQUEST " alice no", NULL, NULL), "only deny may follow the user");
	assert_string_equal(run(f, "authorize https://a.test/ alice", NULL, NULL),
	    "not the address of an authorization request");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(codes_are_approved_and_denied_once, fixture_reset),
		cmocka_unit_test_setup(only_users_who_are_there_approve, fixture_reset),
		cmocka_unit_test_setup(expired_codes_cannot_be_decided, fixture_reset),
		cmocka_unit_test_setup(an_approved_code_can_expire, fixture_reset),
		cmocka_unit_test_setup(auto_reset_and_quit_do_as_they_say, fixture_reset),
		cmocka_unit_test_setup(lists_codes_and_journal, fixture_reset),
		cmocka_unit_test_setup(
		    waits_end_with_what_they_wait_for_or_the_deadline, fixture_reset),
		cmocka_unit_test_setup(nonsense_is_refused, fixture_reset),
		cmocka_unit_test_setup(authorize_goes_the_way_of_a_browser, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
