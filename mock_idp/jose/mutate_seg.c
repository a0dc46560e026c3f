/* Mutators of the token as a whole. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/jose/mutate_seg.h"

#define LIMIT ((size_t)64 * 1024 * 1024)

struct whole {
	const struct mutate *m;
	const struct ids *ids;
	struct mutate_segs *segs;
};

static enum errcode
append(struct mutate_segs *segs, const char *text)
{
	if (segs->n == MUTATE_SEGS)
		return E_FORMAT;
	if (segs->v[segs->n] == NULL && (segs->v[segs->n] = buf_new(LIMIT)) == NULL)
		return E_NOMEM;
	buf_reset(segs->v[segs->n]);
	return buf_puts(segs->v[segs->n++], text);
}

static enum errcode
add(const struct whole *w)
{
	return append(w->segs, mutate_text(w->m, 0));
}

static void
swap(struct mutate_segs *segs, size_t i, size_t j)
{
	struct buf *was = segs->v[i];

	segs->v[i] = segs->v[j];
	segs->v[j] = was;
}

/* What is dropped stays behind the last: freed like the others. */
static enum errcode
drop(const struct whole *w)
{
	size_t i = mutate_number(w->m, 0);

	if (i >= w->segs->n)
		return E_FORMAT;
	for (; i + 1 < w->segs->n; i++)
		swap(w->segs, i, i + 1);
	w->segs->n--;
	return E_OK;
}

static enum errcode
empty(const struct whole *w)
{
	size_t i = mutate_says(w->m, 0, "header") ? 0 : mutate_says(w->m, 0, "payload") ? 1 : 2;

	if (i >= w->segs->n)
		return E_FORMAT;
	buf_reset(w->segs->v[i]);
	return E_OK;
}

static enum errcode
order(const struct whole *w)
{
	if (w->segs->n < 2)
		return E_FORMAT;
	swap(w->segs, 0, 1);
	return E_OK;
}

static json_t *
text_of(const struct buf *b)
{
	return buf_len(b) == 0 ? json_string("")
	                       : json_stringn((const char *)buf_data(b), buf_len(b));
}

static enum errcode
json(const struct whole *w)
{
	struct buf *const *v = w->segs->v;
	json_t *o = NULL;
	char *text = NULL;
	enum errcode r;

	if (w->segs->n != 3)
		return E_FORMAT;
	if (mutate_says(w->m, 0, "general"))
		o = json_pack("{s:o, s:[{s:o, s:o}]}", "payload", text_of(v[1]), "signatures",
		    "protected", text_of(v[0]), "signature", text_of(v[2]));
	else
		o = json_pack("{s:o, s:o, s:o}", "payload", text_of(v[1]), "protected",
		    text_of(v[0]), "signature", text_of(v[2]));
	if (o != NULL)
		text = json_dumps(o, JSON_COMPACT);
	r = text == NULL ? E_NOMEM : buf_puts(w->segs->json, text);
	secmem_freestr(text);
	json_decref(o);
	return r;
}

/* len octets of chance as a segment. */
static enum errcode
append_noise(const struct whole *w, size_t len)
{
	uint8_t *raw = malloc(len);
	char *text = malloc(B64URL_ENCODED(len) + 1);
	enum errcode r = E_NOMEM;

	if (raw != NULL && text != NULL)
		r = w->ids->fill(w->ids->arg, raw, len) ? E_OK : E_SYS;
	if (r == E_OK) {
		b64url_encode(text, raw, len);
		r = append(w->segs, text);
	}
	free(raw);
	free(text);
	return r;
}

/* RFC 7516 section 7.1: header, encrypted key, initialization vector, ciphertext, tag. */
static enum errcode
wrap(const struct whole *w)
{
	static const char header[] = "{\"alg\":\"RSA-OAEP\",\"cty\":\"JWT\",\"enc\":\"A256GCM\"}";
	const size_t part[] = { 256, 12, 0, 16 };
	char text[B64URL_ENCODED(sizeof(header)) + 1];
	size_t len = 2; /* dots */
	enum errcode r;

	for (size_t i = 0; i < w->segs->n; i++)
		len += buf_len(w->segs->v[i]);
	b64url_encode(text, (const uint8_t *)header, sizeof(header) - 1);
	w->segs->n = 0;
	r = append(w->segs, text);
	for (size_t i = 0; i < 4 && r == E_OK; i++)
		r = append_noise(w, part[i] == 0 ? len : part[i]);
	return r;
}

static const struct row {
	const char *name, *args;
	enum errcode (*fn)(const struct whole *);
} rows[] = {
	{ "seg.add", "text", add },
	{ "seg.drop", "number", drop },
	{ "seg.empty", "header|payload|signature", empty },
	{ "seg.order", "", order },
	{ "jws.json", "flattened|general", json },
	{ "jwe.wrap", "", wrap },
};

static const struct row *
find(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

const char *
mutate_seg_args(const char *name)
{
	const struct row *r = find(name);

	return r == NULL ? NULL : r->args;
}

enum errcode
mutate_seg_apply(
    const struct mutate *m, const struct ids *ids, struct mutate_segs *segs, struct err *e)
{
	const struct row *row = find(m->name);
	const struct whole w = { m, ids, segs };
	enum errcode r = E_FORMAT;

	/* nothing goes on behind a JSON serialization */
	if (row != NULL && buf_len(segs->json) == 0)
		r = row->fn(&w);
	return r == E_OK ? r : err_set(e, r, NULL, ": %.64s does not fit the token", m->name);
}
