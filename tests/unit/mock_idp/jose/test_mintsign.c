/* The signature of a token that a script asks for: who still verifies it. */
#include "config.h"

#include "mock_idp/jose/mintsign.h"
#include "tests/unit/mock_idp/jose/minted.h"

/* "wire.part", "clean.part" and two texts, signed as spec says. */
struct trial {
	struct buf *wire, *clean, *texts[2], *sig;
	struct mintkey key;
	bool again;
};

static struct buf *
text(const char *s)
{
	struct buf *b = buf_new(10000);

	assert_int_equal(buf_puts(b, s), E_OK);
	return b;
}

static struct trial
trial(struct minted *f, const char *spec, unsigned attempt)
{
	struct trial t = { text("wire.part"), text("clean.part"),
		{ text("{ \"a\" : 1 }"), text("{\"b\":[1, 2]}") }, buf_new(10000), { .alg = NULL },
		false };
	const struct mintsign_input in = { t.wire, t.clean, { t.texts[0], t.texts[1] } };
	json_t *o = json_loads(spec, 0, NULL);
	struct mintsign how = { o, &t.key, &f->ids, attempt };

	assert_non_null(o);
	assert_int_equal(
	    mintkey_make(&t.key, &f->keys, keys_find(&f->keys, "rs256"), NULL, o, NULL), E_OK);
	assert_int_equal(mintsign_make(&how, &in, t.sig, &t.again, NULL), E_OK);
	json_decref(o);
	return t;
}

static void
drop(struct trial *t)
{
	buf_free(t->wire);
	buf_free(t->clean);
	buf_free(t->texts[0]);
	buf_free(t->texts[1]);
	buf_free(t->sig);
	mintkey_clear(&t->key);
}

static bool
covers(struct minted *f, const struct trial *t, const char *key, const char *alg, const char *input)
{
	return verify_octets(keys_find(&f->keys, key)->pkey, alg_find(alg), input, strlen(input),
	    buf_data(t->sig), buf_len(t->sig));
}

static void
it_covers_what_is_on_the_wire_or_what_it_is_told_to(void **state)
{
	struct minted *f = *state;
	struct trial t = trial(f, "{}", 0);

	assert_true(covers(f, &t, "rs256", "RS256", "wire.part"));
	drop(&t);
	t = trial(f, "{\"mutate\":[[\"sig.covers\",\"clean\"]]}", 0);
	assert_false(covers(f, &t, "rs256", "RS256", "wire.part"));
	assert_true(covers(f, &t, "rs256", "RS256", "clean.part"));
	drop(&t);
	t = trial(f, "{\"mutate\":[[\"sig.covers\",\"reencoded\"]]}", 0);
	assert_false(covers(f, &t, "rs256", "RS256", "wire.part"));
	/* {"a":1} and {"b":[1,2]} */
	assert_true(covers(f, &t, "rs256", "RS256", "eyJhIjoxfQ.eyJiIjpbMSwyXX0"));
	drop(&t);
}

static void
rs_takes_its_padding_from_the_script(void **state)
{
	struct minted *f = *state;
	struct trial t = trial(f, "{\"mutate\":[[\"rs.pad\",\"nonull\"]]}", 0);

	assert_int_equal(buf_len(t.sig), 256);
	assert_false(covers(f, &t, "rs256", "RS256", "wire.part"));
	drop(&t);
}

static void
pss_takes_salt_and_mask_from_the_script(void **state)
{
	struct minted *f = *state;
	const struct alg *a = alg_find("PS256");
	EVP_PKEY *key = keys_find(&f->keys, "ps256")->pkey;
	struct trial t = trial(f, "{\"alg\":\"PS256\",\"mutate\":[[\"pss.salt\",0]]}", 0);

	assert_false(covers(f, &t, "ps256", "PS256", "wire.part"));
	assert_true(verify_pss(key, a, 0, NULL, "wire.part", 9, buf_data(t.sig), buf_len(t.sig)));
	drop(&t);
	t = trial(f, "{\"alg\":\"PS256\",\"mutate\":[[\"pss.mgf1\",\"sha1\"]]}", 0);
	assert_false(covers(f, &t, "ps256", "PS256", "wire.part"));
	assert_true(
	    verify_pss(key, a, 32, "SHA1", "wire.part", 9, buf_data(t.sig), buf_len(t.sig)));
	drop(&t);
	/* its twin */
	t = trial(f, "{\"alg\":\"PS256\"}", 0);
	assert_true(covers(f, &t, "ps256", "PS256", "wire.part"));
	drop(&t);
}

static void
octets_of_the_script_are_the_signature(void **state)
{
	struct minted *f = *state;
	struct trial t = trial(f, "{\"sign\":{\"sig\":\"AQID\"},\"mutate\":[[\"sig.pad\",1]]}", 0);

	assert_int_equal(buf_len(t.sig), 4);
	assert_memory_equal(buf_data(t.sig), "\1\2\3\0", 4);
	drop(&t);
	t = trial(f, "{\"sign\":\"none\"}", 0);
	assert_int_equal(buf_len(t.sig), 0);
	drop(&t);
}

static void
mutators_of_signatures_act_in_order(void **state)
{
	struct minted *f = *state;
	struct trial t = trial(f,
	    "{\"mutate\":[[\"sig.trunc\",255],[\"sig.pad\",1],[\"seg.add\",\"\"],\"sig.zero\"]}",
	    0);

	assert_int_equal(buf_len(t.sig), 2);
	assert_memory_equal(buf_data(t.sig), "\0\0", 2);
	drop(&t);
}

