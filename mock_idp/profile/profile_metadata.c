/* The metadata documents of everybody but Authelia. */
#include "config.h"

#include "mock_idp/profile/profile_member.h"

/* What all of them have; a place that a provider has not is left out. */
#define USUAL                                                                                      \
	PROFILE_ISSUER, PROFILE_PLACE("authorization_endpoint", PLACE_AUTHORIZATION),              \
	    PROFILE_PLACE("token_endpoint", PLACE_TOKEN), PROFILE_PLACE("jwks_uri", PLACE_JWKS)
#define DEVICE PROFILE_PLACE("device_authorization_endpoint", PLACE_DEVICE)
#define USERINFO PROFILE_PLACE("userinfo_endpoint", PLACE_USERINFO)
#define INTROSPECTION PROFILE_PLACE("introspection_endpoint", PLACE_INTROSPECTION)
#define REVOCATION PROFILE_PLACE("revocation_endpoint", PLACE_REVOCATION)
#define PAR PROFILE_PLACE("pushed_authorization_request_endpoint", PLACE_PAR)
#define LOGOUT(path) PROFILE_PATH("end_session_endpoint", path)
#define ISS PROFILE_YES("authorization_response_iss_parameter_supported")
#define PKCE(methods) PROFILE_WORDS("code_challenge_methods_supported", methods)
#define SCOPES(words) PROFILE_WORDS("scopes_supported", words)
#define CLAIMS(words) PROFILE_WORDS("claims_supported", words)
#define SUBJECTS(words) PROFILE_WORDS("subject_types_supported", words)
#define GRANTS(words) PROFILE_WORDS("grant_types_supported", words)
#define ID_ALGS(words) PROFILE_WORDS("id_token_signing_alg_values_supported", words)
#define CLIENTS(words) PROFILE_WORDS("token_endpoint_auth_methods_supported", words)
#define CODE_ALONE PROFILE_WORDS("response_types_supported", "code")

/* Only what is served. */
static const struct profile_member rfc_oauth[] = {
	USUAL,
	DEVICE,
	INTROSPECTION,
	REVOCATION,
	PAR,
	CODE_ALONE,
	PROFILE_WORDS("response_modes_supported", "query"),
	GRANTS("authorization_code refresh_token " PROFILE_DEVICE_GRANT),
	SCOPES("openid profile email groups offline_access"),
	SUBJECTS("public"),
	CLIENTS("none client_secret_basic client_secret_post client_secret_jwt private_key_jwt"),
	PROFILE_WORDS("token_endpoint_auth_signing_alg_values_supported", "HS256 RS256 ES256"),
	PKCE("S256"),
	ISS,
	PROFILE_END,
};
static const struct profile_member rfc_openid[] = {
	USERINFO,
	ID_ALGS("RS256 ES256"),
	CLAIMS("iss sub aud exp iat auth_time nonce azp amr at_hash name preferred_username email "
	       "email_verified groups"),
	PROFILE_END,
};

#define KEYCLOAK_ALGS                                                                              \
	"PS384 RS384 EdDSA ES384 HS256 HS512 ES256 RS256 HS384 ES512 PS256 PS512 RS512"
static const struct profile_member keycloak[] = {
	USUAL,
	DEVICE,
	USERINFO,
	INTROSPECTION,
	REVOCATION,
	PAR,
	LOGOUT("/realms/test/protocol/openid-connect/logout"),
	PROFILE_PATH("check_session_iframe",
	    "/realms/test/protocol/openid-connect/login-status-iframe.html"),
	PROFILE_PATH("registration_endpoint", "/realms/test/clients-registrations/openid-connect"),
	GRANTS("authorization_code implicit refresh_token password client_credentials "
	       "urn:openid:params:grant-type:ciba " PROFILE_DEVICE_GRANT),
	PROFILE_WORDS("acr_values_supported", "0 1"),
	PROFILE_LIST("response_types_supported",
	    "code|none|id_token|token|id_token token|code id_token|code token|"
	    "code id_token token"),
	PROFILE_WORDS("response_modes_supported",
	    "query fragment form_post query.jwt fragment.jwt form_post.jwt jwt"),
	SUBJECTS("public pairwise"),
	ID_ALGS(KEYCLOAK_ALGS),
	PROFILE_WORDS("id_token_encryption_alg_values_supported", "RSA-OAEP RSA-OAEP-256 RSA1_5"),
	PROFILE_WORDS("userinfo_signing_alg_values_supported", KEYCLOAK_ALGS " none"),
	CLIENTS("private_key_jwt client_secret_basic client_secret_post tls_client_auth "
	        "client_secret_jwt"),
	PROFILE_WORDS("token_endpoint_auth_signing_alg_values_supported", KEYCLOAK_ALGS),
	CLAIMS("aud sub iss auth_time name given_name family_name preferred_username email acr"),
	SCOPES("openid profile email address phone offline_access roles web-origins groups acr"),
	PKCE("plain S256"),
	PROFILE_NO("require_pushed_authorization_requests"),
	PROFILE_YES("claims_parameter_supported"),
	PROFILE_YES("request_parameter_supported"),
	PROFILE_YES("tls_client_certificate_bound_access_tokens"),
	ISS,
	PROFILE_END,
};

