/* Who sits at the browser: the session behind the cookie, and the sign-in. */
#ifndef MOCK_IDP_PAGES_SIGNIN_H
#define MOCK_IDP_PAGES_SIGNIN_H

#include "mock_idp/world.h"

/* __Host-: bound to this host, Secure, and not for another path. RFC 6265bis section 4.1.3.2. */
#define SIGNIN_COOKIE "__Host-latchkey-mock"

/* The session of the cookie; NULL when there is none, or it is over. */
struct session *signin_find(const struct world *w, const struct exchange *x);
/* Idem with somebody signed in who has not been removed since. */
bool signin_somebody(const struct world *w, const struct session *s);

/* Checks user name and password of the form; a right one makes a new session, against fixation. */
struct session *signin_try(struct world *w, const struct exchange *x, struct session *old);

/* The browser keeps s from now on; call it when the reply is there. */
void signin_keep(struct exchange *x, const struct session *s);
/* The browser forgets it. */
void signin_forget(struct exchange *x);

#endif
