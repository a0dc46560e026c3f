/* Bytes with a limit from birth; and a reader that knows what is left. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "tests/support/unit.h"

static void
what_is_put_is_read(void **state)
{
	struct buf *b = buf_new(256);
	struct rd r;
	char *s, into[4];

	(void)state;
	assert_int_equal(buf_put_u8(b, 0xfe), E_OK);
	assert_int_equal(buf_put_u32(b, 0x01020304), E_OK);
	assert_int_equal(buf_put_u64(b, UINT64_C(0xfffefdfcfbfaf9f8)), E_OK);
	assert_int_equal(buf_put_str(b, "text"), E_OK);
	assert_int_equal(buf_put_str(b, NULL), E_OK);
	assert_int_equal(buf_put_str(b, "abc"), E_OK);
	assert_memory_equal(buf_data(b), "\xfe\x01\x02\x03\x04\xff\xfe", 7);
	rd_init(&r, buf_data(b), buf_len(b));
	assert_int_equal(rd_u8(&r), 0xfe);
	assert_int_equal(rd_u32(&r), 0x01020304);
	assert_true(rd_u64(&r) == UINT64_C(0xfffefdfcfbfaf9f8));
	assert_non_null(s = rd_str(&r, 4));
	assert_string_equal(s, "text");
	free(s);
	assert_non_null(s = rd_str(&r, 0));
	assert_string_equal(s, "");
	free(s);
	assert_false(rd_done(&r));
	assert_true(rd_str_into(&r, into, sizeof(into)));
	assert_string_equal(into, "abc");
	assert_true(rd_done(&r));
	buf_free(b);
}

static void
nothing_is_put_in_part(void **state)
{
	struct buf *b = buf_new(10);

	(void)state;
	assert_int_equal(buf_put(b, "1234567", 7), E_OK);
	assert_int_equal(buf_put(b, "8901", 4), E_LIMIT);
	assert_int_equal(buf_put_u32(b, 1), E_LIMIT);
	assert_int_equal(buf_put_u64(b, 1), E_LIMIT);
	assert_int_equal(buf_put_str(b, ""), E_LIMIT);
	assert_int_equal(buf_puts(b, "8901"), E_LIMIT);
	assert_int_equal(buf_printf(b, "%d", 8901), E_LIMIT);
	assert_int_equal(buf_put(b, "x", SIZE_MAX), E_LIMIT);
	assert_int_equal(buf_len(b), 7);
	assert_int_equal(buf_printf(b, "%d", 890), E_OK);
	assert_int_equal(buf_put_u8(b, 1), E_LIMIT);
	assert_string_equal(buf_cstr(b), "1234567890");
	assert_int_equal(buf_len(b), 10);
	buf_reset(b);
	assert_int_equal(buf_len(b), 0);
	assert_int_equal(buf_put_str(b, "1234567"), E_LIMIT);
	assert_int_equal(buf_put_str(b, "123456"), E_OK);
	buf_free(b);
}

static void
it_grows_and_keeps_what_it_holds(void **state)
{
	struct buf *b = buf_new(100000);

	(void)state;
	for (uint32_t i = 0; i < 20000; i++)
		assert_int_equal(buf_put_u32(b, i), E_OK);
	for (uint32_t i = 0; i < 20000; i += 999)
		assert_int_equal(buf_data(b)[i * 4 + 3], i & 0xff);
	assert_int_equal(buf_len(b), 80000);
	buf_free(b);
}

static void
an_empty_one_is_an_empty_string(void **state)
{
	struct buf *b = buf_new(0);

	(void)state;
	assert_int_equal(buf_put(b, NULL, 0), E_OK);
	assert_int_equal(buf_put_u8(b, 1), E_LIMIT);
	assert_string_equal(buf_cstr(b), "");
	assert_int_equal(buf_len(b), 0);
	buf_reset(b);
	buf_free(b);
	buf_free(NULL);
}

static void
the_first_failure_of_a_reader_stays(void **state)
{
	static const uint8_t p[] = { 1, 2, 3, 4, 5, 6 };
	struct rd r;

	(void)state;
	rd_init(&r, p, sizeof(p));
	assert_true(rd_u64(&r) == 0);
	assert_true(r.bad);
	assert_int_equal(rd_u8(&r), 0);
	assert_int_equal(rd_u32(&r), 0);
	assert_null(rd_str(&r, 9));
	assert_false(rd_done(&r));
	rd_init(&r, NULL, 0);
	assert_true(rd_done(&r));
	assert_int_equal(rd_u8(&r), 0);
	assert_false(rd_done(&r));
}

static void
refuses_strings_that_lie_about_themselves(void **state)
{
	static const struct {
		const char *p;
		size_t len, max;
		bool ok;
	} row[] = {
		{ "\0\0\0\3abc", 7, 3, true },
		{ "\0\0\0\3abc", 7, 2, false },
		{ "\0\0\0\4abc", 7, 9, false },
		{ "\xff\xff\xff\xff"
		  "abc",
		    7, SIZE_MAX - 1, false },
		{ "\0\0\0\3a\0c", 7, 9, false },
		{ "\0\0\0", 3, 9, false },
		{ "", 0, 9, false },
	};
	char into[16];

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		struct rd r;
		char *s;

		rd_init(&r, row[i].p, row[i].len);
		s = rd_str(&r, row[i].max);
		assert_int_equal(s != NULL, row[i].ok);
		assert_int_equal(r.bad, !row[i].ok);
		free(s);
		if (row[i].max >= sizeof(into))
			continue;
		memset(into, 'x', sizeof(into));
		rd_init(&r, row[i].p, row[i].len);
		assert_int_equal(rd_str_into(&r, into, row[i].max + 1), row[i].ok);
		assert_int_equal(into[row[i].max + 1], 'x');
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_put_is_read),
		cmocka_unit_test(nothing_is_put_in_part),
		cmocka_unit_test(it_grows_and_keeps_what_it_holds),
		cmocka_unit_test(an_empty_one_is_an_empty_string),
		cmocka_unit_test(the_first_failure_of_a_reader_stays),
		cmocka_unit_test(refuses_strings_that_lie_about_themselves),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
