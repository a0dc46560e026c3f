/* Access tokens that were handed out. */
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
	free(g->nonce);
	secmem_free(g, sizeof(*g));
}

static struct grant *
grant_make(const struct ids *ids, const struct grant_for *f, int64_t wall)
{
	struct grant *g = calloc(1, sizeof(*g));

	if (g == NULL)
		return NULL;
	g->client_id = strdup(f->client_id);
	g->username = strdup(f->username);
	g->sub = strdup(f->sub);
	g->scope = strdup(f->scope);
	g->nonce = f->nonce == NULL ? NULL : strdup(f->nonce);
	g->auth_time = f->auth_time;
	g->issued = wall;
	g->expires = wall + GRANTS_LIFE;
	if (g->client_id != NULL && g->username != NULL && g->sub != NULL && g->scope != NULL &&
	    (f->nonce == NULL || g->nonce != NULL) && ids_opaque(ids, "authelia_at_", g->access))
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
	all->v = NULL;
	all->n = 0;
}

struct grant *
grants_find(const struct grants *all, const char *access)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->v[i]->access, access) == 0)
			return all->v[i];
	return NULL;
}

void
grants_revoke(struct grants *all, const char *access)
{
	struct grant *g = grants_find(all, access);

	for (size_t i = 0; g != NULL && i < all->n; i++)
		if (all->v[i] == g) {
			grant_free(g);
			memmove(
			    all->v + i, all->v + i + 1, (--all->n - i) * sizeof(struct grant *));
			return;
		}
}
