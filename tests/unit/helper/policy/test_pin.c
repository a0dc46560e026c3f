/* To whom an account belongs: C-098, H-42. */
#include "config.h"

#include <string.h>

#include "helper/policy/pin.h"
#include "tests/support/unit.h"

static const struct pin alice = {
	.bound = true, .issuer = "https://auth.example.com", .sub = "8c2a-f0", .since = 1700000000
};

static void
a_pin_is_issuer_and_subject_whole(void **state)
{
	static const struct pin nothing = { .approved = true, .sub = "8c2a-f0" };

	(void)state;
	assert_int_equal(pin_judge(&alice, alice.issuer, "8c2a-f0"), PIN_SAME);
	assert_int_equal(pin_judge(&alice, alice.issuer, "8c2a-f"), PIN_OTHER_SUB);
	assert_int_equal(pin_judge(&alice, alice.issuer, "8c2a-f01"), PIN_OTHER_SUB);
	assert_int_equal(pin_judge(&alice, alice.issuer, "8C2A-F0"), PIN_OTHER_SUB);
	assert_int_equal(pin_judge(&alice, alice.issuer, ""), PIN_OTHER_SUB);
	assert_int_equal(
	    pin_judge(&alice, "https://auth.example.com/", "8c2a-f0"), PIN_OTHER_ISSUER);
	assert_int_equal(pin_judge(&nothing, alice.issuer, "8c2a-f0"), PIN_FREE);
}

static void
two_records_are_the_same_in_what_counts(void **state)
{
	struct pin b = alice;

	(void)state;
	b.since = 5;
	assert_true(pin_is_same(&alice, &b));
	b.approved = true;
	assert_false(pin_is_same(&alice, &b));
	b = alice;
	b.sub[0] = '9';
	assert_false(pin_is_same(&alice, &b));
	b = alice;
	b.issuer[0] = 'H';
	assert_false(pin_is_same(&alice, &b));
	b.bound = false;
	assert_false(pin_is_same(&alice, &b));
}

static size_t
encoded(uint8_t out[PIN_FILE_MAX], const struct pin *p)
{
	struct buf *b = buf_new(PIN_FILE_MAX);
	size_t len;

	assert_int_equal(pin_encode(b, p), E_OK);
	len = buf_len(b);
	memcpy(out, buf_data(b), len);
	buf_free(b);
	return len;
}

static void
what_is_written_reads_back(void **state)
{
	struct pin most = { .approved = true, .bound = true, .since = INT64_MAX };
	const struct pin row[] = { alice, { .approved = true, .since = 1 }, most };
	uint8_t file[PIN_FILE_MAX];
	struct pin got;

	(void)state;
	memset(most.issuer, 'i', URL_MAX);
	memset(most.sub, 's', IDENTITY_SUB_MAX - 1);
	for (size_t i = 0; i < 3; i++) {
		const struct pin *p = i == 2 ? &most : &row[i];

		assert_int_equal(pin_decode(&got, file, encoded(file, p), NULL), E_OK);
		assert_true(pin_is_same(&got, p));
		assert_int_equal(got.since, p->since);
	}
}

/* Everything else is refused, and whole: what was known before stays. */
static void
bad(const uint8_t *file, size_t len, const char *sentence)
{
	struct pin got = { .since = 7 };
	struct err e = { .code = E_OK };

	assert_int_equal(pin_decode(&got, file, len, &e), E_SYS);
	assert_string_equal(e.reason, "pin.format");
	assert_non_null(strstr(e.text, sentence));
	assert_int_equal(got.since, 7);
	assert_false(got.bound);
}

static void
another_version_or_a_damaged_record_is_refused(void **state)
{
	uint8_t file[PIN_FILE_MAX + 1];
	size_t len = encoded(file, &alice);

	(void)state;
	file[0] = 2;
	bad(file, len, "format 2, which this version does not know");
	file[0] = 0;
	bad(file, len, "format 0");
	file[0] = 1;
	for (size_t n = 0; n < len; n++)
		bad(file, n, "damaged");
	file[len] = 0;
	bad(file, len + 1, "damaged");
	file[1] = 0; /* it would say that nobody is bound */
	bad(file, len, "damaged");
	bad(file, 10, "damaged");
	file[1] = 1;
	assert_int_equal(pin_decode(&(struct pin){ .since = 0 }, file, 10, NULL), E_OK);
	file[1] = 4 | 2;
	bad(file, len, "damaged");
	file[1] = 2;
	file[len - 1] = '\n';
	bad(file, len, "damaged");
	file[2] = 0x80; /* before 1970 */
	file[len - 1] = '0';
	bad(file, len, "damaged");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_pin_is_issuer_and_subject_whole),
		cmocka_unit_test(two_records_are_the_same_in_what_counts),
		cmocka_unit_test(what_is_written_reads_back),
		cmocka_unit_test(another_version_or_a_damaged_record_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
