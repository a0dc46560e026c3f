/* The decoy: what a stranger sees. */
#include "config.h"

#include <string.h>

#include "helper/decoy.h"
#include "tests/support/tmpdir.h"

#define ISSUER "https://auth.example.com"

static struct ipc_code
answer(const char *code, const char *uri, const char *complete)
{
	return (struct ipc_code){ .user_code = strdup(code),
		.verification_uri = strdup(uri),
		.verification_uri_complete = strdup(complete),
		.expires_in = 300,
		.interval = 7 };
}

static void
clear(struct ipc_code *c)
{
	struct ipc_msg m = { .type = IPC_CODE, .code = *c };

	ipc_clear(&m);
}

/* Learns from code and makes one; checks that each character is of the class of its place. */
static void
looks_like(const char *code, const char *alphabet)
{
	char complete[128];
	struct decoy d = { 0 };
	struct ipc_code c, made = { 0 };

	(void)snprintf(complete, sizeof(complete), ISSUER "/d?c=%s", code);
	c = answer(code, ISSUER "/d", complete);
	assert_int_equal(decoy_learn(&d, ISSUER, &c, 120, NULL), E_OK);
	assert_string_equal(d.alphabet, alphabet);
	assert_int_equal(decoy_code(&made, &d, NULL), E_OK);
	assert_int_equal(strlen(made.user_code), strlen(code));
	for (size_t i = 0; code[i] != '\0'; i++)
		if (strchr(" -", code[i]) != NULL)
			assert_int_equal(made.user_code[i], code[i]);
		else
			assert_non_null(strchr(alphabet, made.user_code[i]));
	assert_string_equal(made.verification_uri, ISSUER "/d");
	assert_memory_equal(made.verification_uri_complete, complete, strlen(ISSUER "/d?c="));
	assert_string_equal(
	    made.verification_uri_complete + strlen(ISSUER "/d?c="), made.user_code);
	assert_int_equal(made.expires_in, 300);
	assert_int_equal(made.interval, 7);
	clear(&c);
	clear(&made);
	decoy_clear(&d);
}

