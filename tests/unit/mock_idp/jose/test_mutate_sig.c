/* Mutators of a signature: what exactly is different from the twin's octets, and who still takes
 * it. */
#include "config.h"

#include "mock_idp/jose/ecdsa.h"
#include "mock_idp/jose/keys.h"
#include "mock_idp/jose/mutate_sig.h"
#include "mock_idp/jose/signature.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/jose/verify.h"

struct fix {
	struct keys keys;
	struct buf *twin, *sig;
};

static int
set_up(void **state)
{
	static struct fix f;

	*state = &f;
	f.twin = buf_new(SIGNATURE_MAX);
	f.sig = buf_new(SIGNATURE_MAX);
	return keys_make(&f.keys, NULL, NULL) == E_OK ? 0 : -1;
}

static int
take_down(void **state)
{
	struct fix *f = *state;

	keys_clear(&f->keys);
	buf_free(f->twin);
	buf_free(f->sig);
	return 0;
}

static void
copy_twin(struct fix *f)
{
	buf_reset(f->sig);
	assert_int_equal(buf_put(f->sig, buf_data(f->twin), buf_len(f->twin)), E_OK);
}

/* A good signature of "msg" by that key, as both. */
static void
twin(struct fix *f, const char *name, unsigned more)
{
	const struct key *k = keys_find(&f->keys, name);
	struct signature how = { k->alg, k->priv, &ids_system, -1, NULL, more, NULL };

	buf_reset(f->twin);
	assert_int_equal(signature_make(&how, "msg", 3, f->twin, NULL), E_OK);
	assert_true(verify_octets(k->pkey, k->alg, "msg", 3, buf_data(f->twin), buf_len(f->twin)));
	copy_twin(f);
}

static bool
still_good(struct fix *f, const char *name)
{
	const struct key *k = keys_find(&f->keys, name);

	return verify_octets(k->pkey, k->alg, "msg", 3, buf_data(f->sig), buf_len(f->sig));
}

static enum errcode
apply(struct fix *f, const char *item, const char *curve)
{
	json_t *o = json_loads(item, JSON_DECODE_ANY, NULL);
	struct mutate m;
	enum errcode r;

	assert_int_equal(mutate_read(&m, o, NULL), E_OK);
	assert_non_null(mutate_sig_args(m.name));
	assert_int_equal(mutate_check(&m, "", mutate_sig_args(m.name), NULL), E_OK);
	r = mutate_sig_apply(&m, curve, f->sig, NULL);
	json_decref(o);
	return r;
}

/* After the mutator, the signature is these octets. */
static void
gives(struct fix *f, const char *item, const char *curve, const uint8_t *want, size_t len)
{
	assert_int_equal(apply(f, item, curve), E_OK);
	assert_int_equal(buf_len(f->sig), len);
	assert_memory_equal(buf_data(f->sig), want, len);
}

static void
one_bit_is_flipped(void **state)
{
	struct fix *f = *state;
	uint8_t want[256];

	twin(f, "rs256", 0);
	memcpy(want, buf_data(f->twin), 256);
	want[255] ^= 1;
	gives(f, "\"sig.flip\"", NULL, want, 256);
	assert_false(still_good(f, "rs256"));
	copy_twin(f);
	memcpy(want, buf_data(f->twin), 256);
	want[0] ^= 0x40;
	gives(f, "[\"sig.flip\",2046]", NULL, want, 256);
	gives(f, "[\"sig.flip\",2046]", NULL, buf_data(f->twin), 256);
	assert_true(still_good(f, "rs256"));
	assert_int_equal(apply(f, "[\"sig.flip\",2048]", NULL), E_FORMAT);
}

static void
all_of_it_is_zero(void **state)
{
	struct fix *f = *state;
	static const uint8_t zero[64];

	twin(f, "es256", 0);
	gives(f, "\"sig.zero\"", "P-256", zero, 64);
	buf_reset(f->sig);
	assert_int_equal(apply(f, "\"sig.zero\"", NULL), E_FORMAT);
}

