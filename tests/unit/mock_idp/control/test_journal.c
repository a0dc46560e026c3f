/* The journal. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mock_idp/control/journal.h"
#include "mock_idp/control/pick.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static int64_t
number(const struct journal *j, size_t index, const char *name)
{
	json_t *o = journal_entry(j, index);
	int64_t n = json_is_integer(json_object_get(o, name))
	    ? json_integer_value(json_object_get(o, name))
	    : -1;

	json_decref(o);
	return n;
}

static void
came(struct fixture *f, const char *path, int64_t us)
{
	journal_record(&f->w.journal, fixture_ask(f, "GET", path, NULL), us);
}

static void
counts_requests_by_path(void **state)
{
	struct fixture *f = *state;
	struct journal *j = &f->w.journal;

	came(f, "/a", 1);
	came(f, "/b", 2);
	came(f, "/a", 3);
	assert_int_equal(j->requests, 3);
	assert_int_equal(pick_count(j, "/a"), 2);
	assert_int_equal(pick_count(j, "/c"), 0);
	assert_int_equal(number(j, 2, "seq"), 3);
	assert_int_equal(number(j, 2, "us"), 3);
	assert_null(journal_at(j, 3));
	assert_null(journal_entry(j, 3));
	journal_reset(j);
	assert_int_equal(j->requests, 0);
	came(f, "/a", 9);
	assert_int_equal(number(j, 0, "seq"), 1);
}

static void
after_a_reset_the_same_memory_serves_again(void **state)
{
	struct fixture *f = *state;
	struct journal *j = &f->w.journal;
	const struct entry *first;

	journal_reset(j);
	came(f, "/a", 1);
	came(f, "/b", 2);
	first = journal_at(j, 0);
	journal_reset(j);
	came(f, "/c", 3);
	assert_ptr_equal(journal_at(j, 0), first);
	assert_string_equal(first->path, "/c");
}

static void
what_comes_to_an_evil_listener_is_no_request_to_us(void **state)
{
	struct fixture *f = *state;
	struct exchange *x = fixture_ask(f, "GET", "/a", NULL);

	x->listener = "evil_https";
	msg_violation(x, "evil", NULL);
	journal_record(&f->w.journal, x, 1);
	assert_int_equal(pick_count(&f->w.journal, "any"), 0);
	assert_int_equal(f->w.journal.requests, 0);
	assert_int_equal(f->w.journal.n, 1);
}

static void
learns_when_an_entry_was_answered(void **state)
{
	struct fixture *f = *state;
	struct journal *j = &f->w.journal;
	uint64_t first;

	came(f, "/a", 1);
	first = f->x.entry;
	came(f, "/b", 2);
	journal_answered(j, f->x.entry, 5);
	journal_answered(j, first, 6);
	assert_int_equal(number(j, 0, "answered_us"), 6);
	assert_int_equal(number(j, 1, "answered_us"), 5);
	journal_answered(j, f->x.entry + 1, 7);
	journal_answered(j, 0, 7);
	journal_reset(j);
	journal_answered(j, first, 7);
	came(f, "/c", 8);
	journal_answered(j, first, 9);
	assert_int_equal(number(j, 0, "answered_us"), -1);
}

static void
the_oldest_make_room(void **state)
{
	struct fixture *f = *state;
	struct journal *j = &f->w.journal;

	for (int i = 0; i < JOURNAL_MAX + 3; i++)
		came(f, "/a", i);
	assert_int_equal(j->n, JOURNAL_MAX);
	assert_int_equal(number(j, 0, "seq"), 4);
	assert_int_equal(number(j, JOURNAL_MAX - 1, "seq"), JOURNAL_MAX + 3);
	assert_int_equal(j->requests, JOURNAL_MAX + 3);
	/* an answer to one that went is nobody else's */
	for (uint64_t i = 0; i < 3; i++)
		journal_answered(j, journal_at(j, 0)->number - 1 - i, 7);
	for (size_t i = 0; i < j->n; i++)
		assert_int_equal(journal_at(j, i)->answered, -1);
	journal_reset(j);
	assert_int_equal(j->bytes, 0);
}

