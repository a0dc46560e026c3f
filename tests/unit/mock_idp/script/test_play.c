/* The script at work on one exchange. */
#include "config.h"

#include <stdlib.h>

#include "mock_idp/route.h"
#include "mock_idp/script/play.h"
#include "mock_idp/script/script.h"
#include "tests/unit/mock_idp/fixture.h"
#include "tests/unit/mock_idp/script/quoted.h"

#define TOKEN "/api/oidc/token"
#define DEVICE "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=linux-login"

static void
play(struct fixture *f, const char *rules)
{
	char text[2048], whole[2048];
	struct err e = { .code = E_OK };
	struct script *s = NULL;

	(void)snprintf(whole, sizeof(whole), "{'rules':[%s]}", rules);
	(void)quoted_text(whole, text, sizeof(text));
	if (script_parse(&s, text, strlen(text), "f", NULL, &e) != E_OK)
		fail_msg("%s", e.text);
	f->w.script = s;
}

static int
get(struct fixture *f, const char *path)
{
	route(&f->w, fixture_ask(f, "GET", path, NULL));
	return f->x.rep.status;
}

static int
poll_for(struct fixture *f, const struct code *c)
{
	char form[512];

	(void)snprintf(form, sizeof(form), DEVICE "&device_code=%s", c->device);
	route(&f->w, fixture_ask(f, "POST", TOKEN, form));
	return f->x.rep.status;
}

static void
without_a_script_nothing_changes(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(get(f, "/jwks.json"), 200);
	assert_null(f->x.rule);
	assert_null(f->x.by.rule);
	assert_null(play_token(&f->w, &f->x));
	assert_null(play_jwks(&f->w, &f->x));
	assert_null(play_redirect(&f->x));
}

static void
the_first_rule_that_matches_applies_alone(void **state)
{
	struct fixture *f = *state;

	play(f,
	    "{'match':{'ep':'token'},'reply':{'status':599}},"
	    "{'name':'second','match':{'ep':'jwks','nth':2},'reply':{'status':202}},"
	    "{'match':{'ep':'any'},'reply':{'status':203}},"
	    "{'match':{'ep':'jwks'},'reply':{'status':204}}");
	assert_int_equal(get(f, "/jwks.json"), 203);
	assert_string_equal(f->x.rule, "rules[2]");
	assert_int_equal(get(f, "/jwks.json"), 202);
	assert_string_equal(f->x.rule, "second");
	assert_int_equal(get(f, "/jwks.json"), 203);
	assert_int_equal(get(f, "/nowhere"), 203);
	world_reset(&f->w);
	assert_int_equal(get(f, "/jwks.json"), 203);
	assert_int_equal(get(f, "/jwks.json"), 202);
}

static void
an_answer_of_the_rule_hands_out_nothing(void **state)
{
	struct fixture *f = *state;
	const struct code *c = fixture_code(f, "openid", "alice");

	play(f,
	    "{'match':{'ep':'token','nth':1},'reply':{'error':'slow_down'}},"
	    "{'match':{'ep':'device'},'reply':{'json':{'device_code':'x'}}}");
	f->ms += 10000;
	assert_int_equal(poll_for(f, c), 400);
	assert_string_equal(fixture_string(f, "error"), "slow_down");
	assert_string_equal(f->x.rep.error, "slow_down");
	assert_int_equal(f->w.grants.n, 0);
	f->ms += 15000;
	assert_int_equal(poll_for(f, c), 200);
	assert_int_equal(f->w.grants.n, 1);
	route(&f->w,
	    fixture_ask(f, "POST", "/api/oidc/device-authorization", "client_id=linux-login"));
	assert_int_equal(f->x.rep.status, 200);
	assert_string_equal(fixture_string(f, "device_code"), "x");
	assert_int_equal(f->w.codes.n, 1);
}

static void
a_scripted_slow_down_counts_for_the_pace(void **state)
{
	struct fixture *f = *state;
	const struct code *c = fixture_code(f, "openid", NULL);

	play(f, "{'match':{'ep':'token','nth':1},'reply':{'error':'slow_down'}}");
	f->ms += 10000;
	assert_int_equal(poll_for(f, c), 400);
	assert_int_equal(c->slowed, 1);
	f->ms += 10000;
	assert_int_equal(poll_for(f, c), 400);
	assert_true(fixture_violated(f, "early_poll:10000ms"));
	f->ms += 15000;
	assert_int_equal(poll_for(f, c), 400);
	assert_false(fixture_violated(f, "early_poll"));
}