static void
octets_come_and_go_at_its_ends(void **state)
{
	struct fix *f = *state;
	uint8_t want[258] = { 0 };

	twin(f, "rs256", 0);
	memcpy(want, buf_data(f->twin), 256);
	gives(f, "[\"sig.trunc\",1]", NULL, want, 255);
	assert_false(still_good(f, "rs256"));
	copy_twin(f);
	gives(f, "[\"sig.pad\",2]", NULL, want, 258);
	assert_false(still_good(f, "rs256"));
	copy_twin(f);
	memmove(want + 2, want, 256);
	want[0] = want[1] = 0;
	gives(f, "[\"sig.lead\",2]", NULL, want, 258);
	copy_twin(f);
	gives(f, "[\"sig.trunc\",256]", NULL, want, 0);
	copy_twin(f);
	assert_int_equal(apply(f, "[\"sig.trunc\",257]", NULL), E_FORMAT);
	assert_int_equal(apply(f, "[\"sig.pad\",8192]", NULL), E_FORMAT);
	assert_int_equal(apply(f, "[\"sig.lead\",8192]", NULL), E_FORMAT);
}

/* One half of the signature is that number, the other the twin's. */
static void
half_is(struct fix *f, const char *item, size_t which, const uint8_t *number)
{
	uint8_t want[64];

	copy_twin(f);
	memcpy(want, buf_data(f->twin), 64);
	memcpy(want + 32 * which, number, 32);
	gives(f, item, "P-256", want, 64);
	assert_false(still_good(f, "es256"));
}

static void
r_or_s_is_zero_or_the_order(void **state)
{
	struct fix *f = *state;
	static const uint8_t zero[32];
	BIGNUM *n = ecdsa_order("P-256");
	uint8_t order[32];

	assert_int_equal(BN_bn2binpad(n, order, 32), 32);
	twin(f, "es256", 0);
	half_is(f, "\"sig.r0\"", 0, zero);
	half_is(f, "\"sig.s0\"", 1, zero);
	half_is(f, "\"sig.rn\"", 0, order);
	half_is(f, "\"sig.sn\"", 1, order);
	BN_free(n);
}

static void
s_is_high_and_as_good(void **state)
{
	struct fix *f = *state;
	BIGNUM *n = ecdsa_order("P-256"), *sum = BN_new(), *s = NULL, *was = NULL;
	bool changed = false;

	for (unsigned more = 0; more < 16; more++) {
		twin(f, "es256", more);
		assert_int_equal(apply(f, "\"sig.high-s\"", "P-256"), E_OK);
		assert_true(still_good(f, "es256"));
		s = BN_bin2bn(buf_data(f->sig) + 32, 32, s);
		was = BN_bin2bn(buf_data(f->twin) + 32, 32, was);
		assert_int_equal(BN_lshift1(sum, s), 1);
		assert_true(BN_cmp(sum, n) > 0);
		assert_int_equal(BN_add(sum, s, was), 1);
		changed = changed || BN_cmp(s, was) != 0;
		assert_true(BN_cmp(s, was) == 0 || BN_cmp(sum, n) == 0);
		assert_memory_equal(buf_data(f->sig), buf_data(f->twin), 32);
	}
	assert_true(changed);
	BN_free(n);
	BN_free(sum);
	BN_free(s);
	BN_free(was);
}

static void
r_is_greater_than_the_order(void **state)
{
	struct fix *f = *state;
	static const struct {
		const char *name, *curve;
		size_t width, wide;
	} rows[] = { { "es256", "P-256", 32, 33 }, { "es384", "P-384", 48, 49 },
		{ "es512", "P-521", 66, 66 } };

	for (size_t i = 0; i < 3; i++) {
		BIGNUM *n = ecdsa_order(rows[i].curve), *r;

		twin(f, rows[i].name, 0);
		assert_int_equal(apply(f, "\"sig.rplusn\"", rows[i].curve), E_OK);
		assert_int_equal(buf_len(f->sig), 2 * rows[i].wide);
		r = BN_bin2bn(buf_data(f->sig), (int)rows[i].wide, NULL);
		assert_int_equal(BN_sub(r, r, n), 1);
		{
			uint8_t raw[66];

			assert_int_equal(BN_bn2binpad(r, raw, (int)rows[i].width), rows[i].width);
			assert_memory_equal(raw, buf_data(f->twin), rows[i].width);
		}
		assert_memory_equal(buf_data(f->sig) + 2 * rows[i].wide - rows[i].width,
		    buf_data(f->twin) + rows[i].width, rows[i].width);
		BN_free(n);
		BN_free(r);
	}
}

