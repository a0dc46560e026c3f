/* Where a browser ends whose authorization request cannot be answered to anybody. */
#include "config.h"

#include <stdio.h>

#include "mock_idp/ep/ep.h"
#include "mock_idp/pages/forms.h"

void
ep_completion(struct world *w, struct exchange *x)
{
	const char *error = pairs_get(&x->req.query, "error"),
	           *text = pairs_get(&x->req.query, "error_description");
	char sentence[512];

	(void)w;
	if (error == NULL) {
		forms_result(x, 200, true, "Done", "You may close this page.");
		return;
	}
	(void)snprintf(sentence, sizeof(sentence),
	    "The application sent a request that cannot be "
	    "answered (%.64s). %.256s",
	    error, text == NULL ? "" : text);
	forms_result(x, 200, false, "This does not work", sentence);
}