/* Public clients work, though none is not listed; and so with Dex, Rauthy and Glewlwyd. */
static const struct profile_member authentik[] = {
	USUAL,
	DEVICE,
	USERINFO,
	INTROSPECTION,
	REVOCATION,
	LOGOUT("/application/o/linux-login/end-session/"),
	PROFILE_LIST("response_types_supported",
	    "code|id_token|id_token token|code token|code id_token|code id_token token"),
	PROFILE_WORDS("response_modes_supported", "query fragment form_post"),
	GRANTS("authorization_code refresh_token implicit client_credentials "
	       "password " PROFILE_DEVICE_GRANT),
	ID_ALGS("RS256"),
	SUBJECTS("public"),
	CLIENTS("client_secret_post client_secret_basic"),
	PROFILE_WORDS("acr_values_supported", "goauthentik.io/providers/oauth2/default"),
	SCOPES("openid profile email offline_access"),
	PROFILE_NO("request_parameter_supported"),
	CLAIMS("sub iss aud exp iat auth_time acr amr nonce email email_verified name given_name "
	       "preferred_username nickname groups"),
	PROFILE_NO("claims_parameter_supported"),
	PKCE("plain S256"),
	PROFILE_END,
};

static const struct profile_member pocketid[] = {
	USUAL,
	DEVICE,
	USERINFO,
	INTROSPECTION,
	PAR,
	LOGOUT("/api/oidc/end-session"),
	GRANTS("authorization_code refresh_token " PROFILE_DEVICE_GRANT " client_credentials"),
	SCOPES("openid profile email groups offline_access"),
	CLAIMS("sub given_name family_name name display_name email email_verified "
	       "preferred_username picture groups auth_time amr"),
	PROFILE_WORDS("response_types_supported", "code id_token"),
	SUBJECTS("public"),
	ID_ALGS("RS256"),
	ISS,
	PKCE("plain S256"),
	PROFILE_YES("request_parameter_supported"),
	PROFILE_NO("request_uri_parameter_supported"),
	PROFILE_WORDS("request_object_signing_alg_values_supported", "none"),
	PROFILE_WORDS("prompt_values_supported", "none login consent select_account"),
	CLIENTS("client_secret_basic client_secret_post none"),
	PROFILE_NO("require_pushed_authorization_requests"),
	PROFILE_NO("client_id_metadata_document_supported"),
	PROFILE_END,
};

static const struct profile_member zitadel[] = {
	USUAL,
	DEVICE,
	USERINFO,
	INTROSPECTION,
	REVOCATION,
	LOGOUT("/oidc/v1/end_session"),
	SCOPES("openid profile email phone address offline_access groups"),
	PROFILE_LIST("response_types_supported", "code|id_token|id_token token"),
	PROFILE_WORDS("response_modes_supported", "query fragment form_post"),
	GRANTS("authorization_code implicit refresh_token client_credentials "
	       "urn:ietf:params:oauth:grant-type:jwt-bearer " PROFILE_DEVICE_GRANT),
	SUBJECTS("public"),
	ID_ALGS("EdDSA RS256 RS384 RS512 ES256 ES384 ES512"),
	PROFILE_WORDS("request_object_signing_alg_values_supported", "RS256"),
	CLIENTS("none client_secret_basic client_secret_post private_key_jwt"),
	PROFILE_WORDS("token_endpoint_auth_signing_alg_values_supported", "RS256"),
	CLAIMS("sub aud exp iat iss auth_time nonce acr amr c_hash at_hash act scopes client_id "
	       "azp preferred_username name family_name given_name locale email email_verified"),
	PKCE("S256"),
	PROFILE_YES("request_parameter_supported"),
	PROFILE_NO("request_uri_parameter_supported"),
	PROFILE_END,
};

