/* Tokens by code of our own: each differs from its twin in what its mutator says, and in nothing
 * else; a signature covers what is on the wire. */
#include "config.h"

#include "mock_idp/jose/mintmake.h"
#include "tests/unit/mock_idp/jose/minted.h"

static void
header_and_payload_are_the_scripts(void **state)
{
	struct minted *f = *state;
	char *t = minted(f,
	    "{\"header\":{\"set\":{\"alg\":\"rs256\",\"kid\":\"k\"},\"drop\":[\"typ\"]},"
	    "\"claims\":{\"set\":{\"iss\":null},\"drop\":[\"aud\",\"exp\"]}}");

	minted_is(t, "{\"alg\":\"rs256\",\"kid\":\"k\"}", "{\"iss\":null,\"sub\":\"alice\"}");
	assert_true(minted_verifies(f, t, "rs256", "RS256"));
	free(t);
	t = minted(f, "{\"header\":{\"text\":\"[]\"},\"claims\":{\"text\":\"\"}}");
	minted_is(t, "[]", "");
	assert_true(minted_verifies(f, t, "rs256", "RS256"));
	free(t);
}

/* The twin's segments but for one, which is that text; what is signed is what is sent. */
static void
spelling(struct minted *f, const char *spec, const char *twin_spec, int part,
    const char *(*want)(const char *))
{
	char *t = minted(f, spec), *twin = minted(f, twin_spec);
	char *dot = strrchr(t, '.');
	uint8_t *sig = NULL;
	size_t len;

	for (int i = 0; i < 2; i++) {
		char *have = minted_segment(t, i), *was = minted_segment(twin, i);

		if (i == part)
			assert_string_equal(have, want(was));
		else
			assert_string_equal(have, was);
		free(have);
		free(was);
	}
	if (part < 2) {
		sig = minted_octets(t, 2, &len);
		assert_true(verify_octets(keys_find(&f->keys, "rs256")->pkey, alg_find("RS256"), t,
		    (size_t)(dot - t), sig, len));
		free(sig);
	} else {
		char *was = minted_segment(twin, 2);

		assert_string_equal(dot + 1, want(was));
		free(was);
	}
	free(t);
	free(twin);
}

static const char *
with_padding(const char *s)
{
	static char text[1000];

	(void)snprintf(text, sizeof(text), "%s%s", s, strlen(s) % 4 == 2 ? "==" : "=");
	return text;
}

static const char *
with_blank(const char *s)
{
	static char text[1000];

	(void)snprintf(text, sizeof(text), "%.*s %s", (int)(strlen(s) / 2), s, s + strlen(s) / 2);
	return text;
}

static void
a_segment_is_spelled_otherwise_and_signed_so(void **state)
{
	struct minted *f = *state;

	spelling(f, "{\"mutate\":[[\"b64.pad\",\"header\"]]}", NULL, 0, with_padding);
	spelling(f, "{\"mutate\":[[\"b64.pad\",\"payload\"]]}", NULL, 1, with_padding);
	spelling(f, "{\"mutate\":[[\"b64.pad\",\"signature\"]]}", NULL, 2, with_padding);
	spelling(f, "{\"mutate\":[[\"b64.ws\",\"header\"]]}", NULL, 0, with_blank);
	spelling(f, "{\"mutate\":[[\"b64.ws\",\"payload\"]]}", NULL, 1, with_blank);
	spelling(f, "{\"mutate\":[[\"b64.ws\",\"signature\"]]}", NULL, 2, with_blank);
}

static void
the_signature_can_cover_the_clean_spelling(void **state)
{
	struct minted *f = *state;
	char *t = minted(f, "{\"mutate\":[[\"b64.pad\",\"header\"],[\"sig.covers\",\"clean\"]]}"),
	     *twin = minted(f, NULL);

	assert_string_not_equal(t, twin);
	assert_string_equal(strrchr(t, '.'), strrchr(twin, '.'));
	free(t);
	free(twin);
}

