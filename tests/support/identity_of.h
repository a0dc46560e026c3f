/* The facts of a good login: what each refusal is held against. */
#ifndef TESTS_SUPPORT_IDENTITY_OF_H
#define TESTS_SUPPORT_IDENTITY_OF_H

#include "helper/identity.h"
#include "tests/support/settings_text.h"

#define IDENTITY_NOW 1700000000

/* alice, a moment ago, at the client of SETTINGS_LEAST, in the named groups of s (NULL ends). */
static inline struct identity
identity_of(const struct settings *s, const char *const *group)
{
	struct identity id = {
		.login_id = "3f9c01aa",
		.flow = IDENTITY_DEVICE,
		.issuer = "https://auth.example.com",
		.audience = "linux-login",
		.sub = "8c2a-f0",
		.alg = "RS256",
		.iat = IDENTITY_NOW,
		.exp = IDENTITY_NOW + 3600,
		.has_name = true,
		.name = "alice",
		.has_groups = true,
	};

	for (; *group != NULL; group++) {
		long at = strlist_find(&s->group_names, *group);

		if (at < 0)
			id.other_groups++;
		else
			identity_set_group(&id, (unsigned)at);
	}
	return id;
}

#endif
