/* Client assertions that were accepted. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/store/assertions.h"

static void
drop(struct assertions *a, size_t i)
{
	free(a->v[i].client_id);
	free(a->v[i].jti);
	a->v[i] = a->v[--a->n];
}

/* Also what has not expired, but first of all, when there are too many. */
static void
make_room(struct assertions *a, int64_t now)
{
	size_t first = 0;

	for (size_t i = a->n; i > 0; i--)
		if (a->v[i - 1].expires <= now)
			drop(a, i - 1);
	for (size_t i = 1; i < a->n; i++)
		if (a->v[i].expires < a->v[first].expires)
			first = i;
	if (a->n >= ASSERTIONS_MAX)
		drop(a, first);
}

bool
assertions_seen(const struct assertions *a, const char *client_id, const char *jti, int64_t now)
{
	for (size_t i = 0; i < a->n; i++)
		if (now < a->v[i].expires && strcmp(a->v[i].jti, jti) == 0 &&
		    strcmp(a->v[i].client_id, client_id) == 0)
			return true;
	return false;
}

bool
assertions_add(
    struct assertions *a, const char *client_id, const char *jti, int64_t expires, int64_t now)
{
	struct assertion_seen one = { strdup(client_id), strdup(jti), expires }, *v;

	make_room(a, now);
	v = reallocarray(a->v, a->n + 1, sizeof(*v));
	if (v != NULL)
		a->v = v;
	if (v == NULL || one.client_id == NULL || one.jti == NULL) {
		free(one.client_id);
		free(one.jti);
		return false;
	}
	v[a->n++] = one; /* -fanalyzer: assertions_clear frees both texts */
	return true;
}

void
assertions_clear(struct assertions *a)
{
	while (a->n > 0)
		drop(a, a->n - 1);
	free(a->v);
	a->v = NULL;
}
