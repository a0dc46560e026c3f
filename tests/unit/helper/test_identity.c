/* The facts of one login on their way from the worker to the monitor. */
#include "config.h"

#include <string.h>

#include "helper/identity.h"
#include "tests/support/unit.h"

static struct identity
whole(void)
{
	struct identity id = {
		.login_id = "3f9c01aa",
		.flow = IDENTITY_DEVICE,
		.issuer = "https://auth.example.com",
		.audience = "linux-login",
		.sub = "8c2a f0",
		.alg = "RS256",
		.iat = 1700000000,
		.exp = 1700003600,
		.has_azp = true,
		.azp = "linux-login",
		.has_nonce = true,
		.nonce = "n-0S6_WzA2Mj",
		.has_nbf = true,
		.nbf = 1699999999,
		.has_auth_time = true,
		.auth_time = 1699999990,
		.has_acr = true,
		.acr = "urn:x:1",
		.has_name = true,
		.name = "gr\xc3\xbcn",
		.has_uid = true,
		.uid = 1001,
		.has_kid = true,
		.kid = "main",
		.has_groups = true,
		.name_from_userinfo = true,
		.amr_count = 2,
		.amr = { "pwd", "otp" },
		.other_groups = 7,
	};

	identity_set_group(&id, 0);
	identity_set_group(&id, 9);
	identity_set_group(&id, IDENTITY_GROUPS_MAX - 1);
	return id;
}

static struct identity
least(void)
{
	return (struct identity){
		.login_id = "0",
		.flow = IDENTITY_LOOPBACK,
		.issuer = "https://a",
		.audience = "c",
		.sub = "s",
		.alg = "ES256",
	};
}

static struct buf *
encoded(const struct identity *id)
{
	struct buf *b = buf_new(64 * 1024);

	assert_non_null(b);
	assert_int_equal(identity_encode(b, id), E_OK);
	return b;
}

/* E_OK, or the refusal with *out untouched; whole packets only. */
static enum errcode
decoded(struct identity *out, const void *p, size_t len)
{
	struct identity before, id;
	struct err e = { .code = E_OK };
	struct rd r;
	enum errcode rc;

	memset(&before, 0xa5, sizeof(before));
	memcpy(&id, &before, sizeof(id));
	rd_init(&r, p, len);
	rc = identity_decode(&r, &id, &e);
	if (rc != E_OK) {
		assert_int_equal(rc, E_FORMAT);
		assert_string_equal(e.reason, "ipc.identity");
		assert_memory_equal(&id, &before, sizeof(id));
	} else if (!rd_done(&r)) {
		return E_LIMIT;
	} else if (out != NULL) {
		*out = id;
	}
	return rc;
}

static void
refused(const struct identity *id)
{
	struct buf *b = encoded(id);

	assert_int_equal(decoded(NULL, buf_data(b), buf_len(b)), E_FORMAT);
	buf_free(b);
}

static void
what_is_encoded_decodes_the_same(void **state)
{
	struct identity in[] = { whole(), least() }, out;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct buf *b = encoded(&in[i]), *again;

		assert_int_equal(decoded(&out, buf_data(b), buf_len(b)), E_OK);
		assert_string_equal(out.login_id, in[i].login_id);
		assert_string_equal(out.issuer, in[i].issuer);
		assert_string_equal(out.name, in[i].name);
		assert_string_equal(out.kid, in[i].kid);
		assert_int_equal(out.flow, in[i].flow);
		assert_int_equal(out.iat, in[i].iat);
		assert_int_equal(out.nbf, in[i].nbf);
		assert_int_equal(out.uid, in[i].uid);
		assert_int_equal(out.name_from_userinfo, in[i].name_from_userinfo);
		assert_int_equal(out.groups_from_userinfo, in[i].groups_from_userinfo);
		assert_int_equal(out.other_groups, in[i].other_groups);
		assert_memory_equal(out.groups, in[i].groups, sizeof(out.groups));
		assert_memory_equal(out.amr, in[i].amr, sizeof(out.amr));
		again = encoded(&out);
		assert_int_equal(buf_len(again), buf_len(b));
		assert_memory_equal(buf_data(again), buf_data(b), buf_len(b));
		buf_free(again);
		buf_free(b);
	}
}

