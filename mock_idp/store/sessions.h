/* Browsers that came by, and who has signed in with them. */
#ifndef MOCK_IDP_STORE_SESSIONS_H
#define MOCK_IDP_STORE_SESSIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "mock_idp/ids.h"

#define SESSIONS_MAX 200         /* the oldest makes room */
#define SESSIONS_LIFE_MS 3600000 /* Authelia's hour */
#define SESSIONS_CSRF_SIZE 44    /* SHA-256 in base64url, and a NUL */

struct session {
	char id[IDS_OPAQUE_SIZE];  /* the cookie */
	char key[IDS_OPAQUE_SIZE]; /* of the tokens of its pages; never leaves */
	char *username;            /* NULL: nobody yet */
	int64_t auth_time;         /* wall seconds of the sign-in */
	int64_t auth_ms;           /* idem, on the world's clock */
	int64_t expires;           /* ms */
};

struct sessions {
	struct session **v; /* oldest first */
	size_t n;
};

/* A fresh one in which nobody has signed in, owned by s; NULL when out of memory or random bytes.
 */
struct session *sessions_new(struct sessions *s, const struct ids *ids, int64_t now);
struct session *sessions_find(const struct sessions *s, const char *id, int64_t now);
void sessions_drop(struct sessions *s, struct session *one);
void sessions_clear(struct sessions *s);

enum errcode sessions_sign_in(struct session *s, const char *username, int64_t wall, int64_t now)
    __attribute__((warn_unused_result));

/* The token that a form of that page carries: another for each session, page, and what the page is
 * about. */
void sessions_csrf(
    const struct session *s, const char *path, const char *about, char out[SESSIONS_CSRF_SIZE]);
bool sessions_csrf_ok(
    const struct session *s, const char *path, const char *about, const char *token);

#endif