/* The code is approved all the while: what the endpoint would have said nobody heard. */
static void
the_end_is_what_the_client_was_told(void **state)
{
	struct fixture *f = *state;
	const struct code *c = fixture_code(f, "openid", "alice");

	play(f,
	    "{'match':{'ep':'token','nth':1},'reply':{'error':'authorization_pending'}},"
	    "{'match':{'ep':'token','nth':2},'reply':{'text':'','status':503}},"
	    "{'match':{'ep':'token','nth':3},'reply':{'error':'access_denied'}}");
	for (int i = 0; i < 3; i++) {
		f->ms += 10000;
		(void)poll_for(f, c);
		assert_false(fixture_violated(f, "poll_after_end"));
	}
	f->ms += 10000;
	(void)poll_for(f, c);
	assert_true(fixture_violated(f, "poll_after_end"));
}

static void
the_endpoint_complains_all_the_same(void **state)
{
	struct fixture *f = *state;

	play(f, "{'match':{'ep':'token'},'reply':{'error':'slow_down'}}");
	route(&f->w, fixture_ask(f, "POST", TOKEN, DEVICE "&client_secret=x&device_code=y"));
	assert_int_equal(f->x.rep.status, 400);
	assert_true(fixture_violated(f, "client_auth:method"));
}

static void
every_header_can_be_changed(void **state)
{
	struct fixture *f = *state;

	play(f,
	    "{'match':{'ep':'jwks'},'reply':{'headers':{'Cache-Control':'max-age=5',"
	    "'X-Frame-Options':null,'Access-Control-Allow-Origin':null}}}");
	assert_int_equal(get(f, "/jwks.json"), 200);
	assert_string_equal(pairs_get(&f->x.rep.headers, "Cache-Control"), "max-age=5");
	assert_int_equal(pairs_count(&f->x.rep.headers, "Cache-Control"), 1);
	assert_null(pairs_get(&f->x.rep.headers, "X-Frame-Options"));
	assert_null(pairs_get(&f->x.rep.headers, "Access-Control-Allow-Origin"));
}

static void
commands_run_before_the_endpoint(void **state)
{
	struct fixture *f = *state;
	const struct code *c = fixture_code(f, "openid", NULL);

	play(f, "{'match':{'ep':'token'},'do':['approve last alice']}");
	f->ms += 10000;
	assert_int_equal(poll_for(f, c), 200);
	f->ms += 10000;
	assert_int_equal(poll_for(f, c), 500);
	assert_true(fixture_violated(
	    f, "script:rules[0]: approve last alice: no code waits for a decision"));
}

static void
placeholders_know_what_the_request_says_and_the_endpoint_found(void **state)
{
	struct fixture *f = *state;
	const struct code *c = fixture_code(f, "openid", "alice");

	play(f,
	    "{'match':{'ep':'token'},'reply':{'set':{'x':'${client_id} ${user} ${nonce}',"
	    "'y':'${access_token}','z':'${sub}'}}},"
	    "{'match':{'ep':'device'},'reply':{'set':{'x':'${device_code}','y':'${user_code}'}}},"
	    "{'match':{'ep':'userinfo'},'reply':{'json':'${access_token}'}},"
	    "{'match':{'ep':'discovery'},'reply':{'json':{'x':'${host} ${now} ${state}'}}}");
	f->ms += 10000;
	assert_int_equal(poll_for(f, c), 200);
	assert_string_equal(fixture_string(f, "x"), "linux-login alice nonce-1234");
	assert_string_equal(fixture_string(f, "y"), fixture_string(f, "access_token"));
	assert_string_equal(fixture_string(f, "z"), people_user(&f->w.people, "alice")->sub);
	route(&f->w,
	    fixture_ask(f, "POST", "/api/oidc/device-authorization", "client_id=linux-login"));
	assert_string_equal(fixture_string(f, "x"), fixture_string(f, "device_code"));
	assert_string_equal(fixture_string(f, "y"), fixture_string(f, "user_code"));
	(void)fixture_ask(f, "GET", "/api/oidc/userinfo", NULL);
	assert_int_equal(pairs_add(&f->x.req.headers, "authorization", "bearer abc"), E_OK);
	route(&f->w, &f->x);
	assert_true(fixture_shows(f, "\"abc\""));
	(void)fixture_ask(f, "GET", "/.well-known/openid-configuration", NULL);
	fixture_query(f, "state=from-query");
	route(&f->w, &f->x);
	assert_string_equal(fixture_string(f, "x"), "127.0.0.1:4711 1800000011 from-query");
}

static void
what_does_not_fit_is_in_the_journal(void **state)
{
	struct fixture *f = *state;

	play(f,
	    "{'name':'r','match':{'ep':'page'},'reply':{'set':{'a':1}}},"
	    "{'name':'long','match':{'ep':'jwks'},"
	    "'reply':{'text':'${repeat:16000000:a}${repeat:16000000:a}'}}");
	assert_int_equal(get(f, "/consent/completion"), 200);
	assert_true(fixture_violated(f, "script:r: reply: the body is no JSON"));
	(void)get(f, "/jwks.json");
	assert_true(fixture_violated(f, "script:long: reply: the answer grows too long"));
}

