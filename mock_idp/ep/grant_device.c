/* The device grant. RFC 8628 sections 3.4 and 3.5. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/answer.h"
#include "mock_idp/ep/grant.h"
#include "mock_idp/ep/issue.h"
#include "mock_idp/ep/oauth.h"
#include "mock_idp/ep/pace.h"
#include "mock_idp/ep/pkce.h"

#define APPROVED OUTCOMES /* no error */

/* A code that was denied or used is to Authelia an error of its own, before it asks whose it is. */
static enum profile_outcome
outcome_of(const struct world *w, const struct client *client, const struct code *c)
{
	const struct profile_polls *p = w->profile->polls;
	int64_t left = c == NULL ? 0 : c->expires - world_ms(w);
	bool pending, over = left <= 0;

	if (c == NULL || (p->mourned != 0 && left <= -(int64_t)p->mourned * 1000))
		return OUTCOME_UNKNOWN;
	pending = c->doomed || c->state == CODE_PENDING || (c->state == CODE_DENIED && p->deaf);
	if (!pending && c->state == CODE_DENIED)
		return OUTCOME_DENIED;
	if (!pending && c->state == CODE_USED && !(p->repeats && c->answer != NULL))
		return OUTCOME_REPLAY;
	if (client != NULL && strcmp(c->client_id, client->id) != 0)
		return OUTCOME_FOREIGN;
	if (pending)
		return over && !p->for_ever ? OUTCOME_EXPIRED : OUTCOME_PENDING;
	return over ? OUTCOME_LATE : APPROVED;
}

/* With the provider's opinion on the pace, which some have before they look at the code. */
static enum profile_outcome
outcome_in_time(const struct world *w, const struct client *client, struct code *c)
{
	enum profile_outcome o = outcome_of(w, client, c), pace;

	if (c == NULL || (o != OUTCOME_PENDING && !w->profile->polls->pace.first_of_all))
		return o;
	pace = pace_ask(w, c);
	if (pace == OUTCOME_STRUCK_OUT)
		c->state = CODE_DENIED;
	return pace == OUTCOME_PENDING ? o : pace;
}

static void
hand_out(struct world *w, struct exchange *x, struct code *c)
{
	struct grant_for what = { .client_id = c->client_id,
		.username = c->username,
		.scope = c->scope,
		.nonce = c->nonce,
		.auth_time = c->auth_time };

	if (c->answer != NULL) {
		msg_reply_text(&x->rep, 200, MSG_JSON, c->answer);
		return;
	}
	if (issue_tokens(w, x, &what) == NULL)
		return;
	c->state = CODE_USED;
	if (w->profile->polls->repeats)
		c->answer = strdup(buf_cstr(x->rep.body));
}

void
grant_device(struct world *w, struct exchange *x, const struct client *client)
{
	const char *device = pairs_get(&x->req.form, "device_code");
	enum profile_outcome o;
	struct code *c;

	if (device == NULL || *device == '\0') {
		oauth_fail(x, OAUTH_INVALID_REQUEST, "The parameter device_code is missing.");
		return;
	}
	if ((c = codes_by_device(&w->codes, device)) != NULL)
		pace_judge(w, x, c);
	o = outcome_in_time(w, client, c);
	if (o == APPROVED && w->profile->device->pkce != DEVICE_PKCE_IGNORED &&
	    !pkce_fits(c->challenge, pairs_get(&x->req.form, "code_verifier")))
		o = OUTCOME_VERIFIER;
	if (o == APPROVED)
		hand_out(w, x, c);
	else
		answer_fail(w, x, o,
		    o == OUTCOME_PENDING ? "The user has not authorized the request." : NULL);
	if (c != NULL) {
		/* what another client hears of it is not the end of it; a script's answer is its
		 * own */
		if (!x->by.instead)
			pace_note(c, &x->rep,
			    o == OUTCOME_PENDING || o == OUTCOME_TOO_FAST || o == OUTCOME_FOREIGN);
		c->polls++;
		c->last_answer = world_ms(w);
	}
}