/* Basic is listed, though the device grant does not read it; and so with Rauthy. */
static const struct profile_member dex[] = {
	USUAL,
	DEVICE,
	USERINFO,
	INTROSPECTION,
	GRANTS("authorization_code refresh_token " PROFILE_DEVICE_GRANT
	       " urn:ietf:params:oauth:grant-type:token-exchange"),
	CODE_ALONE,
	SUBJECTS("public"),
	ID_ALGS("RS256"),
	PKCE("S256 plain"),
	SCOPES("openid email groups profile offline_access"),
	CLIENTS("client_secret_basic client_secret_post"),
	CLAIMS("iss sub aud iat exp email email_verified locale name preferred_username at_hash"),
	PROFILE_END,
};

#define RAUTHY_ALGS "RS256 RS384 RS512 EdDSA"
static const struct profile_member rauthy[] = {
	USUAL,
	DEVICE,
	USERINFO,
	INTROSPECTION,
	REVOCATION,
	LOGOUT("/auth/v1/oidc/logout"),
	GRANTS(
	    "authorization_code client_credentials password refresh_token " PROFILE_DEVICE_GRANT),
	CODE_ALONE,
	SUBJECTS("public"),
	ID_ALGS(RAUTHY_ALGS),
	CLIENTS("client_secret_post client_secret_basic"),
	PROFILE_WORDS("token_endpoint_auth_signing_alg_values_supported", RAUTHY_ALGS),
	CLAIMS("iss azp amr sub preferred_username email email_verified given_name family_name "
	       "roles groups custom"),
	PROFILE_WORDS("claim_types_supported", "normal aggregated distributed"),
	SCOPES("openid email profile phone address groups"),
	PKCE("plain S256"),
	PROFILE_WORDS("dpop_signing_alg_values_supported", RAUTHY_ALGS),
	PROFILE_TEXT("service_documentation", "https://sebadob.github.io/rauthy/"),
	PROFILE_YES("claims_parameter_supported"),
	PROFILE_END,
};

static const struct profile_member google[] = {
	USUAL,
	DEVICE,
	USERINFO,
	REVOCATION,
	PROFILE_LIST("response_types_supported",
	    "code|token|id_token|code token|code id_token|token id_token|code token id_token|"
	    "none"),
	PROFILE_WORDS("response_modes_supported", "query fragment form_post"),
	SUBJECTS("public"),
	ID_ALGS("RS256"),
	SCOPES("openid email profile"),
	CLIENTS("client_secret_post client_secret_basic"),
	CLAIMS("aud email email_verified exp family_name given_name iat iss name picture sub"),
	PKCE("plain S256"),
	GRANTS("authorization_code refresh_token " PROFILE_DEVICE_GRANT
	       " urn:ietf:params:oauth:grant-type:jwt-bearer"),
	PROFILE_END,
};

static const struct profile_member entra[] = {
	USUAL,
	DEVICE,
	USERINFO,
	CLIENTS("client_secret_post private_key_jwt client_secret_basic"),
	PROFILE_WORDS("response_modes_supported", "query fragment form_post"),
	SUBJECTS("pairwise"),
	ID_ALGS("RS256"),
	PROFILE_LIST("response_types_supported", "code|id_token|code id_token|id_token token"),
	SCOPES("openid profile email offline_access"),
	PROFILE_NO("request_uri_parameter_supported"),
	CLAIMS("sub iss cloud_instance_name cloud_instance_host_name cloud_graph_host_name "
	       "msgraph_host aud exp iat auth_time acr nonce preferred_username name tid ver "
	       "at_hash c_hash email"),
	PROFILE_YES("http_logout_supported"),
	PROFILE_YES("frontchannel_logout_supported"),
	PROFILE_TEXT("tenant_region_scope", "EU"),
	PROFILE_TEXT("cloud_instance_name", "microsoftonline.com"),
	PROFILE_TEXT("msgraph_host", "graph.microsoft.com"),
	PROFILE_END,
};

static const struct profile_member kanidm[] = {
	USUAL,
	USERINFO,
	INTROSPECTION,
	REVOCATION,
	SCOPES("openid profile email groups groups_name groups_spn"),
	CODE_ALONE,
	PROFILE_WORDS("response_modes_supported", "query fragment"),
	GRANTS("authorization_code"),
	SUBJECTS("public"),
	ID_ALGS("ES256"),
	CLIENTS("client_secret_basic client_secret_post"),
	CLAIMS("iss sub aud iat exp nonce azp scopes preferred_username name email "
	       "email_verified groups"),
	PKCE("S256"),
	PROFILE_YES("claims_parameter_supported"),
	PROFILE_NO("request_parameter_supported"),
	PROFILE_NO("request_uri_parameter_supported"),
	PROFILE_NO("require_request_uri_registration"),
	PROFILE_TEXT("service_documentation", "https://kanidm.github.io/kanidm/stable/"),
	PROFILE_END,
};