static void
so_do_they_when_entries_are_large(void **state)
{
	struct fixture *f = *state;
	struct journal *j = &f->w.journal;
	size_t large = 60000, most = 0;
	char *text = malloc(large + 200);
	int n;

	assert_non_null(text);
	n = snprintf(text, 200, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: %zu\r\n\r\n", large);
	memset(text + n, 'a', large);
	text[(size_t)n + large] = '\0';
	for (int i = 0; i < 1000; i++) {
		assert_true(fixture_bytes(f, text));
		journal_record(j, &f->x, i);
		most = j->bytes > most ? j->bytes : most;
	}
	assert_in_range(most, JOURNAL_BYTES_MAX - 2 * large, JOURNAL_BYTES_MAX);
	assert_in_range(j->n, JOURNAL_BYTES_MAX / large - 20, JOURNAL_BYTES_MAX / large);
	assert_int_equal(number(j, j->n - 1, "seq"), 1000);
	free(text);
}

static void
totals_outlive_a_reset(void **state)
{
	struct fixture *f = *state;
	struct journal *j = &f->w.journal;
	const struct journal_totals before = j->total;
	struct exchange *x = fixture_ask(f, "POST", "/t", "grant_type=authorization_code");

	x->ep = "token";
	x->rep.status = 200;
	journal_record(j, x, 1);
	x->rep.status = 400;
	msg_violation(x, "a", NULL);
	msg_violation(x, "b", NULL);
	journal_record(j, x, 2);
	journal_reset(j);
	x = fixture_ask(f, "POST", "/t", "grant_type=refresh_token");
	x->ep = "token";
	x->rep.status = 200;
	journal_record(j, x, 3);
	x->listener = "evil_http";
	journal_record(j, x, 4);
	assert_int_equal(j->total.requests - before.requests, 3);
	assert_int_equal(j->total.violations - before.violations, 2);
	assert_int_equal(j->total.logins - before.logins, 1);
	assert_int_equal(j->total.evil - before.evil, 1);
}

/* The file's text, which the next call overwrites. */
static const char *
text_of(const char *path)
{
	static char text[4096];
	FILE *fp = fopen(path, "r");
	size_t n;

	assert_non_null(fp);
	n = fread(text, 1, sizeof(text) - 1, fp);
	text[n] = '\0';
	(void)fclose(fp);
	return text;
}

static void
a_file_gets_each_line_at_once(void **state)
{
	struct fixture *f = *state;
	char dir[] = "/tmp/test_journal.XXXXXX", path[64];
	struct journal j;
	struct stat st;
	mode_t old = umask(0);

	assert_non_null(mkdtemp(dir));
	(void)snprintf(path, sizeof(path), "%s/journal", dir);
	for (int raw = 0; raw < 2; raw++) {
		assert_true(journal_init(&j));
		assert_int_equal(journal_open_file(&j, path, raw == 1, NULL), E_OK);
		assert_true(fixture_bytes(f, "GET /a?code=hush HTTP/1.1\r\nHost: h\r\n\r\n"));
		journal_record(&j, &f->x, raw);
		assert_int_equal(strstr(text_of(path), "code=hush") != NULL, raw == 1);
		journal_clear(&j);
	}
	(void)umask(old);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	/* the second one went behind the first */
	assert_int_equal(strncmp(text_of(path), "{\"seq\":1,\"us\":0,", 16), 0);
	assert_non_null(strstr(text_of(path), "}\n{\"seq\":1,\"us\":1,"));
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(dir), 0);
}

static void
a_file_that_cannot_be_is_an_error(void **state)
{
	struct journal j;
	struct err e = { .code = E_OK };

	(void)state;
	assert_true(journal_init(&j));
	assert_int_equal(journal_open_file(&j, "/nonexistent/journal", false, &e), E_SYS);
	assert_non_null(strstr(e.text, "/nonexistent/journal"));
	journal_clear(&j);
}

static void
survives_a_full_disk(void **state)
{
	struct fixture *f = *state;
	struct journal j;

	if (access("/dev/full", W_OK) != 0)
		skip();
	assert_true(journal_init(&j));
	assert_int_equal(journal_open_file(&j, "/dev/full", false, NULL), E_OK);
	journal_record(&j, fixture_ask(f, "GET", "/a", NULL), 1);
	assert_int_equal(j.file, -1);
	journal_record(&j, fixture_ask(f, "GET", "/a", NULL), 2);
	assert_int_equal(j.n, 2);
	journal_clear(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(counts_requests_by_path, fixture_reset),
		cmocka_unit_test_setup(after_a_reset_the_same_memory_serves_again, fixture_reset),
		cmocka_unit_test_setup(
		    what_comes_to_an_evil_listener_is_no_request_to_us, fixture_reset),
		cmocka_unit_test_setup(learns_when_an_entry_was_answered, fixture_reset),
		cmocka_unit_test_setup(the_oldest_make_room, fixture_reset),
		cmocka_unit_test_setup(so_do_they_when_entries_are_large, fixture_reset),
		cmocka_unit_test_setup(totals_outlive_a_reset, fixture_reset),
		cmocka_unit_test_setup(a_file_gets_each_line_at_once, fixture_reset),
		cmocka_unit_test_setup(a_file_that_cannot_be_is_an_error, fixture_reset),
		cmocka_unit_test_setup(survives_a_full_disk, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
