/* Commands whose answer comes later. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/control/cmd.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static bool
over(struct fixture *f, struct control_wait *wait, const char *error)
{
	json_t *r = control_check(&f->w, wait);
	const char *got = json_string_value(json_object_get(r, "error"));
	bool same =
	    r != NULL && (error == NULL ? got == NULL : got != NULL && strcmp(got, error) == 0);

	json_decref(r);
	return same;
}

static void
a_code_is_waited_for_until_the_deadline(void **state)
{
	struct fixture *f = *state;
	struct control_wait wait = { .what = WAIT_NOTHING };

	assert_null(fixture_run(f, "wait-code 200", &wait, NULL));
	assert_null(cmd_wait_came(&f->w, &wait));
	assert_null(control_check(&f->w, &wait));
	f->ms += 200;
	assert_true(over(f, &wait, "timeout: no code waits for a decision"));
	assert_null(control_check(&f->w, &wait));
	assert_null(fixture_run(f, "wait-code", &wait, NULL));
	assert_int_equal(wait.deadline, f->ms + CONTROL_WAIT_MS);
	(void)fixture_code(f, "", NULL);
	assert_true(over(f, &wait, NULL));
}

static void
so_are_requests_to_any_or_to_one_endpoint(void **state)
{
	static const char get[] = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
	struct fixture *f = *state;
	struct control_wait any = { .what = WAIT_NOTHING }, token = any, path = any, evil = any;

	assert_null(fixture_run(f, "wait-requests 2", &any, NULL));
	assert_null(fixture_run(f, "wait-requests 1 1000 token", &token, NULL));
	assert_null(fixture_run(f, "wait-requests 2 1000 /a", &path, NULL));
	assert_null(fixture_run(f, "wait-requests 1 1000 evil", &evil, NULL));
	fixture_heard(f, "issuer", "jwks", 1, get);
	fixture_heard(f, "evil_http", NULL, 1, get);
	assert_null(control_check(&f->w, &any));
	assert_null(control_check(&f->w, &token));
	assert_true(over(f, &path, NULL));
	assert_true(over(f, &evil, NULL));
	fixture_heard(f, "issuer", "token", 1, get);
	assert_true(over(f, &any, NULL));
	assert_true(over(f, &token, NULL));
}

static void
who_waited_in_vain_reads_what_came(void **state)
{
	static const char get[] = "GET /a HTTP/1.1\r\nHost: h\r\n\r\n";
	struct fixture *f = *state;
	struct control_wait any = { .what = WAIT_NOTHING }, token = any;

	assert_null(fixture_run(f, "wait-requests 2 10", &any, NULL));
	assert_null(fixture_run(f, "wait-requests 1 10 token", &token, NULL));
	fixture_heard(f, "issuer", "jwks", 1, get);
	f->ms += 10;
	assert_true(over(f, &any, "timeout: 1 request, expected 2"));
	assert_true(over(f, &token, "timeout: 0 requests to token, expected 1"));
}

static void
nonsense_is_not_waited_for(void **state)
{
	static const struct {
		const char *command, *why;
	} wrong[] = {
		{ "wait-code x", "must be a number of milliseconds, is \"x\"" },
		{ "wait-code 3600001", "must be a number of milliseconds, is \"3600001\"" },
		{ "wait-requests 0", "must be a number of requests, is \"0\"" },
		{ "wait-requests 10001", "must be a number of requests, is \"10001\"" },
		{ "wait-requests 1 x", "must be a number of milliseconds, is \"x\"" },
		{ "wait-requests 1 1 nowhere", "nowhere is no endpoint" },
	};
	struct fixture *f = *state;
	char line[200] = "wait-requests 1 1 /";

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		assert_string_equal(fixture_run(f, wrong[i].command, NULL, NULL), wrong[i].why);
	memset(line + 19, 'a', 150);
	assert_non_null(strstr(fixture_run(f, line, NULL, NULL), "aaa is no endpoint"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_code_is_waited_for_until_the_deadline, fixture_reset),
		cmocka_unit_test_setup(so_are_requests_to_any_or_to_one_endpoint, fixture_reset),
		cmocka_unit_test_setup(who_waited_in_vain_reads_what_came, fixture_reset),
		cmocka_unit_test_setup(nonsense_is_not_waited_for, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
