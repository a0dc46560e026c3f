/* Commands about device codes and authorization requests: what the person at the page would do. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_idp/control/cmd.h"
#include "mock_idp/ep/authz.h"
#include "mock_idp/form.h"
#include "mock_idp/script/play.h"

#define UNDECIDED (1U << CODE_PENDING)
#define UNUSED (1U << CODE_PENDING | 1U << CODE_APPROVED)

/* The code that a word names: itself, or the newest in one of the states, within its life. */
static struct code *
named_code(const struct cmd *cmd, unsigned last_states)
{
	const char *word = cmd->word[1];

	if (strcmp(word, "last") == 0)
		return codes_last(&cmd->w->codes, last_states, world_ms(cmd->w));
	return codes_by_user(&cmd->w->codes, word);
}

/* Why named_code found none. */
static json_t *
no_code(const struct cmd *cmd, const char *last)
{
	return strcmp(cmd->word[1], "last") == 0
	    ? cmd_failed(last)
	    : cmd_failed_with("no such code: %.32s", cmd->word[1]);
}

/* A pending code within its life, or *why it is none. Authelia refuses an expired one, too. */
static struct code *
decidable(const struct cmd *cmd, json_t **why)
{
	struct code *c = named_code(cmd, UNDECIDED);

	if (c == NULL)
		*why = no_code(cmd, "no code waits for a decision");
	else if (c->state != CODE_PENDING)
		*why = cmd_failed("the code is decided already");
	else if (world_ms(cmd->w) >= c->expires)
		*why = cmd_failed("the code has expired");
	else
		return c;
	return NULL;
}

json_t *
cmd_approve(struct cmd *cmd)
{
	json_t *why = NULL;
	struct code *c = decidable(cmd, &why);

	if (c == NULL)
		return why;
	if (people_present(&cmd->w->people, cmd->word[2]) == NULL)
		return cmd_failed_with("no such user: %.64s", cmd->word[2]);
	if (codes_approve(c, cmd->word[2], world_wall(cmd->w)) != E_OK)
		return cmd_failed("out of memory");
	return cmd_ok_code(c);
}

json_t *
cmd_deny(struct cmd *cmd)
{
	json_t *why = NULL;
	struct code *c = decidable(cmd, &why);

	if (c == NULL)
		return why;
	c->state = CODE_DENIED;
	return cmd_ok_code(c);
}

/* What the page would do: "authorize URL USER [deny]". */
static json_t *
decide_flow(struct cmd *cmd, struct exchange *x, struct flow *f, json_t *redirect)
{
	char *location = cmd->n == 4 ? authz_deny(cmd->w, f)
	                             : authz_approve(cmd->w, f, cmd->word[2], world_wall(cmd->w));
	json_t *r;

	location = play_location(cmd->w, x, redirect, location);
	r = location == NULL ? cmd_failed("out of memory")
	                     : json_pack("{s:b, s:s}", "ok", 1, "location", location);

	free(location);
	return r;
}

/* The request that x is, with the way back that the script wants. */
static json_t *
authorize(struct cmd *cmd, struct exchange *x)
{
	struct authz a = { .flow = NULL };
	json_t *r, *redirect;

	(void)snprintf(x->req.method, sizeof(x->req.method), "GET");
	x->ep = "authorization";
	play_before(cmd->w, x);
	if (x->by.instead)
		return cmd_failed("a rule of the script answers, and nobody is sent back");
	redirect = play_redirect(x);
	if (!authz_begin(cmd->w, &x->req.query, true, &a)) {
		r = cmd_failed("out of memory");
	} else if (a.flow != NULL) {
		r = decide_flow(cmd, x, a.flow, redirect);
	} else {
		if (!a.to_completion)
			a.location = play_location(cmd->w, x, redirect, a.location);
		r = json_pack("{s:b, s:s, s:s}", "ok", 0, "error", a.error, "location", a.location);
	}
	free(a.location);
	json_decref(redirect);
	return r;
}

json_t *
cmd_authorize(struct cmd *cmd)
{
	const char *query = strchr(cmd->word[1], '?');
	struct exchange x;
	json_t *r;

	if (cmd->n == 4 && strcmp(cmd->word[3], "deny") != 0)
		return cmd_failed("only deny may follow the user");
	if (people_present(&cmd->w->people, cmd->word[2]) == NULL)
		return cmd_failed_with("no such user: %.64s", cmd->word[2]);
	if (!msg_init(&x))
		return cmd_failed("out of memory");
	if (query == NULL || form_parse(&x.req.query, query + 1, strlen(query + 1)) != E_OK)
		r = cmd_failed("not the address of an authorization request");
	else
		r = authorize(cmd, &x);
	msg_clear(&x);
	return r;
}

json_t *
cmd_expire(struct cmd *cmd)
{
	struct code *c = named_code(cmd, UNUSED);

	if (c == NULL)
		return no_code(cmd, "no code is left that could expire");
	c->expires = world_ms(cmd->w);
	return cmd_ok_code(c);
}

json_t *
cmd_codes(struct cmd *cmd)
{
	const struct codes *codes = &cmd->w->codes;
	json_t *list = json_array();

	for (size_t i = 0; i < codes->n; i++) {
		const struct code *c = codes->v[i];

		if (c->state == CODE_PENDING)
			(void)json_array_append_new(list,
			    json_pack("{s:s, s:s, s:s, s:b, s:i}", "user_code", c->user,
			        "client_id", c->client_id, "scope", c->scope, "expired",
			        world_ms(cmd->w) >= c->expires, "polls", (int)c->polls));
	}
	return json_pack("{s:b, s:o}", "ok", 1, "codes", list);
}
