/* The authorization endpoint of each provider. */
#include "config.h"

#include "mock_idp/profile/profile.h"

const struct profile_authz profile_authz[PROFILES] = {
	[PROFILE_AUTHELIA] = { .iss = true, .scope = true, .entropy = 8 },
	[PROFILE_RFC] = { .iss = true },
	[PROFILE_KEYCLOAK] = { .iss = true },
	[PROFILE_AUTHENTIK] = { .iss = false },
	[PROFILE_POCKETID] = { .iss = true },
	[PROFILE_ZITADEL] = { .iss = false },
	[PROFILE_DEX] = { .iss = false },
	[PROFILE_RAUTHY] = { .iss = false },
	[PROFILE_GOOGLE] = { .iss = false, .scope = true },
	[PROFILE_ENTRA] = { .iss = false },
	[PROFILE_KANIDM] = { .pkce_all = true, .stays = true, .bare_denial = true },
	[PROFILE_OKTA] = { .iss = false },
	[PROFILE_GITLAB] = { .iss = false },
	[PROFILE_GLEWLWYD] = { .iss = false },
};
