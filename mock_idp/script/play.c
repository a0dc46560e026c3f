/* The script at work on one exchange. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mock_idp/control/control.h"
#include "mock_idp/ep/pace.h"
#include "mock_idp/script/location.h"
#include "mock_idp/script/patch.h"
#include "mock_idp/script/play.h"
#include "mock_idp/script/script.h"

/* The first that matches applies; the others count all the same. */
static const struct rule *
find_rule(struct script *s, const struct exchange *x)
{
	const struct rule *found = NULL;

	for (size_t i = 0; i < s->n; i++)
		if (match_request(&s->rules[i].match, x) && found == NULL)
			found = &s->rules[i];
	return found;
}

static void
complain(struct exchange *x, const char *what, const char *why)
{
	char detail[ERR_TEXT_MAX + 64];

	(void)snprintf(detail, sizeof(detail), "%s: %s%s%s", x->by.rule->name, what,
	    *what == '\0' ? "" : ": ", why);
	msg_violation(x, "script", detail);
}

void
play_failed(struct exchange *x, const struct err *e)
{
	if (x->by.rule != NULL)
		complain(x, "", e->text);
}

static void
run_commands(struct world *w, struct exchange *x)
{
	const json_t *run = x->by.rule->run;

	for (size_t i = 0; i < json_array_size(run); i++) {
		struct control_wait wait = { .what = WAIT_NOTHING };
		const char *line = json_string_value(json_array_get(run, i));
		char *copy = strdup(line);
		bool quit = false;
		json_t *answer = copy == NULL ? NULL : control_run(w, copy, &wait, &quit);
		const json_t *why = json_object_get(answer, "error");

		if (json_is_object(answer) && !json_is_true(json_object_get(answer, "ok")))
			complain(x, line, why == NULL ? "failed" : json_string_value(why));
		json_decref(answer);
		free(copy);
	}
}

/* What the request says of itself; what endpoints find out comes later, and wins. */
static void
learn(struct exchange *x)
{
	static const char *const names[] = { "device_code", "user_code", "access_token", "nonce",
		"state", "redirect_uri" };
	static const char bearer[] = "Bearer ";
	const char *header = pairs_get(&x->req.headers, "authorization");
	char id[256];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		msg_known(x, names[i], pairs_get(&x->req.query, names[i]));
		msg_known(x, names[i], pairs_get(&x->req.form, names[i]));
	}
	msg_known(x, "client_id", match_client(x, id, sizeof(id)));
	if (header != NULL && strncasecmp(header, bearer, sizeof(bearer) - 1) == 0)
		msg_known(x, "access_token", header + sizeof(bearer) - 1);
}

static void
begin(struct world *w, struct exchange *x)
{
	const struct rule *r = w->script == NULL ? NULL : find_rule(w->script, x);

	if (r == NULL)
		return;
	x->by.rule = r;
	x->by.instead = r->instead;
	x->rule = r->name;
	x->fault = r->has_fault ? &r->fault : NULL;
	x->tls = r->has_tls ? &r->tls : NULL;
	run_commands(w, x);
}

void
play_before(struct world *w, struct exchange *x)
{
	begin(w, x);
	if (x->by.rule != NULL)
		learn(x);
}

void
play_connect(struct world *w, struct exchange *x)
{
	x->ep = MATCH_CONNECT;
	begin(w, x);
}

static struct hole_world
holes(const struct world *w, const struct exchange *x)
{
	return (struct hole_world){ .issuer = w->issuer,
		.origin = w->origin,
		.origin2 = w->origin2,
		.evil_http = w->evil_http,
		.evil_https = w->evil_https,
		.now = world_wall(w),
		.known = x->by.known,
		.ids = &w->ids };
}

/* A client is judged by what it was told: to slow down, to wait, or that this is the end. RFC 8628
 * section 3.5. An answer without an error code tells it none of these. */
static void
told(const struct world *w, const struct exchange *x)
{
	const char *device = pairs_get(&x->req.form, "device_code"), *error = x->rep.error;
	struct code *c = device == NULL ? NULL : codes_by_device(&w->codes, device);
	bool slower = error != NULL && strcmp(error, "slow_down") == 0;

	if (c == NULL || error == NULL)
		return;
	c->slowed += slower;
	pace_note(c, &x->rep, slower || strcmp(error, "authorization_pending") == 0);
}

void
play_instead(const struct world *w, struct exchange *x)
{
	const struct rule *r = x->by.rule;
	const struct hole_world h = holes(w, x);
	struct err e = { .code = E_OK };

	if (r != NULL && r->instead && patch_replace(r->reply, r->content, &h, &x->rep, &e) != E_OK)
		complain(x, "reply", e.text);
	if (r != NULL && r->instead)
		told(w, x);
}

void
play_after(const struct world *w, struct exchange *x)
{
	const struct rule *r = x->by.rule;
	const struct hole_world h = holes(w, x);
	struct err e = { .code = E_OK };

	if (r != NULL && r->reply != NULL && patch_change(r->reply, &h, &x->rep, &e) != E_OK)
		complain(x, "reply", e.text);
}

static json_t *
fill(const struct world *w, struct exchange *x, json_t *spec)
{
	const struct hole_world h = holes(w, x);
	json_t *filled = spec == NULL ? NULL : expand_json(&h, spec);

	if (spec != NULL && filled == NULL)
		complain(x, "", "a placeholder grows too long, or is no UTF-8");
	return filled;
}

json_t *
play_token(const struct world *w, struct exchange *x)
{
	return x->by.rule == NULL ? NULL : fill(w, x, x->by.rule->token);
}

json_t *
play_jwks(const struct world *w, struct exchange *x)
{
	return x->by.rule == NULL ? NULL : fill(w, x, x->by.rule->jwks);
}

json_t *
play_redirect(const struct exchange *x)
{
	return x->by.rule == NULL ? NULL : json_incref(x->by.rule->redirect);
}

char *
play_location(const struct world *w, struct exchange *x, json_t *redirect, char *location)
{
	const struct hole_world h = holes(w, x);
	char *changed;

	if (redirect == NULL || location == NULL)
		return location;
	changed = location_change(redirect, &h, location);
	free(location);
	return changed;
}
