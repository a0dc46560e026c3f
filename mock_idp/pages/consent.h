/* The way of a person through a decision: sign in, look, approve or deny. Two kinds of it differ.
 */
#ifndef MOCK_IDP_PAGES_CONSENT_H
#define MOCK_IDP_PAGES_CONSENT_H

#include "mock_idp/pages/forms.h"

struct consent_kind {
	const char *path, *name; /* as in struct subject */

	/* What is to be decided under that value; false: nothing. *auth_from (ms): a sign-in before
	 * that does not count. */
	bool (*find)(
	    const struct world *w, const char *value, struct question *q, int64_t *auth_from);
	/* The page for a value that is nothing to decide; "" when there is none yet. */
	void (*absent)(struct exchange *x, const struct session *s, const struct subject *about);
	/* The decision on a value that was just found, and its page. */
	void (*decide)(struct world *w, struct exchange *x, const struct session *s,
	    const char *value, bool approved);
};

void consent_run(struct world *w, struct exchange *x, const struct consent_kind *kind);

#endif
