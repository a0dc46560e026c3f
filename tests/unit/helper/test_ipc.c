/* The messages of [B]. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper/ipc.h"
#include "tests/support/unit.h"

static char id[] = "3f9c01aa", issuer[] = "https://auth.example.com", client[] = "linux-login";
static char secret[] = "s3cret", scopes[] = "openid groups", none[] = "", claim[] = "groups";
static char nonce[] = "00112233", rs256[] = "RS256", users[] = "linux-users", code[] = "BCDFGHJK";
static char uri[] = "https://auth.example.com/device", reason[] = "net.tls", text[] = "no luck";
static char array[] = "array", key[] = "-----BEGIN", key_id[] = "k1";
static char *algs[] = { rs256 }, *names[] = { users };

static struct ipc_msg
job(void)
{
	return (struct ipc_msg){ .type = IPC_JOB,
		.job = { .login_id = id,
		    .issuer = issuer,
		    .client_id = client,
		    .client_auth = IPC_AUTH_BASIC,
		    .audience = IPC_AUDIENCE_TOKEN,
		    .client_secret = secret,
		    .client_key = key,
		    .client_key_id = key_id,
		    .scopes = scopes,
		    .ca_file = none,
		    .username_claim = claim,
		    .groups_claim = claim,
		    .nonce = nonce,
		    .device_endpoint = uri,
		    .groups_format = array,
		    .http_proxy = none,
		    .acr_values = none,
		    .redirect_uri = uri,
		    .login_hint = none,
		    .flow = IDENTITY_LOOPBACK,
		    .par = true,
		    .nonce_required = true,
		    .revoke = true,
		    .skew = 60,
		    .iat_leeway = 360,
		    .max_age = 900,
		    .http_timeout = 10,
		    .deadline = 123456789012,
		    .started = 1700000000,
		    .algorithms = { algs, 1 },
		    .trusted_audiences = { names, 1 },
		    .group_names = { names, 1 } } };
}

static struct ipc_msg
code_msg(void)
{
	return (struct ipc_msg){ .type = IPC_CODE,
		.code = { .user_code = code,
		    .verification_uri = uri,
		    .verification_uri_complete = none,
		    .expires_in = 599,
		    .interval = 5 } };
}

static struct ipc_msg
browse_msg(void)
{
	return (struct ipc_msg){ .type = IPC_BROWSE, .browse = { .url = uri } };
}

static struct ipc_msg
document_msg(enum ipc_type type)
{
	return (struct ipc_msg){ .type = type,
		.document = { .kind = IPC_KEYS, .fetched = 1700000000, .body = text } };
}

static struct ipc_msg
failed_msg(void)
{
	return (struct ipc_msg){ .type = IPC_FAILED,
		.failed = { .code = E_TLS, .reason = reason, .text = text } };
}

/* Encodes m and lets change spoil the bytes; what decoding says. *got is cleared by the caller. */
static enum errcode
round_trip(const struct ipc_msg *m, struct ipc_msg *got)
{
	struct buf *b = buf_new(IPC_MAX);
	enum errcode r;

	assert_int_equal(ipc_encode(b, m, NULL), E_OK);
	r = ipc_decode(buf_data(b), buf_len(b), got, NULL);
	buf_free(b);
	return r;
}

static void
a_job_comes_back_as_it_was(void **state)
{
	struct ipc_msg m = job(), got = { 0 };

	(void)state;
	assert_int_equal(round_trip(&m, &got), E_OK);
	assert_int_equal(got.type, IPC_JOB);
	assert_string_equal(got.job.login_id, id);
	assert_string_equal(got.job.client_secret, secret);
	assert_string_equal(got.job.nonce, nonce);
	assert_int_equal(got.job.client_auth, IPC_AUTH_BASIC);
	assert_int_equal(got.job.audience, IPC_AUDIENCE_TOKEN);
	assert_string_equal(got.job.client_key, key);
	assert_string_equal(got.job.client_key_id, key_id);
	assert_int_equal(got.job.flow, IDENTITY_LOOPBACK);
	assert_true(got.job.par);
	assert_string_equal(got.job.redirect_uri, uri);
	assert_true(got.job.nonce_required);
	assert_true(got.job.revoke);
	assert_int_equal(got.job.skew, 60);
	assert_int_equal(got.job.deadline, 123456789012);
	assert_int_equal(got.job.started, 1700000000);
	assert_int_equal(got.job.algorithms.n, 1);
	assert_int_equal(got.job.extra_origins.n, 0);
	assert_string_equal(got.job.group_names.v[0], users);
	ipc_clear(&got);
}

