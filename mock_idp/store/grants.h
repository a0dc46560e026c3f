/* Access and refresh tokens that were handed out, and what they open. */
#ifndef MOCK_IDP_STORE_GRANTS_H
#define MOCK_IDP_STORE_GRANTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "mock_idp/ids.h"

#define GRANTS_MAX 1000 /* the oldest makes room */
#define GRANTS_LIFE 3600
#define GRANTS_REFRESH_LIFE 5400 /* Authelia's 90 minutes */

struct grant {
	char access[IDS_OPAQUE_SIZE];
	char refresh[IDS_OPAQUE_SIZE]; /* "": none */
	uint64_t family;               /* what came of one approval has one number, from 1 */
	bool revoked;                  /* the tokens open nothing any more */
	bool refreshed;                /* ... because the refresh token was exchanged */
	char *client_id;
	char *username;
	char *sub;
	char *scope;       /* of the access token */
	char *approved;    /* what was approved, and so may be asked for at a refresh */
	char *nonce;       /* NULL: none */
	int64_t auth_time; /* wall seconds, like the next three */
	int64_t issued;
	int64_t expires;
	int64_t refresh_expires;
};

struct grants {
	struct grant **v;
	size_t n;
	uint64_t families;
};

/* What was approved; borrowed. */
struct grant_for {
	const char *client_id, *username, *sub, *scope;
	const char *approved; /* NULL: the scope is what was approved */
	const char *nonce;    /* NULL: none */
	int64_t auth_time;
	bool refresh;    /* with a refresh token */
	uint64_t family; /* 0: a new one */
};

/* A fresh grant, owned by grants; NULL when out of memory or random bytes. */
struct grant *grants_new(
    struct grants *g, const struct ids *ids, const struct grant_for *what, int64_t wall);
void grants_clear(struct grants *g);

/* One that is not revoked; expired or not. */
struct grant *grants_find(const struct grants *g, const char *access);
/* Revoked or not: only to tell what was once good from what never was, and to see that a refresh
 * token comes again. */
struct grant *grants_known(const struct grants *g, const char *access);
struct grant *grants_by_refresh(const struct grants *g, const char *refresh);

/* Nothing of that family opens anything any more. */
void grants_revoke(struct grants *g, uint64_t family);

#endif
