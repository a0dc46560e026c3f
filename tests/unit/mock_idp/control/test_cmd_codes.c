/* Commands about device codes and authorization requests. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/control/cmd.h"
#include "mock_idp/script/script.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static void
codes_are_approved_and_denied_once(void **state)
{
	struct fixture *f = *state;
	struct code *a = fixture_code(f, "", NULL), *b = fixture_code(f, "", NULL);
	char line[64];

	assert_string_equal(fixture_run(f, "approve last alice", NULL, NULL), "");
	assert_int_equal(b->state, CODE_APPROVED);
	assert_string_equal(b->username, "alice");
	(void)snprintf(line, sizeof(line), "deny %s", a->user);
	assert_string_equal(fixture_run(f, line, NULL, NULL), "");
	assert_int_equal(a->state, CODE_DENIED);
	assert_string_equal(fixture_run(f, line, NULL, NULL), "the code is decided already");
	assert_string_equal(
	    fixture_run(f, "approve last alice", NULL, NULL), "no code waits for a decision");
	assert_string_equal(fixture_run(f, "deny BBBBBBBB", NULL, NULL), "no such code: BBBBBBBB");
}

static void
only_users_who_are_there_approve(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "", NULL);

	assert_string_equal(
	    fixture_run(f, "approve last carol", NULL, NULL), "no such user: carol");
	assert_string_equal(fixture_run(f, "remove-user bob", NULL, NULL), "");
	assert_string_equal(fixture_run(f, "approve last bob", NULL, NULL), "no such user: bob");
	assert_string_equal(fixture_run(f, "auto bob", NULL, NULL), "no such user: bob");
	assert_int_equal(c->state, CODE_PENDING);
}

static void
expired_codes_cannot_be_decided(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "", NULL);
	char line[64];

	assert_string_equal(fixture_run(f, "expire last", NULL, NULL), "");
	assert_int_equal(c->expires, f->ms);
	(void)snprintf(line, sizeof(line), "approve %s alice", c->user);
	assert_string_equal(fixture_run(f, line, NULL, NULL), "the code has expired");
	assert_string_equal(
	    fixture_run(f, "approve last alice", NULL, NULL), "no code waits for a decision");
}

static void
an_approved_code_can_expire(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "", "alice");

	assert_string_equal(fixture_run(f, "expire last", NULL, NULL), "");
	assert_int_equal(c->expires, f->ms);
}

static void
undecided_codes_are_listed(void **state)
{
	struct fixture *f = *state;
	struct code *c = fixture_code(f, "openid", NULL);
	const json_t *r, *one;

	(void)fixture_code(f, "openid", "alice");
	assert_string_equal(fixture_run(f, "codes", NULL, NULL), "");
	r = json_object_get(json_array_get(f->kept, json_array_size(f->kept) - 1), "codes");
	assert_int_equal(json_array_size(r), 1);
	one = json_array_get(r, 0);
	assert_string_equal(json_string_value(json_object_get(one, "user_code")), c->user);
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

	assert_string_equal(fixture_run(f, "authorize " REQUEST " alice", NULL, NULL), "");
	assert_true(led_to(f, "http://127.0.0.1/callback?code=authelia_ac_"));
	assert_string_equal(f->w.flows.v[0]->username, "alice");
	assert_string_equal(fixture_run(f, "authorize " REQUEST " alice deny", NULL, NULL), "");
	assert_true(led_to(f, "http://127.0.0.1/callback?error=access_denied"));
	assert_string_equal(
	    fixture_run(f, "authorize " REQUEST "&scope=wheel alice", NULL, NULL), "invalid_scope");
	assert_true(led_to(f, "http://127.0.0.1/callback?error=invalid_scope"));
	assert_string_equal(
	    fixture_run(f, "authorize " REQUEST " carol", NULL, NULL), "no such user: carol");
	assert_string_equal(fixture_run(f, "authorize " REQUEST " alice no", NULL, NULL),
	    "only deny may follow the user");
	assert_string_equal(fixture_run(f, "authorize https://a.test/ alice", NULL, NULL),
	    "not the address of an authorization request");
}

static void
play(struct fixture *f, const char *rule)
{
	char text[512];
	struct script *s = NULL;

	(void)snprintf(text, sizeof(text), "{\"rules\":[%s]}", rule);
	assert_int_equal(script_parse(&s, text, strlen(text), "f", NULL, NULL), E_OK);
	script_free(f->w.script);
	f->w.script = s;
}

static const char *
location(struct fixture *f)
{
	return json_string_value(
	    json_object_get(json_array_get(f->kept, json_array_size(f->kept) - 1), "location"));
}

static void
authorize_has_the_way_back_that_a_script_wants(void **state)
{
	struct fixture *f = *state;

	play(f,
	    "{\"match\":{\"ep\":\"authorization\",\"nth\":\"1-3\"},"
	    "\"redirect\":{\"set\":{\"iss\":\"x\"}}}");
	assert_string_equal(fixture_run(f, "authorize " REQUEST " alice", NULL, NULL), "");
	assert_non_null(strstr(location(f), "&iss=x&"));
	assert_string_equal(fixture_run(f, "authorize " REQUEST " alice deny", NULL, NULL), "");
	assert_non_null(strstr(location(f), "&iss=x&"));
	assert_string_equal(
	    fixture_run(f, "authorize " REQUEST "&scope=wheel alice", NULL, NULL), "invalid_scope");
	assert_non_null(strstr(location(f), "&iss=x&"));
	assert_string_equal(fixture_run(f, "authorize " REQUEST " alice", NULL, NULL), "");
	assert_null(strstr(location(f), "&iss=x&"));
}

static void
authorize_goes_nowhere_when_a_script_answers(void **state)
{
	struct fixture *f = *state;

	play(f, "{\"match\":{\"ep\":\"authorization\"},\"reply\":{\"text\":\"x\"}}");
	assert_string_equal(fixture_run(f, "authorize " REQUEST " alice", NULL, NULL),
	    "a rule of the script answers, and nobody is sent back");
	assert_int_equal(f->w.flows.n, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(codes_are_approved_and_denied_once, fixture_reset),
		cmocka_unit_test_setup(only_users_who_are_there_approve, fixture_reset),
		cmocka_unit_test_setup(expired_codes_cannot_be_decided, fixture_reset),
		cmocka_unit_test_setup(an_approved_code_can_expire, fixture_reset),
		cmocka_unit_test_setup(undecided_codes_are_listed, fixture_reset),
		cmocka_unit_test_setup(authorize_goes_the_way_of_a_browser, fixture_reset),
		cmocka_unit_test_setup(
		    authorize_has_the_way_back_that_a_script_wants, fixture_reset),
		cmocka_unit_test_setup(authorize_goes_nowhere_when_a_script_answers, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
