/* The messages of [A] as packets and back. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "proto/chan.h"
#include "proto/msg.h"
#include "tests/support/unit.h"

#define T(s) ((char[]){ s }) /* string literals are const here */

static uint32_t gid = 998;

static const struct msg start_made = { .type = MSG_START,
	.start = { .service = T("sshd"),
	    .user = T("alice"),
	    .ruser = T(""),
	    .rhost = T("192.0.2.9"),
	    .tty = T("ssh"),
	    .locale = T("C"),
	    .address = T("192.0.2.9"),
	    .flags = 0x8001,
	    .factor = true } };
static const struct msg verdict_made = { .type = MSG_VERDICT,
	.verdict = { .reason = T("pol.group"), .login_id = T("3f9c01aa"), .ticket = T("") } };
static char ticket_made[] = "00112233445566778899aabbccddeeff";
static const struct grant grant_made = { .login_id = T("3f9c01aa"),
	.account = T("alice"),
	.service = T("sshd"),
	.subject = T("abc"),
	.username = T("alice"),
	.gids = &gid,
	.gid_count = 1 };

static struct msg
start(void)
{
	return start_made;
}

static struct msg
verdict(enum msg_verdict v)
{
	struct msg m = verdict_made;

	m.verdict.verdict = v;
	return m;
}

static struct msg
allow(void)
{
	struct msg m = verdict(MSG_ALLOW);

	m.verdict.ticket = ticket_made;
	m.verdict.grant = grant_made;
	return m;
}

/* Encodes m, decodes it into *out; E_OK only when both went well. */
static enum errcode
there_and_back(const struct msg *m, struct msg *out)
{
	struct buf *b = buf_new(CHAN_MAX);
	enum errcode r = msg_encode(b, m, NULL);

	if (r == E_OK)
		r = msg_decode(buf_data(b), buf_len(b), out, NULL);
	buf_free(b);
	return r;
}

static void
assert_cannot_be_sent(struct msg m)
{
	struct buf *b = buf_new(CHAN_MAX);

	assert_int_equal(msg_encode(b, &m, NULL), E_FORMAT);
	assert_int_equal(buf_len(b), 0);
	buf_free(b);
}

static void
start_arrives(void **state)
{
	struct msg m = start(), out;

	(void)state;
	assert_int_equal(there_and_back(&m, &out), E_OK);
	assert_int_equal(out.type, MSG_START);
	assert_string_equal(out.start.service, "sshd");
	assert_string_equal(out.start.user, "alice");
	assert_string_equal(out.start.ruser, "");
	assert_string_equal(out.start.rhost, "192.0.2.9");
	assert_string_equal(out.start.tty, "ssh");
	assert_string_equal(out.start.locale, "C");
	assert_int_equal(out.start.flags, 0x8001);
	msg_clear(&out);
}

static void
words_and_answers_arrive(void **state)
{
	struct msg text = { .type = MSG_TEXT,
		.text = { .kind = MSG_TEXT_ERROR, .patience_ms = 5000, .text = T("no") } };
	struct msg prompt = { .type = MSG_PROMPT,
		.prompt = { .echo = true, .patience_ms = 7000, .text = T("Enter: ") } };
	struct msg answer = { .type = MSG_ANSWER, .answer = T("y") };
	struct msg cancel = { .type = MSG_CANCEL, .cancel = MSG_CANCEL_INTERRUPT };
	struct msg out;

	(void)state;
	assert_int_equal(there_and_back(&text, &out), E_OK);
	assert_int_equal(out.text.kind, MSG_TEXT_ERROR);
	assert_int_equal(out.text.patience_ms, 5000);
	assert_string_equal(out.text.text, "no");
	msg_clear(&out);
	assert_int_equal(there_and_back(&prompt, &out), E_OK);
	assert_true(out.prompt.echo);
	assert_int_equal(out.prompt.patience_ms, 7000);
	assert_string_equal(out.prompt.text, "Enter: ");
	msg_clear(&out);
	assert_int_equal(there_and_back(&answer, &out), E_OK);
	assert_string_equal(out.answer, "y");
	msg_clear(&out);
	assert_null(out.answer);
	assert_int_equal(there_and_back(&cancel, &out), E_OK);
	assert_int_equal(out.cancel, MSG_CANCEL_INTERRUPT);
}

static void
every_verdict_arrives(void **state)
{
	static const enum msg_verdict all[] = { MSG_IGNORE, MSG_USER_UNKNOWN, MSG_UNAVAILABLE,
		MSG_SYSTEM, MSG_REFUSED, MSG_FORBIDDEN, MSG_CANCELLED, MSG_TOO_OFTEN };
	struct msg m = allow(), out;

	(void)state;
	assert_int_equal(there_and_back(&m, &out), E_OK);
	assert_int_equal(out.verdict.verdict, MSG_ALLOW);
	assert_string_equal(out.verdict.ticket, "00112233445566778899aabbccddeeff");
	assert_string_equal(out.verdict.grant.account, "alice");
	assert_int_equal(out.verdict.grant.gids[0], 998);
	msg_clear(&out);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		m = verdict(all[i]);
		assert_int_equal(there_and_back(&m, &out), E_OK);
		assert_int_equal(out.verdict.verdict, all[i]);
		assert_string_equal(out.verdict.reason, "pol.group");
		assert_null(out.verdict.grant.account);
		msg_clear(&out);
	}
}

