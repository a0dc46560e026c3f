/* What of the provider can be set. */
#include "config.h"

#include <stdlib.h>

#include "mock_idp/profile/profile.h"
#include "mock_idp/script/script.h"
#include "mock_idp/settings.h"
#include "tests/unit/mock_idp/fixture.h"
#include "tests/unit/mock_idp/script/quoted.h"

static const struct where at = { NULL, "f", 0 };

static void
give(struct fixture *f, const char *name, const char *value)
{
	assert_int_equal(pairs_add(&f->w.given, name, value), E_OK);
}

static void
script(struct fixture *f, const char *options)
{
	char text[512];
	struct script *s = NULL;

	(void)quoted_text(options, text, sizeof(text));
	assert_int_equal(script_parse(&s, text, strlen(text), "f", NULL, NULL), E_OK);
	script_free(f->w.script);
	f->w.script = s;
}

static void
nothing_said_is_as_it_begins(void **state)
{
	struct fixture *f = *state;

	f->w.interval = 77;
	f->w.alg = ALG_ES256;
	f->w.nonce_echo = false;
	f->w.groups_in_id_token = true;
	f->w.offset = 5;
	f->w.expires_in = 5;
	f->w.auto_user = strdup("bob");
	assert_int_equal(settings_renew(&f->w, NULL), E_OK);
	assert_int_equal(f->w.interval, 10);
	assert_int_equal(f->w.alg, ALG_RS256);
	assert_true(f->w.nonce_echo);
	assert_false(f->w.groups_in_id_token);
	assert_int_equal(f->w.offset, 0);
	assert_int_equal(f->w.expires_in, 600);
	assert_null(f->w.auto_user);
}

static void
a_script_sets_and_the_command_line_wins(void **state)
{
	struct fixture *f = *state;

	script(f,
	    "{'options':{'interval':3,'alg':'ES256','groups-in-id-token':true,'nonce-echo':false,"
	    "'clock-offset':-60,'auto':'bob','expires-in':30}}");
	assert_int_equal(settings_renew(&f->w, NULL), E_OK);
	assert_int_equal(f->w.interval, 3);
	assert_int_equal(f->w.alg, ALG_ES256);
	assert_true(f->w.groups_in_id_token);
	assert_false(f->w.nonce_echo);
	assert_int_equal(f->w.offset, -60);
	assert_int_equal(f->w.expires_in, 30);
	assert_string_equal(f->w.auto_user, "bob");
	give(f, "interval", "4");
	give(f, "interval", "5");
	give(f, "auto", "off");
	assert_int_equal(settings_renew(&f->w, NULL), E_OK);
	assert_int_equal(f->w.interval, 5);
	assert_null(f->w.auto_user);
	assert_int_equal(f->w.expires_in, 30);
}

static void
nobody_unknown_approves(void **state)
{
	struct fixture *f = *state;
	struct err e = { .code = E_OK };

	script(f, "{'options':{'auto':'nobody'}}");
	assert_int_equal(settings_renew(&f->w, &e), E_CFG);
	assert_says(&e, "auto: no such user: nobody");
}

static void
a_value_that_is_none_is_refused(void **state)
{
	struct fixture *f = *state;
	struct err e = { .code = E_OK };

	give(f, "interval", "x");
	assert_int_equal(settings_renew(&f->w, &e), E_CFG);
	assert_says(&e, "interval cannot be \"x\": must be a number from 1 to 3600");
}

static void
each_row_knows_what_fits(void **state)
{
	static const struct {
		const char *name, *good, *bad[4];
	} rows[] = {
		{ "interval", "3600", { "0", "3601", "-1", "" } },
		{ "expires-in", "2", { "1", "86401", "x", "" } },
		{ "alg", "ES256", { "none", "", "rs256", "ES384x" } },
		{ "groups-in-id-token", "yes", { "true", "", "1", "YES" } },
		{ "nonce-echo", "no", { "maybe", "", "0", "off" } },
		{ "clock-offset", "-3600", { "--1", "-", "", "31622401" } },
		{ "auto", "alice", { "", "", "", "" } },
	};
	char longest[400];

	(void)state;
	memset(longest, 'a', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct settings_row *row = settings_find(rows[i].name, strlen(rows[i].name));

		assert_non_null(row);
		assert_true(settings_fits(row, rows[i].good));
		for (size_t k = 0; k < 4; k++)
			assert_false(settings_fits(row, rows[i].bad[k]));
		assert_false(settings_fits(row, longest));
	}
}

