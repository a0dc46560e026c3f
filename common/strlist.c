/* An owned list of strings, with a maximum. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/strlist.h"

enum errcode
strlist_add(struct strlist *l, const char *s, size_t len, size_t max)
{
	char **v, *copy;

	if (l->n >= max)
		return E_LIMIT;
	if ((copy = strndup(s, len)) == NULL)
		return E_NOMEM;
	if ((v = reallocarray(l->v, l->n + 1, sizeof(*v))) == NULL) {
		free(copy);
		return E_NOMEM;
	}
	l->v = v;
	l->v[l->n++] = copy;
	return E_OK;
}

long
strlist_find(const struct strlist *l, const char *s)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i], s) == 0)
			return (long)i;
	return -1;
}

bool
strlist_has(const struct strlist *l, const char *s)
{
	return strlist_find(l, s) >= 0;
}

void
strlist_clear(struct strlist *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->v[i]);
	free(l->v);
	l->v = NULL;
	l->n = 0;
}
