/* Where each provider has its endpoints, and on which origin. */
#include "config.h"

#include "mock_idp/profile/profile.h"

#define ON(place) (1U << (place))

static const char plain[] = "application/json", charset[] = "application/json; charset=utf-8";

/* Authelia's, and of whoever has no others. */
#define AUTHELIA_PATHS                                                                             \
	[PLACE_DISCOVERY] = "/.well-known/openid-configuration",                                   \
	[PLACE_OAUTH_METADATA] = "/.well-known/oauth-authorization-server",                        \
	[PLACE_JWKS] = "/jwks.json", [PLACE_DEVICE] = "/api/oidc/device-authorization",            \
	[PLACE_TOKEN] = "/api/oidc/token", [PLACE_USERINFO] = "/api/oidc/userinfo",                \
	[PLACE_AUTHORIZATION] = "/api/oidc/authorization",                                         \
	[PLACE_PAR] = "/api/oidc/pushed-authorization-request",                                    \
	[PLACE_INTROSPECTION] = "/api/oidc/introspection",                                         \
	[PLACE_REVOCATION] = "/api/oidc/revocation",                                               \
	[PLACE_VERIFICATION] = "/consent/openid/device-authorization"

#define REALM "/realms/test"
#define CONNECT REALM "/protocol/openid-connect"
#define SLUG "/application/o/linux-login"
#define TENANT "/5d0a31f5-8d3c-4e0f-9d4a-1d9c2a1f7e10"
#define KANIDM "/oauth2/openid/linux-login"
#define OKTA "/oauth2/default"

