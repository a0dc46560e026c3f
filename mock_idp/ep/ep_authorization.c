/* The authorization endpoint. OpenID Connect Core section 3.1.2. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/ep/authz.h"
#include "mock_idp/ep/ep.h"
#include "mock_idp/ep/judge.h"
#include "mock_idp/ep/redirect.h"
#include "mock_idp/script/play.h"
#include "mock_idp/pages/signin.h"

/* Authelia's way to its page; with auto, nobody is asked. */
static char *
next_place(struct world *w, struct flow *f)
{
	struct pairs p = { .n = 0 };
	char *location = NULL;

	if (w->auto_user != NULL)
		return authz_approve(w, f, w->auto_user, world_wall(w));
	if (pairs_add(&p, "flow", "openid_connect") == E_OK &&
	    pairs_add(&p, "flow_id", f->id) == E_OK)
		location = redirect_build(EP_DECISION_PATH, &p);
	pairs_clear(&p);
	return location;
}

/* A request may come as a form too; Authelia sends the browser round to the same as a query. */
static void
as_query(struct exchange *x)
{
	char *location = redirect_build(x->req.path, &x->req.form);

	if (location == NULL)
		msg_reply_text(&x->rep, 400, "text/plain; charset=utf-8", "400 Bad Request");
	else
		msg_reply_redirect(&x->rep, 302, location);
	free(location);
}

/* As if it had not come: a rule answers, and what was pushed is as good as before. */
static void
undo(struct world *w, const struct exchange *x, struct authz *a)
{
	const char *uri = pairs_get(&x->req.query, "request_uri");
	struct pushed_request *p = uri == NULL ? NULL : pushed_find(&w->pushed, uri);

	if (p != NULL)
		p->used = false;
	flows_forget(&w->flows, a->flow);
	a->flow = NULL;
}

/* Judged, and where the browser goes; not when a rule answers. False: out of memory. */
static bool
begin(struct world *w, struct exchange *x, bool somebody, struct authz *a)
{
	json_t *redirect = play_redirect(x);

	if (!authz_begin(w, &x->req.query, somebody, a)) {
		json_decref(redirect);
		return false;
	}
	if (a->flow != NULL && x->by.instead) {
		undo(w, x, a);
		return true;
	}
	if (a->flow != NULL) {
		a->flow->redirect = json_incref(redirect);
		a->location = next_place(w, a->flow);
	}
	if (!a->to_completion && (a->flow == NULL || a->flow->state != FLOW_ASKED))
		a->location = play_location(w, x, redirect, a->location);
	json_decref(redirect);
	return a->location != NULL;
}

void
ep_authorization(struct world *w, struct exchange *x)
{
	bool somebody = signin_somebody(w, signin_find(w, x));
	struct authz a;

	if (strcmp(x->req.method, "POST") == 0) {
		as_query(x);
		return;
	}
	judge_habits(x, &x->req.query);
	if (!begin(w, x, somebody, &a)) {
		msg_reply_text(
		    &x->rep, 500, "text/plain; charset=utf-8", "500 Internal Server Error");
		return;
	}
	judge_note(x, a.refusal, &x->req.query);
	if (a.location == NULL)
		return;
	msg_reply_redirect(&x->rep,
	    a.to_completion || (a.flow != NULL && a.flow->state == FLOW_ASKED) ? 302 : 303,
	    a.location);
	x->rep.error = a.error;
	free(a.location);
}
