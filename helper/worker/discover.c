/* The provider's metadata and keys. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "helper/worker/discover.h"

/* Where to look first. */
static const char *
advice(long status)
{
	if (status >= 300 && status <= 399)
		return "redirects are not followed: is issuer right, or is a captive portal in "
		       "between?";
	return status >= 500 ? "the provider, or the proxy in front of it, is out of order"
	                     : "is issuer in [provider] right, path included?";
}

/* A 200 with one of these media types (C-002, C-003, C-132), else E_PROTO with the document's
 * reasons. */
static enum errcode
fetch(struct http *h, const char *url, size_t max, const char *media, const char *what,
    const struct ipc_job *job, struct http_response *out, struct err *e)
{
	struct http_response a = { 0 };
	char reason[ERR_REASON_MAX], type[48];
	enum errcode r;

	if ((r = http_request(h, url, NULL, NULL, max, job->deadline, &a, e)) != E_OK)
		return r;
	if (a.status != 200) {
		(void)snprintf(reason, sizeof(reason), "%s.status", what);
		/* 429: too many from this address, which a caller can bring about */
		r = err_set(e,
		    a.status == 429       ? E_BUSY
		        : a.status >= 500 ? E_NET
		                          : E_PROTO,
		    reason, "%.160s: found HTTP %ld, expected 200; %s", url, a.status,
		    advice(a.status));
	} else if (strcmp(a.content_type, "application/json") != 0 &&
	    strcmp(a.content_type, media) != 0) {
		(void)snprintf(reason, sizeof(reason), "%s.ctype", what);
		(void)text_escape(type, sizeof(type), a.content_type, strlen(a.content_type));
		r = err_set(e, E_PROTO, reason,
		    "%.160s: found %s, expected application/json; is issuer right, or is a captive "
		    "portal in between?",
		    url, a.content_type[0] == '\0' ? "no media type" : type);
	}
	if (r != E_OK) {
		http_response_clear(&a);
		return r;
	}
	*out = a;
	return E_OK;
}

/* For the monitor: it keeps it if this login is allowed. Not told is not kept, and nothing worse.
 */
static void
offer(const struct discover *d, enum ipc_kind kind, struct buf *body)
{
	const char *text = body == NULL ? "" : buf_cstr(body);
	char *copy = text == NULL ? NULL : strdup(text);
	const struct ipc_msg m = { .type = IPC_KEEP, .document = { .kind = kind, .body = copy } };

	/* a NUL byte is in no JSON text that parses */
	if (copy != NULL && strlen(copy) <= IPC_DOCUMENT_MAX)
		(void)!channel_send(d->channel, &m, NULL);
	free(copy);
}

void
discover_forget(const struct discover *d, enum ipc_kind kind)
{
	offer(d, kind, NULL);
}

/* The document of that kind, unless it is older than max_age. */
static const char *
find_cached(const struct discover *d, enum ipc_kind kind, int64_t max_age)
{
	int64_t now = clock_wall(d->channel->clock);

	for (size_t i = 0; i < d->ncached; i++) {
		const struct ipc_document *c = &d->cached[i];

		if (c->kind == kind && c->fetched <= now && now - c->fetched < max_age)
			return c->body;
	}
	return NULL;
}

/* What the two documents differ in. */
struct document {
	enum ipc_kind kind;
	const char *name, *media, *url;
	size_t max;
	enum errcode (*parse)(
	    void *out, const struct discover *d, const void *body, size_t len, struct err *e);
};

/* E_CLOSED where there is none that parses. No memory for it is this host's failure: to ask the
 * provider instead could make it look like one of his. */
static enum errcode
use_cached(void *out, const struct document *doc, const struct discover *d, int64_t max_age)
{
	const char *body = find_cached(d, doc->kind, max_age);
	enum errcode r = body == NULL ? E_CLOSED : doc->parse(out, d, body, strlen(body), NULL);

	return r == E_OK || r == E_NOMEM ? r : E_CLOSED;
}

static enum errcode
fetch_new(void *out, const struct document *doc, const struct discover *d, struct err *e)
{
	struct http_response a = { 0 };
	enum errcode r;

	if ((r = fetch(d->http, doc->url, doc->max, doc->media, doc->name, d->job, &a, e)) ==
	        E_OK &&
	    (r = doc->parse(out, d, buf_data(a.body), buf_len(a.body), e)) == E_OK)
		offer(d, doc->kind, a.body);
	http_response_clear(&a);
	return r;
}

static enum errcode
discover(
    void *out, bool *cached, const struct document *doc, const struct discover *d, struct err *e)
{
	struct err why = { .code = E_OK };
	enum errcode r = use_cached(out, doc, d, DISCOVER_FRESH_S), got = E_CLOSED;

	if (r == E_CLOSED)
		got = fetch_new(out, doc, d, &why);
	/* away, or asked too often by others: yesterday's serves, and no caller refuses everybody
	 */
	if (got == E_NET || got == E_BUSY)
		r = use_cached(out, doc, d, INT64_MAX);
	*cached = r == E_OK;
	if (r == E_OK || got == E_OK)
		return E_OK;
	return r == E_NOMEM ? err_set(e, r, NULL, "no memory for a cached document")
	                    : err_set(e, got, why.reason, "%s", why.text);
}

static enum errcode
parse_metadata(void *out, const struct discover *d, const void *body, size_t len, struct err *e)
{
	const struct ipc_job *j = d->job;

	return metadata_parse(out, body, len, j->issuer, &j->extra_origins,
	    j->flow == IDENTITY_LOOPBACK ? METADATA_LOOPBACK : METADATA_DEVICE, e);
}

static enum errcode
parse_keys(void *out, const struct discover *d, const void *body, size_t len, struct err *e)
{
	(void)d;
	return jwks_parse(out, body, len, e);
}

enum errcode
discover_metadata(struct metadata **out, bool *cached, const struct discover *d, struct err *e)
{
	char *url = metadata_url(d->job->issuer);
	const struct document doc = { IPC_METADATA, "disc", "application/json", url, METADATA_MAX,
		parse_metadata };
	enum errcode r;

	if (url == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for a URL");
	r = discover(out, cached, &doc, d, e);
	free(url);
	return r;
}

enum errcode
discover_reach(const struct discover *d, struct err *e)
{
	char *url = metadata_url(d->job->issuer);
	struct err why = { .code = E_OK };
	struct http_response a = { 0 };
	enum errcode r;

	if (url == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for a URL");
	r = http_request(d->http, url, NULL, NULL, METADATA_MAX, d->job->deadline, &a, &why);
	if (r == E_OK && a.status >= 500)
		r = err_set(&why, E_NET, "disc.status", "%.160s: found HTTP %ld; %s", url, a.status,
		    advice(a.status));
	http_response_clear(&a);
	free(url);
	/* one that nobody can read is an answer as well */
	return r == E_OK || r == E_PROTO ? E_OK : err_set(e, r, why.reason, "%s", why.text);
}

static struct document
keys_document(const struct metadata *m)
{
	return (struct document){ IPC_KEYS, "jwks", "application/jwk-set+json", m->jwks_uri,
		JWKS_MAX, parse_keys };
}

enum errcode
discover_keys(struct jwks **out, bool *cached, const struct discover *d, const struct metadata *m,
    struct err *e)
{
	const struct document doc = keys_document(m);

	return discover(out, cached, &doc, d, e);
}

enum errcode
discover_keys_anew(
    struct jwks **out, const struct discover *d, const struct metadata *m, struct err *e)
{
	const struct document doc = keys_document(m);

	offer(d, IPC_REFETCH, NULL);
	return fetch_new(out, &doc, d, e);
}