static const struct profile_member okta_oauth[] = {
	USUAL,
	DEVICE,
	INTROSPECTION,
	REVOCATION,
	PAR,
	LOGOUT("/oauth2/default/v1/logout"),
	PROFILE_PATH("registration_endpoint", "/oauth2/v1/clients"),
	PROFILE_LIST("response_types_supported",
	    "code|id_token|code id_token|code token|id_token token|code id_token token"),
	PROFILE_WORDS("response_modes_supported", "query fragment form_post okta_post_message"),
	GRANTS("authorization_code implicit refresh_token password "
	       "client_credentials " PROFILE_DEVICE_GRANT),
	SUBJECTS("public"),
	SCOPES("openid profile email address phone offline_access device_sso"),
	CLIENTS("client_secret_basic client_secret_post client_secret_jwt private_key_jwt none"),
	CLAIMS("iss ver sub aud iat exp jti auth_time amr idp nonce name nickname "
	       "preferred_username given_name middle_name family_name email email_verified "
	       "profile zoneinfo locale address phone_number picture website gender birthdate "
	       "updated_at at_hash c_hash"),
	PKCE("S256"),
	PROFILE_YES("request_parameter_supported"),
	PROFILE_END,
};
static const struct profile_member okta_openid[] = {
	USERINFO,
	ID_ALGS("RS256"),
	PROFILE_END,
};

/* The device authorization endpoint is there, and is not here. */
static const struct profile_member gitlab[] = {
	USUAL,
	USERINFO,
	INTROSPECTION,
	REVOCATION,
	SCOPES("api read_api read_user read_repository write_repository openid profile email"),
	CODE_ALONE,
	PROFILE_WORDS("response_modes_supported", "query fragment form_post"),
	GRANTS("authorization_code password client_credentials device_code refresh_token"),
	CLIENTS("client_secret_basic client_secret_post"),
	SUBJECTS("public"),
	ID_ALGS("RS256"),
	PROFILE_WORDS("claim_types_supported", "normal"),
	CLAIMS("iss sub aud exp iat sub_legacy name nickname preferred_username email "
	       "email_verified website profile picture groups groups_direct"),
	PKCE("plain S256"),
	PROFILE_END,
};

static const struct profile_member glewlwyd[] = {
	USUAL,
	DEVICE,
	USERINFO,
	INTROSPECTION,
	REVOCATION,
	PAR,
	PROFILE_NO("require_pushed_authorization_requests"),
	CLIENTS("client_secret_basic client_secret_post"),
	ID_ALGS("RS256"),
	SCOPES("openid profile email groups"),
	PROFILE_LIST("response_types_supported", "code|id_token|code id_token|none|refresh_token"),
	PROFILE_WORDS("response_modes_supported", "query fragment form_post"),
	GRANTS("authorization_code refresh_token " PROFILE_DEVICE_GRANT),
	SUBJECTS("public"),
	PKCE("S256"),
	PROFILE_NO("claims_parameter_supported"),
	PROFILE_NO("request_parameter_supported"),
	PROFILE_END,
};

const struct profile_metadata profile_metadata[PROFILES] = {
	[PROFILE_AUTHELIA] = { profile_authelia_oauth, profile_authelia_openid },
	[PROFILE_RFC] = { rfc_oauth, rfc_openid },
	[PROFILE_KEYCLOAK] = { keycloak, NULL },
	[PROFILE_AUTHENTIK] = { authentik, NULL },
	[PROFILE_POCKETID] = { pocketid, NULL },
	[PROFILE_ZITADEL] = { zitadel, NULL },
	[PROFILE_DEX] = { dex, NULL },
	[PROFILE_RAUTHY] = { rauthy, NULL },
	[PROFILE_GOOGLE] = { google, NULL },
	[PROFILE_ENTRA] = { entra, NULL },
	[PROFILE_KANIDM] = { kanidm, NULL },
	[PROFILE_OKTA] = { okta_oauth, okta_openid },
	[PROFILE_GITLAB] = { gitlab, NULL },
	[PROFILE_GLEWLWYD] = { glewlwyd, NULL },
};
