/* A world for placeholders. */
#ifndef TESTS_UNIT_MOCK_IDP_SCRIPT_HOLES_H
#define TESTS_UNIT_MOCK_IDP_SCRIPT_HOLES_H

#include "mock_idp/script/hole.h"

/* known is borrowed, or NULL. */
static inline struct hole_world
holes_world(json_t *known)
{
	return (struct hole_world){ .issuer = "https://127.0.0.1:4711/auth",
		.origin = "https://127.0.0.1:4711",
		.origin2 = "https://127.0.0.1:4712",
		.evil_http = "http://127.0.0.1:1",
		.evil_https = "https://127.0.0.1:2",
		.now = 1800000000,
		.known = known,
		.ids = &ids_system };
}

#endif
