/* The provider's metadata and keys: fetched for one login and pinned to its end. Discovery 1.0
 * section 4. */
#ifndef HELPER_WORKER_DISCOVER_H
#define HELPER_WORKER_DISCOVER_H

#include "helper/ipc.h"
#include "helper/oidc/jwks.h"
#include "helper/oidc/metadata.h"
#include "helper/worker/http.h"

/* GET of the well-known document. metadata_free. */
enum errcode discover_metadata(struct metadata **out, struct http *h, const struct ipc_job *job,
    struct err *e) __attribute__((warn_unused_result));

/* GET of jwks_uri. jwks_free. */
enum errcode discover_keys(struct jwks **out, struct http *h, const struct metadata *m,
    const struct ipc_job *job, struct err *e) __attribute__((warn_unused_result));

#endif