static void
attempts_go_on_until_there_is_a_zero(void **state)
{
	struct minted *f = *state;
	static const char spec[] = "{\"alg\":\"ES512\",\"mutate\":[\"sig.leading0\"]}";
	unsigned zeros = 0, others = 0;

	for (unsigned i = 0; i < 32; i++) {
		struct trial t = trial(f, spec, i);

		assert_int_equal(t.again, buf_data(t.sig)[0] != 0);
		assert_true(covers(f, &t, "es512", "ES512", "wire.part"));
		zeros += !t.again;
		others += t.again;
		assert_true(mintsign_varies(&t.key));
		drop(&t);
	}
	assert_true(zeros > 0 && others > 0);
}

static void
attempts_go_on_until_there_is_a_letter(void **state)
{
	struct minted *f = *state;
	static const char spec[] = "{\"alg\":\"ES256\",\"mutate\":[[\"b64.plus\",\"signature\"]]}";
	unsigned again = 0;

	for (unsigned i = 0; i < 200; i++) {
		struct trial t = trial(f, spec, i);
		char letters[200];

		b64url_encode(letters, buf_data(t.sig), buf_len(t.sig));
		assert_int_equal(t.again, strpbrk(letters, "-_") == NULL);
		again += t.again;
		drop(&t);
	}
	assert_in_range(again, 1, 100);
	/* the header's is nothing to it */
	for (unsigned i = 0; i < 100; i++) {
		struct trial t =
		    trial(f, "{\"alg\":\"ES256\",\"mutate\":[[\"b64.plus\",\"header\"]]}", i);

		assert_false(t.again);
		drop(&t);
	}
}

/* That script on these texts ends so. */
static void
says(struct minted *f, const char *spec, const char *payload, const char *want)
{
	struct buf *wire = text("a.b"), *header = text("{}"), *body = text(payload),
	           *sig = buf_new(10000);
	const struct mintsign_input in = { wire, wire, { header, body } };
	json_t *o = json_loads(spec, 0, NULL);
	struct err e = { .code = E_OK };
	struct mintkey k;
	struct mintsign how = { o, &k, &f->ids, 0 };
	bool again;

	assert_int_equal(
	    mintkey_make(&k, &f->keys, keys_find(&f->keys, "rs256"), NULL, o, NULL), E_OK);
	assert_int_equal(mintsign_make(&how, &in, sig, &again, &e), E_FORMAT);
	assert_string_equal(e.text, want);
	mintkey_clear(&k);
	json_decref(o);
	buf_free(wire);
	buf_free(header);
	buf_free(body);
	buf_free(sig);
}

static void
what_cannot_be_signed_is_said(void **state)
{
	struct minted *f = *state;

	says(f, "{\"mutate\":[[\"sig.covers\",\"reencoded\"]]}", "{", ": cannot sign that");
	says(f, "{\"mutate\":[\"sig.zero\",\"sig.r0\"]}", "{}",
	    ".mutate[1]: sig.r0 does not fit the signature");
	says(f, "{\"alg\":\"PS256\",\"mutate\":[[\"rs.pad\",\"bare\"]]}", "{}",
	    ".mutate: rs.pad does not fit PS256");
	says(f, "{\"mutate\":[[\"pss.mgf1\",\"sha1\"]]}", "{}", ".mutate: pss.* do not fit RS256");
	says(f, "{\"mutate\":[\"sig.leading0\"]}", "{}",
	    ".mutate[0]: sig.leading0 is for ECDSA alone");
	says(f, "{\"key\":\"rsa512\",\"sign\":\"RS512\"}", "{}", ": the key cannot sign RS512");
}

static void
some_signatures_do_not_vary(void **state)
{
	struct minted *f = *state;
	static const struct {
		const char *spec;
		bool varies;
	} rows[] = { { "{\"alg\":\"RS256\"}", false }, { "{\"alg\":\"PS512\"}", true },
		{ "{\"alg\":\"ES256\"}", true }, { "{\"alg\":\"EdDSA\"}", false },
		{ "{\"alg\":\"HS256\"}", false }, { "{\"alg\":\"none\"}", false },
		{ "{\"alg\":\"ES256\",\"sign\":{\"sig\":\"AA\"}}", false } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct trial a = trial(f, rows[i].spec, 0), b = trial(f, rows[i].spec, 1);

		assert_int_equal(mintsign_varies(&a.key), rows[i].varies);
		assert_int_equal(buf_len(a.sig), buf_len(b.sig));
		if (buf_len(a.sig) > 1)
			assert_int_equal(
			    memcmp(buf_data(a.sig), buf_data(b.sig), buf_len(a.sig)) != 0,
			    rows[i].varies);
		drop(&a);
		drop(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_covers_what_is_on_the_wire_or_what_it_is_told_to),
		cmocka_unit_test(rs_takes_its_padding_from_the_script),
		cmocka_unit_test(pss_takes_salt_and_mask_from_the_script),
		cmocka_unit_test(octets_of_the_script_are_the_signature),
		cmocka_unit_test(mutators_of_signatures_act_in_order),
		cmocka_unit_test(attempts_go_on_until_there_is_a_zero),
		cmocka_unit_test(attempts_go_on_until_there_is_a_letter),
		cmocka_unit_test(what_cannot_be_signed_is_said),
		cmocka_unit_test(some_signatures_do_not_vary),
	};
	return cmocka_run_group_tests(tests, minted_setup, minted_teardown);
}