static void
every_shorter_packet_is_refused(void **state)
{
	struct identity id = whole();
	struct buf *b = encoded(&id);

	(void)state;
	for (size_t n = 0; n < buf_len(b); n++)
		assert_int_equal(decoded(NULL, buf_data(b), n), E_FORMAT);
	buf_free(b);
}

static void
the_longest_strings_fit(void **state)
{
	struct identity id = whole(), out;
	struct buf *b;

	(void)state;
	memset(id.login_id, 'a', sizeof(id.login_id) - 1);
	memset(id.issuer, 'a', sizeof(id.issuer) - 1);
	memset(id.sub, 'a', sizeof(id.sub) - 1);
	memset(id.name, 'a', sizeof(id.name) - 1);
	memset(id.kid, 'a', sizeof(id.kid) - 1);
	b = encoded(&id);
	assert_int_equal(decoded(&out, buf_data(b), buf_len(b)), E_OK);
	assert_int_equal(strlen(out.sub), 255);
	assert_int_equal(strlen(out.name), 256);
	buf_free(b);
}

static void
refuses_strings_that_are_empty_or_hold_what_they_may_not(void **state)
{
	struct identity id;

	(void)state;
#define BAD(field, text)                                                                           \
	id = whole();                                                                              \
	memcpy(id.field, text, sizeof(text));                                                      \
	refused(&id)
	BAD(login_id, "");
	BAD(login_id, "3F9C");
	BAD(login_id, "xyz");
	BAD(issuer, "");
	BAD(issuer, "https://a b");
	BAD(audience, "");
	BAD(audience, "a\tb");
	BAD(sub, "");
	BAD(sub, "a\nb");
	BAD(sub, "gr\xc3\xbcn");
	BAD(alg, "");
	BAD(alg, "RS 256");
	BAD(azp, "");
	BAD(nonce, "a b");
	BAD(acr, "a b");
	BAD(kid, "\x1b[2J");
	BAD(kid, "");
	BAD(kid, "a b");
	BAD(alg, "\x7f");
	BAD(name, "");
	BAD(name, "\xff");
	BAD(name, "\xc0\xaf");
	BAD(amr[1], "");
	BAD(amr[1], "a b");
}

static void
refuses_times_that_no_clock_shows(void **state)
{
	struct identity id;

	(void)state;
	for (int i = 0; i < 4; i++) {
		static const int64_t time[] = { -1, INT64_MIN, (int64_t)1 << 53, INT64_MAX };

		id = whole();
		id.iat = time[i];
		refused(&id);
		id = whole();
		id.exp = time[i];
		refused(&id);
		id = whole();
		id.nbf = time[i];
		refused(&id);
		id = whole();
		id.auth_time = time[i];
		refused(&id);
	}
}

/* One byte, or four of a big-endian number, of a good packet changed. */
static enum errcode
patched(const struct identity *id, size_t at, uint32_t value, size_t size)
{
	struct buf *b = encoded(id);
	uint8_t p[4096];
	size_t len = buf_len(b);
	enum errcode r;

	assert_true(len <= sizeof(p));
	memcpy(p, buf_data(b), len);
	for (size_t i = 0; i < size; i++)
		p[at + i] = (uint8_t)(value >> 8 * (size - 1 - i));
	r = decoded(NULL, p, len);
	buf_free(b);
	return r;
}

static void
refuses_an_unknown_flow_or_presence_bit(void **state)
{
	struct identity id = least();

	(void)state;
	assert_int_equal(patched(&id, 4, 1, 1), E_OK);
	assert_int_equal(patched(&id, 4, 0, 1), E_FORMAT);
	assert_int_equal(patched(&id, 4, 3, 1), E_FORMAT);
	assert_int_equal(patched(&id, 4, 255, 1), E_FORMAT);
	assert_int_equal(patched(&id, 0, 0x400, 4), E_OK);
	assert_int_equal(patched(&id, 0, 0x800, 4), E_FORMAT);
	assert_int_equal(patched(&id, 0, 0x80000000, 4), E_FORMAT);
}

