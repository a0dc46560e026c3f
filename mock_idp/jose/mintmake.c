/* One token as a script wants it, by code of our own. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/jose/jsontext.h"
#include "mock_idp/jose/mintmake.h"
#include "mock_idp/jose/mintsign.h"
#include "mock_idp/jose/mintspec.h"
#include "mock_idp/jose/minttext.h"
#include "mock_idp/jose/mutate_b64.h"
#include "mock_idp/jose/mutate_seg.h"

enum { HEADER, PAYLOAD, SIGNATURE, PARTS };

static const char *const part_names[PARTS] = { "header", "payload", "signature" };

/* octets: texts and signature, from which the segments are made. */
struct work {
	const struct mintmake *how;
	struct buf *octets[PARTS], *clean, *wire;
	struct mutate_segs segs;
};

static bool
work_open(struct work *w, const struct mintmake *how)
{
	bool ok;

	memset(w, 0, sizeof(*w));
	w->how = how;
	ok = (w->clean = buf_new(MINTMAKE_MAX)) != NULL &&
	    (w->wire = buf_new(MINTMAKE_MAX)) != NULL &&
	    (w->segs.json = buf_new(MINTMAKE_MAX)) != NULL;
	for (int i = 0; i < PARTS && ok; i++, w->segs.n++)
		ok = (w->octets[i] = buf_new(MINTMAKE_MAX)) != NULL &&
		    (w->segs.v[i] = buf_new(MINTMAKE_MAX)) != NULL;
	return ok;
}

static void
work_close(struct work *w)
{
	for (int i = 0; i < PARTS; i++)
		buf_free(w->octets[i]);
	for (int i = 0; i < MUTATE_SEGS; i++)
		buf_free(w->segs.v[i]);
	buf_free(w->segs.json);
	buf_free(w->clean);
	buf_free(w->wire);
}

static enum errcode
put_header(const struct work *w)
{
	const struct mintkey *k = w->how->key;
	json_t *o = json_pack("{s:s, s:s, s:s}", "alg", k->alg->name, "kid", k->kid, "typ", "JWT");
	enum errcode r = E_NOMEM;

	if (o != NULL &&
	    (w->how->inner == NULL || json_object_set_new(o, "cty", json_string("JWT")) == 0))
		r = minttext_put(w->octets[HEADER], o, json_object_get(w->how->spec, "header"));
	json_decref(o);
	return r;
}

/* A payload that is no object is made long by blanks. */
static enum errcode
put_padding(struct buf *text, size_t len)
{
	char *member = malloc(len + 9);
	enum errcode r = E_NOMEM;

	if (member == NULL)
		return r;
	memcpy(member, "\"pad\":\"", 7);
	memset(member + 7, 'a', len);
	memcpy(member + 7 + len, "\"", 2);
	if ((r = jsontext_add(text, member)) == E_FORMAT) {
		memset(member, ' ', len);
		r = buf_put(text, member, len);
	}
	free(member);
	return r;
}

static enum errcode
put_payload(const struct work *w)
{
	const struct mintmake *how = w->how;
	struct buf *text = w->octets[PAYLOAD];
	char again[32];
	enum errcode r;

	if (how->inner != NULL)
		return buf_puts(text, how->inner);
	r = minttext_put(text, how->claims, json_object_get(how->spec, "claims"));
	if (r == E_OK && how->pad > 0)
		r = put_padding(text, how->pad);
	if (r == E_OK && how->attempt > 0 && !mintsign_varies(how->key)) {
		(void)snprintf(again, sizeof(again), "\"again\":%u", how->attempt);
		r = jsontext_add(text, again);
	}
	return r;
}

/* The octets of a part as its segment. */
static enum errcode
encode(struct work *w, int part)
{
	size_t len = buf_len(w->octets[part]);
	char *text = malloc(B64URL_ENCODED(len) + 1);
	enum errcode r = E_NOMEM;

	if (text != NULL) {
		b64url_encode(text, buf_data(w->octets[part]), len);
		r = buf_puts(w->segs.v[part], text);
	}
	secmem_freestr(text);
	return r;
}

