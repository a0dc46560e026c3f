/* The journal. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/control/journal.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static const json_t *
last_entry(const struct fixture *f)
{
	const json_t *all = f->w.journal.entries;

	return json_array_get(all, json_array_size(all) - 1);
}

static const char *
part_of(const json_t *entry, const char *part, const char *name)
{
	const char *s = json_string_value(json_object_get(json_object_get(entry, part), name));

	return s == NULL ? "" : s;
}

static void
shows_no_secret(void **state)
{
	struct fixture *f = *state;
	struct exchange *x = fixture_ask(f, "POST", "/api/oidc/token",
	    "client_id=c&client_secret=hush1&device_code=hush2&access_token=hush3&scope=a+b");
	char *text;

	assert_int_equal(pairs_add(&x->req.headers, "authorization", "Basic hush4"), E_OK);
	assert_int_equal(pairs_add(&x->req.headers, "cookie", "hush5"), E_OK);
	assert_int_equal(pairs_add(&x->req.query, "access_token", "hush6"), E_OK);
	journal_record(&f->w.journal, x, 5);
	text = json_dumps(f->w.journal.entries, 0);
	assert_null(strstr(text, "hush"));
	free(text);
	assert_string_equal(part_of(last_entry(f), "form", "client_secret"), "present");
	assert_string_equal(part_of(last_entry(f), "form", "device_code"), "present");
	assert_string_equal(part_of(last_entry(f), "form", "scope"), "a b");
	assert_string_equal(part_of(last_entry(f), "headers", "authorization"), "Basic present");
	assert_string_equal(part_of(last_entry(f), "headers", "host"), FIXTURE_HOST);
}

static void
counts_requests_by_path(void **state)
{
	struct fixture *f = *state;

	journal_record(&f->w.journal, fixture_ask(f, "GET", "/a", NULL), 1);
	journal_record(&f->w.journal, fixture_ask(f, "GET", "/b", NULL), 2);
	journal_record(&f->w.journal, fixture_ask(f, "GET", "/a", NULL), 3);
	assert_int_equal(journal_count(&f->w.journal, NULL), 3);
	assert_int_equal(journal_count(&f->w.journal, "/a"), 2);
	assert_int_equal(journal_count(&f->w.journal, "/c"), 0);
	assert_int_equal(json_integer_value(json_object_get(last_entry(f), "seq")), 3);
	assert_int_equal(json_integer_value(json_object_get(last_entry(f), "ms")), 3);
	journal_reset(&f->w.journal);
	assert_int_equal(journal_count(&f->w.journal, NULL), 0);
}

static void
survives_bytes_that_are_no_text(void **state)
{
	struct fixture *f = *state;
	struct exchange *x = fixture_ask(f, "POST", "/", "a%ff=%fe&b=1");

	assert_int_equal(pairs_add(&x->req.headers, "authorization", "\xff\xfe"), E_OK);
	journal_record(&f->w.journal, x, 1);
	assert_string_equal(part_of(last_entry(f), "form", "a\\xff"), "\\xfe");
	assert_string_equal(part_of(last_entry(f), "form", "b"), "1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(shows_no_secret, fixture_reset),
		cmocka_unit_test_setup(counts_requests_by_path, fixture_reset),
		cmocka_unit_test_setup(survives_bytes_that_are_no_text, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
