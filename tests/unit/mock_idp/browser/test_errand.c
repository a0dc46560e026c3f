/* The browser's command line. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/browser/errand.h"
#include "tests/support/unit.h"

#define URL "https://127.0.0.1:4711/x"

static char words[8][128];

/* The words up to a NULL, copied: errands point into them. */
static enum errcode
parse(struct errand *a, const char *const list[], struct err *e)
{
	char *argv[8];
	int n = 0;

	for (; list[n] != NULL; n++) {
		(void)snprintf(words[n], sizeof(words[n]), "%s", list[n]);
		argv[n] = words[n];
	}
	return errand_parse(a, n, argv, e);
}

static void
alone_it_is_alice_in_an_ordinary_browser(void **state)
{
	const char *const list[] = { "--ca", "ca.pem", URL, NULL };
	struct errand a;

	(void)state;
	assert_int_equal(parse(&a, list, NULL), E_OK);
	assert_string_equal(a.user, "alice");
	assert_string_equal(a.ca, "ca.pem");
	assert_string_equal(a.url.target, "/x");
	assert_int_equal(a.timeout, 30);
	assert_int_equal(a.parallel, 1);
	assert_int_equal(a.nchanges, 0);
	assert_null(a.shape.method);
	assert_false(a.deny || a.never || a.twice || a.then_good || a.insecure);
	errand_clear(&a);
}

static void
options_stand_where_they_like(void **state)
{
	const char *const list[] = { URL, "--user=bob", "--insecure", "--method", "PUT", "--slow=5",
		"--deny", NULL };
	struct errand a;

	(void)state;
	assert_int_equal(parse(&a, list, NULL), E_OK);
	assert_string_equal(a.user, "bob");
	assert_string_equal(a.shape.method, "PUT");
	assert_int_equal(a.slow, 5);
	assert_true(a.insecure && a.deny);
	errand_clear(&a);
}

static void
changes_keep_their_order_and_bytes(void **state)
{
	const char *const list[] = { "--insecure", "--set=state=a=b%00", "--drop", "iss",
		"--percent", URL, NULL };
	struct errand a;

	(void)state;
	assert_int_equal(parse(&a, list, NULL), E_OK);
	assert_int_equal(a.nchanges, 3);
	assert_ptr_equal(a.changes[0].row, rawquery_row("--set"));
	assert_string_equal(a.changes[0].arg, "state=a=b%00");
	assert_ptr_equal(a.changes[1].row, rawquery_row("--drop"));
	assert_string_equal(a.changes[1].arg, "iss");
	assert_ptr_equal(a.changes[2].row, rawquery_row("--percent"));
	errand_clear(&a);
}

static void
wrong_words_are_named(void **state)
{
	static const char *const wrong[][4] = {
		{ "--insecure", NULL },
		{ URL, NULL },
		{ "--insecure", "--ca=x", URL },
		{ "--insecure", URL, URL },
		{ "--insecure", "http://127.0.0.1/" },
		{ "--insecure", "https://example.com/" },
		{ "--insecure", "--junks=1", URL },
		{ "--insecure", "--a-name-that-is-longer-than-any", URL },
		{ "--insecure", "--a-name-that-is-longer-than-any-by-far", URL },
		{ "--insecure", "--", URL },
		{ "--insecure", "--junk=0", URL },
		{ "--insecure", "--junk=10001", URL },
		{ "--insecure", "--parallel=401", URL },
		{ "--insecure", "--junk-kind=x", URL },
		{ "--insecure", "--method=", URL },
		{ "--insecure", "--method=A B", URL },
		{ "--insecure", "--raw=\\q", URL },
		{ "--insecure", "--rename=a", URL },
		{ "--insecure", "--never=1", URL },
		{ "--insecure", "--percent=1", URL },
		{ "--insecure", URL, "--user" },
		{ "--insecure", "--timeout=", URL },
	};
	struct errand a;

	(void)state;
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		struct err e = { .code = E_OK };

		assert_int_equal(parse(&a, wrong[i], &e), E_CFG);
		assert_int_not_equal(strlen(e.text), 0);
	}
}

static void
help_needs_nothing_else(void **state)
{
	const char *const list[] = { "--help", NULL };
	struct errand a;

	(void)state;
	assert_int_equal(parse(&a, list, NULL), E_OK);
	assert_true(a.help);
	errand_clear(&a);
}

/* Each option of the usage is one, and takes what it says. */
static void
the_usage_knows_every_option(void **state)
{
	const char *at = errand_usage;
	size_t known = 0;

	(void)state;
	while ((at = strstr(at, "--")) != NULL) {
		size_t n = strspn(at, "abcdefghijklmnopqrstuvwxyz-");
		const char *list[] = { "--insecure", words[7], URL, NULL };
		struct err e = { .code = E_OK };
		struct errand a;

		(void)snprintf(words[7], sizeof(words[7]), "%.*s=", (int)n, at);
		if (parse(&a, list, &e) == E_OK)
			errand_clear(&a);
		assert_null(strstr(e.text, "unknown option"));
		assert_int_equal(strstr(e.text, "takes no value") == NULL,
		    at[n] == ' ' && strchr(" [", at[n + 1]) == NULL);
		known++;
		at += n;
	}
	assert_int_equal(known, 31);
}

static void
there_is_an_end_to_changes(void **state)
{
	static char percent[] = "--percent";
	char *argv[ERRAND_CHANGES_MAX + 1];
	struct err e = { .code = E_OK };
	struct errand a;

	(void)state;
	for (size_t i = 0; i <= ERRAND_CHANGES_MAX; i++)
		argv[i] = percent;
	assert_int_equal(errand_parse(&a, ERRAND_CHANGES_MAX + 1, argv, &e), E_CFG);
	assert_non_null(strstr(e.text, "--percent"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alone_it_is_alice_in_an_ordinary_browser),
		cmocka_unit_test(options_stand_where_they_like),
		cmocka_unit_test(changes_keep_their_order_and_bytes),
		cmocka_unit_test(wrong_words_are_named),
		cmocka_unit_test(help_needs_nothing_else),
		cmocka_unit_test(the_usage_knows_every_option),
		cmocka_unit_test(there_is_an_end_to_changes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
