/* What the control socket understands. */
#include "config.h"

#include <stdlib.h>
#include <stdio.h>
#include <string.h>

#include "common/num.h"
#include "mock_idp/ep/authz.h"
#include "mock_idp/control/control.h"
#include "mock_idp/form.h"

#define WORDS_MAX 5
#define UNDECIDED (1U << CODE_PENDING)
#define UNUSED (1U << CODE_PENDING | 1U << CODE_APPROVED)

struct call {
	struct world *w;
	char *word[WORDS_MAX]; /* the command first */
	size_t n;
	struct control_wait *wait;
	bool *quit;
};

static json_t *
ok(void)
{
	return json_pack("{s:b}", "ok", 1);
}

static json_t *
failed(const char *why)
{
	return json_pack("{s:b, s:s}", "ok", 0, "error", why);
}

static json_t *
ok_code(const struct code *c)
{
	return json_pack("{s:b, s:s}", "ok", 1, "user_code", c->user);
}

/* The code that a word names: itself, or the newest in one of the states, within its life. */
static struct code *
named_code(const struct call *call, unsigned last_states)
{
	const char *word = call->word[1];

	if (strcmp(word, "last") == 0)
		return codes_last(&call->w->codes, last_states, world_ms(call->w));
	return codes_by_user(&call->w->codes, word);
}

/* A pending code within its life, or *why it is none. Authelia refuses an expired one, too. */
static struct code *
decidable(const struct call *call, json_t **why)
{
	struct code *c = named_code(call, UNDECIDED);

	if (c == NULL)
		*why = failed("no such code");
	else if (c->state != CODE_PENDING)
		*why = failed("the code is decided already");
	else if (world_ms(call->w) >= c->expires)
		*why = failed("the code has expired");
	else
		return c;
	return NULL;
}

static json_t *
do_approve(struct call *call)
{
	json_t *why = NULL;
	struct code *c = decidable(call, &why);

	if (c == NULL)
		return why;
	if (people_present(&call->w->people, call->word[2]) == NULL)
		return failed("no such user");
	if (codes_approve(c, call->word[2], world_wall(call->w)) != E_OK)
		return failed("out of memory");
	return ok_code(c);
}

static json_t *
do_deny(struct call *call)
{
	json_t *why = NULL;
	struct code *c = decidable(call, &why);

	if (c == NULL)
		return why;
	c->state = CODE_DENIED;
	return ok_code(c);
}

/* What the page would do: "authorize URL USER [deny]". */
static json_t *
decide_flow(struct call *call, struct flow *f)
{
	char *location = call->n == 4
	    ? authz_deny(call->w, f)
	    : authz_approve(call->w, f, call->word[2], world_wall(call->w));
	json_t *r = location == NULL ? failed("out of memory")
	                             : json_pack("{s:b, s:s}", "ok", 1, "location", location);

	free(location);
	return r;
}

static json_t *
do_authorize(struct call *call)
{
	const char *query = strchr(call->word[1], '?');
	struct pairs p = { .n = 0 };
	struct authz a = { .flow = NULL };
	json_t *r;

	if (call->n == 4 && strcmp(call->word[3], "deny") != 0)
		return failed("only deny may follow the user");
	if (people_present(&call->w->people, call->word[2]) == NULL)
		return failed("no such user");
	if (query == NULL || form_parse(&p, query + 1, strlen(query + 1)) != E_OK)
		r = failed("not the address of an authorization request");
	else if (!authz_begin(call->w, &p, true, &a))
		r = failed("out of memory");
	else if (a.flow != NULL)
		r = decide_flow(call, a.flow);
	else
		r = json_pack("{s:b, s:s, s:s}", "ok", 0, "error", a.error, "location", a.location);
	free(a.location);
	pairs_clear(&p);
	return r;
}

static json_t *
do_expire(struct call *call)
{
	struct code *c = named_code(call, UNUSED);

	if (c == NULL)
		return failed("no such code");
	c->expires = world_ms(call->w);
	return ok_code(c);
}

static json_t *
do_remove_user(struct call *call)
{
	struct user *u = people_user(&call->w->people, call->word[1]);

	if (u == NULL)
		return failed("no such user");
	u->removed = true;
	return ok();
}

static json_t *
do_auto(struct call *call)
{
	bool off = strcmp(call->word[1], "off") == 0;
	char *name = NULL;

	if (!off && people_present(&call->w->people, call->word[1]) == NULL)
		return failed("no such user");
	if (!off && (name = strdup(call->word[1])) == NULL)
		return failed("out of memory");
	free(call->w->auto_user);
	call->w->auto_user = name;
	return ok();
}

static json_t *
do_reset(struct call *call)
{
	world_reset(call->w);
	return ok();
}

