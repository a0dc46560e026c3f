/* Authelia's metadata document: all of it, also what is not served. */
#include "config.h"

#include "mock_idp/profile/profile_member.h"

/* Lists that stand under many names. */
#define SIGNING "HS256 HS384 HS512 RS256 RS384 RS512 ES256 ES384 ES512 PS256 PS384 PS512"
#define ENC_ALG                                                                                    \
	"RSA1_5 RSA-OAEP RSA-OAEP-256 A128KW A192KW A256KW dir ECDH-ES ECDH-ES+A128KW "            \
	"ECDH-ES+A192KW ECDH-ES+A256KW A128GCMKW A192GCMKW A256GCMKW PBES2-HS256+A128KW "          \
	"PBES2-HS384+A192KW PBES2-HS512+A256KW"
#define ENC_ENC "A128CBC-HS256 A192CBC-HS384 A256CBC-HS512 A128GCM A192GCM A256GCM"
#define AUTH_SECRET "client_secret_basic client_secret_post client_secret_jwt private_key_jwt"

const struct profile_member profile_authelia_oauth[] = {
	PROFILE_ISSUER,
	PROFILE_PLACE("jwks_uri", PLACE_JWKS),
	PROFILE_PLACE("authorization_endpoint", PLACE_AUTHORIZATION),
	PROFILE_PLACE("token_endpoint", PLACE_TOKEN),
	PROFILE_PLACE("device_authorization_endpoint", PLACE_DEVICE),
	PROFILE_PLACE("introspection_endpoint", PLACE_INTROSPECTION),
	PROFILE_PLACE("revocation_endpoint", PLACE_REVOCATION),
	PROFILE_PLACE("pushed_authorization_request_endpoint", PLACE_PAR),
	PROFILE_NO("require_pushed_authorization_requests"),
	PROFILE_WORDS("subject_types_supported", "public pairwise"),
	PROFILE_LIST("response_types_supported",
	    "code|id_token|token|id_token token|code id_token|code token|code id_token token"),
	PROFILE_WORDS("grant_types_supported",
	    "authorization_code implicit client_credentials refresh_token " PROFILE_DEVICE_GRANT),
	PROFILE_WORDS("response_modes_supported",
	    "form_post query fragment jwt form_post.jwt query.jwt fragment.jwt"),
	PROFILE_WORDS(
	    "scopes_supported", "offline_access openid profile email address phone groups"),
	PROFILE_WORDS("claims_supported",
	    "amr aud azp client_id exp iat iss jti rat auth_time nonce groups sub name given_name "
	    "family_name middle_name nickname preferred_username profile picture website email "
	    "email_verified alt_emails gender birthdate zoneinfo locale phone_number "
	    "phone_number_verified address updated_at"),
	PROFILE_WORDS("token_endpoint_auth_methods_supported", AUTH_SECRET " none"),
	PROFILE_WORDS("token_endpoint_auth_signing_alg_values_supported", SIGNING),
	PROFILE_WORDS("code_challenge_methods_supported", "S256"),
	PROFILE_WORDS("revocation_endpoint_auth_methods_supported", AUTH_SECRET " none"),
	PROFILE_WORDS("revocation_endpoint_auth_signing_alg_values_supported", SIGNING),
	PROFILE_WORDS("introspection_endpoint_auth_methods_supported", AUTH_SECRET),
	PROFILE_WORDS("introspection_signing_alg_values_supported", SIGNING " none"),
	PROFILE_WORDS("introspection_encryption_alg_values_supported", ENC_ALG),
	PROFILE_WORDS("introspection_encryption_enc_values_supported", ENC_ENC),
	PROFILE_YES("authorization_response_iss_parameter_supported"),
	PROFILE_END,
};

const struct profile_member profile_authelia_openid[] = {
	PROFILE_PLACE("userinfo_endpoint", PLACE_USERINFO),
	PROFILE_WORDS("id_token_signing_alg_values_supported", SIGNING),
	PROFILE_WORDS("id_token_encryption_alg_values_supported", ENC_ALG),
	PROFILE_WORDS("id_token_encryption_enc_values_supported", ENC_ENC),
	PROFILE_WORDS("userinfo_signing_alg_values_supported", SIGNING " none"),
	PROFILE_WORDS("userinfo_encryption_alg_values_supported", ENC_ALG),
	PROFILE_WORDS("userinfo_encryption_enc_values_supported", ENC_ENC),
	PROFILE_WORDS("request_object_signing_alg_values_supported", SIGNING " none"),
	PROFILE_WORDS("request_object_encryption_alg_values_supported", ENC_ALG),
	PROFILE_WORDS("request_object_encryption_enc_values_supported", ENC_ENC),
	PROFILE_WORDS("authorization_signing_alg_values_supported", SIGNING),
	PROFILE_WORDS("authorization_encryption_alg_values_supported", ENC_ALG),
	PROFILE_WORDS("authorization_encryption_enc_values_supported", ENC_ENC),
	PROFILE_WORDS("claim_types_supported", "normal"),
	PROFILE_WORDS("prompt_values_supported", "consent login none select_account"),
	PROFILE_YES("request_parameter_supported"),
	PROFILE_YES("request_uri_parameter_supported"),
	PROFILE_YES("require_request_uri_registration"),
	PROFILE_YES("claims_parameter_supported"),
	PROFILE_END,
};
