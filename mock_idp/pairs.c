/* Names with values, in the order they came. */
#include "config.h"

#include <string.h>

#include "common/secmem.h"
#include "mock_idp/pairs.h"

enum errcode
pairs_take(struct pairs *p, char *name, char *value)
{
	enum errcode r = name == NULL || value == NULL ? E_NOMEM : E_OK;

	if (r == E_OK && p->n >= PAIRS_MAX)
		r = E_LIMIT;
	if (r != E_OK) {
		secmem_freestr(name);
		secmem_freestr(value);
		return r;
	}
	p->v[p->n].name = name;
	p->v[p->n++].value = value;
	return E_OK;
}

enum errcode
pairs_add(struct pairs *p, const char *name, const char *value)
{
	return pairs_take(p, strdup(name), strdup(value));
}

const char *
pairs_get(const struct pairs *p, const char *name)
{
	for (size_t i = 0; i < p->n; i++)
		if (strcmp(p->v[i].name, name) == 0)
			return p->v[i].value;
	return NULL;
}

size_t
pairs_count(const struct pairs *p, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < p->n; i++)
		n += strcmp(p->v[i].name, name) == 0;
	return n;
}

void
pairs_clear(struct pairs *p)
{
	for (size_t i = 0; i < p->n; i++) {
		secmem_freestr(p->v[i].name);
		secmem_freestr(p->v[i].value);
	}
	p->n = 0;
}
