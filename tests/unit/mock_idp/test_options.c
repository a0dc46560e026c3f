/* The command line. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_idp/options.h"
#include "tests/support/unit.h"

static enum errcode
parse(struct options *o, const char *a, const char *b, struct err *e)
{
	/* what was parsed points into it */
	static char name[] = "mock", one[96], two[96];
	char *const argv[] = { name, one, two, NULL };

	(void)snprintf(one, sizeof(one), "%s", a == NULL ? "" : a);
	(void)snprintf(two, sizeof(two), "%s", b == NULL ? "" : b);
	return options_parse(o, 1 + (a != NULL) + (b != NULL), argv, e);
}

/* The last value that was given for a setting, or NULL. */
static const char *
given(const struct options *o, const char *name)
{
	for (size_t i = o->ngiven; i > 0; i--)
		if (strcmp(o->given[i - 1].name, name) == 0)
			return o->given[i - 1].value;
	return NULL;
}

static void
without_arguments_it_is_authelia(void **state)
{
	struct options o;

	(void)state;
	assert_int_equal(parse(&o, NULL, NULL, NULL), E_OK);
	assert_int_equal(o.port, 0);
	assert_int_equal(o.ngiven, 0);
	assert_int_equal(o.nscripts, 0);
	assert_null(given(&o, "interval"));
}

static void
its_clock_may_be_off_either_way(void **state)
{
	struct options o;

	(void)state;
	assert_int_equal(parse(&o, "--clock-offset", "3600", NULL), E_OK);
	assert_string_equal(given(&o, "clock-offset"), "3600");
	assert_int_equal(parse(&o, "--clock-offset=-3600", NULL, NULL), E_OK);
	assert_string_equal(given(&o, "clock-offset"), "-3600");
}

static void
values_stand_behind_a_blank_or_an_equals_sign(void **state)
{
	struct options o;

	(void)state;
	assert_int_equal(parse(&o, "--port", "8443", NULL), E_OK);
	assert_int_equal(o.port, 8443);
	assert_int_equal(parse(&o, "--alg=ES256", "--nonce-echo=no", NULL), E_OK);
	assert_string_equal(given(&o, "alg"), "ES256");
	assert_string_equal(given(&o, "nonce-echo"), "no");
	assert_int_equal(parse(&o, "--interval=1", "--groups-in-id-token", NULL), E_OK);
	assert_string_equal(given(&o, "interval"), "1");
	assert_string_equal(given(&o, "groups-in-id-token"), "yes");
	assert_int_equal(parse(&o, "--interval=1", "--interval=2", NULL), E_OK);
	assert_string_equal(given(&o, "interval"), "2");
}

static void
tokens_are_signed_by_any_algorithm_of_public_keys(void **state)
{
	static const char *const good[] = { "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
		"ES256", "ES384", "ES512", "EdDSA" },
	                         *const bad[] = { "HS256", "none", "rs256", "" };
	struct options o;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_int_equal(parse(&o, "--alg", good[i], NULL), E_OK);
		assert_string_equal(given(&o, "alg"), good[i]);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_int_equal(parse(&o, "--alg", bad[i], NULL), E_CFG);
}

static void
the_journal_goes_to_a_file(void **state)
{
	struct options o;
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(parse(&o, NULL, NULL, NULL), E_OK);
	assert_null(o.journal);
	assert_int_equal(parse(&o, "--journal=/a", NULL, NULL), E_OK);
	assert_string_equal(o.journal, "/a");
	assert_false(o.journal_raw);
	assert_int_equal(parse(&o, "--journal=/a", "--journal-raw", NULL), E_OK);
	assert_true(o.journal_raw);
	assert_int_equal(parse(&o, "--journal-raw", NULL, &e), E_CFG);
	assert_string_equal(e.text, "--journal-raw needs --journal");
}

