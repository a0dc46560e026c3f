/* Foreign text made safe. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/text.h"
#include "tests/support/unit.h"

static void
ascii_is_what_a_terminal_shows(void **state)
{
	(void)state;
	assert_true(text_is_ascii("", 0, false));
	assert_true(text_is_ascii("!~", 2, false));
	assert_false(text_is_ascii("a b", 3, false));
	assert_true(text_is_ascii("a b", 3, true));
	for (int c = 0; c < 256; c++) {
		char s[1] = { (char)c };

		assert_int_equal(text_is_ascii(s, 1, false), c > 0x20 && c < 0x7f);
		assert_int_equal(text_is_ascii(s, 1, true), c >= 0x20 && c < 0x7f);
	}
}

static void
utf8_is_that_of_rfc_3629(void **state)
{
	static const struct {
		const char *s;
		bool ok;
	} row[] = {
		{ "", true },
		{ "abc", true },
		{ "\xc2\x80", true },
		{ "\xdf\xbf", true },
		{ "\xe0\xa0\x80", true },
		{ "\xed\x9f\xbf", true },
		{ "\xee\x80\x80", true },
		{ "\xef\xbf\xbf", true },
		{ "\xf0\x90\x80\x80", true },
		{ "\xf4\x8f\xbf\xbf", true },
		{ "a\xc3\xbc z", true },
		{ "\x80", false },
		{ "\xbf", false },
		{ "\xc0\xaf", false },
		{ "\xc1\xbf", false },
		{ "\xc2", false },
		{ "\xc2 ", false },
		{ "\xe0\x9f\xbf", false },
		{ "\xe2\x82", false },
		{ "\xe2\x28\xa1", false },
		{ "\xed\xa0\x80", false },
		{ "\xf0\x8f\xbf\xbf", false },
		{ "\xf4\x90\x80\x80", false },
		{ "\xf5\x80\x80\x80", false },
		{ "\xf0\x90\x80", false },
		{ "\xff", false },
		{ "ok\xfe", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if (text_is_utf8(row[i].s, strlen(row[i].s)) != row[i].ok)
			fail_msg("row %zu", i);
	assert_false(text_is_utf8("a\0b", 3));
}

static void
everything_that_is_not_printable_is_escaped(void **state)
{
	char out[64];

	(void)state;
	assert_string_equal(text_escape(out, sizeof(out), "a b~", 4), "a b~");
	assert_string_equal(text_escape(out, sizeof(out), "", 0), "");
	assert_string_equal(text_escape(out, sizeof(out), "\x1b[2J\n", 5), "\\x1b[2J\\x0a");
	assert_string_equal(text_escape(out, sizeof(out), "a\\b\0c", 5), "a\\x5cb\\x00c");
	assert_string_equal(text_escape(out, sizeof(out), "\x7f\x80\xff", 3), "\\x7f\\x80\\xff");
}

static void
what_does_not_fit_is_cut_with_a_mark(void **state)
{
	char out[16];

	(void)state;
	assert_string_equal(text_escape(out, 8, "1234567", 7), "1234567");
	assert_string_equal(text_escape(out, 8, "12345678", 8), "1234...");
	assert_string_equal(text_escape(out, 8, "\n\n", 2), "\\x0a...");
	assert_string_equal(text_escape(out, 9, "\n\n", 2), "\\x0a\\x0a");
	assert_string_equal(text_escape(out, 4, "abcd", 4), "...");
	assert_string_equal(text_escape(out, 4, "abc", 3), "abc");
	assert_string_equal(text_escape(out, 1, "a", 1), "");
}

static void
no_size_and_no_text_writes_past_the_end_or_half_an_escape(void **state)
{
	static const char *const src[] = { "abcdefghijkl", "\x1b\x1b\x1b\x1b", "a\nb\nc\nd", "\n",
		"a", "", "ab\\cd\\" };
	char out[32];

	(void)state;
	for (size_t i = 0; i < sizeof(src) / sizeof(src[0]); i++)
		for (size_t size = 0; size < 20; size++) {
			size_t n = 0;

			memset(out, '#', sizeof(out));
			assert_ptr_equal(text_escape(out, size, src[i], strlen(src[i])), out);
			for (size_t k = size; k < sizeof(out); k++)
				assert_int_equal(out[k], '#');
			if (size == 0)
				continue;
			n = strnlen(out, size);
			assert_true(n < size);
			for (size_t k = 0; k < n; k++)
				if (out[k] == '\\')
					assert_true(k + 4 <= n && out[k + 1] == 'x');
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ascii_is_what_a_terminal_shows),
		cmocka_unit_test(utf8_is_that_of_rfc_3629),
		cmocka_unit_test(everything_that_is_not_printable_is_escaped),
		cmocka_unit_test(what_does_not_fit_is_cut_with_a_mark),
		cmocka_unit_test(no_size_and_no_text_writes_past_the_end_or_half_an_escape),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