static void
refuses_group_indexes_out_of_range_or_order(void **state)
{
	struct identity id = whole();
	struct buf *b = encoded(&id);
	size_t end = buf_len(b), first = end - 16, count = end - 20;

	(void)state;
	buf_free(b);
	assert_int_equal(patched(&id, first + 8, IDENTITY_GROUPS_MAX - 1, 4), E_OK);
	assert_int_equal(patched(&id, first + 8, IDENTITY_GROUPS_MAX, 4), E_FORMAT);
	assert_int_equal(patched(&id, first + 8, UINT32_MAX, 4), E_FORMAT);
	assert_int_equal(patched(&id, first + 4, 0, 4), E_FORMAT);
	assert_int_equal(patched(&id, first, 9, 4), E_FORMAT);
	assert_int_equal(patched(&id, count, IDENTITY_GROUPS_MAX + 1, 4), E_FORMAT);
	assert_int_equal(patched(&id, count, UINT32_MAX, 4), E_FORMAT);
	id.has_groups = false;
	refused(&id);
}

/* The least packet with n methods, as our encoder would not write it. */
static enum errcode
with_methods(uint8_t n)
{
	struct identity id = least();
	struct buf *b = encoded(&id), *out = buf_new(64 * 1024);
	size_t count = buf_len(b) - 4 - 4 - 8 - 8 - 1;
	enum errcode r;

	assert_int_equal(buf_put(out, buf_data(b), count), E_OK);
	assert_int_equal(buf_put_u8(out, n), E_OK);
	for (uint8_t i = 0; i < n; i++)
		assert_int_equal(buf_put_str(out, "pwd"), E_OK);
	assert_int_equal(buf_put(out, buf_data(b) + count + 1, 24), E_OK);
	r = decoded(NULL, buf_data(out), buf_len(out));
	buf_free(b);
	buf_free(out);
	return r;
}

static void
refuses_too_many_methods(void **state)
{
	struct identity id = whole();
	struct buf *b = buf_new(64 * 1024);

	(void)state;
	for (size_t i = 0; i < IDENTITY_AMR_MAX; i++)
		memcpy(id.amr[i], "pwd", 4);
	id.amr_count = IDENTITY_AMR_MAX;
	assert_int_equal(identity_encode(b, &id), E_OK);
	assert_int_equal(decoded(NULL, buf_data(b), buf_len(b)), E_OK);
	buf_reset(b);
	id.amr_count = IDENTITY_AMR_MAX + 1;
	assert_int_equal(identity_encode(b, &id), E_LIMIT);
	buf_free(b);
	assert_int_equal(with_methods(IDENTITY_AMR_MAX), E_OK);
	assert_int_equal(with_methods(IDENTITY_AMR_MAX + 1), E_FORMAT);
	assert_int_equal(with_methods(255), E_FORMAT);
}

static void
a_group_out_of_range_is_nobodys(void **state)
{
	struct identity id = least();

	(void)state;
	identity_set_group(&id, IDENTITY_GROUPS_MAX);
	identity_set_group(&id, UINT32_MAX);
	for (unsigned i = 0; i < IDENTITY_GROUPS_MAX + 9; i++)
		assert_false(identity_has_group(&id, i));
	identity_set_group(&id, 10);
	assert_true(identity_has_group(&id, 10));
	assert_false(identity_has_group(&id, 9));
	assert_false(identity_has_group(&id, 11));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_encoded_decodes_the_same),
		cmocka_unit_test(every_shorter_packet_is_refused),
		cmocka_unit_test(the_longest_strings_fit),
		cmocka_unit_test(refuses_strings_that_are_empty_or_hold_what_they_may_not),
		cmocka_unit_test(refuses_times_that_no_clock_shows),
		cmocka_unit_test(refuses_an_unknown_flow_or_presence_bit),
		cmocka_unit_test(refuses_group_indexes_out_of_range_or_order),
		cmocka_unit_test(refuses_too_many_methods),
		cmocka_unit_test(a_group_out_of_range_is_nobodys),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
