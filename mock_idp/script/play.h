/* The script at work on one exchange: before its endpoint, for it, and behind it. Without a script
 * none of these does anything. */
#ifndef MOCK_IDP_SCRIPT_PLAY_H
#define MOCK_IDP_SCRIPT_PLAY_H

#include "mock_idp/world.h"

/* Finds the rule (x->ep is set), runs its commands, and fills x->by, x->rule and x->fault. */
void play_before(struct world *w, struct exchange *x);

/* The rule's answer in the place of the endpoint's, if it has one; then what the rule changes, once
 * every header is there. What does not fit becomes the violation "script:RULE: ...". */
void play_instead(const struct world *w, struct exchange *x);
void play_after(const struct world *w, struct exchange *x);

/* The same for a connection that was accepted, whose x has no request: x->fault, x->tls. */
void play_connect(struct world *w, struct exchange *x);

/*
 * What the rule says about the token or the key set that the endpoint makes, its placeholders
 * filled in: for mint_token and jwkset_make. Call it once all is known (msg_known). A new
 * reference; NULL: nothing.
 */
json_t *play_token(const struct world *w, struct exchange *x);
json_t *play_jwks(const struct world *w, struct exchange *x);

/* The rule's `redirect` for whoever answers later, a new reference or NULL. */
json_t *play_redirect(const struct exchange *x);

/* location, which is taken over, changed by such a redirect; fresh. NULL: location is, or memory is
 * out. redirect NULL changes nothing. */
char *play_location(const struct world *w, struct exchange *x, json_t *redirect, char *location);

/* An endpoint could not make what the rule wants: the violation. */
void play_failed(struct exchange *x, const struct err *e);

#endif
