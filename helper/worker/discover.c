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

enum errcode
discover_metadata(struct metadata **out, struct http *h, const struct ipc_job *job, struct err *e)
{
	struct http_response a = { 0 };
	char *url = metadata_url(job->issuer);
	enum errcode r;

	if (url == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for a URL");
	if ((r = fetch(h, url, METADATA_MAX, "application/json", "disc", job, &a, e)) == E_OK)
		r = metadata_parse(
		    out, buf_data(a.body), buf_len(a.body), job->issuer, &job->extra_origins, e);
	http_response_clear(&a);
	free(url);
	return r;
}

enum errcode
discover_keys(struct jwks **out, struct http *h, const struct metadata *m,
    const struct ipc_job *job, struct err *e)
{
	struct http_response a = { 0 };
	enum errcode r;

	if ((r = fetch(h, m->jwks_uri, JWKS_MAX, "application/jwk-set+json", "jwks", job, &a, e)) ==
	    E_OK)
		r = jwks_parse(out, buf_data(a.body), buf_len(a.body), e);
	http_response_clear(&a);
	return r;
}
