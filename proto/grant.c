/* What an allowed login gives to its session, as bytes and back. */
#include "config.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "proto/grant.h"

#define ENV_PREFIX "LATCHKEY_"
#define ENV_TICKET "LATCHKEY_TICKET=" /* the ticket travels alone (proto/ticket.h) */
#define LOGIN_ID_LEN 8

static bool
spans(const char *s, size_t len, const char *alphabet)
{
	return s != NULL && strlen(s) == len && strspn(s, alphabet) == len;
}

static bool
fits(const char *s, size_t min)
{
	return s != NULL && strlen(s) >= min && strlen(s) <= GRANT_STRING_MAX;
}

/* Only our own names: no grant may set PATH or LD_PRELOAD for a root process's child. */
static bool
env_is_ours(const char *s)
{
	size_t name;

	if (!fits(s, 1) || strncmp(s, ENV_PREFIX, strlen(ENV_PREFIX)) != 0 ||
	    strncmp(s, ENV_TICKET, strlen(ENV_TICKET)) == 0)
		return false;
	name = strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
	return name > strlen(ENV_PREFIX) && s[name] == '=' &&
	    text_is_ascii(s + name, strlen(s + name), true);
}

static bool
valid(const struct grant *g)
{
	if (!spans(g->login_id, LOGIN_ID_LEN, "0123456789abcdef") || !fits(g->account, 1) ||
	    !fits(g->service, 1) || !fits(g->subject, 0) || !fits(g->username, 0) ||
	    !text_is_ascii(g->subject, strlen(g->subject), true) ||
	    !text_is_ascii(g->username, strlen(g->username), true) || g->env.n > GRANT_ENV_MAX ||
	    g->gid_count > GRANT_GROUPS_MAX)
		return false;
	for (size_t i = 0; i < g->env.n; i++)
		if (!env_is_ours(g->env.v[i]))
			return false;
	/* (gid_t)-1 is "no group" to the kernel */
	for (size_t i = 0; i < g->gid_count; i++)
		if (g->gids[i] == UINT32_MAX)
			return false;
	return true;
}

enum errcode
grant_encode(struct buf *b, const struct grant *g)
{
	const char *const s[] = { g->login_id, g->account, g->service, g->subject, g->username };
	enum errcode r = E_OK;

	if (!valid(g))
		return E_FORMAT;
	for (size_t i = 0; r == E_OK && i < sizeof(s) / sizeof(s[0]); i++)
		r = buf_put_str(b, s[i]);
	if (r == E_OK)
		r = buf_put_u32(b, (uint32_t)g->env.n);
	for (size_t i = 0; r == E_OK && i < g->env.n; i++)
		r = buf_put_str(b, g->env.v[i]);
	if (r == E_OK)
		r = buf_put_u32(b, (uint32_t)g->gid_count);
	for (size_t i = 0; r == E_OK && i < g->gid_count; i++)
		r = buf_put_u32(b, g->gids[i]);
	return r;
}

static bool
read_env(struct rd *r, struct strlist *env)
{
	uint32_t n = rd_u32(r);

	if (n > GRANT_ENV_MAX)
		return false;
	for (uint32_t i = 0; i < n; i++) {
		char *s = rd_str(r, GRANT_STRING_MAX);
		bool added = s != NULL && strlist_add(env, s, strlen(s), GRANT_ENV_MAX) == E_OK;

		free(s);
		if (!added)
			return false;
	}
	return true;
}

static bool
read_gids(struct rd *r, struct grant *g)
{
	uint32_t n = rd_u32(r);

	if (n > GRANT_GROUPS_MAX)
		return false;
	if (n > 0 && (g->gids = calloc(n, sizeof(*g->gids))) == NULL)
		return false;
	for (g->gid_count = 0; g->gid_count < n; g->gid_count++)
		g->gids[g->gid_count] = rd_u32(r);
	return !r->bad;
}

enum errcode
grant_decode(struct rd *r, struct grant *g, struct err *e)
{
	struct grant t = { 0 };
	char **const s[] = { &t.login_id, &t.account, &t.service, &t.subject, &t.username };
	bool good = true;

	for (size_t i = 0; good && i < sizeof(s) / sizeof(s[0]); i++)
		good = (*s[i] = rd_str(r, GRANT_STRING_MAX)) != NULL;
	if (!good || !read_env(r, &t.env) || !read_gids(r, &t) || !valid(&t)) {
		grant_clear(&t);
		return err_set(e, E_FORMAT, NULL, "a malformed grant");
	}
	*g = t;
	return E_OK;
}

void
grant_clear(struct grant *g)
{
	free(g->login_id);
	free(g->account);
	free(g->service);
	free(g->subject);
	free(g->username);
	strlist_clear(&g->env);
	free(g->gids);
	*g = (struct grant){ 0 };
}