static void
a_made_up_code_has_alphabet_length_and_shape_of_a_real_one(void **state)
{
	(void)state;
	looks_like("BCDFGHJK", "BCDFGHJKLMNPQRSTVWXZ");
	looks_like("WDJB-MJHT", "BCDFGHJKLMNPQRSTVWXZ");
	looks_like("123 456 789", "0123456789");
	looks_like("ABEF", "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	looks_like("ab12", "0123456789abcdefghijklmnopqrstuvwxyz");
}

static void
two_codes_are_two(void **state)
{
	struct ipc_code c = answer("BCDFGHJK", ISSUER "/d", ""), a = { 0 }, b = { 0 };
	struct decoy d = { 0 };

	(void)state;
	assert_int_equal(decoy_learn(&d, ISSUER, &c, 120, NULL), E_OK);
	assert_int_equal(decoy_code(&a, &d, NULL), E_OK);
	assert_int_equal(decoy_code(&b, &d, NULL), E_OK);
	assert_string_not_equal(a.user_code, b.user_code);
	assert_string_equal(a.verification_uri_complete, "");
	clear(&a);
	clear(&b);
	clear(&c);
	decoy_clear(&d);
}

static void
the_real_code_is_not_kept(void **state)
{
	struct ipc_code c = answer("BCDFGHJK", ISSUER "/d", ISSUER "/d?user_code=BCDFGHJK");
	char path[TMPDIR_PATH], text[1024] = "";
	struct decoy d = { 0 };
	struct tmpdir t;
	int fd;

	(void)state;
	tmpdir_make(&t);
	assert_int_equal(decoy_learn(&d, ISSUER, &c, 120, NULL), E_OK);
	assert_int_equal(decoy_store(&d, t.path, NULL), E_OK);
	fd = open(tmpdir_file(&t, path, DECOY_FILE), O_RDONLY | O_CLOEXEC);
	assert_true(read(fd, text, sizeof(text)) > 0);
	assert_null(memmem(text, sizeof(text), "BCDFGHJK\0", 9)); /* the alphabet goes on */
	assert_int_equal(close(fd), 0);
	clear(&c);
	decoy_clear(&d);
	tmpdir_remove(&t);
}

static void
what_was_learnt_is_stored_and_loaded(void **state)
{
	struct ipc_code c = answer("123-456", ISSUER "/d", ISSUER "/d?c=123-456");
	struct decoy d = { 0 }, got = { 0 };
	struct tmpdir t;

	(void)state;
	tmpdir_make(&t);
	assert_int_equal(decoy_learn(&d, ISSUER, &c, 120, NULL), E_OK);
	assert_int_equal(decoy_store(&d, t.path, NULL), E_OK);
	assert_int_equal(decoy_load(&got, t.path, ISSUER, NULL), E_OK);
	assert_string_equal(got.shape, "xxx-xxx");
	assert_string_equal(got.alphabet, "0123456789");
	assert_string_equal(got.complete_prefix, ISSUER "/d?c=");
	assert_int_equal(got.expires_in, 300);
	assert_int_equal(got.interval, 7);
	assert_int_equal(got.prepare_ms, 120);
	decoy_clear(&d);
	decoy_clear(&got);
	clear(&c);
	tmpdir_remove(&t);
}

static void
is_the_habits(const char *dir, const char *issuer)
{
	struct decoy d = { 0 };

	assert_int_equal(decoy_load(&d, dir, issuer, NULL), E_OK);
	assert_string_equal(d.issuer, issuer);
	assert_string_equal(d.shape, "xxxxxxxx");
	assert_string_equal(d.alphabet, "BCDFGHJKLMNPQRSTVWXZ");
	assert_non_null(strstr(d.verification_uri, ".com/consent/openid/device-authorization"));
	decoy_clear(&d);
}

static void
before_the_first_login_there_are_habits(void **state)
{
	struct tmpdir t;

	(void)state;
	tmpdir_make(&t);
	is_the_habits(t.path, ISSUER);
	is_the_habits(t.path, ISSUER "/");
	tmpdir_remove(&t);
}

/* Each spoilt file beside the whole one. */
static void
a_foreign_or_spoilt_file_counts_as_none(void **state)
{
	struct ipc_code c = answer("123-456", ISSUER "/d", "");
	char path[TMPDIR_PATH], bytes[1024];
	struct decoy d = { 0 }, got = { 0 };
	struct tmpdir t;
	ssize_t n;
	int fd;

	(void)state;
	tmpdir_make(&t);
	assert_int_equal(decoy_learn(&d, ISSUER, &c, 120, NULL), E_OK);
	assert_int_equal(decoy_store(&d, t.path, NULL), E_OK);
	is_the_habits(t.path, "https://other.example.com");
	fd = open(tmpdir_file(&t, path, DECOY_FILE), O_RDONLY | O_CLOEXEC);
	n = read(fd, bytes, sizeof(bytes));
	assert_int_equal(close(fd), 0);
	assert_true(n > 8);
	(void)tmpdir_write(&t, path, DECOY_FILE, bytes, (size_t)n - 1);
	is_the_habits(t.path, ISSUER);
	bytes[0]++; /* another format */
	(void)tmpdir_write(&t, path, DECOY_FILE, bytes, (size_t)n);
	is_the_habits(t.path, ISSUER);
	bytes[0]--;
	(void)tmpdir_write(&t, path, DECOY_FILE, bytes, (size_t)n);
	assert_int_equal(decoy_load(&got, t.path, ISSUER, NULL), E_OK);
	assert_string_equal(got.shape, "xxx-xxx");
	decoy_clear(&d);
	decoy_clear(&got);
	clear(&c);
	tmpdir_remove(&t);
}

static void
a_slow_day_is_not_imitated_for_ever(void **state)
{
	struct ipc_code c = answer("123-456", ISSUER "/d", "");
	struct decoy d = { 0 };

	(void)state;
	assert_int_equal(decoy_learn(&d, ISSUER, &c, 39000, NULL), E_OK);
	assert_int_equal(d.prepare_ms, DECOY_WAIT_MAX_MS);
	decoy_clear(&d);
	clear(&c);
}

/* Else every login would write, and a rhythm of the provider's that changed would stay unnoticed.
 */
static void
another_code_of_the_same_kind_is_nothing_new(void **state)
{
	struct ipc_code a = answer("BCDFGHJK", ISSUER "/d", ISSUER "/d?c=BCDFGHJK");
	struct ipc_code b = answer("XZWVTSRQ", ISSUER "/d", ISSUER "/d?c=XZWVTSRQ");
	struct decoy x, y;

	(void)state;
	assert_int_equal(decoy_learn(&x, ISSUER, &a, 120, NULL), E_OK);
	assert_int_equal(decoy_learn(&y, ISSUER, &b, 80, NULL), E_OK);
	assert_true(decoy_is_same(&x, &y));
	y.interval = 10;
	assert_false(decoy_is_same(&x, &y));
	decoy_clear(&y);
	clear(&b);
	b = answer("1234-5678", ISSUER "/d", ISSUER "/d?c=1234-5678");
	assert_int_equal(decoy_learn(&y, ISSUER, &b, 80, NULL), E_OK);
	assert_false(decoy_is_same(&x, &y));
	decoy_clear(&x);
	decoy_clear(&y);
	clear(&a);
	clear(&b);
}

static void
a_request_seems_to_take_a_quarter_to_a_half_of_the_preparation(void **state)
{
	int64_t least = INT64_MAX, most = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int64_t ms = decoy_latency(1000);

		least = ms < least ? ms : least;
		most = ms > most ? ms : most;
	}
	assert_in_range(least, 250, 300);
	assert_in_range(most, 450, 500);
	assert_int_equal(decoy_latency(0), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_request_seems_to_take_a_quarter_to_a_half_of_the_preparation),
		cmocka_unit_test(another_code_of_the_same_kind_is_nothing_new),
		cmocka_unit_test(a_made_up_code_has_alphabet_length_and_shape_of_a_real_one),
		cmocka_unit_test(two_codes_are_two),
		cmocka_unit_test(the_real_code_is_not_kept),
		cmocka_unit_test(what_was_learnt_is_stored_and_loaded),
		cmocka_unit_test(before_the_first_login_there_are_habits),
		cmocka_unit_test(a_foreign_or_spoilt_file_counts_as_none),
		cmocka_unit_test(a_slow_day_is_not_imitated_for_ever),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
