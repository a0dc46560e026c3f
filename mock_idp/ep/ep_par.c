/* Pushed authorization requests, as Authelia takes them. RFC 9126. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/client_auth.h"
#include "mock_idp/ep/ep.h"
#include "mock_idp/ep/judge.h"
#include "mock_idp/ep/oauth.h"

/* The form without what proves the client, and with its name. Section 2.1. */
static bool
take_params(struct pairs *out, const struct request *req, const char *client_id)
{
	static const char *const proofs[] = { "client_id", "client_secret", "client_assertion",
		"client_assertion_type" };
	const struct pairs *form = &req->form;
	bool ok = pairs_add(out, "client_id", client_id) == E_OK;

	for (size_t i = 0; i < form->n && ok; i++) {
		bool proof = false;

		for (size_t k = 0; k < sizeof(proofs) / sizeof(proofs[0]); k++)
			proof = proof || strcmp(form->v[i].name, proofs[k]) == 0;
		ok = proof || pairs_add(out, form->v[i].name, form->v[i].value) == E_OK;
	}
	return ok;
}

static const struct refusal *
judge(const struct world *w, const struct pairs *q)
{
	static const struct refusal nested = { "invalid_request",
		"The request must not contain request_uri.", 400, "request_uri_pushed", NULL };
	const struct client *c;
	const struct refusal *r;

	if (pairs_get(q, "request_uri") != NULL)
		return &nested;
	if ((r = judge_place(w, q, true, &c)) != NULL || (r = judge_request(w, c, q)) != NULL)
		return r;
	return NULL;
}

/* What the browser would come back with; Authelia finds it only then. */
static void
note_later_faults(
    const struct world *w, struct exchange *x, const struct client *c, const struct pairs *q)
{
	const struct refusal *r = judge_question(w, c, q, true);

	judge_note(x, r, q);
	judge_habits(x, q);
}

static void
keep(struct world *w, struct exchange *x, struct pairs *q)
{
	struct pushed_request *p = pushed_new(&w->pushed, &w->ids, q, world_ms(w));
	json_t *body = p == NULL
	    ? NULL
	    : json_pack("{s:i, s:s}", "expires_in", PUSHED_LIFE, "request_uri", p->uri);

	msg_reply_json(&x->rep, 201, body);
	json_decref(body);
}

void
ep_par(struct world *w, struct exchange *x)
{
	enum oauth_error error; /* all of them are invalid_client here */
	const struct client *c = client_auth(w, x, &error);
	struct pairs q = { .n = 0 };
	const struct refusal *r;

	if (c == NULL) {
		oauth_fail(x, OAUTH_INVALID_CLIENT, NULL);
		return;
	}
	if (!take_params(&q, &x->req, c->id)) {
		oauth_fail(x, OAUTH_SERVER_ERROR, NULL);
	} else if ((r = judge(w, &q)) != NULL) {
		judge_note(x, r, &q);
		oauth_fail_as(x, r->status, r->error, r->text);
	} else {
		note_later_faults(w, x, c, &q);
		if (!x->by.instead)
			keep(w, x, &q);
	}
	pairs_clear(&q);
}