static void
texts_are_mutated_before_they_are_signed(void **state)
{
	struct minted *f = *state;
	char *t = minted(f, "{\"mutate\":[[\"json.dup\",\"payload\",\"sub\",\"root\"]]}");

	minted_is(t, NULL,
	    "{\"aud\":[\"c\"],\"exp\":1800000000,\"iss\":\"https://i\",\"sub\":\"alice\",\"sub\":"
	    "\"root\"}");
	assert_true(minted_verifies(f, t, "rs256", "RS256"));
	free(t);
	t = minted(f, "{\"mutate\":[[\"json.ws\",\"payload\"]]}");
	assert_true(minted_verifies(f, t, "rs256", "RS256"));
	free(t);
	/* whoever writes the JSON again finds the signature good, and nobody else */
	{
		char *re = minted(f,
		         "{\"mutate\":[[\"json.ws\",\"payload\"],[\"sig.covers\",\"reencoded\"]]}"),
		     *twin = minted(f, "{\"header\":{}}");

		assert_false(minted_verifies(f, re, "rs256", "RS256"));
		assert_string_equal(strrchr(re, '.'), strrchr(twin, '.'));
		free(re);
		free(twin);
	}
	t = minted(f, "{\"mutate\":[[\"json.nul\",\"payload\",\"x\"]]}");
	{
		size_t len;
		uint8_t *raw = minted_octets(t, 1, &len);

		assert_memory_equal(raw + len - 3, "}\0x", 3);
		free(raw);
	}
	assert_true(minted_verifies(f, t, "rs256", "RS256"));
	free(t);
}

static void
segments_are_made_so_that_there_is_something_to_spell(void **state)
{
	struct minted *f = *state;

	for (int n = 0; n < 6; n++) {
		char spec[200], *t, *segment;

		(void)snprintf(spec, sizeof(spec),
		    "{\"claims\":{\"text\":\"{\\\"n\\\":\\\"%.*s\\\"}\"},\"mutate\":[[\"b64.plus\","
		    "\"header\"],[\"b64.trail\",\"payload\"]]}",
		    n, "aaaaaa");
		t = minted(f, spec);
		segment = minted_segment(t, 0);
		assert_non_null(strpbrk(segment, "+/"));
		free(segment);
		segment = minted_segment(t, 1);
		assert_int_not_equal(strlen(segment) % 4, 0);
		{
			uint8_t raw[200];
			size_t len;

			assert_false(
			    b64url_decode(raw, sizeof(raw), &len, segment, strlen(segment)));
		}
		free(segment);
		free(t);
	}
}

static void
the_whole_is_mutated_last(void **state)
{
	struct minted *f = *state;
	char *twin = minted(f, "{\"header\":{}}"), want[2000], *t;

	t = minted(f, "{\"mutate\":[[\"seg.add\",\"\"]]}");
	(void)snprintf(want, sizeof(want), "%s.", twin);
	assert_string_equal(t, want);
	free(t);
	t = minted(f, "{\"mutate\":[[\"seg.drop\",2]]}");
	*strrchr(twin, '.') = '\0';
	assert_string_equal(t, twin);
	free(t);
	t = minted(f, "{\"sign\":\"none\"}");
	(void)snprintf(want, sizeof(want), "%s.", twin);
	assert_string_equal(t, want);
	free(t);
	t = minted(f, "{\"mutate\":[[\"jws.json\",\"flattened\"]]}");
	assert_int_equal(t[0], '{');
	free(t);
	t = minted(f, "{\"mutate\":[\"jwe.wrap\"]}");
	{
		int dots = 0;

		for (const char *p = t; *p != '\0'; p++)
			dots += *p == '.';
		assert_int_equal(dots, 4);
	}
	free(t);
	free(twin);
}

static void
unfit_keys_sign_tokens(void **state)
{
	struct minted *f = *state;
	static const struct {
		const char *name;
		size_t octets;
	} rows[] = { { "rsa512", 64 }, { "rsa2047", 256 }, { "rsa-e1", 256 }, { "rsa-even", 256 } };

	for (size_t i = 0; i < 4; i++) {
		char spec[64], *t;
		uint8_t *sig;
		size_t len;

		(void)snprintf(spec, sizeof(spec), "{\"key\":\"%s\"}", rows[i].name);
		t = minted(f, spec);
		sig = minted_octets(t, 2, &len);
		assert_int_equal(len, rows[i].octets);
		free(sig);
		free(t);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(header_and_payload_are_the_scripts),
		cmocka_unit_test(a_segment_is_spelled_otherwise_and_signed_so),
		cmocka_unit_test(the_signature_can_cover_the_clean_spelling),
		cmocka_unit_test(texts_are_mutated_before_they_are_signed),
		cmocka_unit_test(segments_are_made_so_that_there_is_something_to_spell),
		cmocka_unit_test(the_whole_is_mutated_last),
		cmocka_unit_test(unfit_keys_sign_tokens),
	};
	return cmocka_run_group_tests(tests, minted_setup, minted_teardown);
}
