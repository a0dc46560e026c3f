/* Access tokens that were handed out, and what they open. */
#ifndef MOCK_IDP_STORE_GRANTS_H
#define MOCK_IDP_STORE_GRANTS_H

#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "mock_idp/ids.h"

#define GRANTS_MAX 1000 /* the oldest makes room */
#define GRANTS_LIFE 3600

struct grant {
	char access[IDS_OPAQUE_SIZE];
	char *client_id;
	char *username;
	char *sub;
	char *scope;
	char *nonce;       /* NULL: none */
	int64_t auth_time; /* wall seconds, like the next two */
	int64_t issued;
	int64_t expires;
};

struct grants {
	struct grant **v;
	size_t n;
};

/* What was approved; borrowed. */
struct grant_for {
	const char *client_id, *username, *sub, *scope;
	const char *nonce; /* NULL: none */
	int64_t auth_time;
};

/* A fresh grant, owned by grants; NULL when out of memory or random bytes. */
struct grant *grants_new(
    struct grants *g, const struct ids *ids, const struct grant_for *what, int64_t wall);
void grants_clear(struct grants *g);

struct grant *grants_find(const struct grants *g, const char *access);
/* That token opens nothing any more; none of that name is no error. */
void grants_revoke(struct grants *g, const char *access);

#endif
