/* The effective settings in the file's own grammar. */
#include "config.h"

#include <string.h>

#include "helper/settings_table.h"
#include "tests/support/settings_text.h"

static char *
printed(const struct settings *s)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	assert_non_null(f);
	settings_print(s, f);
	assert_int_equal(fclose(f), 0);
	return text;
}

/* What is printed loads, and prints the same again; the caller frees both. */
static char *
round_trip(const char *text, struct settings **again)
{
	struct settings *s = settings_text_good(text);
	char *first = printed(s), *second;

	*again = settings_text_good(first);
	second = printed(*again);
	assert_string_equal(first, second);
	free(second);
	settings_free(s);
	return first;
}

static void
every_key_is_printed_defaults_too(void **state)
{
	struct settings *s;
	char *text =
	    round_trip(SETTINGS_LEAST "[account deploy]\nusers = x\n[group adm]\ngroups = x\n", &s);
	char line[128];

	(void)state;
	for (size_t i = 0; i < SETTINGS_ROWS; i++) {
		(void)snprintf(line, sizeof(line), "\n%s = ", settings_table[i].key);
		assert_non_null(strstr(text, line));
	}
	assert_non_null(strstr(text, "\nname = \"the identity provider\"\n"));
	assert_non_null(strstr(text, "\ntime_limit = 90s\n"));
	assert_non_null(strstr(text, "\nmin_uid = 1000\n"));
	settings_free(s);
	free(text);
}

static void
odd_words_and_sections_read_back(void **state)
{
	struct settings *s;
	char *text = round_trip(SETTINGS_PROVIDER_TEXT
	    "name = \"a # \\\"b\\\" \\\\\"\nextra_origins = https://a.example https://b.example\n"
	    "[login]\nallow_groups = \"Domain Admins\" \"a,b\" gr\xc3\xbcn \"#\" = \"[x]\" DOM\\u\n"
	    "ignore_users =\nflow = none\nsession_env = yes\n"
	    "[service sudo]\nprompt = none\n[service su]\nallow_groups = x y\ntime_limit = 30\n"
	    "[account deploy]\nusers = \"Jo Doe\" gr\xc3\xbcn\n"
	    "[group docker]\ngroups = \"Domain Admins\"\n",
	    &s);

	(void)state;
	assert_string_equal(s->provider.name, "a # \"b\" \\");
	assert_int_equal(s->demand.allow.groups.n, 7);
	assert_string_equal(s->demand.allow.groups.v[6], "DOM\\u");
	assert_int_equal(s->login.ignore_users.n, 0);
	assert_int_equal(s->service_count, 2);
	assert_string_equal(s->account[0].who.users.v[0], "Jo Doe");
	assert_int_equal(s->account[0].who.groups.n, 0);
	assert_int_equal(s->service[0].demand.allow.groups.n, 0);
	assert_int_equal(s->service[1].demand.allow.groups.n, 2);
	assert_int_equal(s->service[1].login.time_limit, 30);
	assert_int_equal(s->service[1].login.flow, SETTINGS_FLOW_NONE);
	settings_free(s);
	free(text);
}

static void
a_list_longer_than_a_line_reads_back(void **state)
{
	char *text = NULL, *out;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);
	struct settings *s;

	(void)state;
	assert_non_null(f);
	(void)fputs(SETTINGS_LEAST "[group adm]\ngroups =\n", f);
	for (int i = 0; i < 1000; i++)
		(void)fprintf(f, " \"some group %d\"\n", i);
	assert_int_equal(fclose(f), 0);
	out = round_trip(text, &s);
	free(text);
	assert_int_equal(s->group[0].groups.n, 1000);
	for (const char *p = out, *nl; (nl = strchr(p, '\n')) != NULL; p = nl + 1)
		assert_true(nl - p < 100);
	settings_free(s);
	free(out);
}

static void
is_not_printed(const char *auth, const char *key, const char *content)
{
	char path[SCRATCH_PATH], text[2048], *out;
	struct settings *s;
	struct scratch d;

	scratch_make(&d);
	scratch_write(&d, path, "file", content, 0600);
	(void)snprintf(text, sizeof(text), "%s%sclient_auth = %s\n%s = %s\n", SETTINGS_LOGIN_TEXT,
	    SETTINGS_PROVIDER_TEXT, auth, key, path);
	out = round_trip(text, &s);
	assert_true(s->provider.client_secret != NULL || s->provider.client_key != NULL);
	assert_null(strstr(out, "s3cr3t"));
	assert_non_null(strstr(out, path));
	settings_free(s);
	free(out);
	scratch_remove(&d);
}

/* C-049 */
static void
the_secret_is_never_printed(void **state)
{
	(void)state;
	is_not_printed("client_secret_basic", "client_secret_file", "s3cr3t\n");
	is_not_printed(
	    "private_key_jwt", "client_key_file", "-----BEGIN PRIVATE KEY-----\ns3cr3t\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_key_is_printed_defaults_too),
		cmocka_unit_test(odd_words_and_sections_read_back),
		cmocka_unit_test(a_list_longer_than_a_line_reads_back),
		cmocka_unit_test(the_secret_is_never_printed),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
