/* Bodies behind a Content-Encoding; gzip(1) reads what claims to be gzip. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mock_idp/wire/encode.h"
#include "tests/support/unit.h"

#define LIMIT ((size_t)1024 * 1024)

/* What "gzip -dc" makes of it, in hexadecimal; with a last word of its own if it complains. */
static char *
unpacked(const struct buf *b, const char *then)
{
	char path[] = "/tmp/test_encode.XXXXXX", cmd[128];
	static char got[256];
	int fd = mkstemp(path);
	FILE *p;
	size_t n;

	assert_true(fd >= 0);
	assert_int_equal(write(fd, buf_data(b), buf_len(b)), (ssize_t)buf_len(b));
	(void)close(fd);
	(void)snprintf(cmd, sizeof(cmd), "{ gzip -dc %s || echo BAD; } | %s", path, then);
	assert_non_null(p = popen(cmd, "r"));
	n = fread(got, 1, sizeof(got) - 1, p);
	got[n] = '\0';
	(void)pclose(p);
	(void)unlink(path);
	return got;
}

static void
gzip_of_uncompressed_blocks(void **state)
{
	struct buf *b = buf_new(LIMIT);

	(void)state;
	assert_int_equal(encode_put(b, FAULT_GZIP, (const uint8_t *)"hello", 5), E_OK);
	assert_string_equal(unpacked(b, "cat"), "hello");
	buf_reset(b);
	assert_int_equal(encode_put(b, FAULT_GZIP, NULL, 0), E_OK);
	assert_string_equal(unpacked(b, "cat"), "");
	buf_free(b);
}

static void
more_than_one_block(void **state)
{
	struct buf *b = buf_new(LIMIT);
	uint8_t *big = malloc(200000);

	(void)state;
	assert_non_null(big);
	memset(big, 'x', 200000);
	assert_int_equal(encode_put(b, FAULT_GZIP, big, 200000), E_OK);
	assert_string_equal(unpacked(b, "tr -d y | wc -c"), "200000\n");
	free(big);
	buf_free(b);
}

static void
a_bomb_is_small_and_becomes_large(void **state)
{
	struct buf *b = buf_new(LIMIT);

	(void)state;
	assert_int_equal(encode_put(b, FAULT_GZIP_BOMB, (const uint8_t *)"x", 1), E_OK);
	assert_in_range(buf_len(b), 1, 262144);
	assert_string_equal(unpacked(b, "wc -c"), "268435456\n");
	assert_string_equal(unpacked(b, "tr -d '\\000' | wc -c"), "0\n");
	buf_free(b);
}

/* RFC 7932 by hand; curl reads it in tests/component/mock/wire.sh. */
static void
brotli_of_uncompressed_blocks(void **state)
{
	static const uint8_t hello[] = { 0x40, 0x00, 0x10, 'h', 'e', 'l', 'l', 'o', 0x03 };
	struct buf *b = buf_new(LIMIT);
	uint8_t *big = calloc(1, 65536);

	(void)state;
	assert_int_equal(encode_put(b, FAULT_BR, (const uint8_t *)"hello", 5), E_OK);
	assert_int_equal(buf_len(b), sizeof(hello));
	assert_memory_equal(buf_data(b), hello, sizeof(hello));
	buf_reset(b);
	assert_int_equal(encode_put(b, FAULT_BR, NULL, 0), E_OK);
	assert_int_equal(buf_len(b), 1);
	assert_int_equal(buf_data(b)[0], 6);
	buf_reset(b);
	assert_int_equal(encode_put(b, FAULT_BR, big, 65536), E_OK);
	assert_int_equal(buf_len(b), 65536 + 3 + 3 + 1);
	/* the second block, of one byte, begins at a byte */
	assert_memory_equal(buf_data(b) + 3 + 65535, "\x00\x00\x08\x00\x03", 5);
	free(big);
	buf_free(b);
}

static void
nothing_changes_without_an_encoding(void **state)
{
	struct buf *b = buf_new(LIMIT), *small = buf_new(20);

	(void)state;
	assert_int_equal(encode_put(b, FAULT_IDENTITY, (const uint8_t *)"hello", 5), E_OK);
	assert_int_equal(buf_len(b), 5);
	assert_null(encode_name(FAULT_IDENTITY));
	assert_string_equal(encode_name(FAULT_GZIP), "gzip");
	assert_string_equal(encode_name(FAULT_GZIP_BOMB), "gzip");
	assert_string_equal(encode_name(FAULT_BR), "br");
	assert_int_equal(encode_put(small, FAULT_GZIP_BOMB, NULL, 0), E_LIMIT);
	buf_free(small);
	buf_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gzip_of_uncompressed_blocks),
		cmocka_unit_test(more_than_one_block),
		cmocka_unit_test(a_bomb_is_small_and_becomes_large),
		cmocka_unit_test(brotli_of_uncompressed_blocks),
		cmocka_unit_test(nothing_changes_without_an_encoding),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
