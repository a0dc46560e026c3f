/* Where this provider's endpoints are. */
#include "config.h"

#include <string.h>

#include "mock_idp/place.h"

const char *
place_origin(const struct world *w, enum profile_place p)
{
	bool elsewhere = (w->profile->places->elsewhere & 1U << p) != 0;

	return elsewhere && w->origin2[0] != '\0' ? w->origin2 : w->origin;
}

json_t *
place_url(const struct world *w, enum profile_place p)
{
	const char *path = w->profile->places->path[p];

	return path == NULL ? NULL : json_sprintf("%s%s%s", place_origin(w, p), w->path, path);
}

enum profile_place
place_find(const struct world *w, const char *path)
{
	size_t len = strlen(w->path);
	enum profile_place p = 0;

	if (strncmp(path, w->path, len) != 0)
		return PLACES;
	while (p < PLACES &&
	    (w->profile->places->path[p] == NULL ||
	        strcmp(w->profile->places->path[p], path + len) != 0))
		p++;
	return p;
}
