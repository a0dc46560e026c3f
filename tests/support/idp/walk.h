/* The way of a relying party through one provider, as far as a scenario's facts ask for it. */
#ifndef TESTS_SUPPORT_IDP_WALK_H
#define TESTS_SUPPORT_IDP_WALK_H

#include "tests/support/idp/process.h"

struct walk;

/* A walk for these facts ("shows"), with the code flow if loopback. */
struct walk *walk_new(const struct process *p, const json_t *shows, bool loopback);
void walk_free(struct walk *w);

/*
 * Connection, discovery, keys, device or (pushed) authorization, token, UserInfo, refresh,
 * revocation: each as often as the facts name it, nothing behind the last that they name. No wait
 * is kept.
 */
void walk_go(struct walk *w);

/* Whether each of the facts holds; why names the first that does not (300 bytes). */
bool walk_shows(struct walk *w, char why[300]);

/* True when there was an ID token, and the last one does not verify. */
bool walk_unverified(const struct walk *w);

/* The last ID token, and the key set that it was judged by; borrowed, NULL: none. */
const json_t *walk_token(const struct walk *w);
const json_t *walk_jwks(const struct walk *w);

#endif
