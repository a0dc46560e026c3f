/* The key set that each provider shows. */
#include "config.h"

#include "mock_idp/profile/profile.h"

static const char one[] = "[\"@\"]";

const struct profile_keys profile_keys[PROFILES] = {
	[PROFILE_AUTHELIA] = { NULL },
	[PROFILE_RFC] = { NULL },
	[PROFILE_KEYCLOAK] = { "[\"@\",\"enc\"]" },
	/* one certificate for signing and encryption: twice the same key and kid */
	[PROFILE_AUTHENTIK] = { "[\"@\",{\"of\":\"@\",\"set\":{\"use\":\"enc\",\"alg\":"
	                        "\"RSA-OAEP-256\"}}]" },
	[PROFILE_POCKETID] = { one },
	[PROFILE_ZITADEL] = { one },
	[PROFILE_DEX] = { one },
	[PROFILE_RAUTHY] = { "[\"rs256\",\"rs384\",\"rs512\",\"ed25519\"]" },
	[PROFILE_GOOGLE] = { one },
	[PROFILE_ENTRA] = { "[{\"of\":\"@\",\"drop\":[\"alg\"],\"set\":{\"issuer\":"
	                    "\"https://login.microsoftonline.com/{tenantid}/v2.0\"}}]" },
	[PROFILE_KANIDM] = { one },
	[PROFILE_OKTA] = { one },
	[PROFILE_GITLAB] = { one },
	[PROFILE_GLEWLWYD] = { one },
};
