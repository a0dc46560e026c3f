/* latchkey explain. */
#include "config.h"

#include "tests/unit/cli/records.h"

static char name[] = "explain", opt_conf[] = "--conf", opt_pins[] = "--pins",
            daemon_name[] = "daemon";
static char groups[] = "--groups", users[] = "linux-users", service[] = "--service",
            cron[] = "cron";
static char from[] = "--from", account[] = "--account", claim[] = "--claim", json[] = "--json";
static char deploy[] = "deploy", sub[] = "sub=s-2", doc[SCRATCH_PATH];

static void
explain(char *a, char *b, char *d, char *e, char *f, char *g)
{
	char *argv[] = { name, opt_conf, conf, opt_pins, pins, a, b, d, e, f, g, NULL };

	captured_run(&c, explain_main, "", argv);
}

static void
ends(int status, const char *begins)
{
	if (c.status != status || strncmp(c.out, begins, strlen(begins)) != 0)
		fail_msg("status %d, \"%s\" \"%s\"", c.status, c.out, c.err);
	assert_string_equal(c.err, "");
}

static void
the_status_is_the_answer(void **state)
{
	(void)state;
	explain(daemon_name, groups, users, NULL, NULL, NULL);
	ends(CLI_OK, "daemon as daemon by sshd: allowed");
	explain(daemon_name, NULL, NULL, NULL, NULL, NULL);
	ends(CLI_REFUSED, "daemon as daemon by sshd: refused");
	explain(daemon_name, groups, users, service, cron, NULL);
	ends(CLI_EXEMPT, "daemon as daemon by cron: exempt");
	explain(daemon_name, groups, users, json, NULL, NULL);
	ends(CLI_OK, "{\n \"verdict\": \"allow\",\n");
	assert_int_equal(access(pins, F_OK), -1);
}

static void
its_words_reach_their_places(void **state)
{
	(void)state;
	record("daemon", RECORDS_ISSUER, "s-1");
	explain(daemon_name, groups, users, claim, sub, NULL);
	ends(CLI_REFUSED, "daemon as daemon by sshd: refused (PAM_AUTH_ERR)\nbecause      pin.sub");
	explain(daemon_name, groups, users, account, deploy, NULL);
	ends(CLI_REFUSED, "daemon as deploy by sshd: refused");
	(void)scratch_write(&c.dir, doc, "doc",
	    "{\"preferred_username\":\"daemon\",\"groups\":[\"linux-users\"]}", 0644);
	explain(from, doc, NULL, NULL, NULL, NULL);
	ends(CLI_OK, "daemon as daemon by sshd: allowed");
	explain(deploy, from, doc, NULL, NULL, NULL);
	ends(CLI_REFUSED, "daemon as deploy by sshd: refused");
}

static void
what_is_no_question_is_told(void **state)
{
	static char bad[] = "groups=x";

	(void)state;
	explain(NULL, NULL, NULL, NULL, NULL, NULL);
	captured_says(&c, CLI_USAGE, "usage: latchkey explain USER");
	explain(daemon_name, daemon_name, NULL, NULL, NULL, NULL);
	captured_says(&c, CLI_USAGE, "latchkey explain: daemon stands there too often");
	explain(daemon_name, claim, bad, NULL, NULL, NULL);
	captured_says(&c, CLI_USAGE, "latchkey explain: --claim takes NAME=VALUE");
	explain(daemon_name, from, doc, account, deploy, NULL);
	captured_says(&c, CLI_USAGE, "usage: ");
	(void)scratch_path(&c.dir, doc, "none");
	explain(from, doc, NULL, NULL, NULL, NULL);
	captured_says(&c, CLI_USAGE, "latchkey explain: /tmp/");
	(void)scratch_write(&c.dir, conf, "conf", "[login]\nx = 1\n", 0644);
	explain(daemon_name, NULL, NULL, NULL, NULL, NULL);
	captured_says(&c, CLI_USAGE, "latchkey explain: /tmp/");
	assert_non_null(strstr(c.err, "conf:2: "));
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(the_status_is_the_answer),
		T(its_words_reach_their_places),
		T(what_is_no_question_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
