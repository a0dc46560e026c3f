/* The signature of a token that a script asks for. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/jose/jwkread.h"
#include "mock_idp/jose/mintsign.h"
#include "mock_idp/jose/mintspec.h"
#include "mock_idp/jose/mutate_sig.h"
#include "mock_idp/jose/signature.h"

#define LIMIT ((size_t)64 * 1024 * 1024)

static enum errcode
put_b64(struct buf *out, const void *p, size_t len)
{
	char *text = malloc(B64URL_ENCODED(len) + 1);
	enum errcode r = E_NOMEM;

	if (text != NULL) {
		b64url_encode(text, p, len);
		r = buf_puts(out, text);
	}
	secmem_freestr(text);
	return r;
}

/* The text as a careless verifier would write what it parsed, as a segment. E_FORMAT: no JSON. */
static enum errcode
put_reencoded(struct buf *out, const struct buf *text)
{
	json_t *o = json_loadb((const char *)buf_data(text), buf_len(text),
	    JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, NULL);
	char *again = o == NULL ? NULL : json_dumps(o, JSON_COMPACT | JSON_ENCODE_ANY);
	enum errcode r = again == NULL ? E_FORMAT : put_b64(out, again, strlen(again));

	secmem_freestr(again);
	json_decref(o);
	return r;
}

static enum errcode
reencode(const struct mintsign_input *in, struct buf *out)
{
	enum errcode r = put_reencoded(out, in->texts[0]);

	if (r == E_OK)
		r = buf_puts(out, ".");
	return r == E_OK ? put_reencoded(out, in->texts[1]) : r;
}

/* What the signature covers: in's, or what is made in `room`. */
static enum errcode
choose_input(const struct mintsign *how, const struct mintsign_input *in, struct buf *room,
    const struct buf **chosen)
{
	struct mutate m;

	*chosen = in->wire;
	if (!mintspec_find(how->spec, "sig.covers", &m))
		return E_OK;
	*chosen = mutate_says(&m, 0, "clean") ? in->clean : room;
	return *chosen == room ? reencode(in, room) : E_OK;
}

/* Octets that the script gives, or a signature. */
static enum errcode
put_signature(const struct mintsign *how, const struct buf *input, struct buf *sig, struct err *e)
{
	struct signature s = { how->key->sign, how->key->priv, how->ids, -1, NULL, how->attempt,
		NULL };
	struct mutate m;
	uint8_t raw[JWKREAD_MAX];
	size_t len;

	if (how->key->octets != NULL)
		return b64url_decode(
		           raw, sizeof(raw), &len, how->key->octets, strlen(how->key->octets))
		    ? buf_put(sig, raw, len)
		    : E_FORMAT;
	if (mintspec_find(how->spec, "pss.salt", &m))
		s.salt = (long)mutate_number(&m, 0);
	if (mintspec_find(how->spec, "pss.mgf1", &m))
		s.mgf1 = mutate_text(&m, 0);
	if (mintspec_find(how->spec, "rs.pad", &m))
		s.pad = mutate_text(&m, 0);
	if (s.pad != NULL && s.alg->kind != ALG_PKCS1)
		return err_set(e, E_FORMAT, NULL, ".mutate: rs.pad does not fit %s", s.alg->name);
	if ((s.salt >= 0 || s.mgf1 != NULL) && s.alg->kind != ALG_PSS)
		return err_set(e, E_FORMAT, NULL, ".mutate: pss.* do not fit %s", s.alg->name);
	return signature_make(&s, buf_data(input), buf_len(input), sig, e);
}

/* Has the signature's base64url one of its own two letters? */
static bool
has_letter(const struct buf *sig)
{
	char text[B64URL_ENCODED(SIGNATURE_MAX) + 1];

	if (buf_len(sig) > SIGNATURE_MAX)
		return true;
	b64url_encode(text, buf_data(sig), buf_len(sig));
	return strpbrk(text, "-_") != NULL;
}

static bool
wants_letter(const json_t *spec)
{
	struct mutate m;

	for (size_t i = 0; mintspec_next(spec, &i, &m);)
		if (strcmp(m.name, "b64.plus") == 0 && mutate_says(&m, 0, "signature"))
			return true;
	return false;
}

/* The octet that sig.strip, or a verifier that drops leading zeros, would not see. */
static bool
wants_zero(const struct mintsign *how)
{
	struct mutate m;

	return how->key->curve != NULL && how->key->octets == NULL &&
	    (mintspec_find(how->spec, "sig.strip", &m) ||
	        mintspec_find(how->spec, "sig.leading0", &m));
}

static enum errcode
mutate_all(const struct mintsign *how, struct buf *sig, struct err *e)
{
	struct mutate m;

	for (size_t i = 0; mintspec_next(how->spec, &i, &m);) {
		struct err inner = { .code = E_OK };
		enum errcode r = E_OK;

		if (strcmp(m.name, "sig.leading0") == 0 && how->key->curve == NULL)
			r = err_set(&inner, E_FORMAT, NULL, ": sig.leading0 is for ECDSA alone");
		else if (mutate_sig_args(m.name) != NULL)
			r = mutate_sig_apply(&m, how->key->curve, sig, &inner);
		if (r != E_OK)
			return err_set(e, r, NULL, ".mutate[%zu]%s", i - 1, inner.text);
	}
	return E_OK;
}

enum errcode
mintsign_make(const struct mintsign *how, const struct mintsign_input *in, struct buf *sig,
    bool *again, struct err *e)
{
	struct buf *room = buf_new(LIMIT);
	const struct buf *input;
	struct err inner = { .code = E_OK };
	enum errcode r = room == NULL ? E_NOMEM : choose_input(how, in, room, &input);

	*again = false;
	if (r == E_OK)
		r = put_signature(how, input, sig, &inner);
	buf_free(room);
	if (r != E_OK)
		return err_set(e, r, NULL, "%s%s", inner.text[0] == '.' ? "" : ": ",
		    inner.text[0] == '\0' ? "cannot sign that" : inner.text);
	if (wants_zero(how) && buf_data(sig)[0] != 0) {
		*again = true;
		return E_OK;
	}
	r = mutate_all(how, sig, e);
	*again = r == E_OK && wants_letter(how->spec) && !has_letter(sig);
	return r;
}

bool
mintsign_varies(const struct mintkey *key)
{
	return key->octets == NULL && (key->sign->kind == ALG_ECDSA || key->sign->kind == ALG_PSS);
}