static void
specs_come_filled_in(void **state)
{
	struct fixture *f = *state;
	json_t *spec;

	play(f,
	    "{'match':{'ep':'token'},'token':{'claims':{'set':{'iss':'${issuer}/','x':'${sub}'}}}},"
	    "{'match':{'ep':'jwks'},'jwks':{'keys':[{'kty':'${host}'}]}}");
	(void)fixture_ask(f, "POST", TOKEN, DEVICE);
	f->x.ep = "token";
	play_before(&f->w, &f->x);
	msg_known(&f->x, "sub", "s");
	spec = play_token(&f->w, &f->x);
	assert_json(spec, "{'claims':{'set':{'iss':'https://127.0.0.1:4711/','x':'s'}}}");
	json_decref(spec);
	assert_null(play_jwks(&f->w, &f->x));
	(void)fixture_ask(f, "GET", "/jwks.json", NULL);
	f->x.ep = "jwks";
	play_before(&f->w, &f->x);
	spec = play_jwks(&f->w, &f->x);
	assert_json(spec, "{'keys':[{'kty':'127.0.0.1:4711'}]}");
	json_decref(spec);
}

static void
a_connection_gets_its_faults(void **state)
{
	struct fixture *f = *state;

	play(f,
	    "{'match':{'ep':'any'},'reply':{'status':599}},"
	    "{'match':{'ep':'connect','nth':2},'wire':['stall'],'tls':{'cert':'expired'}}");
	(void)fixture_ask(f, "", "", NULL);
	play_connect(&f->w, &f->x);
	assert_null(f->x.fault);
	(void)fixture_ask(f, "", "", NULL);
	play_connect(&f->w, &f->x);
	assert_non_null(f->x.fault);
	assert_non_null(f->x.tls);
	assert_string_equal(f->x.rule, "rules[1]");
}

static void
an_answer_gets_its_faults(void **state)
{
	struct fixture *f = *state;

	play(f, "{'match':{'ep':'jwks'},'wire':['close']}");
	(void)get(f, "/jwks.json");
	assert_non_null(f->x.fault);
	assert_null(f->x.tls);
}

static void
a_location_is_changed_or_left(void **state)
{
	struct fixture *f = *state;
	json_t *redirect = quoted("{'set':{'a':'${state}'}}");
	char *got;

	(void)fixture_ask(f, "GET", "/", NULL);
	msg_known(&f->x, "state", "st");
	got = play_location(&f->w, &f->x, redirect, strdup("https://a/"));
	assert_string_equal(got, "https://a/?a=st");
	free(got);
	got = play_location(&f->w, &f->x, NULL, strdup("https://a/"));
	assert_string_equal(got, "https://a/");
	free(got);
	assert_null(play_location(&f->w, &f->x, redirect, NULL));
	json_decref(redirect);
}

static void
a_failure_is_said_with_the_rule(void **state)
{
	struct fixture *f = *state;
	const struct err e = { .code = E_FORMAT, .text = "sig.r0 does not fit" };

	(void)fixture_ask(f, "GET", "/", NULL);
	play_failed(&f->x, &e);
	assert_int_equal(json_array_size(f->x.violations), 0);
	play(f, "{'name':'r','match':{'ep':'any'},'wire':['close']}");
	play_before(&f->w, &f->x);
	play_failed(&f->x, &e);
	assert_true(fixture_violated(f, "script:r: sig.r0 does not fit"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(without_a_script_nothing_changes, fixture_reset),
		cmocka_unit_test_setup(the_first_rule_that_matches_applies_alone, fixture_reset),
		cmocka_unit_test_setup(an_answer_of_the_rule_hands_out_nothing, fixture_reset),
		cmocka_unit_test_setup(a_scripted_slow_down_counts_for_the_pace, fixture_reset),
		cmocka_unit_test_setup(the_end_is_what_the_client_was_told, fixture_reset),
		cmocka_unit_test_setup(the_endpoint_complains_all_the_same, fixture_reset),
		cmocka_unit_test_setup(every_header_can_be_changed, fixture_reset),
		cmocka_unit_test_setup(commands_run_before_the_endpoint, fixture_reset),
		cmocka_unit_test_setup(
		    placeholders_know_what_the_request_says_and_the_endpoint_found, fixture_reset),
		cmocka_unit_test_setup(what_does_not_fit_is_in_the_journal, fixture_reset),
		cmocka_unit_test_setup(specs_come_filled_in, fixture_reset),
		cmocka_unit_test_setup(a_connection_gets_its_faults, fixture_reset),
		cmocka_unit_test_setup(an_answer_gets_its_faults, fixture_reset),
		cmocka_unit_test_setup(a_location_is_changed_or_left, fixture_reset),
		cmocka_unit_test_setup(a_failure_is_said_with_the_rule, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
