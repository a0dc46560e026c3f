/* One entry of the journal: a request as it may be shown, and as it came. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "mock_idp/control/entry.h"
#include "mock_idp/control/raw.h"
#include "mock_idp/control/redact.h"
#include "mock_idp/wire/http_read.h"

#define ALLOCATION 32 /* what malloc adds to four pieces, about */

static void
put(json_t *o, const char *name, json_t *value)
{
	if (value != NULL)
		(void)json_object_set_new(o, name, value);
}

static void
put_text(json_t *o, const char *name, const char *text)
{
	if (text != NULL)
		put(o, name, redact_text(text));
}

static json_t *
tls_json(const struct exchange *x)
{
	json_t *o = x->tls_version == NULL ? NULL : json_object();

	if (o != NULL) {
		put_text(o, "version", x->tls_version);
		put_text(o, "alpn", x->alpn);
		put_text(o, "sni", x->sni);
	}
	return o;
}

/* In the order in which somebody reads it: where from, what, what for, what came of it. */
static json_t *
shown_json(const struct exchange *x, uint64_t seq, int64_t us)
{
	const struct request *req = &x->req;
	json_t *o = json_pack("{s:I, s:I, s:I}", "seq", (json_int_t)seq, "us", (json_int_t)us,
	    "conn", (json_int_t)x->conn);

	if (o == NULL)
		return NULL;
	put_text(o, "listener", x->listener);
	put(o, "tls", tls_json(x));
	put_text(o, "ep", x->ep);
	put(o, "method", redact_text(req->method));
	if (req->target != NULL)
		put(o, "target", redact_target(req->target));
	put(o, "path", redact_text(req->path == NULL ? "" : req->path));
	put(o, "headers", redact_headers(&req->headers));
	if (req->query.n > 0)
		put(o, "query", redact_params(&req->query));
	if (req->form.n > 0)
		put(o, "form", redact_params(&req->form));
	else if (req->bodylen > 0)
		put_text(o, "body", "present");
	put_text(o, "rule", x->rule);
	put(o, "status", json_integer(x->rep.status));
	put_text(o, "error", x->rep.error);
	put(o, "violations", json_copy(x->violations));
	return o;
}

/* What the bytes are kept for: `journal raw` and what `expect` compares. */
static bool
keep_bytes(struct entry *e, const struct request *req)
{
	e->nhead = req->raw_head == NULL ? 0 : req->raw_head_len;
	e->nbytes = e->nhead + (req->raw_body == NULL ? 0 : req->raw_body_len);
	if (e->nhead == 0)
		return true;
	if ((e->bytes = malloc(e->nbytes)) == NULL)
		return false;
	memcpy(e->bytes, req->raw_head, e->nhead);
	if (e->nbytes > e->nhead)
		memcpy(e->bytes + e->nhead, req->raw_body, e->nbytes - e->nhead);
	return true;
}

bool
entry_make(struct entry *e, const struct exchange *x, uint64_t seq, int64_t us)
{
	json_t *shown = shown_json(x, seq, us);

	*e = (struct entry){
		.us = us,
		.answered = -1,
		.ep = x->ep,
		.listener = x->listener,
		.path = strdup(x->req.path == NULL ? "" : x->req.path),
		.shown = shown == NULL ? NULL : json_dumps(shown, JSON_COMPACT),
	};
	json_decref(shown);
	if (e->path != NULL && e->shown != NULL && keep_bytes(e, &x->req))
		return true;
	entry_clear(e);
	return false;
}

void
entry_clear(struct entry *e)
{
	free(e->path);
	free(e->shown);
	secmem_free(e->bytes, e->nbytes);
	*e = (struct entry){ .answered = -1 };
}

size_t
entry_size(const struct entry *e)
{
	return sizeof(*e) + strlen(e->path) + strlen(e->shown) + e->nbytes + ALLOCATION;
}

/* Replaces what o hides. */
static void
uncover(json_t *o, const struct entry *e)
{
	struct exchange x;

	if (!entry_request(e, &x)) {
		put(o, "bytes", raw_text(e->bytes, e->nbytes));
	} else {
		put(o, "target", raw_text(x.req.target, strlen(x.req.target)));
		put(o, "headers", raw_headers(e->bytes, e->nhead));
		if (x.req.query.n > 0)
			put(o, "query", raw_pairs(&x.req.query));
		if (x.req.form.n > 0)
			put(o, "form", raw_pairs(&x.req.form));
		if (e->nbytes > e->nhead)
			put(o, "body", raw_text(e->bytes + e->nhead, e->nbytes - e->nhead));
	}
	msg_clear(&x);
}

json_t *
entry_json(const struct entry *e, bool raw)
{
	json_t *o = json_loads(e->shown, 0, NULL);

	if (o == NULL)
		return NULL;
	if (raw && e->bytes != NULL)
		uncover(o, e);
	if (e->answered >= 0)
		put(o, "answered_us", json_integer(e->answered));
	return o;
}

bool
entry_request(const struct entry *e, struct exchange *x)
{
	size_t used = 0;
	int status = 0;

	return msg_init(x) && e->bytes != NULL &&
	    http_read(e->bytes, e->nbytes, &x->req, &used, &status) == HTTP_READ_DONE &&
	    used == e->nbytes;
}

bool
entry_evil(const struct entry *e)
{
	static const char evil[] = "evil";

	return e->listener != NULL && strncmp(e->listener, evil, sizeof(evil) - 1) == 0;
}
