/* The person at the browser: what they do with a page. */
#ifndef MOCK_IDP_BROWSER_PERSON_H
#define MOCK_IDP_BROWSER_PERSON_H

#include "mock_idp/browser/pageform.h"

struct person {
	const char *name; /* the password is the same */
	const char *code; /* typed where a page asks for one; NULL: nothing */
	bool deny;
	/* each is done once: a form that comes back was refused */
	bool signed_in, typed, decided;
};

/* A form as it was filled in, and the button that was pressed. */
struct person_press {
	struct pageform form;
	const char *name, *value; /* NULL: a button without a name */
};

/* False when the page has nothing to do for that person, or no memory. Clear press->form. */
bool person_act(struct person *p, const char *page, struct person_press *press)
    __attribute__((warn_unused_result));

#endif