const struct profile_places profile_places[PROFILES] = {
	[PROFILE_AUTHELIA] = { .issuer = "", .path = { AUTHELIA_PATHS }, .json_type = charset },
	[PROFILE_RFC] = { .issuer = "", .path = { AUTHELIA_PATHS }, .json_type = plain },
	[PROFILE_KEYCLOAK] = {
		.issuer = REALM,
		.path = {
			[PLACE_DISCOVERY] = REALM "/.well-known/openid-configuration",
			[PLACE_JWKS] = CONNECT "/certs",
			[PLACE_DEVICE] = CONNECT "/auth/device",
			[PLACE_TOKEN] = CONNECT "/token",
			[PLACE_USERINFO] = CONNECT "/userinfo",
			[PLACE_AUTHORIZATION] = CONNECT "/auth",
			[PLACE_PAR] = CONNECT "/ext/par/request",
			[PLACE_INTROSPECTION] = CONNECT "/token/introspect",
			[PLACE_REVOCATION] = CONNECT "/revoke",
			[PLACE_VERIFICATION] = REALM "/device",
		},
		.json_type = plain,
		.jwks_cache = "no-cache",
	},
	[PROFILE_AUTHENTIK] = {
		.issuer = SLUG "/",
		.path = {
			[PLACE_DISCOVERY] = SLUG "/.well-known/openid-configuration",
			[PLACE_JWKS] = SLUG "/jwks/",
			[PLACE_DEVICE] = "/application/o/device/",
			[PLACE_TOKEN] = "/application/o/token/",
			[PLACE_USERINFO] = "/application/o/userinfo/",
			[PLACE_AUTHORIZATION] = "/application/o/authorize/",
			[PLACE_INTROSPECTION] = "/application/o/introspect/",
			[PLACE_REVOCATION] = "/application/o/revoke/",
			[PLACE_VERIFICATION] = "/device",
		},
		.json_type = plain,
	},
	/* with INTERNAL_APP_URL set */
	[PROFILE_POCKETID] = {
		.issuer = "",
		.path = {
			[PLACE_DISCOVERY] = "/.well-known/openid-configuration",
			[PLACE_JWKS] = "/.well-known/jwks.json",
			[PLACE_DEVICE] = "/api/oidc/device/authorize",
			[PLACE_TOKEN] = "/api/oidc/token",
			[PLACE_USERINFO] = "/api/oidc/userinfo",
			[PLACE_AUTHORIZATION] = "/authorize",
			[PLACE_PAR] = "/api/oidc/par",
			[PLACE_INTROSPECTION] = "/api/oidc/introspect",
			[PLACE_VERIFICATION] = "/device",
		},
		.elsewhere = ON(PLACE_TOKEN) | ON(PLACE_USERINFO) | ON(PLACE_INTROSPECTION) |
		    ON(PLACE_JWKS) | ON(PLACE_PAR),
		.json_type = charset,
	},
	[PROFILE_ZITADEL] = {
		.issuer = "",
		.path = {
			[PLACE_DISCOVERY] = "/.well-known/openid-configuration",
			[PLACE_JWKS] = "/oauth/v2/keys",
			[PLACE_DEVICE] = "/oauth/v2/device_authorization",
			[PLACE_TOKEN] = "/oauth/v2/token",
			[PLACE_USERINFO] = "/oidc/v1/userinfo",
			[PLACE_AUTHORIZATION] = "/oauth/v2/authorize",
			[PLACE_INTROSPECTION] = "/oauth/v2/introspect",
			[PLACE_REVOCATION] = "/oauth/v2/revoke",
			[PLACE_VERIFICATION] = "/device",
		},
		.json_type = plain,
		.jwks_cache = "max-age=300, must-revalidate",
	},
	[PROFILE_DEX] = {
		.issuer = "/dex",
		.path = {
			[PLACE_DISCOVERY] = "/dex/.well-known/openid-configuration",
			[PLACE_JWKS] = "/dex/keys",
			[PLACE_DEVICE] = "/dex/device/code",
			[PLACE_TOKEN] = "/dex/token",
			[PLACE_USERINFO] = "/dex/userinfo",
			[PLACE_AUTHORIZATION] = "/dex/auth",
			[PLACE_INTROSPECTION] = "/dex/token/introspect",
			[PLACE_VERIFICATION] = "/dex/device",
		},
		.json_type = plain,
		.jwks_cache = "max-age=600, must-revalidate",
	},
	[PROFILE_RAUTHY] = {
		.issuer = "/auth/v1/",
		.path = {
			[PLACE_DISCOVERY] = "/auth/v1/.well-known/openid-configuration",
			[PLACE_JWKS] = "/auth/v1/oidc/certs",
			[PLACE_DEVICE] = "/auth/v1/oidc/device",
			[PLACE_TOKEN] = "/auth/v1/oidc/token",
			[PLACE_USERINFO] = "/auth/v1/oidc/userinfo",
			[PLACE_AUTHORIZATION] = "/auth/v1/oidc/authorize",
			[PLACE_INTROSPECTION] = "/auth/v1/oidc/introspect",
			[PLACE_REVOCATION] = "/auth/v1/oidc/token/revoke",
			[PLACE_VERIFICATION] = "/auth/v1/device",
		},
		.json_type = plain,
	},
	[PROFILE_GOOGLE] = {
		.issuer = "",
		.path = {
			[PLACE_DISCOVERY] = "/.well-known/openid-configuration",
			[PLACE_JWKS] = "/oauth2/v3/certs",
			[PLACE_DEVICE] = "/device/code",
			[PLACE_TOKEN] = "/token",
			[PLACE_USERINFO] = "/v1/userinfo",
			[PLACE_AUTHORIZATION] = "/o/oauth2/v2/auth",
			[PLACE_REVOCATION] = "/revoke",
			[PLACE_VERIFICATION] = "/device",
		},
		.elsewhere = ON(PLACE_JWKS) | ON(PLACE_DEVICE) | ON(PLACE_TOKEN) |
		    ON(PLACE_USERINFO) | ON(PLACE_REVOCATION) | ON(PLACE_VERIFICATION),
		.json_type = charset,
		.jwks_cache = "public, max-age=20000, must-revalidate, no-transform",
	},
	[PROFILE_ENTRA] = {
		.issuer = TENANT "/v2.0",
		.path = {
			[PLACE_DISCOVERY] = TENANT "/v2.0/.well-known/openid-configuration",
			[PLACE_JWKS] = TENANT "/discovery/v2.0/keys",
			[PLACE_DEVICE] = TENANT "/oauth2/v2.0/devicecode",
			[PLACE_TOKEN] = TENANT "/oauth2/v2.0/token",
			[PLACE_USERINFO] = "/oidc/userinfo",
			[PLACE_AUTHORIZATION] = TENANT "/oauth2/v2.0/authorize",
			[PLACE_VERIFICATION] = "/devicelogin",
		},
		.elsewhere = ON(PLACE_USERINFO) | ON(PLACE_VERIFICATION),
		.json_type = charset,
	},
	/* one issuer for each client, and no device flow */
	[PROFILE_KANIDM] = {
		.issuer = KANIDM,
		.path = {
			[PLACE_DISCOVERY] = KANIDM "/.well-known/openid-configuration",
			[PLACE_JWKS] = KANIDM "/public_key.jwk",
			[PLACE_TOKEN] = "/oauth2/token",
			[PLACE_USERINFO] = KANIDM "/userinfo",
			[PLACE_AUTHORIZATION] = "/ui/oauth2",
			[PLACE_INTROSPECTION] = "/oauth2/token/introspect",
			[PLACE_REVOCATION] = "/oauth2/token/revoke",
		},
		.json_type = plain,
	},
	[PROFILE_OKTA] = {
		.issuer = OKTA,
		.path = {
			[PLACE_DISCOVERY] = OKTA "/.well-known/openid-configuration",
			[PLACE_OAUTH_METADATA] = OKTA "/.well-known/oauth-authorization-server",
			[PLACE_JWKS] = OKTA "/v1/keys",
			[PLACE_DEVICE] = OKTA "/v1/device/authorize",
			[PLACE_TOKEN] = OKTA "/v1/token",
			[PLACE_USERINFO] = OKTA "/v1/userinfo",
			[PLACE_AUTHORIZATION] = OKTA "/v1/authorize",
			[PLACE_PAR] = OKTA "/v1/par",
			[PLACE_INTROSPECTION] = OKTA "/v1/introspect",
			[PLACE_REVOCATION] = OKTA "/v1/revoke",
			[PLACE_VERIFICATION] = "/activate",
		},
		.json_type = charset,
		.jwks_cache = "max-age=3800000, must-revalidate",
	},
	[PROFILE_GITLAB] = {
		.issuer = "",
		.path = {
			[PLACE_DISCOVERY] = "/.well-known/openid-configuration",
			[PLACE_JWKS] = "/oauth/discovery/keys",
			[PLACE_DEVICE] = "/oauth/authorize_device",
			[PLACE_TOKEN] = "/oauth/token",
			[PLACE_USERINFO] = "/oauth/userinfo",
			[PLACE_AUTHORIZATION] = "/oauth/authorize",
			[PLACE_INTROSPECTION] = "/oauth/introspect",
			[PLACE_REVOCATION] = "/oauth/revoke",
			[PLACE_VERIFICATION] = "/oauth/device",
		},
		.json_type = charset,
	},
	[PROFILE_GLEWLWYD] = {
		.issuer = "/api/oidc",
		.path = {
			[PLACE_DISCOVERY] = "/api/oidc/.well-known/openid-configuration",
			[PLACE_JWKS] = "/api/oidc/jwks",
			[PLACE_DEVICE] = "/api/oidc/device_authorization",
			[PLACE_TOKEN] = "/api/oidc/token",
			[PLACE_USERINFO] = "/api/oidc/userinfo",
			[PLACE_AUTHORIZATION] = "/api/oidc/auth",
			[PLACE_PAR] = "/api/oidc/par",
			[PLACE_INTROSPECTION] = "/api/oidc/introspect",
			[PLACE_REVOCATION] = "/api/oidc/revoke",
			[PLACE_VERIFICATION] = "/api/oidc/device",
		},
		.json_type = charset,
	},
};
