/* Which entries of the journal are meant by the name of an endpoint. */
#include "config.h"

#include <string.h>

#include "mock_idp/control/pick.h"

bool
pick_is_ep(const char *word)
{
	static const char *const words[] = { "any", "authorization", "device", "discovery", "evil",
		"introspection", "jwks", "oauth-metadata", "page", "par", "revocation", "token",
		"userinfo" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], word) == 0)
			return true;
	return word[0] == '/';
}

static bool
matches(const struct entry *e, const char *ep)
{
	bool evil = strcmp(ep, "evil") == 0;

	if (ep[0] == '/')
		return strcmp(e->path, ep) == 0;
	if (evil || entry_evil(e))
		return evil && entry_evil(e);
	return strcmp(ep, "any") == 0 || (e->ep != NULL && strcmp(e->ep, ep) == 0);
}

const struct entry *
pick_next(const struct journal *j, const char *ep, size_t *at)
{
	const struct entry *e;

	while ((e = journal_at(j, (*at)++)) != NULL)
		if (matches(e, ep))
			return e;
	return NULL;
}

uint64_t
pick_count(const struct journal *j, const char *ep)
{
	uint64_t n = 0;
	size_t at = 0;

	while (pick_next(j, ep, &at) != NULL)
		n++;
	return n;
}

unsigned long long
pick_seq(const struct journal *j, const struct entry *e)
{
	return (unsigned long long)(j->seq - (j->number - e->number));
}