static void
a_code_and_a_failure_come_back_as_they_were(void **state)
{
	struct ipc_msg m = code_msg(), got = { 0 };

	(void)state;
	assert_int_equal(round_trip(&m, &got), E_OK);
	assert_string_equal(got.code.user_code, code);
	assert_string_equal(got.code.verification_uri, uri);
	assert_string_equal(got.code.verification_uri_complete, "");
	assert_int_equal(got.code.expires_in, 599);
	assert_int_equal(got.code.interval, 5);
	ipc_clear(&got);
	m = browse_msg();
	assert_int_equal(round_trip(&m, &got), E_OK);
	assert_string_equal(got.browse.url, uri);
	ipc_clear(&got);
	m = failed_msg();
	assert_int_equal(round_trip(&m, &got), E_OK);
	assert_int_equal(got.failed.code, E_TLS);
	assert_string_equal(got.failed.reason, reason);
	assert_string_equal(got.failed.text, text);
	ipc_clear(&got);
}

static void
facts_come_back_as_they_were(void **state)
{
	struct identity *f = calloc(1, sizeof(*f));
	struct ipc_msg m = { .type = IPC_FACTS, .facts = f }, got = { 0 };

	(void)state;
	(void)snprintf(f->login_id, sizeof(f->login_id), "%s", id);
	(void)snprintf(f->issuer, sizeof(f->issuer), "%s", issuer);
	(void)snprintf(f->audience, sizeof(f->audience), "%s", client);
	(void)snprintf(f->sub, sizeof(f->sub), "s-1");
	(void)snprintf(f->alg, sizeof(f->alg), "RS256");
	f->flow = IDENTITY_DEVICE;
	f->has_groups = true;
	identity_set_group(f, 7);
	assert_int_equal(round_trip(&m, &got), E_OK);
	assert_string_equal(got.facts->sub, "s-1");
	assert_true(identity_has_group(got.facts, 7));
	assert_false(identity_has_group(got.facts, 8));
	ipc_clear(&got);
	free(f);
}

static void
a_message_without_a_body_is_its_type(void **state)
{
	const uint8_t poll[] = { IPC_POLL }, pending[] = { IPC_PENDING };
	struct ipc_msg m = { .type = IPC_POLL }, got = { 0 };

	(void)state;
	assert_int_equal(round_trip(&m, &got), E_OK);
	assert_int_equal(ipc_decode(poll, 1, &got, NULL), E_OK);
	assert_int_equal(got.type, IPC_POLL);
	assert_int_equal(ipc_decode(pending, 1, &got, NULL), E_OK);
	assert_int_equal(got.type, IPC_PENDING);
}

/* Each cut of each message is malformed, and so is one byte more. */
static void
refuses_a_cut_and_a_trailing_byte(void **state)
{
	const struct ipc_msg sample[] = { job(), code_msg(), browse_msg(), failed_msg(),
		{ .type = IPC_POLL } };
	struct buf *b = buf_new(IPC_MAX);

	(void)state;
	for (size_t i = 0; i < sizeof(sample) / sizeof(sample[0]); i++) {
		struct ipc_msg got = { 0 };

		assert_int_equal(ipc_encode(b, &sample[i], NULL), E_OK);
		for (size_t n = 0; n < buf_len(b); n++)
			assert_int_equal(ipc_decode(buf_data(b), n, &got, NULL), E_FORMAT);
		assert_int_equal(buf_put_u8(b, 0), E_OK);
		assert_int_equal(ipc_decode(buf_data(b), buf_len(b), &got, NULL), E_FORMAT);
		assert_int_equal(got.type, 0);
	}
	buf_free(b);
}

static void
refuses_an_unknown_type(void **state)
{
	struct err e = { .code = E_OK };
	struct ipc_msg got = { 0 };

	(void)state;
	for (unsigned t = 0; t < 256; t++) {
		const uint8_t p[] = { (uint8_t)t };

		if (t != IPC_POLL && t != IPC_PENDING && t != IPC_REVOKE)
			assert_int_equal(ipc_decode(p, 1, &got, &e), E_FORMAT);
	}
	assert_string_equal(err_reason(&e), "ipc.format");
}