/* The b64.* mutators of a segment. */
static enum errcode
spell(struct work *w, int part, struct err *e)
{
	struct mutate m;

	for (size_t i = 0; mintspec_next(w->how->spec, &i, &m);) {
		struct err inner = { .code = E_OK };
		enum errcode r = E_OK;

		if (mutate_b64_args(m.name) != NULL && mutate_says(&m, 0, part_names[part]))
			r = mutate_b64_apply(&m, w->segs.v[part], &inner);
		if (r != E_OK)
			return err_set(e, r, NULL, ".mutate[%zu]%s", i - 1, inner.text);
	}
	return E_OK;
}

static enum errcode
join(struct buf *out, const struct mutate_segs *segs, size_t n)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < n && r == E_OK; i++) {
		if (i > 0)
			r = buf_puts(out, ".");
		if (r == E_OK)
			r = buf_put(out, buf_data(segs->v[i]), buf_len(segs->v[i]));
	}
	return r;
}

/* Header or payload: from text to what stands on the wire. */
static enum errcode
finish_part(struct work *w, int part, struct err *e)
{
	struct buf *text = w->octets[part];
	const json_t *spec = w->how->spec;
	enum errcode r = minttext_mutate(text, spec, part_names[part], e);

	if (r == E_OK)
		r = minttext_force(text, spec, part_names[part]);
	if (r == E_OK)
		r = encode(w, part);
	return r;
}

static enum errcode
finish_signature(struct work *w, bool *again, struct err *e)
{
	const struct mintmake *how = w->how;
	const struct mintsign sign = { how->spec, how->key, how->ids, how->attempt };
	const struct mintsign_input in = { w->wire, w->clean,
		{ w->octets[HEADER], w->octets[PAYLOAD] } };
	enum errcode r = mintsign_make(&sign, &in, w->octets[SIGNATURE], again, e);

	if (r == E_OK)
		r = encode(w, SIGNATURE);
	return r == E_OK && !*again ? spell(w, SIGNATURE, e) : r;
}

/* The mutators of the whole. */
static enum errcode
finish_whole(struct work *w, struct err *e)
{
	struct mutate m;

	for (size_t i = 0; mintspec_next(w->how->spec, &i, &m);) {
		struct err inner = { .code = E_OK };
		enum errcode r = E_OK;

		if (mutate_seg_args(m.name) != NULL)
			r = mutate_seg_apply(&m, w->how->ids, &w->segs, &inner);
		if (r != E_OK)
			return err_set(e, r, NULL, ".mutate[%zu]%s", i - 1, inner.text);
	}
	return E_OK;
}

static enum errcode
run(struct work *w, bool *again, struct err *e)
{
	enum errcode r;

	if ((r = put_header(w)) != E_OK || (r = put_payload(w)) != E_OK ||
	    (r = finish_part(w, HEADER, e)) != E_OK || (r = finish_part(w, PAYLOAD, e)) != E_OK ||
	    (r = join(w->clean, &w->segs, 2)) != E_OK || (r = spell(w, HEADER, e)) != E_OK ||
	    (r = spell(w, PAYLOAD, e)) != E_OK || (r = join(w->wire, &w->segs, 2)) != E_OK ||
	    (r = finish_signature(w, again, e)) != E_OK || *again)
		return r;
	return finish_whole(w, e);
}

enum errcode
mintmake_token(const struct mintmake *how, struct buf *token, bool *again, struct err *e)
{
	struct work w;
	enum errcode r = E_NOMEM;

	*again = false;
	if (work_open(&w, how))
		r = run(&w, again, e);
	if (r == E_OK && !*again)
		r = buf_len(w.segs.json) > 0
		    ? buf_put(token, buf_data(w.segs.json), buf_len(w.segs.json))
		    : join(token, &w.segs, w.segs.n);
	work_close(&w);
	return r == E_OK ? r : err_set(e, r, NULL, ": cannot make the token");
}