static void
a_row_is_found_by_its_whole_name(void **state)
{
	(void)state;
	assert_null(settings_find("interval", 4));
	assert_null(settings_find("port", 4));
	assert_non_null(settings_find("auto=x", 4));
}

static void
each_row_has_words_for_people(void **state)
{
	(void)state;
	for (const struct settings_row *row = settings_rows; row->name != NULL; row++) {
		assert_non_null(row->help);
		assert_non_null(row->wanted);
		assert_true((row->argument == NULL) == (row->kind == SETTINGS_FLAG));
	}
}

static void
the_names_of_a_refusal_are_all_there_are(void **state)
{
	const struct settings_row *profile = settings_find("profile", 7);
	const struct settings_row *alg = settings_find("alg", 3);
	size_t n = 0;

	(void)state;
	for (; profile_at(n) != NULL; n++)
		assert_non_null(strstr(profile->wanted, profile_at(n)->name));
	for (const char *comma = profile->wanted; (comma = strchr(comma, ',')) != NULL; comma++)
		n--;
	assert_int_equal(n, 1);
	assert_string_equal(alg->wanted,
	    "one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA");
}

static void
a_value_of_a_script_is_spelled_as_on_the_command_line(void **state)
{
	char text[SETTINGS_TEXT_SIZE];
	struct err e = { .code = E_OK };
	json_t *n = json_integer(-5), *s = json_string("bob");

	(void)state;
	assert_int_equal(settings_text("clock-offset", n, text, &at, NULL), E_OK);
	assert_string_equal(text, "-5");
	assert_int_equal(settings_text("auto", s, text, &at, NULL), E_OK);
	assert_string_equal(text, "bob");
	assert_int_equal(settings_text("nonce-echo", json_false(), text, &at, NULL), E_OK);
	assert_string_equal(text, "no");
	assert_int_equal(settings_text("auto", n, text, &at, &e), E_CFG);
	assert_says(&e, "f: must be text, is a whole number");
	e.code = E_OK;
	assert_int_equal(settings_text("interval", n, text, &at, &e), E_CFG);
	assert_says(&e, "f: cannot be \"-5\": must be a number from 1 to 3600");
	e.code = E_OK;
	assert_int_equal(settings_text("no", n, text, &at, &e), E_CFG);
	assert_says(&e, "f: unknown option");
	json_decref(n);
	json_decref(s);
}

/* The profile comes first, wherever it is said: what else is said stays. */
static void
a_profile_brings_its_defaults_and_no_more(void **state)
{
	struct fixture *f = *state;

	script(f, "{'options':{'interval':3,'profile':'rauthy','issuer-path':'/x'}}");
	assert_int_equal(settings_renew(&f->w, NULL), E_OK);
	assert_string_equal(f->w.profile->name, "rauthy");
	assert_int_equal(f->w.interval, 3);
	assert_int_equal(f->w.expires_in, 300);
	assert_int_equal(f->w.alg, ALG_EDDSA);
	assert_string_equal(f->w.issuer, FIXTURE_ISSUER "/x/auth/v1/");
	give(f, "profile", "dex");
	assert_int_equal(settings_renew(&f->w, NULL), E_OK);
	assert_string_equal(f->w.profile->name, "dex");
	pairs_clear(&f->w.given);
	script(f, "{'options':{}}");
	assert_int_equal(settings_renew(&f->w, NULL), E_OK);
	assert_string_equal(f->w.profile->name, "authelia");
	assert_string_equal(f->w.issuer, FIXTURE_ISSUER);
	assert_false(settings_fits(settings_find("profile", 7), "okto"));
	assert_false(settings_fits(settings_find("issuer-path", 11), "x"));
	assert_true(settings_fits(settings_find("issuer-path", 11), "/x/"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_profile_brings_its_defaults_and_no_more, fixture_reset),
		cmocka_unit_test_setup(nothing_said_is_as_it_begins, fixture_reset),
		cmocka_unit_test_setup(a_script_sets_and_the_command_line_wins, fixture_reset),
		cmocka_unit_test_setup(nobody_unknown_approves, fixture_reset),
		cmocka_unit_test_setup(a_value_that_is_none_is_refused, fixture_reset),
		cmocka_unit_test_setup(each_row_knows_what_fits, fixture_reset),
		cmocka_unit_test_setup(a_row_is_found_by_its_whole_name, fixture_reset),
		cmocka_unit_test_setup(each_row_has_words_for_people, fixture_reset),
		cmocka_unit_test(the_names_of_a_refusal_are_all_there_are),
		cmocka_unit_test_setup(
		    a_value_of_a_script_is_spelled_as_on_the_command_line, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
