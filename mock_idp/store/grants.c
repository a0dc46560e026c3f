/* Access and refresh tokens that were handed out. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "mock_idp/store/grants.h"

static void
grant_free(struct grant *g)
{
	if (g == NULL)
		return;
	free(g->client_id);
	free(g->username);
	free(g->sub);
	free(g->scope);
	free(g->approved);
	free(g->nonce);
	secmem_free(g, sizeof(*g));
}

static bool
copy_texts(struct grant *g, const struct grant_for *f)
{
	g->client_id = strdup(f->client_id);
	g->username = strdup(f->username);
	g->sub = strdup(f->sub);
	g->scope = strdup(f->scope);
	g->approved = strdup(f->approved == NULL ? f->scope : f->approved);
	g->nonce = f->nonce == NULL ? NULL : strdup(f->nonce);
	return g->client_id != NULL && g->username != NULL && g->sub != NULL && g->scope != NULL &&
	    g->approved != NULL && (f->nonce == NULL || g->nonce != NULL);
}

static struct grant *
grant_make(const struct ids *ids, const struct grant_for *f, int64_t wall)
{
	struct grant *g = calloc(1, sizeof(*g));

	if (g == NULL)
		return NULL;
	g->auth_time = f->auth_time;
	g->issued = wall;
	g->expires = wall + GRANTS_LIFE;
	g->refresh_expires = wall + GRANTS_REFRESH_LIFE;
	if (copy_texts(g, f) && ids_opaque(ids, "authelia_at_", g->access) &&
	    (!f->refresh || ids_opaque(ids, "authelia_rt_", g->refresh)))
		return g;
	grant_free(g);
	return NULL;
}

struct grant *
grants_new(struct grants *all, const struct ids *ids, const struct grant_for *what, int64_t wall)
{
	struct grant *g = grant_make(ids, what, wall), **v;

	if (g == NULL)
		return NULL;
	if (all->n >= GRANTS_MAX) {
		grant_free(all->v[0]);
		memmove(all->v, all->v + 1, --all->n * sizeof(struct grant *));
	}
	if ((v = reallocarray(all->v, all->n + 1, sizeof(*v))) == NULL) {
		grant_free(g);
		return NULL;
	}
	g->family = what->family == 0 ? ++all->families : what->family;
	all->v = v;
	v[all->n++] = g;
	return g;
}

void
grants_clear(struct grants *all)
{
	for (size_t i = 0; i < all->n; i++)
		grant_free(all->v[i]);
	free(all->v);
	memset(all, 0, sizeof(*all));
}

struct grant *
grants_known(const struct grants *all, const char *access)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->v[i]->access, access) == 0)
			return all->v[i];
	return NULL;
}

struct grant *
grants_find(const struct grants *all, const char *access)
{
	struct grant *g = grants_known(all, access);

	return g == NULL || g->revoked ? NULL : g;
}

struct grant *
grants_by_refresh(const struct grants *all, const char *refresh)
{
	for (size_t i = 0; i < all->n; i++)
		/* most have none, and so may be what a client sends */
		if (all->v[i]->refresh[0] != '\0' && strcmp(all->v[i]->refresh, refresh) == 0)
			return all->v[i];
	return NULL;
}

void
grants_revoke(struct grants *all, uint64_t family)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i]->family == family)
			all->v[i]->revoked = true;
}
