/* Strict numbers in text. */
#include "config.h"

#include <stddef.h>

#include "common/num.h"
#include "tests/support/unit.h"

#define BAD UINT64_C(424242) /* what *out holds where nothing was parsed */

struct row {
	const char *s;
	uint64_t min, max, value;
};

static void
run(bool (*parse)(const char *, uint64_t, uint64_t, uint64_t *), const struct row *row, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint64_t v = BAD;

		if (parse(row[i].s, row[i].min, row[i].max, &v) != (row[i].value != BAD))
			fail_msg("\"%s\"", row[i].s);
		assert_true(v == row[i].value);
	}
}

static void
only_plain_decimal_within_bounds(void **state)
{
	static const struct row row[] = {
		{ "0", 0, 0, 0 },
		{ "7", 0, 9, 7 },
		{ "10", 10, 10, 10 },
		{ "9", 10, 20, BAD },
		{ "21", 10, 20, BAD },
		{ "18446744073709551615", 0, UINT64_MAX, UINT64_MAX },
		{ "18446744073709551616", 0, UINT64_MAX, BAD },
		{ "28446744073709551615", 0, UINT64_MAX, BAD },
		{ "184467440737095516150", 0, UINT64_MAX, BAD },
		{ "", 0, 9, BAD },
		{ "00", 0, 9, BAD },
		{ "07", 0, 9, BAD },
		{ "+7", 0, 9, BAD },
		{ "-0", 0, 9, BAD },
		{ " 7", 0, 9, BAD },
		{ "7 ", 0, 9, BAD },
		{ "7\n", 0, 9, BAD },
		{ "0x7", 0, 9, BAD },
		{ "7.0", 0, 9, BAD },
		{ "1e3", 0, 9999, BAD },
		{ "7s", 0, 9, BAD },
		{ "\xd9\xa3", 0, 9, BAD },
	};

	(void)state;
	run(num_parse, row, sizeof(row) / sizeof(row[0]));
}

static void
seconds_with_one_unit_at_most(void **state)
{
	static const struct row row[] = {
		{ "90", 0, 100, 90 },
		{ "90s", 0, 100, 90 },
		{ "0s", 0, 100, 0 },
		{ "5m", 0, 300, 300 },
		{ "5m", 0, 299, BAD },
		{ "2h", 0, 7200, 7200 },
		{ "1d", 86400, 86400, 86400 },
		{ "1d", 86401, 90000, BAD },
		{ "213503982334601d", 0, UINT64_MAX, UINT64_C(18446744073709526400) },
		{ "213503982334602d", 0, UINT64_MAX, BAD },
		{ "", 0, 9, BAD },
		{ "s", 0, 9, BAD },
		{ "5ms", 0, 999, BAD },
		{ "5S", 0, 999, BAD },
		{ "5 s", 0, 999, BAD },
		{ "5sm", 0, 999, BAD },
		{ "1h5m", 0, 9999, BAD },
		{ "05m", 0, 999, BAD },
		{ "-5m", 0, 999, BAD },
		{ "1w", 0, 999999, BAD },
	};

	(void)state;
	run(num_parse_seconds, row, sizeof(row) / sizeof(row[0]));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_plain_decimal_within_bounds),
		cmocka_unit_test(seconds_with_one_unit_at_most),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
