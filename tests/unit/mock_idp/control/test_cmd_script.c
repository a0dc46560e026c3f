/* Commands about the script. */
#include "config.h"

#include "mock_idp/control/cmd.h"
#include "mock_idp/script/script.h"
#include "tests/support/tmpdir.h"
#include "tests/unit/mock_idp/fixture.h"

static const char one[] = "{\"options\":{\"interval\":3},\"rules\":[{\"name\":\"a\","
                          "\"match\":{\"ep\":\"any\"}}]}";
static const char two[] = "{\"options\":{\"alg\":\"ES256\"},\"rules\":[{\"name\":\"b\","
                          "\"match\":{\"ep\":\"any\"}}]}";

/* The command with the path of a file of that text. */
static const char *
run(struct fixture *f, const char *command, const char *text)
{
	char path[TMPDIR_PATH], line[TMPDIR_PATH + 32];
	const char *answer;
	struct tmpdir t;

	tmpdir_make(&t);
	(void)tmpdir_write(&t, path, "s.json", text, strlen(text));
	(void)snprintf(line, sizeof(line), "%s %s", command, path);
	answer = fixture_run(f, line, NULL, NULL);
	tmpdir_remove(&t);
	return answer;
}

static void
load_replaces_and_append_adds(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(run(f, "load", one), "");
	assert_int_equal(f->w.interval, 3);
	assert_int_equal(f->w.script->n, 1);
	assert_string_equal(run(f, "append", two), "");
	assert_int_equal(f->w.interval, 3);
	assert_int_equal(f->w.alg, ALG_ES256);
	assert_int_equal(f->w.script->n, 2);
	assert_string_equal(f->w.script->rules[1].name, "b");
	assert_string_equal(run(f, "load", two), "");
	assert_int_equal(f->w.interval, 10);
	assert_int_equal(f->w.script->n, 1);
	assert_string_equal(f->w.script->rules[0].name, "b");
	assert_string_equal(fixture_run(f, "unload", NULL, NULL), "");
	assert_null(f->w.script);
	assert_int_equal(f->w.alg, ALG_RS256);
	assert_string_equal(run(f, "append", one), "");
	assert_int_equal(f->w.script->n, 1);
}

static void
a_scenario_is_loaded_by_its_name(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(run(f, "load", one), "");
	assert_string_equal(fixture_run(f, "scenario dev.ok", NULL, NULL), "");
	assert_int_equal(f->w.script->n, 0);
	assert_string_equal(f->w.auto_user, "alice");
	assert_non_null(strstr(fixture_run(f, "scenario none", NULL, NULL), "no such scenario"));
	assert_string_equal(f->w.auto_user, "alice");
}

static void
what_fails_leaves_everything_as_it_was(void **state)
{
	static const char nobody[] = "{\"options\":{\"interval\":7,\"auto\":\"nobody\"}}";
	struct fixture *f = *state;
	const char *why;

	assert_string_equal(run(f, "load", one), "");
	why = run(f, "load", "{\"rules\":[{}]}");
	assert_non_null(strstr(why, "s.json: rules[0]: match is missing"));
	assert_non_null(strstr(run(f, "load", nobody), "no such user: nobody"));
	assert_non_null(strstr(run(f, "append", nobody), "no such user: nobody"));
	assert_non_null(strstr(fixture_run(f, "load /nowhere", NULL, NULL), "No such file"));
	assert_int_equal(f->w.interval, 3);
	assert_int_equal(f->w.script->n, 1);
	assert_int_equal(f->w.script->options.n, 1);
	assert_null(f->w.auto_user);
}

static void
reset_goes_back_to_what_the_script_says(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(run(f, "load", one), "");
	f->w.script->rules[0].match.seen = 5;
	assert_string_equal(fixture_run(f, "auto bob", NULL, NULL), "");
	assert_string_equal(fixture_run(f, "reset", NULL, NULL), "");
	assert_int_equal(f->w.interval, 3);
	assert_int_equal(f->w.script->rules[0].match.seen, 0);
	assert_null(f->w.auto_user);
	assert_string_equal(fixture_run(f, "scenario dev.ok", NULL, NULL), "");
	assert_string_equal(fixture_run(f, "auto off", NULL, NULL), "");
	assert_string_equal(fixture_run(f, "reset", NULL, NULL), "");
	assert_string_equal(f->w.auto_user, "alice");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(load_replaces_and_append_adds, fixture_reset),
		cmocka_unit_test_setup(a_scenario_is_loaded_by_its_name, fixture_reset),
		cmocka_unit_test_setup(what_fails_leaves_everything_as_it_was, fixture_reset),
		cmocka_unit_test_setup(reset_goes_back_to_what_the_script_says, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
