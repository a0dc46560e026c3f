/* Where this provider's endpoints are. */
#ifndef MOCK_IDP_PLACE_H
#define MOCK_IDP_PLACE_H

#include "mock_idp/profile/profile.h"
#include "mock_idp/world.h"

/* Where it is served: the second origin, if the provider keeps it there and that origin listens. */
const char *place_origin(const struct world *w, enum profile_place p);

/* Origin and path, a fresh string; NULL when the provider has none, or memory is out. */
json_t *place_url(const struct world *w, enum profile_place p);

/* The place with that path; PLACES for none. */
enum profile_place place_find(const struct world *w, const char *path);

#endif
