/* Tickets as bytes and back, and the processes that they name. */
#include "config.h"

#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "proto/ticket.h"
#include "tests/support/unit.h"

#define T(s) ((char[]){ s }) /* string literals are const here */

static const struct ticket made = { .boot_id = "01234567-89ab-cdef-0123-456789abcdef",
	.written = 123456,
	.caller = { .pid = 77, .start = 8800 },
	.parent = { .pid = 55, .start = 6600 },
	.grant = { .login_id = T("3f9c01aa"),
	    .account = T("alice"),
	    .service = T("sshd"),
	    .subject = T("abc"),
	    .username = T("alice") } };

static struct ticket
golden(void)
{
	return made;
}

static void
what_is_encoded_is_decoded(void **state)
{
	struct buf *b = buf_new(TICKET_BYTES_MAX);
	struct ticket t = golden(), out;

	(void)state;
	assert_int_equal(ticket_encode(b, &t, NULL), E_OK);
	assert_int_equal(buf_data(b)[0], TICKET_FORMAT);
	assert_int_equal(ticket_decode(buf_data(b), buf_len(b), &out, NULL), E_OK);
	assert_string_equal(out.boot_id, t.boot_id);
	assert_int_equal(out.written, 123456);
	assert_int_equal(out.caller.pid, 77);
	assert_int_equal(out.caller.start, 8800);
	assert_int_equal(out.parent.pid, 55);
	assert_int_equal(out.parent.start, 6600);
	assert_string_equal(out.grant.account, "alice");
	ticket_clear(&out);
	assert_null(out.grant.account);
	buf_free(b);
}

static void
refuses_every_cut_every_byte_too_many_and_other_formats(void **state)
{
	struct buf *b = buf_new(TICKET_BYTES_MAX);
	struct ticket t = golden(), out = { .written = 7 };
	uint8_t bytes[256];

	(void)state;
	assert_int_equal(ticket_encode(b, &t, NULL), E_OK);
	for (size_t len = 0; len < buf_len(b); len++)
		assert_int_equal(ticket_decode(buf_data(b), len, &out, NULL), E_FORMAT);
	memcpy(bytes, buf_data(b), buf_len(b));
	bytes[0] = TICKET_FORMAT + 1;
	assert_int_equal(ticket_decode(bytes, buf_len(b), &out, NULL), E_FORMAT);
	assert_int_equal(buf_put_u8(b, 0), E_OK);
	assert_int_equal(ticket_decode(buf_data(b), buf_len(b), &out, NULL), E_FORMAT);
	assert_int_equal(out.written, 7);
	buf_free(b);
}

static void
refuses_numbers_out_of_their_bounds(void **state)
{
	struct buf *b = buf_new(TICKET_BYTES_MAX);
	struct ticket t = golden();

	(void)state;
	t.caller.pid = 0;
	assert_int_equal(ticket_encode(b, &t, NULL), E_FORMAT);
	t = golden(), t.parent.pid = -1;
	assert_int_equal(ticket_encode(b, &t, NULL), E_FORMAT);
	t = golden(), t.written = -1;
	assert_int_equal(ticket_encode(b, &t, NULL), E_FORMAT);
	t = golden(), t.boot_id[0] = 'G';
	assert_int_equal(ticket_encode(b, &t, NULL), E_FORMAT);
	assert_int_equal(buf_len(b), 0);
	t = golden(), t.parent.pid = 0;
	assert_int_equal(ticket_encode(b, &t, NULL), E_OK);
	buf_free(b);
}

static void
only_thirty_two_lower_case_hex_digits_are_a_name(void **state)
{
	(void)state;
	assert_true(ticket_is_name("00112233445566778899aabbccddeeff"));
	assert_false(ticket_is_name("00112233445566778899AABBCCDDEEFF"));
	assert_false(ticket_is_name("00112233445566778899aabbccddeef"));
	assert_false(ticket_is_name("00112233445566778899aabbccddeeff0"));
	assert_false(ticket_is_name("../2233445566778899aabbccddeeff0"));
	assert_false(ticket_is_name("00112233445566778899aabbccddeeff.taken"));
	assert_false(ticket_is_name(""));
}

static void
a_process_is_read_whatever_it_calls_itself(void **state)
{
	struct ticket_process before = { 0 }, after = { 0 };
	int32_t ppid = 0;

	(void)state;
	assert_true(ticket_process_read(getpid(), &before, &ppid));
	assert_int_equal(before.pid, getpid());
	assert_int_equal(ppid, getppid());
	assert_true(before.start > 0);
	assert_int_equal(prctl(PR_SET_NAME, ") R 1 2 3 (x"), 0);
	assert_true(ticket_process_read(getpid(), &after, &ppid));
	assert_int_equal(after.start, before.start);
	assert_int_equal(ppid, getppid());
}

static void
a_process_that_is_not_there_is_not_read(void **state)
{
	struct ticket_process p = { .pid = 5 };
	int32_t ppid = 5;

	(void)state;
	assert_false(ticket_process_read(INT32_MAX, &p, &ppid));
	assert_false(ticket_process_read(0, &p, &ppid));
	assert_false(ticket_process_read(-1, &p, &ppid));
	assert_int_equal(p.pid, 5);
	assert_int_equal(ppid, 5);
}

static void
the_boot_has_an_id(void **state)
{
	char one[TICKET_BOOT_ID_LEN + 1] = "", two[TICKET_BOOT_ID_LEN + 1] = "";

	(void)state;
	assert_true(ticket_boot_id(one));
	assert_true(ticket_boot_id(two));
	assert_int_equal(strlen(one), TICKET_BOOT_ID_LEN);
	assert_string_equal(one, two);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_encoded_is_decoded),
		cmocka_unit_test(refuses_every_cut_every_byte_too_many_and_other_formats),
		cmocka_unit_test(refuses_numbers_out_of_their_bounds),
		cmocka_unit_test(only_thirty_two_lower_case_hex_digits_are_a_name),
		cmocka_unit_test(a_process_is_read_whatever_it_calls_itself),
		cmocka_unit_test(a_process_that_is_not_there_is_not_read),
		cmocka_unit_test(the_boot_has_an_id),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
