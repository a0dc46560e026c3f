/* The provider's metadata and keys: cached or fetched for one login, and pinned to its end.
 * Discovery 1.0 section 4; design section 8. */
#ifndef HELPER_WORKER_DISCOVER_H
#define HELPER_WORKER_DISCOVER_H

#include "helper/ipc.h"
#include "helper/oidc/jwks.h"
#include "helper/oidc/metadata.h"
#include "helper/worker/channel.h"
#include "helper/worker/http.h"

#define DISCOVER_FRESH_S 86400 /* so old, a document is used without a request */

/* What discovery needs; all borrowed. */
struct discover {
	const struct channel *channel;
	const struct ipc_job *job;
	const struct ipc_document *cached; /* of earlier logins: may hold anything */
	size_t ncached;
	struct http *http;
};

/*
 * The metadata: a fresh cached document, else a GET of the well-known one, else, while the provider
 * cannot be reached or answers 429, a stale one. A cached document that does not parse counts for
 * nothing (C-019). What was fetched is offered to the monitor for later. *cached: it was not
 * fetched now. metadata_free.
 */
enum errcode discover_metadata(struct metadata **out, bool *cached, const struct discover *d,
    struct err *e) __attribute__((warn_unused_result));

/*
 * Asks for the metadata whatever is cached, and looks at nothing but whether the provider is there:
 * any answer below 500 will do. E_NET disc.status, and what http_request says.
 */
enum errcode discover_reach(const struct discover *d, struct err *e)
    __attribute__((warn_unused_result));

/* Idem the keys, from jwks_uri. jwks_free. */
enum errcode discover_keys(struct jwks **out, bool *cached, const struct discover *d,
    const struct metadata *m, struct err *e) __attribute__((warn_unused_result));

/* The keys anew, past every cache, for a key id that is not among them; at most once a minute for
 * all logins of this host (job->may_refetch, C-112, C-131). */
enum errcode discover_keys_anew(struct jwks **out, const struct discover *d,
    const struct metadata *m, struct err *e) __attribute__((warn_unused_result));

/* The cached document misled this login: the next one shall fetch it. */
void discover_forget(const struct discover *d, enum ipc_kind kind);

#endif