/* Encodes m, overwrites one byte, decodes. */
static enum errcode
with_byte(const struct ipc_msg *m, size_t at, uint8_t v)
{
	struct buf *b = buf_new(IPC_MAX), *copy = buf_new(IPC_MAX);
	struct ipc_msg got = { 0 };
	enum errcode r;

	assert_int_equal(ipc_encode(b, m, NULL), E_OK);
	assert_true(at < buf_len(b));
	assert_int_equal(buf_put(copy, buf_data(b), at), E_OK);
	assert_int_equal(buf_put_u8(copy, v), E_OK);
	assert_int_equal(buf_put(copy, buf_data(b) + at + 1, buf_len(b) - at - 1), E_OK);
	if ((r = ipc_decode(buf_data(copy), buf_len(copy), &got, NULL)) == E_OK)
		ipc_clear(&got);
	buf_free(b);
	buf_free(copy);
	return r;
}

static void
refuses_a_job_of_another_version(void **state)
{
	struct ipc_msg m = job();

	(void)state;
	assert_int_equal(with_byte(&m, 1, IPC_VERSION), E_OK);
	assert_int_equal(with_byte(&m, 1, IPC_VERSION + 1), E_FORMAT);
}

static void
refuses_a_nul_inside_a_string(void **state)
{
	struct ipc_msg m = code_msg();

	(void)state;
	assert_int_equal(with_byte(&m, 6, 'X'), E_OK); /* type, u32 length, second letter */
	assert_int_equal(with_byte(&m, 6, 0), E_FORMAT);
}

static void
refuses_an_unknown_client_auth(void **state)
{
	struct ipc_msg m = job(), got = { 0 };

	(void)state;
	m.job.client_auth = IPC_AUTH_AUTO;
	assert_int_equal(round_trip(&m, &got), E_OK);
	ipc_clear(&got);
	m.job.client_auth = (enum ipc_client_auth)(IPC_AUTH_AUTO + 1);
	assert_int_equal(round_trip(&m, &got), E_FORMAT);
	m.job.client_auth = (enum ipc_client_auth)0;
	assert_int_equal(round_trip(&m, &got), E_FORMAT);
}

static void
refuses_an_unknown_audience(void **state)
{
	struct ipc_msg m = job(), got = { 0 };

	(void)state;
	m.job.audience = (enum ipc_audience)(IPC_AUDIENCE_ENDPOINT + 1);
	assert_int_equal(round_trip(&m, &got), E_FORMAT);
	m.job.audience = (enum ipc_audience)0;
	assert_int_equal(round_trip(&m, &got), E_FORMAT);
}

static void
refuses_a_flow_that_is_none(void **state)
{
	struct ipc_msg m = job(), got = { 0 };

	(void)state;
	m.job.flow = (enum identity_flow)3;
	assert_int_equal(round_trip(&m, &got), E_FORMAT);
	m.job.flow = (enum identity_flow)0;
	assert_int_equal(round_trip(&m, &got), E_FORMAT);
}

static void
a_string_may_be_as_long_as_its_limit_and_no_longer(void **state)
{
	char longer[IPC_USER_CODE_MAX + 2];
	struct ipc_msg m = code_msg(), got = { 0 };

	(void)state;
	memset(longer, 'B', sizeof(longer));
	longer[IPC_USER_CODE_MAX] = '\0';
	m.code.user_code = longer;
	assert_int_equal(round_trip(&m, &got), E_OK);
	ipc_clear(&got);
	longer[IPC_USER_CODE_MAX] = 'B';
	longer[IPC_USER_CODE_MAX + 1] = '\0';
	assert_int_equal(round_trip(&m, &got), E_FORMAT);
}

static void
a_list_may_be_as_long_as_its_limit_and_no_longer(void **state)
{
	char *many[IPC_ORIGINS_MAX + 1];
	struct ipc_msg m = job(), got = { 0 };

	(void)state;
	for (size_t i = 0; i <= IPC_ORIGINS_MAX; i++)
		many[i] = issuer;
	m.job.extra_origins = (struct strlist){ many, IPC_ORIGINS_MAX };
	assert_int_equal(round_trip(&m, &got), E_OK);
	ipc_clear(&got);
	m.job.extra_origins.n++;
	assert_int_equal(round_trip(&m, &got), E_FORMAT);
}

static void
a_failure_with(enum errcode want, enum errcode class, const char *why, const char *words)
{
	char w[64], t[ERR_TEXT_MAX + 8];
	struct ipc_msg m = { .type = IPC_FAILED,
		.failed = { .code = class, .reason = w, .text = t } },
	               got = { 0 };

	(void)snprintf(w, sizeof(w), "%s", why);
	(void)snprintf(t, sizeof(t), "%s", words);
	assert_int_equal(round_trip(&m, &got), want);
	ipc_clear(&got);
}

