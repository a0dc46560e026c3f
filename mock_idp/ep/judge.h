/* An authorization request, judged: where its answer goes, what is wrong with it. */
#ifndef MOCK_IDP_EP_JUDGE_H
#define MOCK_IDP_EP_JUDGE_H

#include "mock_idp/world.h"

struct refusal {
	const char *error, *text; /* static */
	int status;               /* where it is no redirect */
	const char *violation;    /* what it says about the client; NULL: nothing */
	const char *about;        /* the parameter that is at fault; NULL: none */
};

/* The violation into the journal, with the parameter's value; r may be NULL. */
void judge_note(struct exchange *x, const struct refusal *r, const struct pairs *q);

/* Whom the answer is for and where it goes: as long as that is not sure, nobody gets one. pushed:
 * it was, or is just being pushed. *c is set as soon as it is known. NULL: nothing is wrong. */
const struct refusal *judge_place(
    const struct world *w, const struct pairs *q, bool pushed, const struct client **c);

/* What Authelia looks at before it keeps a pushed request, and in any other at once. */
const struct refusal *judge_request(
    const struct world *w, const struct client *c, const struct pairs *q);

/* What Authelia looks at when the browser is there. somebody: there is a session with a user. */
const struct refusal *judge_question(
    const struct world *w, const struct client *c, const struct pairs *q, bool somebody);

/* Notes what is no fault, and no good idea. */
void judge_habits(struct exchange *x, const struct pairs *q);

#endif