/* OpenSSL refuses it, as RFC 8032 says; one that does not look takes it. */
static void
an_ed25519_signature_has_another_spelling(void **state)
{
	struct fix *f = *state;

	twin(f, "ed25519", 0);
	assert_int_equal(apply(f, "\"sig.splusl\"", NULL), E_OK);
	assert_int_equal(buf_len(f->sig), 64);
	assert_memory_equal(buf_data(f->sig), buf_data(f->twin), 32);
	/* little-endian: L's lowest octet is ed, and 2^252 is added on top */
	assert_int_equal((uint8_t)(buf_data(f->twin)[32] + 0xed), buf_data(f->sig)[32]);
	assert_in_range(buf_data(f->sig)[63], 0x10, 0x20);
	assert_false(still_good(f, "ed25519"));
	/* S is above L already */
	assert_int_equal(apply(f, "\"sig.splusl\"", NULL), E_FORMAT);
	twin(f, "rs256", 0);
	assert_int_equal(apply(f, "\"sig.splusl\"", NULL), E_FORMAT);
}

static void
leading_zeros_are_gone(void **state)
{
	struct fix *f = *state;
	unsigned more = 0;

	twin(f, "es512", 0);
	while (buf_data(f->twin)[0] != 0 || buf_data(f->twin)[66] == 0)
		twin(f, "es512", ++more);
	gives(f, "\"sig.strip\"", "P-521", buf_data(f->twin) + 1, 131);
	while (buf_data(f->twin)[0] == 0 || buf_data(f->twin)[66] == 0)
		twin(f, "es512", ++more);
	assert_int_equal(apply(f, "\"sig.strip\"", "P-521"), E_FORMAT);
}

static void
der_is_what_openssl_reads(void **state)
{
	struct fix *f = *state;
	const struct key *k = keys_find(&f->keys, "es256");
	EVP_MD_CTX *ctx = EVP_MD_CTX_new();

	twin(f, "es256", 0);
	assert_int_equal(apply(f, "\"sig.der\"", "P-256"), E_OK);
	assert_int_equal(EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, k->pkey), 1);
	assert_int_equal(EVP_DigestVerify(ctx, buf_data(f->sig), buf_len(f->sig),
	                     (const unsigned char *)"msg", 3),
	    1);
	EVP_MD_CTX_free(ctx);
	/* what is DER already has no halves */
	assert_int_equal(apply(f, "\"sig.der\"", "P-256"), E_FORMAT);
}

static void
other_signatures_have_no_halves(void **state)
{
	struct fix *f = *state;
	static const char *const items[] = { "\"sig.r0\"", "\"sig.s0\"", "\"sig.rn\"", "\"sig.sn\"",
		"\"sig.high-s\"", "\"sig.rplusn\"", "\"sig.strip\"", "\"sig.der\"" };

	twin(f, "rs256", 0);
	for (size_t i = 0; i < sizeof(items) / sizeof(items[0]); i++) {
		assert_int_equal(apply(f, items[i], NULL), E_FORMAT);
		assert_int_equal(apply(f, items[i], "P-256"), E_FORMAT);
		assert_int_equal(apply(f, items[i], "P-257"), E_FORMAT);
	}
	assert_memory_equal(buf_data(f->sig), buf_data(f->twin), 256);
	assert_null(mutate_sig_args("sig.none"));
	assert_null(mutate_sig_args("b64.pad"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_bit_is_flipped),
		cmocka_unit_test(all_of_it_is_zero),
		cmocka_unit_test(octets_come_and_go_at_its_ends),
		cmocka_unit_test(r_or_s_is_zero_or_the_order),
		cmocka_unit_test(s_is_high_and_as_good),
		cmocka_unit_test(r_is_greater_than_the_order),
		cmocka_unit_test(an_ed25519_signature_has_another_spelling),
		cmocka_unit_test(leading_zeros_are_gone),
		cmocka_unit_test(der_is_what_openssl_reads),
		cmocka_unit_test(other_signatures_have_no_halves),
	};
	return cmocka_run_group_tests(tests, set_up, take_down);
}
