/* The way of a person through a decision. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/pages/consent.h"
#include "mock_idp/ep/redirect.h"
#include "mock_idp/pages/signin.h"

static void
no_memory(struct exchange *x)
{
	msg_reply_text(&x->rep, 500, "text/plain; charset=utf-8", "500 Internal Server Error");
}

/* Post, redirect, get: a reload asks nothing twice. */
static void
back_to_page(struct exchange *x, const struct subject *about)
{
	struct pairs p = { .n = 0 };
	char *location = NULL;

	if (*about->value == '\0')
		location = strdup(about->path);
	else if (pairs_add(&p, about->name, about->value) == E_OK)
		location = redirect_build(about->path, &p);
	pairs_clear(&p);
	if (location == NULL)
		no_memory(x);
	else
		msg_reply_redirect(&x->rep, 303, location);
	free(location);
}

static void
show(struct world *w, struct exchange *x, const struct consent_kind *kind, struct session *s,
    const struct subject *about)
{
	int64_t auth_from = INT64_MIN;
	struct question q = { 0 };
	bool found = *about->value != '\0' && kind->find(w, about->value, &q, &auth_from);

	if (!signin_somebody(w, s) || (found && s->auth_ms < auth_from))
		forms_sign_in(w, x, s, about, NULL);
	else if (!found)
		kind->absent(x, s, about);
	else
		forms_decide(x, s, about, &q);
	signin_keep(x, s);
}

static void
sign_in(struct world *w, struct exchange *x, struct session *s, const struct subject *about)
{
	struct session *fresh = signin_try(w, x, s);

	if (fresh == NULL) {
		/* the same sentence for an unknown name: it tells nobody who there is */
		forms_sign_in(w, x, s, about, "User name or password is wrong.");
		signin_keep(x, s);
		return;
	}
	back_to_page(x, about);
	signin_keep(x, fresh);
}

static void
act(struct world *w, struct exchange *x, const struct consent_kind *kind, struct session *s,
    const struct subject *about)
{
	const char *what = pairs_get(&x->req.form, "do");
	int64_t auth_from = INT64_MIN;
	struct question q = { 0 };
	bool approve = what != NULL && strcmp(what, "approve") == 0,
	     deny = what != NULL && strcmp(what, "deny") == 0;

	if (what != NULL && strcmp(what, "sign-in") == 0) {
		sign_in(w, x, s, about);
	} else if (what != NULL && strcmp(what, "sign-out") == 0) {
		sessions_drop(&w->sessions, s);
		back_to_page(x, about);
		signin_forget(x);
	} else if ((approve || deny) && signin_somebody(w, s) &&
	    kind->find(w, about->value, &q, &auth_from) && s->auth_ms >= auth_from) {
		kind->decide(w, x, s, about->value, approve);
	} else {
		show(w, x, kind, s, about);
	}
}

void
consent_run(struct world *w, struct exchange *x, const struct consent_kind *kind)
{
	bool post = strcmp(x->req.method, "POST") == 0;
	const struct pairs *from = post ? &x->req.form : &x->req.query;
	const char *value = pairs_get(from, kind->name), *token = pairs_get(from, "csrf");
	struct subject about = { kind->path, kind->name, value == NULL ? "" : value };
	struct session *s = signin_find(w, x);

	if (post &&
	    (s == NULL || token == NULL || !sessions_csrf_ok(s, about.path, about.value, token))) {
		forms_result(x, 400, false, "This form does not count",
		    "It is too old, or was not sent from this provider’s page. Nothing was "
		    "decided: "
		    "open the page again.");
		return;
	}
	if (s == NULL && (s = sessions_new(&w->sessions, &w->ids, world_ms(w))) == NULL)
		no_memory(x);
	else if (post)
		act(w, x, kind, s, &about);
	else
		show(w, x, kind, s, &about);
}