static void
others_are_let_in_by_a_loud_flag_only(void **state)
{
	static const char loud[] = "--listen-beyond-loopback-i-know-this-is-a-test-provider";
	struct options o;
	struct err e = { .code = E_OK };

	(void)state;
	assert_int_equal(parse(&o, NULL, NULL, NULL), E_OK);
	assert_string_equal(o.listen.host, "127.0.0.1");
	assert_int_equal(parse(&o, "--listen", "[::1]", NULL), E_OK);
	assert_string_equal(o.listen.host, "[::1]");
	assert_int_equal(parse(&o, "--host=idp.test", "--listen=[::1]", NULL), E_OK);
	assert_string_equal(o.listen.host, "idp.test");
	assert_string_equal(o.listen.bare, "::1");
	assert_int_equal(parse(&o, "--listen=192.0.2.1", NULL, &e), E_CFG);
	assert_non_null(strstr(e.text, "--listen 192.0.2.1 lets others in"));
	assert_non_null(strstr(e.text, loud));
	assert_int_equal(parse(&o, "--listen=192.0.2.1", loud, NULL), E_OK);
	assert_string_equal(o.listen.bare, "192.0.2.1");
	assert_true(o.beyond_loopback);
	/* in either order */
	assert_int_equal(parse(&o, loud, "--listen=192.0.2.1", NULL), E_OK);
}

static void
it_may_end_with_its_standard_input(void **state)
{
	struct options o;

	(void)state;
	assert_int_equal(parse(&o, NULL, NULL, NULL), E_OK);
	assert_false(o.exit_with_stdin);
	assert_int_equal(parse(&o, "--exit-with-stdin", NULL, NULL), E_OK);
	assert_true(o.exit_with_stdin);
}

static void
wrong_words_are_named(void **state)
{
	static const char *const wrong[] = { "--prt=1", "port", "--port", "--port=65536",
		"--port=-1", "--interval=0", "--interval=3601", "--alg=none", "--nonce-echo=maybe",
		"--groups-in-id-token=yes", "--state=", "--journal=", "--listen=localhost",
		"--host=", "--host=Idp.test", "--host=.test", "--host=a/b", "--listen=0.0.0.0",
		"--exit-with-stdin=yes", "--clock-offset=--1", "--clock-offset=-",
		"--auto=", "--expires-in=1", "--script=", "--scenario=", "--scenario", "--list=x",
		"--json", "--", "" };
	struct options o;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct err e = { .code = E_OK };

		assert_int_equal(parse(&o, wrong[i], NULL, &e), E_CFG);
		assert_int_not_equal(strlen(e.text), 0);
	}
}

static void
a_refusal_says_what_was_found_and_what_is_wanted(void **state)
{
	static const char *const wrong[][2] = {
		{ "--port=x", "--port cannot be \"x\": must be a number from 0 to 65535" },
		{ "--listen=localhost",
		    "--listen cannot be \"localhost\": must be an address, not a name" },
		{ "--interval=0", "--interval cannot be \"0\": must be a number from 1 to 3600" },
		{ "--nonce-echo=1", "--nonce-echo cannot be \"1\": must be yes or no" },
		{ "--prt", "unknown option --prt; --help lists them" },
		{ "port", "unexpected word \"port\"" },
		{ "ctl", "ctl takes a socket and a command, before all else" },
	};
	struct options o;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct err e = { .code = E_OK };

		assert_int_equal(parse(&o, wrong[i][0], NULL, &e), E_CFG);
		assert_string_equal(e.text, wrong[i][1]);
	}
}

static void
no_line_of_help_is_wider_than_100_columns(void **state)
{
	char *text = NULL;
	size_t len = 0;
	FILE *to = open_memstream(&text, &len);

	(void)state;
	assert_non_null(to);
	assert_true(options_help(to));
	assert_int_equal(fclose(to), 0);
	for (const char *line = text; *line != '\0'; line += strcspn(line, "\n") + 1) {
		size_t width = strcspn(line, "\n");

		assert_true(width <= 100);
		assert_true(width == 0 || line[width - 1] != ' ');
	}
	free(text);
}

