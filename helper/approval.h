/* Waiting for the person: the same screen, prompts and pace whether a provider is asked or a decoy
 * pretends. */
#ifndef HELPER_APPROVAL_H
#define HELPER_APPROVAL_H

#include <stdbool.h>
#include <stdint.h>

#include "helper/screen.h"
#include "helper/session.h"

struct approval {
	struct session *session;
	struct screen screen;    /* seconds is filled in here */
	bool enter;              /* prompt; else text, and asking at the interval */
	enum msg_text_kind kind; /* of that text */
	int64_t deadline;        /* boot ms; no prompt and no ask begins behind it */
	int64_t latest;          /* boot ms; an ask that began in time may take until then (D-09) */
	/*
	 * Asks once, not before the interval allows: E_OK and *done when it is decided. It may wait
	 * (session_wait), and fails with why the login ends.
	 */
	enum errcode (*ask)(void *arg, bool *done, struct err *e);
	/* What to ask once an answer was sshd's junk, so that nothing may succeed any more; NULL:
	 * the same. */
	enum errcode (*ask_junk)(void *arg, bool *done, struct err *e);
	void *arg;
};

/* E_OK when ask said done. Else E_EXP at the deadline, or why the login ends. */
enum errcode approval_wait(const struct approval *a, struct err *e)
    __attribute__((warn_unused_result));

#endif