static void
no_flipped_bit_makes_another_verdict(void **state)
{
	struct msg m = verdict(MSG_REFUSED), out;
	struct buf *b = buf_new(CHAN_MAX);
	uint8_t bytes[128];

	(void)state;
	assert_int_equal(msg_encode(b, &m, NULL), E_OK);
	for (unsigned bit = 0; bit < 8; bit++) {
		memcpy(bytes, buf_data(b), buf_len(b));
		bytes[1] = (uint8_t)(bytes[1] ^ (1U << bit));
		assert_int_equal(msg_decode(bytes, buf_len(b), &out, NULL), E_FORMAT);
	}
	buf_free(b);
}

static void
refuses_every_cut_and_every_byte_too_many(void **state)
{
	const struct msg golden[] = { start(), allow(), verdict(MSG_IGNORE) };
	struct buf *b = buf_new(CHAN_MAX);
	struct msg out = { .type = MSG_CANCEL };

	(void)state;
	for (size_t i = 0; i < sizeof(golden) / sizeof(golden[0]); i++) {
		assert_int_equal(msg_encode(b, &golden[i], NULL), E_OK);
		for (size_t len = 0; len < buf_len(b); len++)
			assert_int_equal(msg_decode(buf_data(b), len, &out, NULL), E_FORMAT);
		assert_int_equal(buf_put_u8(b, 0), E_OK);
		assert_int_equal(msg_decode(buf_data(b), buf_len(b), &out, NULL), E_FORMAT);
	}
	assert_int_equal(out.type, MSG_CANCEL);
	buf_free(b);
}

static void
refuses_another_version_and_unknown_types(void **state)
{
	struct msg m = start(), out;
	struct buf *b = buf_new(CHAN_MAX);
	uint8_t bytes[128];

	(void)state;
	assert_int_equal(msg_encode(b, &m, NULL), E_OK);
	memcpy(bytes, buf_data(b), buf_len(b));
	bytes[1] = MSG_VERSION + 1;
	assert_int_equal(msg_decode(bytes, buf_len(b), &out, NULL), E_FORMAT);
	bytes[1] = MSG_VERSION;
	assert_int_equal(msg_decode(bytes, buf_len(b), &out, NULL), E_OK);
	msg_clear(&out);
	bytes[0] = 8;
	assert_int_equal(msg_decode(bytes, buf_len(b), &out, NULL), E_FORMAT);
	buf_free(b);
}

static void
refuses_a_nul_inside_a_string(void **state)
{
	static const uint8_t golden[] = { MSG_ANSWER, 0, 0, 0, 2, 'a', 'b' };
	static const uint8_t forged[] = { MSG_ANSWER, 0, 0, 0, 2, 'a', 0 };
	struct msg out;

	(void)state;
	assert_int_equal(msg_decode(golden, sizeof(golden), &out, NULL), E_OK);
	msg_clear(&out);
	assert_int_equal(msg_decode(forged, sizeof(forged), &out, NULL), E_FORMAT);
}

static void
refuses_small_numbers_that_mean_nothing(void **state)
{
	static const uint8_t cancel[] = { MSG_CANCEL, 3 };
	static const uint8_t echo[] = { MSG_PROMPT, 2, 0, 0, 0, 1, 0, 0, 0, 1, 'x' };
	static const uint8_t kind[] = { MSG_TEXT, 3, 0, 0, 0, 1, 0, 0, 0, 1, 'x' };
	struct msg out;

	(void)state;
	assert_int_equal(msg_decode(cancel, sizeof(cancel), &out, NULL), E_FORMAT);
	assert_int_equal(msg_decode(echo, sizeof(echo), &out, NULL), E_FORMAT);
	assert_int_equal(msg_decode(kind, sizeof(kind), &out, NULL), E_FORMAT);
}

static void
nothing_is_sent_that_the_other_end_would_refuse(void **state)
{
	char longer[MSG_ITEM_MAX + 2];
	struct msg m;

	(void)state;
	memset(longer, 'a', sizeof(longer) - 1);
	longer[sizeof(longer) - 1] = '\0';
	m = start(), m.start.user = T("");
	assert_cannot_be_sent(m);
	m = start(), m.start.rhost = longer;
	assert_cannot_be_sent(m);
	m = start(), m.start.tty = NULL;
	assert_cannot_be_sent(m);
	m = (struct msg){ .type = MSG_ANSWER, .answer = longer };
	assert_cannot_be_sent(m);
	m = verdict(MSG_REFUSED), m.verdict.reason = T("Pol group");
	assert_cannot_be_sent(m);
	m = verdict(MSG_REFUSED), m.verdict.login_id = T("");
	assert_cannot_be_sent(m);
	m = allow(), m.verdict.ticket = T("../../../../etc/shadow");
	assert_cannot_be_sent(m);
	m = allow(), m.verdict.grant.account = NULL;
	assert_cannot_be_sent(m);
}

static void
only_an_allowed_login_carries_a_grant_or_a_ticket(void **state)
{
	struct msg m = allow();

	(void)state;
	m.verdict.verdict = MSG_REFUSED;
	m.verdict.ticket = T("");
	assert_cannot_be_sent(m);
	m = verdict(MSG_REFUSED);
	m.verdict.ticket = T("00112233445566778899aabbccddeeff");
	assert_cannot_be_sent(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(start_arrives),
		cmocka_unit_test(words_and_answers_arrive),
		cmocka_unit_test(every_verdict_arrives),
		cmocka_unit_test(no_flipped_bit_makes_another_verdict),
		cmocka_unit_test(refuses_every_cut_and_every_byte_too_many),
		cmocka_unit_test(refuses_another_version_and_unknown_types),
		cmocka_unit_test(refuses_a_nul_inside_a_string),
		cmocka_unit_test(refuses_small_numbers_that_mean_nothing),
		cmocka_unit_test(nothing_is_sent_that_the_other_end_would_refuse),
		cmocka_unit_test(only_an_allowed_login_carries_a_grant_or_a_ticket),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
