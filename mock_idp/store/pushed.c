/* Authorization requests that came before the browser did. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "mock_idp/store/pushed.h"

static void
request_free(struct pushed_request *p)
{
	if (p == NULL)
		return;
	pairs_clear(&p->params);
	secmem_free(p, sizeof(*p));
}

static struct pushed_request *
request_make(const struct ids *ids, struct pairs *params, int64_t now)
{
	struct pushed_request *p = calloc(1, sizeof(*p));
	char name[IDS_RANDOM_SIZE];

	if (p == NULL || !ids_random(ids, name)) {
		pairs_clear(params);
		free(p);
		return NULL;
	}
	(void)snprintf(p->uri, sizeof(p->uri), PUSHED_PREFIX "%s", name);
	p->params = *params;
	memset(params, 0, sizeof(*params));
	p->expires = now + PUSHED_LIFE * 1000;
	return p;
}

struct pushed_request *
pushed_new(struct pushed *all, const struct ids *ids, struct pairs *params, int64_t now)
{
	struct pushed_request *p = request_make(ids, params, now), **v;

	if (p == NULL)
		return NULL;
	if (all->n >= PUSHED_MAX) {
		request_free(all->v[0]);
		memmove(all->v, all->v + 1, --all->n * sizeof(struct pushed_request *));
	}
	if ((v = reallocarray(all->v, all->n + 1, sizeof(*v))) == NULL) {
		request_free(p);
		return NULL;
	}
	all->v = v;
	v[all->n++] = p;
	return p;
}

void
pushed_clear(struct pushed *all)
{
	for (size_t i = 0; i < all->n; i++)
		request_free(all->v[i]);
	free(all->v);
	memset(all, 0, sizeof(*all));
}

struct pushed_request *
pushed_find(const struct pushed *all, const char *uri)
{
	for (size_t i = 0; i < all->n; i++)
		if (strcmp(all->v[i]->uri, uri) == 0)
			return all->v[i];
	return NULL;
}
