/*
 * The loopback redirect: listens on this machine alone, from just before the address is shown until
 * the answer has come (RFC 8252 sections 7.3 and 8.3, C-029, C-030). Whoever else connects is
 * answered and forgotten: junk, slow and parallel connections neither end a login nor capture it
 * (H-50), but for too much junk (C-045).
 */
#ifndef HELPER_WORKER_LOOPBACK_H
#define HELPER_WORKER_LOOPBACK_H

#include <stdbool.h>
#include <stdint.h>

#include "helper/oidc/callback.h"
#include "helper/worker/channel.h"

#define LOOPBACK_VISITORS 16 /* connections at a time; one more takes the oldest one's place */
#define LOOPBACK_JUNK 20     /* requests that were no answer to this login; one more ends it */

struct loopback;

/*
 * Listens where a redirect URI (common/redirect.h) says, at any free port where it names none;
 * localhost is both addresses, so that nobody else is there. E_CFG cfg.value for what is no such
 * URI, E_SYS cb.port when the address is taken. loopback_close.
 */
enum errcode loopback_open(struct loopback **out, const char *redirect, struct err *e)
    __attribute__((warn_unused_result));
void loopback_close(struct loopback *l);

/* The redirect URI with its port; borrowed. */
const char *loopback_uri(const struct loopback *l);

/* What an answer must be; borrowed. */
struct loopback_wanted {
	const char *state, *issuer;
	bool iss_required;
};

/*
 * Waits for the answer and closes the listener with it: E_OK with the code (a secret, wipe it), or
 * what callback_read refuses with. E_CB cb.junk; at the deadline (boot ms) E_EXP cb.never, or what
 * the first answer without our state was (E_CB cb.state, cb.jarm); E_CLOSED when the monitor hangs
 * up.
 */
enum errcode loopback_wait(struct loopback *l, const struct loopback_wanted *w,
    const struct channel *c, int64_t deadline, char code[CALLBACK_CODE_MAX + 1], struct err *e)
    __attribute__((warn_unused_result));

#endif
