/* The page at the verification address: a device code is decided. RFC 8628 section 3.3. */
#include "config.h"

#include "mock_idp/pages/consent.h"
#include "mock_idp/ep/ep.h"
#include "mock_idp/profile/profile.h"

static struct code *
waiting(const struct world *w, const char *user_code)
{
	struct code *c = codes_by_user(&w->codes, user_code);

	return c != NULL && c->state == CODE_PENDING && world_ms(w) < c->expires ? c : NULL;
}

static bool
find(const struct world *w, const char *value, struct question *q, int64_t *auth_from)
{
	const struct code *c = waiting(w, value);

	(void)auth_from;
	if (c == NULL)
		return false;
	*q = (struct question){ c->client_id, c->scope, c->user, NULL };
	return true;
}

static void
absent(struct exchange *x, const struct session *s, const struct subject *about)
{
	forms_code(x, s, about,
	    *about->value == '\0'
	        ? NULL
	        : "There is no such code to decide: it is mistyped, too old, or decided already.");
}

static void
decide(struct world *w, struct exchange *x, const struct session *s, const char *value, bool yes)
{
	struct code *c = waiting(w, value);

	if (c == NULL) { /* its time ran out since find looked */
		forms_result(x, 400, false, "Too late", "There is no such code to decide any more.");
	} else if (!yes) {
		c->state = CODE_DENIED;
		forms_result(x, 200, false, "Denied",
		    "The login at your terminal does not go through. You may close this page.");
	} else if (codes_approve(c, s->username, s->auth_time) != E_OK) {
		forms_result(x, 500, false, "Not approved", "The provider is out of memory.");
	} else {
		forms_result(x, 200, true, "Approved",
		    "Go back to your terminal and press Enter. You may close this page.");
	}
}

void
ep_consent(struct world *w, struct exchange *x)
{
	const struct consent_kind device = { x->req.path, w->profile->device->code_name, find,
		absent, decide };

	consent_run(w, x, &device);
}