static json_t *
do_journal(struct call *call)
{
	return json_incref(call->w->journal.entries);
}

static json_t *
do_codes(struct call *call)
{
	const struct codes *codes = &call->w->codes;
	json_t *list = json_array();

	for (size_t i = 0; i < codes->n; i++) {
		const struct code *c = codes->v[i];

		if (c->state == CODE_PENDING)
			(void)json_array_append_new(list,
			    json_pack("{s:s, s:s, s:s, s:b, s:i}", "user_code", c->user,
			        "client_id", c->client_id, "scope", c->scope, "expired",
			        world_ms(call->w) >= c->expires, "polls", (int)c->polls));
	}
	return json_pack("{s:b, s:o}", "ok", 1, "codes", list);
}

static json_t *
do_quit(struct call *call)
{
	*call->quit = true;
	return ok();
}

/* Sets up the wait; word[at], if it is there, says how long it lasts. */
static json_t *
start_wait(struct call *call, enum control_waits what, uint64_t count, size_t at)
{
	uint64_t ms = CONTROL_WAIT_MS;

	if (call->n > at && !num_parse(call->word[at], 0, 3600000, &ms))
		return failed("not a number of milliseconds");
	call->wait->what = what;
	call->wait->count = count;
	call->wait->path[0] = '\0';
	call->wait->deadline = clock_boot_ms(&call->w->clock) + (int64_t)ms;
	return NULL;
}

static json_t *
do_wait_code(struct call *call)
{
	return start_wait(call, WAIT_CODE, 1, 1);
}

static json_t *
do_wait_requests(struct call *call)
{
	uint64_t count;
	json_t *r;

	if (!num_parse(call->word[1], 1, JOURNAL_MAX, &count))
		return failed("not a number of requests");
	if (call->n > 3 && strlen(call->word[3]) >= CONTROL_PATH_MAX)
		return failed("the path is too long");
	r = start_wait(call, WAIT_REQUESTS, count, 2);
	if (r == NULL && call->n > 3)
		(void)snprintf(call->wait->path, CONTROL_PATH_MAX, "%s", call->word[3]);
	return r;
}

static const struct command {
	const char *name;
	size_t min, max; /* words behind the name */
	json_t *(*fn)(struct call *);
} commands[] = {
	{ "approve", 2, 2, do_approve },
	{ "deny", 1, 1, do_deny },
	{ "authorize", 2, 3, do_authorize },
	{ "expire", 1, 1, do_expire },
	{ "remove-user", 1, 1, do_remove_user },
	{ "auto", 1, 1, do_auto },
	{ "reset", 0, 0, do_reset },
	{ "journal", 0, 0, do_journal },
	{ "codes", 0, 0, do_codes },
	{ "wait-code", 0, 1, do_wait_code },
	{ "wait-requests", 1, 3, do_wait_requests },
	{ "quit", 0, 0, do_quit },
};

/* False when there are more words than any command has. */
static bool
split(struct call *call, char *line)
{
	for (line += strspn(line, " \t\r"); *line != '\0'; line += strspn(line, " \t\r")) {
		if (call->n == WORDS_MAX)
			return false;
		call->word[call->n++] = line;
		line += strcspn(line, " \t\r");
		if (*line != '\0')
			*line++ = '\0';
	}
	return call->n > 0;
}

json_t *
control_run(struct world *w, char *line, struct control_wait *wait, bool *quit)
{
	struct call call = { .w = w, .wait = wait, .quit = quit };

	if (!split(&call, line))
		return failed("not a command");
	for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++) {
		const struct command *c = &commands[i];

		if (strcmp(c->name, call.word[0]) != 0)
			continue;
		if (call.n - 1 < c->min || call.n - 1 > c->max)
			return failed("wrong number of words");
		return c->fn(&call);
	}
	return failed("unknown command");
}

static json_t *
what_came(const struct world *w, const struct control_wait *wait)
{
	uint64_t n;

	if (wait->what == WAIT_CODE) {
		const struct code *c = codes_last(&w->codes, UNDECIDED, world_ms(w));

		return c == NULL ? NULL : ok_code(c);
	}
	n = journal_count(&w->journal, wait->path[0] == '\0' ? NULL : wait->path);
	return n < wait->count ? NULL : json_pack("{s:b, s:I}", "ok", 1, "requests", (json_int_t)n);
}

json_t *
control_check(const struct world *w, struct control_wait *wait)
{
	json_t *r;

	if (wait->what == WAIT_NOTHING)
		return NULL;
	r = what_came(w, wait);
	if (r == NULL && clock_left(&w->clock, wait->deadline) == 0)
		r = failed("timeout");
	if (r != NULL)
		wait->what = WAIT_NOTHING;
	return r;
}
