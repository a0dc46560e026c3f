/* What came and was not answered yet. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "mock_idp/wire/inbox.h"

#define FIRST ((size_t)4096)

/* The old copy is wiped, which realloc(3) would not do. */
static bool
grow(struct inbox *b)
{
	size_t alloc = b->alloc == 0 ? FIRST : b->alloc * 2;
	char *p;

	if (alloc > INBOX_MAX)
		alloc = INBOX_MAX;
	if (alloc == b->alloc || (p = malloc(alloc)) == NULL)
		return false;
	if (b->len > 0)
		memcpy(p, b->p, b->len);
	secmem_free(b->p, b->alloc);
	b->p = p;
	b->alloc = alloc;
	return true;
}

size_t
inbox_room(struct inbox *b, char **to)
{
	if (b->len == b->alloc && !grow(b))
		return 0;
	*to = b->p + b->len;
	return b->alloc - b->len;
}

void
inbox_came(struct inbox *b, size_t n)
{
	b->len += n;
}

void
inbox_drop(struct inbox *b, size_t n)
{
	b->len -= n;
	if (b->len == 0)
		inbox_clear(b);
	else
		memmove(b->p, b->p + n, b->len);
}

void
inbox_clear(struct inbox *b)
{
	secmem_free(b->p, b->alloc);
	*b = (struct inbox){ .p = NULL };
}
