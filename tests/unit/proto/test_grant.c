/* Grants as bytes and back. */
#include "config.h"

#include <stdbool.h>
#include <string.h>

#include "proto/grant.h"
#include "tests/support/unit.h"

#define T(s) ((char[]){ s }) /* string literals are const here */

static char *env_golden[] = { T("LATCHKEY_SUBJECT=abc"), T("LATCHKEY_USERNAME=Alice A") };
static uint32_t gids_golden[] = { 27, 998 };

static const struct grant made = { .login_id = T("3f9c01aa"),
	.account = T("alice"),
	.service = T("sshd"),
	.subject = T("abc"),
	.username = T("Alice A"),
	.env = { .v = env_golden, .n = 2 },
	.gids = gids_golden,
	.gid_count = 2 };

static struct grant
golden(void)
{
	return made;
}

static enum errcode
encode(struct buf *b, struct grant g)
{
	buf_reset(b);
	return grant_encode(b, &g);
}

static enum errcode
decode(const void *p, size_t len, struct grant *g)
{
	struct err e = { .code = E_OK };
	struct rd r;

	rd_init(&r, p, len);
	return grant_decode(&r, g, &e);
}

static void
what_is_encoded_is_decoded(void **state)
{
	struct buf *b = buf_new(8192);
	struct grant g = { 0 };

	(void)state;
	assert_int_equal(encode(b, golden()), E_OK);
	assert_int_equal(decode(buf_data(b), buf_len(b), &g), E_OK);
	assert_string_equal(g.login_id, "3f9c01aa");
	assert_string_equal(g.account, "alice");
	assert_string_equal(g.service, "sshd");
	assert_string_equal(g.subject, "abc");
	assert_string_equal(g.username, "Alice A");
	assert_int_equal(g.env.n, 2);
	assert_string_equal(g.env.v[1], "LATCHKEY_USERNAME=Alice A");
	assert_int_equal(g.gid_count, 2);
	assert_int_equal(g.gids[1], 998);
	grant_clear(&g);
	assert_null(g.account);
	buf_free(b);
}

static void
a_grant_without_groups_and_variables_is_whole(void **state)
{
	struct grant g = golden(), out = { 0 };
	struct buf *b = buf_new(8192);

	(void)state;
	g.env.n = g.gid_count = 0;
	assert_int_equal(encode(b, g), E_OK);
	assert_int_equal(decode(buf_data(b), buf_len(b), &out), E_OK);
	assert_null(out.gids);
	grant_clear(&out);
	buf_free(b);
}

static void
refuses_every_cut_and_leaves_the_struct_alone(void **state)
{
	struct buf *b = buf_new(8192);
	struct grant g = { .gid_count = 77 };

	(void)state;
	assert_int_equal(encode(b, golden()), E_OK);
	for (size_t len = 0; len < buf_len(b); len++)
		assert_int_equal(decode(buf_data(b), len, &g), E_FORMAT);
	assert_int_equal(g.gid_count, 77);
	assert_null(g.account);
	buf_free(b);
}

static void
refuses_variables_that_are_not_ours(void **state)
{
	char *const bad[] = { T("PATH=/tmp"), T("LD_PRELOAD=/tmp/x.so"), T("LATCHKEY_=x"),
		T("LATCHKEY_X"), T("LATCHKEY_x=1"),
		T("LATCHKEY_TICKET=00112233445566778899aabbccddeeff"), T("LATCHKEY_X=a\nb"),
		T("LATCHKEY_X=\xc3\xa9"), T("") };
	struct buf *b = buf_new(8192);
	struct grant g = golden();
	char *one[1];

	(void)state;
	g.env.v = one;
	g.env.n = 1;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		one[0] = bad[i];
		assert_int_equal(encode(b, g), E_FORMAT);
	}
	one[0] = T("LATCHKEY_X=1");
	assert_int_equal(encode(b, g), E_OK);
	buf_free(b);
}

static void
refuses_fields_out_of_their_bounds(void **state)
{
	struct buf *b = buf_new(8192);
	char longer[GRANT_STRING_MAX + 2];
	struct grant g;

	(void)state;
	memset(longer, 'a', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	g = golden(), g.account = longer;
	assert_int_equal(encode(b, g), E_FORMAT);
	g = golden(), g.account = T("");
	assert_int_equal(encode(b, g), E_FORMAT);
	g = golden(), g.login_id = T("3F9C01AA");
	assert_int_equal(encode(b, g), E_FORMAT);
	g = golden(), g.subject = T("a\x1b[2J");
	assert_int_equal(encode(b, g), E_FORMAT);
	g = golden(), g.username = T("J\xc3\xb6rg");
	assert_int_equal(encode(b, g), E_FORMAT);
	g = golden(), g.gid_count = GRANT_GROUPS_MAX + 1;
	assert_int_equal(encode(b, g), E_FORMAT);
	buf_free(b);
}

/* The encoder would not write it, so the count is changed in the bytes. */
static void
refuses_more_groups_than_the_maximum_before_it_has_memory_for_them(void **state)
{
	struct buf *b = buf_new(8192);
	struct grant g = { 0 };
	uint8_t bytes[512];
	size_t len;

	(void)state;
	assert_int_equal(encode(b, golden()), E_OK);
	len = buf_len(b);
	memcpy(bytes, buf_data(b), len);
	memset(bytes + len - 12, 0xff, 4);
	assert_int_equal(decode(bytes, len, &g), E_FORMAT);
	memcpy(bytes, buf_data(b), len);
	memset(bytes + len - 4, 0xff, 4);
	assert_int_equal(decode(bytes, len, &g), E_FORMAT);
	buf_free(b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_encoded_is_decoded),
		cmocka_unit_test(a_grant_without_groups_and_variables_is_whole),
		cmocka_unit_test(refuses_every_cut_and_leaves_the_struct_alone),
		cmocka_unit_test(refuses_variables_that_are_not_ours),
		cmocka_unit_test(refuses_fields_out_of_their_bounds),
		cmocka_unit_test(
		    refuses_more_groups_than_the_maximum_before_it_has_memory_for_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
