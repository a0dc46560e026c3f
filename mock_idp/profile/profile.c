/* The providers by name. */
#include "config.h"

#include <string.h>

#include "mock_idp/profile/profile.h"

/* A row of each table; where two providers differ in one alone, they share the others. */
#define ROWS(id, device_id)                                                                        \
	&profile_places[id], &profile_metadata[id], &profile_device[device_id],                    \
	    &profile_polls[id], &profile_tokens[id], &profile_claims[id], &profile_keys[id],       \
	    &profile_authz[id]
#define OWN(id) ROWS(id, id)

static const struct profile profiles[PROFILES] = {
	[PROFILE_AUTHELIA] = { "authelia", "Authelia 4.39 as released", OWN(PROFILE_AUTHELIA) },
	[PROFILE_AUTHELIA_NEXT] = { "authelia-next",
	    "the next one: clients prove who they are at the device endpoint too",
	    ROWS(PROFILE_AUTHELIA, PROFILE_AUTHELIA_NEXT) },
	[PROFILE_RFC] = { "rfc", "the RFCs, read strictly", OWN(PROFILE_RFC) },
	[PROFILE_KEYCLOAK] = { "keycloak",
	    "an issuer with a path, slow_down that does not grow, groups as paths, a key for "
	    "encryption",
	    OWN(PROFILE_KEYCLOAK) },
	[PROFILE_KEYCLOAK_PKCE] = { "keycloak-pkce",
	    "the same, for a client that must use PKCE in the device flow too",
	    ROWS(PROFILE_KEYCLOAK, PROFILE_KEYCLOAK_PKCE) },
	[PROFILE_AUTHENTIK] = { "authentik",
	    "an issuer with a slash, codes of digits that live a minute, one kid twice, 429 after "
	    "20 codes",
	    OWN(PROFILE_AUTHENTIK) },
	[PROFILE_POCKETID] = { "pocketid",
	    "endpoints on another origin, pending for ever, denials untold",
	    OWN(PROFILE_POCKETID) },
	[PROFILE_ZITADEL] = { "zitadel", "three audiences, groups and roles as objects",
	    OWN(PROFILE_ZITADEL) },
	[PROFILE_DEX] = { "dex",
	    "any client gets a code, the same tokens again and again, denials untold",
	    OWN(PROFILE_DEX) },
	[PROFILE_RAUTHY] = { "rauthy",
	    "EdDSA, at_hash of another algorithm, three early polls and out", OWN(PROFILE_RAUTHY) },
	[PROFILE_GOOGLE] = { "google",
	    "verification_url, 428 and 403, endpoints on other origins, neither names nor groups",
	    OWN(PROFILE_GOOGLE) },
	[PROFILE_ENTRA] = { "entra",
	    "tokens five minutes old, keys without alg, groups as GUIDs, error codes of its own",
	    OWN(PROFILE_ENTRA) },
	[PROFILE_KANIDM] = { "kanidm",
	    "no device flow, ES256, name@domain, denials without state, 401 without a body",
	    OWN(PROFILE_KANIDM) },
	[PROFILE_OKTA] = { "okta", "e-mail addresses as names, UserInfo for more than openid alone",
	    OWN(PROFILE_OKTA) },
	[PROFILE_GITLAB] = { "gitlab",
	    "no device endpoint in its metadata, groups at UserInfo, with slashes",
	    OWN(PROFILE_GITLAB) },
	[PROFILE_GLEWLWYD] = { "glewlwyd",
	    "the first poll waits too, scope is a must, 403 for a wrong client",
	    OWN(PROFILE_GLEWLWYD) },
};

const struct profile *
profile_at(size_t i)
{
	return i < PROFILES ? &profiles[i] : NULL;
}

const struct profile *
profile_find(const char *name)
{
	for (size_t i = 0; i < PROFILES; i++)
		if (strcmp(profiles[i].name, name) == 0)
			return &profiles[i];
	return NULL;
}

const struct profile_answer *
profile_answer(const struct profile *p, enum profile_outcome o)
{
	const struct profile_answer *a = &p->polls->answer[o];

	return a->status != 0 ? a : &profile_polls[PROFILE_RFC].answer[o];
}
