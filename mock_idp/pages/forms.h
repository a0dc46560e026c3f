/* What a person sees: sign in, type a code, decide, and what came of it. */
#ifndef MOCK_IDP_PAGES_FORMS_H
#define MOCK_IDP_PAGES_FORMS_H

#include "mock_idp/pages/html.h"
#include "mock_idp/world.h"

/* The page a form belongs to, and what it is about. */
struct subject {
	const char *path;  /* where the form goes */
	const char *name;  /* of the parameter that says what it is about */
	const char *value; /* "" : nothing yet */
};

/* What is to be decided. */
struct question {
	const char *client_id;
	const char *scope;
	const char *user_code;    /* NULL: none, the browser came from the client itself */
	const char *redirect_uri; /* NULL: none, the client is a terminal */
};

/* wrong: NULL, or a sentence that says why the page is back. */
void forms_sign_in(const struct world *w, struct exchange *x, const struct session *s,
    const struct subject *about, const char *wrong);
void forms_code(
    struct exchange *x, const struct session *s, const struct subject *about, const char *wrong);
void forms_decide(struct exchange *x, const struct session *s, const struct subject *about,
    const struct question *q);
/* The end: good or not, one heading, one sentence. */
void forms_result(struct exchange *x, int status, bool good, const char *title, const char *text);

#endif
