/* One conversation with the helper: START, its texts and prompts to the person, until VERDICT. */
#ifndef PAM_MODULE_LOGIN_H
#define PAM_MODULE_LOGIN_H

#include <security/pam_modules.h>

#include "common/clock.h"
#include "common/err.h"
#include "proto/msg.h"

/*
 * Runs it on fd. E_OK: *m holds the VERDICT (msg_clear), whatever it says. E_CONV: cancelled, by
 * the person or by SIGINT or SIGQUIT pending, and the helper was told. E_TIMEOUT: mute past its
 * patience. E_CLOSED: ended without a verdict. E_FORMAT: nonsense.
 */
enum errcode login_run(pam_handle_t *pamh, int fd, const struct msg *start, const struct clock *c,
    struct msg *m, struct err *e) __attribute__((warn_unused_result));

/* The one table from verdict to PAM code; design section 6. */
int login_code(enum msg_verdict v);

#endif