static void
scripts_and_scenarios_keep_their_order(void **state)
{
	struct options o;

	(void)state;
	assert_int_equal(parse(&o, "--script=a.json", "--scenario=idt.ok", NULL), E_OK);
	assert_int_equal(o.nscripts, 2);
	assert_false(o.scripts[0].scenario);
	assert_string_equal(o.scripts[0].word, "a.json");
	assert_true(o.scripts[1].scenario);
	assert_string_equal(o.scripts[1].word, "idt.ok");
	assert_false(o.list);
	assert_int_equal(parse(&o, "--list", "--json", NULL), E_OK);
	assert_true(o.list && o.json);
}

static void
there_is_a_maximum_of_each(void **state)
{
	char name[] = "mock", script[] = "--script=a", option[] = "--interval=1";
	char *argv[OPTIONS_WORDS + 2] = { name };
	struct options o;

	(void)state;
	for (int i = 1; i < OPTIONS_WORDS + 2; i++)
		argv[i] = script;
	assert_int_equal(options_parse(&o, OPTIONS_WORDS + 1, argv, NULL), E_OK);
	assert_int_equal(options_parse(&o, OPTIONS_WORDS + 2, argv, NULL), E_CFG);
	for (int i = 1; i < OPTIONS_WORDS + 2; i++)
		argv[i] = option;
	assert_int_equal(options_parse(&o, OPTIONS_WORDS + 1, argv, NULL), E_OK);
	assert_int_equal(options_parse(&o, OPTIONS_WORDS + 2, argv, NULL), E_CFG);
}

static void
a_seed_stops_the_clock_and_now_sets_it(void **state)
{
	struct options o;

	(void)state;
	assert_int_equal(parse(&o, NULL, NULL, NULL), E_OK);
	assert_false(o.seeded);
	assert_int_equal(o.now, 0);
	assert_int_equal(parse(&o, "--seed", "0", NULL), E_OK);
	assert_true(o.seeded);
	assert_int_equal(o.seed, 0);
	assert_int_equal(o.now, 1800000000);
	assert_int_equal(parse(&o, "--seed=18446744073709551615", "--now=5", NULL), E_OK);
	assert_true(o.seed == UINT64_MAX);
	assert_int_equal(o.now, 5);
	assert_int_equal(parse(&o, "--seed=-1", NULL, NULL), E_CFG);
	assert_int_equal(parse(&o, "--now=0", NULL, NULL), E_CFG);
}

static void
help_has_a_line_for_each(void **state)
{
	char *text = NULL;
	size_t len = 0;
	FILE *to = open_memstream(&text, &len);

	(void)state;
	assert_non_null(to);
	assert_true(options_help(to));
	assert_int_equal(fclose(to), 0);
	assert_non_null(strstr(text, "usage: latchkey-mock-idp [OPTION ...]\n"));
	assert_non_null(strstr(text, "\n  --port N                    listen there"));
	assert_non_null(strstr(text,
	    "\n  --listen-beyond-loopback-i-know-this-is-a-test-provider\n"
	    "                              --listen takes"));
	/* of a script's settings too */
	assert_non_null(strstr(text, "\n  --interval SECONDS          between two polls"));
	free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(without_arguments_it_is_authelia),
		cmocka_unit_test(its_clock_may_be_off_either_way),
		cmocka_unit_test(values_stand_behind_a_blank_or_an_equals_sign),
		cmocka_unit_test(others_are_let_in_by_a_loud_flag_only),
		cmocka_unit_test(it_may_end_with_its_standard_input),
		cmocka_unit_test(tokens_are_signed_by_any_algorithm_of_public_keys),
		cmocka_unit_test(the_journal_goes_to_a_file),
		cmocka_unit_test(help_has_a_line_for_each),
		cmocka_unit_test(no_line_of_help_is_wider_than_100_columns),
		cmocka_unit_test(wrong_words_are_named),
		cmocka_unit_test(a_refusal_says_what_was_found_and_what_is_wanted),
		cmocka_unit_test(scripts_and_scenarios_keep_their_order),
		cmocka_unit_test(there_is_a_maximum_of_each),
		cmocka_unit_test(a_seed_stops_the_clock_and_now_sets_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