/* The reason id goes to the log and to the module, the text to the log. */
static void
refuses_a_failure_that_a_log_should_not_see(void **state)
{
	(void)state;
	a_failure_with(E_OK, E_DENY, "dev.denied", "it was denied");
	a_failure_with(E_OK, E_UNKNOWN, "d", "");
	a_failure_with(E_FORMAT, E_OK, "dev.denied", "it was denied");
	a_failure_with(E_FORMAT, (enum errcode)(E_UNKNOWN + 1), "dev.denied", "it was denied");
	a_failure_with(E_FORMAT, E_DENY, "", "it was denied");
	a_failure_with(E_FORMAT, E_DENY, "dev denied", "it was denied");
	a_failure_with(E_FORMAT, E_DENY, "Dev.denied", "it was denied");
	a_failure_with(E_FORMAT, E_DENY, "dev.denied", "it was\ndenied");
	a_failure_with(E_FORMAT, E_DENY, "dev.denied", "it was \xc3\xa9");
	a_failure_with(
	    E_FORMAT, E_DENY, "a23456789012345678901234567890123456789x", "one more than fits");
}

static void
what_does_not_fit_a_packet_is_not_sent(void **state)
{
	struct buf *small = buf_new(64);
	struct err e = { .code = E_OK };
	struct ipc_msg m = job();

	(void)state;
	assert_int_equal(ipc_encode(small, &m, &e), E_LIMIT);
	assert_string_equal(err_reason(&e), "ipc.encode");
	buf_free(small);
}

/* C-066 */
static void
clearing_leaves_zeroes_and_may_be_repeated(void **state)
{
	struct ipc_msg m = job(), got = { 0 };

	(void)state;
	assert_int_equal(round_trip(&m, &got), E_OK);
	ipc_clear(&got);
	assert_int_equal(got.type, 0);
	assert_null(got.job.client_secret);
	ipc_clear(&got);
}

static void
a_document_goes_either_way(void **state)
{
	struct ipc_msg got = { 0 }, m = document_msg(IPC_CACHED);

	(void)state;
	assert_int_equal(round_trip(&m, &got), E_OK);
	assert_int_equal(got.type, IPC_CACHED);
	assert_int_equal(got.document.kind, IPC_KEYS);
	assert_int_equal(got.document.fetched, 1700000000);
	assert_string_equal(got.document.body, text);
	ipc_clear(&got);
	m = document_msg(IPC_KEEP);
	assert_int_equal(round_trip(&m, &got), E_OK);
	assert_int_equal(got.type, IPC_KEEP);
	ipc_clear(&got);
	m.document.kind = (enum ipc_kind)0;
	assert_int_equal(round_trip(&m, &got), E_FORMAT);
	m.document.kind = (enum ipc_kind)(IPC_KINDS + 1);
	assert_int_equal(round_trip(&m, &got), E_FORMAT);
}

static void
a_document_has_its_limit(void **state)
{
	char *big = malloc(IPC_DOCUMENT_MAX + 2);
	struct ipc_msg got = { 0 }, m = document_msg(IPC_KEEP);

	(void)state;
	memset(big, 'x', IPC_DOCUMENT_MAX + 1);
	big[IPC_DOCUMENT_MAX + 1] = '\0';
	m.document.body = big;
	assert_int_equal(round_trip(&m, &got), E_FORMAT);
	big[IPC_DOCUMENT_MAX] = '\0';
	assert_int_equal(round_trip(&m, &got), E_OK);
	ipc_clear(&got);
	free(big);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_document_goes_either_way),
		cmocka_unit_test(a_document_has_its_limit),
		cmocka_unit_test(a_job_comes_back_as_it_was),
		cmocka_unit_test(a_code_and_a_failure_come_back_as_they_were),
		cmocka_unit_test(facts_come_back_as_they_were),
		cmocka_unit_test(a_message_without_a_body_is_its_type),
		cmocka_unit_test(refuses_a_cut_and_a_trailing_byte),
		cmocka_unit_test(refuses_an_unknown_type),
		cmocka_unit_test(refuses_a_job_of_another_version),
		cmocka_unit_test(refuses_a_nul_inside_a_string),
		cmocka_unit_test(refuses_an_unknown_client_auth),
		cmocka_unit_test(refuses_an_unknown_audience),
		cmocka_unit_test(refuses_a_flow_that_is_none),
		cmocka_unit_test(a_string_may_be_as_long_as_its_limit_and_no_longer),
		cmocka_unit_test(a_list_may_be_as_long_as_its_limit_and_no_longer),
		cmocka_unit_test(refuses_a_failure_that_a_log_should_not_see),
		cmocka_unit_test(what_does_not_fit_a_packet_is_not_sent),
		cmocka_unit_test(clearing_leaves_zeroes_and_may_be_repeated),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
