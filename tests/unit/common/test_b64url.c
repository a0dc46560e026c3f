/* Strict base64url: one byte string has one spelling. */
#include "config.h"

#include <string.h>

#include "common/b64url.h"
#include "tests/support/unit.h"

static void
vectors_of_rfc_4648_go_both_ways(void **state)
{
	static const char *const row[][2] = { { "", "" }, { "f", "Zg" }, { "fo", "Zm8" },
		{ "foo", "Zm9v" }, { "foob", "Zm9vYg" }, { "fooba", "Zm9vYmE" },
		{ "foobar", "Zm9vYmFy" }, { "\xfb\xef\xbe\xff\xff", "----__8" } };
	char text[32];
	uint8_t out[32];
	size_t n = 99;

	(void)state;
	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		size_t len = strlen(row[i][0]);

		b64url_encode(text, (const uint8_t *)row[i][0], len);
		assert_string_equal(text, row[i][1]);
		assert_int_equal(strlen(text), B64URL_ENCODED(len));
		assert_true(b64url_decode(out, sizeof(out), &n, text, strlen(text)));
		assert_int_equal(n, len);
		assert_memory_equal(out, row[i][0], len);
		assert_int_equal(B64URL_DECODED(strlen(text)), len);
	}
}

static void
every_byte_goes_both_ways_at_every_length(void **state)
{
	uint8_t in[256], out[256];
	char text[B64URL_ENCODED(256) + 1];
	size_t n;

	(void)state;
	for (size_t i = 0; i < 256; i++)
		in[i] = (uint8_t)(i * 7 + 3);
	for (size_t len = 0; len <= 256; len++) {
		b64url_encode(text, in, len);
		assert_true(b64url_decode(out, len, &n, text, strlen(text)));
		assert_int_equal(n, len);
		assert_memory_equal(out, in, len);
	}
}

static void
refuses_every_other_spelling(void **state)
{
	static const char *const bad[] = { "Z", "Zm9vY", "Zg=", "Zg==", "Zm8=", "Zm9v=", "Zm9v\n",
		" Zm9v", "Zm 9v", "Zm+v", "Zm/v", "Zm.v", "Zm%3", "Zh", "Zm9", "Zk", "Z\xc3\xbcv",
		"====" };
	uint8_t out[32];
	size_t n = 99;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (b64url_decode(out, sizeof(out), &n, bad[i], strlen(bad[i])))
			fail_msg("%s", bad[i]);
	assert_false(b64url_decode(out, sizeof(out), &n, "Zm\0v", 4));
	assert_int_equal(n, 99);
}

static void
only_the_sixty_four_characters_are_of_the_alphabet(void **state)
{
	uint8_t out[3];
	size_t n, good = 0;

	(void)state;
	for (int c = 0; c < 256; c++) {
		char s[4] = { 'A', 'A', 'A', (char)c };

		good += b64url_decode(out, sizeof(out), &n, s, 4);
	}
	assert_int_equal(good, 64);
}

static void
refuses_what_does_not_fit(void **state)
{
	uint8_t out[4] = { 0, 0, 0, 0x5a };
	size_t n = 99;

	(void)state;
	assert_false(b64url_decode(out, 2, &n, "Zm9v", 4));
	assert_true(b64url_decode(out, 3, &n, "Zm9v", 4));
	assert_int_equal(out[3], 0x5a);
	assert_false(b64url_decode(out, 3, &n, "Zm9vYg", 6));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors_of_rfc_4648_go_both_ways),
		cmocka_unit_test(every_byte_goes_both_ways_at_every_length),
		cmocka_unit_test(refuses_every_other_spelling),
		cmocka_unit_test(only_the_sixty_four_characters_are_of_the_alphabet),
		cmocka_unit_test(refuses_what_does_not_fit),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
