/* The relying party of one login: the provider's metadata, pinned to its end, and requests in which
 * this client proves itself. RFC 6749 section 2.3. */
#ifndef HELPER_WORKER_RP_H
#define HELPER_WORKER_RP_H

#include "helper/ipc.h"
#include "helper/oidc/client_auth.h"
#include "helper/oidc/client_key.h"
#include "helper/oidc/metadata.h"
#include "helper/worker/channel.h"
#include "helper/worker/discover.h"
#include "helper/worker/http.h"

#define RP_FORM_MAX 16384 /* bytes of a form: an assertion of RSA 8192 takes 6,000 */

/* What a login starts with; all borrowed. */
struct rp_start {
	const struct ipc_job *job;
	const struct ipc_document *cached; /* documents of earlier logins */
	size_t ncached;
};

struct rp {
	const struct channel *channel; /* borrowed */
	const struct ipc_job *job;     /* borrowed */
	int64_t deadline;              /* of requests, boot ms; the job's */
	struct discover discover;
	struct http *http;            /* owned */
	struct client_key *key;       /* owned; NULL without one */
	enum client_auth_method auth; /* AUTO before rp_discover */
	struct metadata *metadata;    /* owned; NULL before rp_discover */
	bool cached_metadata;
};

/* One HTTP client for the whole login, and the client's key (E_CFG cfg.client_key.unfit). rp_close
 * also after a failure. */
enum errcode rp_open(struct rp *p, const struct channel *c, const struct rp_start *start,
    struct err *e) __attribute__((warn_unused_result));
void rp_close(struct rp *p);

/* The metadata, once (C-017), and whether they offer how this client proves itself (C-013: E_CFG
 * disc.auth). What discover_metadata fails with. */
enum errcode rp_discover(struct rp *p, struct err *e) __attribute__((warn_unused_result));

/* What a flow's way to its screen ended with, r, is to the monitor. After a failure under cached
 * metadata the next login asks for them: the provider may have moved, or offer other things than
 * yesterday. Nobody was asked yet, so a deadline that passed is the provider's: E_NET. */
enum errcode rp_prepared(const struct rp *p, enum errcode r) __attribute__((warn_unused_result));

/* POST to one of the provider's endpoints; the client's proof, fresh for each request, is put
 * behind what form holds. http_request's errors. */
enum errcode rp_post(const struct rp *p, const char *url, struct buf *form, size_t max,
    struct http_response *out, struct err *e) __attribute__((warn_unused_result));

/* Where the provider refused this client (a reason of ".client"), *e says as whom and how it proved
 * itself. Returns r. */
enum errcode rp_explain(const struct rp *p, enum errcode r, struct err *e);

/* A 200 that is not application/json is no answer of this endpoint's, whatever its body holds
 * (H-14, RFC 6749 section 5.1); then class and reason. Other statuses may come without a type. */
enum errcode rp_expect_json(const struct http_response *a, enum errcode class, const char *reason,
    struct err *e) __attribute__((warn_unused_result));

#endif
