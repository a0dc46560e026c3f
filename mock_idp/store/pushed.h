/* Authorization requests that came before the browser did. RFC 9126. */
#ifndef MOCK_IDP_STORE_PUSHED_H
#define MOCK_IDP_STORE_PUSHED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mock_idp/ids.h"
#include "mock_idp/pairs.h"

#define PUSHED_MAX 1000 /* the oldest makes room */
#define PUSHED_LIFE 300 /* seconds, as Authelia has it */
#define PUSHED_PREFIX "urn:ietf:params:oauth:request_uri:"
#define PUSHED_URI_SIZE (sizeof(PUSHED_PREFIX) + IDS_RANDOM_SIZE)

struct pushed_request {
	char uri[PUSHED_URI_SIZE];
	struct pairs params; /* client_id among them, and nothing that proves the client */
	int64_t expires;     /* ms */
	bool used;
};

struct pushed {
	struct pushed_request **v; /* oldest first */
	size_t n;
};

/* A fresh one, owned by all; the parameters are taken over, also on failure (NULL). */
struct pushed_request *pushed_new(
    struct pushed *all, const struct ids *ids, struct pairs *params, int64_t now);
void pushed_clear(struct pushed *all);

/* Used or not, expired or not; NULL: none of that name. */
struct pushed_request *pushed_find(const struct pushed *all, const char *uri);

#endif
