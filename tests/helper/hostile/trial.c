/* One scenario against one setup. */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/helper/hostile/judge.h"
#include "tests/helper/hostile/setup.h"
#include "tests/helper/hostile/trial.h"
#include "tests/helper/hostile/world.h"

#define LOG_MAX ((size_t)256 * 1024)
#define GRACE_MS 3000 /* behind the time limit of a login, on a busy machine */

/* What a trial holds. */
struct stage {
	const struct trial *t;
	struct process mock;
	int log;
	struct buf *logged;
	struct login login;
	struct browser browser;
	char why[400];
};

static const char *
id_of(const struct trial *t)
{
	const char *s = json_string_value(json_object_get(t->scenario, "id"));

	return s == NULL ? "?" : s;
}

static bool
no(struct stage *s, const char *what)
{
	(void)snprintf(s->why, sizeof(s->why), "%s", what);
	return false;
}

/* A second between polls, where neither the scenario nor its setup has something to say about it.
 */
static bool
start_mock(struct stage *s, char *program)
{
	char scenario[] = "--scenario", interval[] = "--interval", one[] = "1";
	char *id = strdup(id_of(s->t));
	const json_t *options = json_object_get(s->t->scenario, "options");
	bool free_choice = json_object_get(options, "interval") == NULL &&
	    !json_is_true(json_object_get(s->t->setup, "long"));
	char *argv[] = { program, scenario, id, free_choice ? interval : NULL, one, NULL };
	bool ok = id != NULL && process_start(&s->mock, argv);

	free(id);
	return ok || no(s, "the provider does not start");
}

static bool
try_login(struct stage *s)
{
	login_clear(&s->login);
	buf_reset(s->logged);
	return (login_try(&s->login, WORLD_DIR "/latchkey.conf", &s->browser) &&
	           world_log(s->log, s->logged)) ||
	    no(s, "the login cannot be had");
}

/* Logins that come before the one that is judged: each succeeds. */
static bool
try_before(struct stage *s)
{
	json_int_t n = json_integer_value(json_object_get(s->t->setup, "before"));

	for (; n > 0; n--) {
		if (!try_login(s))
			return false;
		if (s->login.verdict != MSG_ALLOW)
			return no(s, "the login before it does not succeed");
		if (!process_command(&s->mock, "reset"))
			return no(s, "the provider does not reset");
	}
	return true;
}

/* What comes when the login is over: a revocation is no part of it. */
static bool
wait_behind(struct stage *s)
{
	const char *line = json_string_value(json_object_get(s->t->setup, "then"));

	return line == NULL || process_command(&s->mock, line) ||
	    no(s, "what comes behind the login does not");
}

static bool
pass(struct stage *s, const struct reasons *reasons)
{
	struct judge j = { .scenario = s->t->scenario,
		.login = &s->login,
		.reasons = reasons,
		.mock = &s->mock,
		.journal = !s->t->twin,
		.led_away = json_is_true(json_object_get(s->t->setup, "led_away")),
		.limit_ms = setup_limit(s->t->setup) * 1000 + GRACE_MS };

	if (!browser_end(&s->browser) && judge_is_golden(s->t->scenario))
		return no(s, "the browser does not end well");
	if ((j.log = buf_cstr(s->logged)) == NULL)
		return no(s, "out of memory");
	return judge(&j) || no(s, j.why);
}

/* What was asked of the provider, a line each. */
static void
report_journal(const struct process *mock)
{
	static const char *const members[] = { "us", "ep", "path", "status", "error", "rule",
		"violations" };
	json_t *journal = process_lines(mock, "journal");

	for (size_t i = 0; i < json_array_size(journal); i++) {
		for (size_t k = 0; k < sizeof(members) / sizeof(members[0]); k++) {
			json_t *v = json_object_get(json_array_get(journal, i), members[k]);

			(void)printf(k == 0 ? "  |" : " ");
			(void)json_dumpf(v, stdout, JSON_ENCODE_ANY | JSON_COMPACT);
		}
		(void)printf("\n");
	}
	json_decref(journal);
}

static void
report(const struct stage *s, bool ok)
{
	const char *needs = json_string_value(json_object_get(s->t->setup, "needs"));

	(void)printf("%s %s", ok ? "ok" : "FAIL", id_of(s->t));
	if (s->t->twin)
		(void)printf(" as a twin (%s)", needs == NULL ? "" : needs);
	(void)printf(": %s %" PRId64 " ms, %ld KiB\n", s->login.reason, s->login.ms, s->login.kib);
	if (ok)
		return;
	(void)printf("  | %s\n", s->why);
	if (s->logged != NULL && buf_cstr(s->logged) != NULL)
		(void)printf("  | %s", buf_cstr(s->logged));
	if (s->mock.pid != 0)
		report_journal(&s->mock);
}

bool
trial_run(const struct trial *t, char *program, const struct reasons *reasons)
{
	bool browses = json_is_true(json_object_get(t->setup, "browser"));
	struct stage s = { .t = t,
		.log = -1,
		.logged = buf_new(LOG_MAX),
		.browser = { .program = browses ? program : NULL, .scenario = t->scenario } };
	bool ok = s.logged != NULL && world_enter(&s.log) && setup_environment(t->setup) &&
	    setenv("TMPDIR", WORLD_DIR, 1) == 0 && start_mock(&s, program) &&
	    (setup_write(t->setup, t->conf, s.mock.ready) || no(&s, "no configuration")) &&
	    try_before(&s) && try_login(&s) && wait_behind(&s) && pass(&s, reasons);

	report(&s, ok);
	process_stop(&s.mock);
	login_clear(&s.login);
	buf_free(s.logged);
	return ok;
}
