/* What goes out and was not sent yet. */
#include "config.h"

#include <string.h>

#include "mock_idp/wire/outbox.h"
#include "tests/support/unit.h"

static struct buf *
bytes(const char *text)
{
	struct buf *b = buf_new(100);

	assert_int_equal(buf_puts(b, text), E_OK);
	return b;
}

/* All that may go at that moment, at most max a turn. */
static const char *
sent(struct outbox *o, int64_t now, size_t max, char out[64])
{
	const uint8_t *p;
	size_t at = 0, n;

	while ((n = outbox_ready(o, now, &p)) > 0 && at < 32) {
		n = n < max ? n : max;
		memcpy(out + at, p, n);
		at += n;
		outbox_went(o, n, now);
	}
	out[at] = '\0';
	return out;
}

static void
all_bytes_go_in_order(void **state)
{
	struct outbox o = { .bytes = NULL };
	char out[64];

	(void)state;
	outbox_fill(&o, bytes("abcdefg"), SIZE_MAX, NULL, 0);
	assert_string_equal(sent(&o, 0, 3, out), "abcdefg");
	assert_true(outbox_done(&o, 0));
	outbox_clear(&o);
	assert_null(o.bytes);
}

static void
they_begin_again_where_they_are_told_to(void **state)
{
	const struct fault f = { .end = FAULT_CUT, .end_at = 12 };
	struct outbox o = { .bytes = NULL };
	char out[64];

	(void)state;
	outbox_fill(&o, bytes("abcde"), 3, &f, 0);
	assert_string_equal(sent(&o, 0, 4, out), "abcdedededed");
	assert_true(outbox_done(&o, 0));
	outbox_clear(&o);
}

static void
the_next_slice_has_its_time(void **state)
{
	const struct fault f = { .drip = 2, .drip_ms = 10, .delay_ms = 5 };
	struct outbox o = { .bytes = NULL };
	char out[64];

	(void)state;
	outbox_fill(&o, bytes("abcde"), SIZE_MAX, &f, 100);
	assert_int_equal(outbox_next(&o), 105);
	assert_string_equal(sent(&o, 104, 9, out), "");
	assert_string_equal(sent(&o, 105, 9, out), "ab");
	assert_int_equal(outbox_next(&o), 115);
	assert_string_equal(sent(&o, 115, 9, out), "cd");
	assert_false(outbox_done(&o, 115));
	outbox_fill(&o, bytes("x"), SIZE_MAX, NULL, 115);
	assert_string_equal(sent(&o, 115, 9, out), "x");
	outbox_clear(&o);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_bytes_go_in_order),
		cmocka_unit_test(they_begin_again_where_they_are_told_to),
		cmocka_unit_test(the_next_slice_has_its_time),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
