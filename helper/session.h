/* The monitor's end of [A]: one conversation with one module, and what may follow what. */
#ifndef HELPER_SESSION_H
#define HELPER_SESSION_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "common/clock.h"
#include "common/err.h"
#include "proto/msg.h"

#define SESSION_START_MS 5000 /* the module sends START at once */

enum session_state { SESSION_NEW, SESSION_WORKING, SESSION_PROMPTED, SESSION_OVER };

struct session {
	int fd;    /* [A]; borrowed */
	int pidfd; /* the host process, -1 where the kernel has none; owned */
	pid_t host;
	enum session_state state;
	const struct clock *clock;
	char login_id[9]; /* 8 hex digits */
};

/* Who is there (root alone, until there is a socket to dial), a login id, and START within
 * SESSION_START_MS. msg_clear. */
enum errcode session_open(struct session *s, int fd, const struct clock *c, struct msg *start,
    struct err *e) __attribute__((warn_unused_result));
void session_close(struct session *s);

/*
 * Waits until fd (-1: nothing) can be read or the deadline (boot ms) passes: E_TIMEOUT. Meanwhile
 * the host process may end or hang up (E_CLOSED) or the person cancel (E_CONV); an answer that
 * nobody asked for is E_FORMAT.
 */
enum errcode session_wait(struct session *s, int fd, int64_t deadline, struct err *e)
    __attribute__((warn_unused_result));

/* Shows a text; patience as in proto/msg.h. */
enum errcode session_text(struct session *s, enum msg_text_kind kind, const char *text,
    uint32_t patience_ms, struct err *e) __attribute__((warn_unused_result));

/*
 * Asks, and waits for the answer until the deadline. *junk: the answer is what sshd makes of the
 * answers of people whom it will not let in ("\b\n\r\177INCORRECT"), so nothing may succeed. Else
 * as session_wait.
 */
enum errcode session_prompt(struct session *s, const char *text, uint32_t patience_ms,
    int64_t deadline, bool *junk, struct err *e) __attribute__((warn_unused_result));

/* The last word. login_id is filled in. */
enum errcode session_verdict(struct session *s, struct msg_verdict_body *v, struct err *e)
    __attribute__((warn_unused_result));

#endif
