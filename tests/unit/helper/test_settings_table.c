/* The table of settings. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper/settings_table.h"
#include "tests/support/unit.h"

static void
a_key_is_found_in_its_own_section_only(void **state)
{
	(void)state;
	assert_non_null(settings_table_find(SETTINGS_PROVIDER, "issuer"));
	assert_null(settings_table_find(SETTINGS_LOGIN, "issuer"));
	assert_non_null(settings_table_find(SETTINGS_GROUP, "groups"));
	assert_null(settings_table_find(SETTINGS_LOGIN, "groups"));
	assert_null(settings_table_find(SETTINGS_LOGIN, "FLOW"));
	assert_null(settings_table_find(SETTINGS_LOGIN, ""));
}

static void
a_service_has_those_login_keys_that_make_sense_for_it(void **state)
{
	static const char *const yes[] = { "flow", "prompt", "time_limit", "allow_groups",
		"allow_users", "deny_groups", "ignore_users", "strangers", "min_uid", "pin",
		"session_env" };
	static const char *const no[] = { "services", "root_groups", "issuer", "groups" };

	(void)state;
	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		assert_non_null(settings_table_find(SETTINGS_SERVICE, yes[i]));
	for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++)
		assert_null(settings_table_find(SETTINGS_SERVICE, no[i]));
}

static void
every_row_is_complete_and_named_once(void **state)
{
	(void)state;
	for (size_t i = 0; i < SETTINGS_ROWS; i++) {
		const struct settings_row *row = &settings_table[i];
		bool words = row->type == SETTINGS_TEXT || row->type == SETTINGS_LIST;
		bool choice = row->type == SETTINGS_CHOICE || row->type == SETTINGS_SWITCH;

		assert_ptr_equal(settings_table_find(row->section, row->key), row);
		assert_int_equal(row->fits != NULL && row->expected != NULL, words);
		assert_int_equal(row->choice != NULL, choice);
		assert_int_equal(row->missing != NULL, row->initial == NULL);
		if (row->type == SETTINGS_LIST)
			assert_true(row->max > 0);
	}
}

static void
the_manual_has_a_paragraph_for_each_row_in_this_order(void **state)
{
	const char *top = getenv("top_srcdir");
	char path[4096], line[256], want[128];
	size_t row = 0;
	FILE *f;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/man/latchkey.conf.5", top == NULL ? "." : top);
	assert_non_null(f = fopen(path, "r"));
	while (fgets(line, sizeof(line), f) != NULL) {
		if (strncmp(line, ".It Cm ", 7) != 0)
			continue;
		assert_in_range(row, 0, SETTINGS_ROWS - 1);
		(void)snprintf(want, sizeof(want), ".It Cm %s\n", settings_table[row++].key);
		assert_string_equal(line, want);
	}
	(void)fclose(f);
	assert_int_equal(row, SETTINGS_ROWS);
}

static void
sections_have_names(void **state)
{
	enum settings_section s = SETTINGS_GROUP;

	(void)state;
	assert_true(settings_table_find_section("provider", &s));
	assert_int_equal(s, SETTINGS_PROVIDER);
	assert_false(settings_table_find_section("Provider", &s));
	assert_false(settings_table_find_section("", &s));
	assert_int_equal(s, SETTINGS_PROVIDER);
	assert_string_equal(settings_table_section(SETTINGS_SERVICE), "service");
}

static void
a_slip_of_the_pen_finds_the_key_that_was_meant(void **state)
{
	static const struct {
		enum settings_section in;
		const char *key, *meant;
	} row[] = {
		{ SETTINGS_PROVIDER, "isuer", "issuer" },
		{ SETTINGS_PROVIDER, "client_secretfile", "client_secret_file" },
		{ SETTINGS_PROVIDER, "scope", "scopes" },
		{ SETTINGS_LOGIN, "allowed_groups", "allow_groups" },
		{ SETTINGS_SERVICE, "timelimit", "time_limit" },
		{ SETTINGS_SERVICE, "service", NULL },
		{ SETTINGS_LOGIN, "colour_of_the_sky", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		const char *found = settings_table_nearest(row[i].in, row[i].key);

		if (row[i].meant == NULL)
			assert_null(found);
		else
			assert_string_equal(found, row[i].meant);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_key_is_found_in_its_own_section_only),
		cmocka_unit_test(a_service_has_those_login_keys_that_make_sense_for_it),
		cmocka_unit_test(every_row_is_complete_and_named_once),
		cmocka_unit_test(the_manual_has_a_paragraph_for_each_row_in_this_order),
		cmocka_unit_test(sections_have_names),
		cmocka_unit_test(a_slip_of_the_pen_finds_the_key_that_was_meant),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
