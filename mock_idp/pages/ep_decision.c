/* The page of an authorization request: the person decides, the browser goes back to the client. */
#include "config.h"

#include <stdlib.h>

#include "mock_idp/ep/authz.h"
#include "mock_idp/pages/consent.h"
#include "mock_idp/ep/ep.h"
#include "mock_idp/script/play.h"

static bool
find(const struct world *w, const char *value, struct question *q, int64_t *auth_from)
{
	const struct flow *f = authz_waiting(w, value);

	if (f == NULL)
		return false;
	*q = (struct question){ f->p.client_id, f->p.scope, NULL, f->p.redirect_uri };
	*auth_from = f->auth_from;
	return true;
}

static void
absent(struct exchange *x, const struct session *s, const struct subject *about)
{
	(void)s;
	(void)about;
	forms_result(x, 404, false, "Nothing to decide",
	    "This request is unknown, too old, or decided already. Begin again at the "
	    "application.");
}

static void
decide(struct world *w, struct exchange *x, const struct session *s, const char *value, bool yes)
{
	struct flow *f = authz_waiting(w, value);
	char *location = yes ? authz_approve(w, f, s->username, s->auth_time) : authz_deny(w, f);

	location = play_location(w, x, f->redirect, location);
	if (location == NULL)
		forms_result(x, 500, false, "Not approved", "The provider is out of memory.");
	else
		msg_reply_redirect(&x->rep, 303, location);
	free(location);
}

void
ep_decision(struct world *w, struct exchange *x)
{
	static const struct consent_kind flow = { EP_DECISION_PATH, "flow_id", find, absent,
		decide };

	consent_run(w, x, &flow);
}
