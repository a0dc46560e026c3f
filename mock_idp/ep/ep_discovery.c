/* The two metadata documents. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/ep.h"

/* Lists that stand under many names. */
#define SIGNING "HS256 HS384 HS512 RS256 RS384 RS512 ES256 ES384 ES512 PS256 PS384 PS512"
#define ENC_ALG                                                                                    \
	"RSA1_5 RSA-OAEP RSA-OAEP-256 A128KW A192KW A256KW dir ECDH-ES ECDH-ES+A128KW "            \
	"ECDH-ES+A192KW ECDH-ES+A256KW A128GCMKW A192GCMKW A256GCMKW PBES2-HS256+A128KW "          \
	"PBES2-HS384+A192KW PBES2-HS512+A256KW"
#define ENC_ENC "A128CBC-HS256 A192CBC-HS384 A256CBC-HS512 A128GCM A192GCM A256GCM"
#define AUTH_SECRET "client_secret_basic client_secret_post client_secret_jwt private_key_jwt"

enum kind { URL_OF, WORDS, LIST, YES, NO };

struct member {
	const char *name;
	enum kind kind;
	const char *value; /* URL_OF: path; WORDS: blank-separated; LIST: bar-separated */
};

static const struct member oauth_members[] = {
	{ "issuer", URL_OF, "" },
	{ "jwks_uri", URL_OF, "/jwks.json" },
	{ "authorization_endpoint", URL_OF, "/api/oidc/authorization" },
	{ "token_endpoint", URL_OF, "/api/oidc/token" },
	{ "device_authorization_endpoint", URL_OF, "/api/oidc/device-authorization" },
	{ "introspection_endpoint", URL_OF, "/api/oidc/introspection" },
	{ "revocation_endpoint", URL_OF, "/api/oidc/revocation" },
	{ "pushed_authorization_request_endpoint", URL_OF,
	    "/api/oidc/pushed-authorization-request" },
	{ "require_pushed_authorization_requests", NO, NULL },
	{ "subject_types_supported", WORDS, "public pairwise" },
	{ "response_types_supported", LIST,
	    "code|id_token|token|id_token token|code id_token|code token|code id_token token" },
	{ "grant_types_supported", WORDS,
	    "authorization_code implicit client_credentials refresh_token " PEOPLE_DEVICE_GRANT },
	{ "response_modes_supported", WORDS,
	    "form_post query fragment jwt form_post.jwt query.jwt fragment.jwt" },
	{ "scopes_supported", WORDS, "offline_access openid profile email address phone groups" },
	{ "claims_supported", WORDS,
	    "amr aud azp client_id exp iat iss jti rat auth_time nonce groups sub name given_name "
	    "family_name middle_name nickname preferred_username profile picture website email "
	    "email_verified alt_emails gender birthdate zoneinfo locale phone_number "
	    "phone_number_verified address updated_at" },
	{ "token_endpoint_auth_methods_supported", WORDS, AUTH_SECRET " none" },
	{ "token_endpoint_auth_signing_alg_values_supported", WORDS, SIGNING },
	{ "code_challenge_methods_supported", WORDS, "S256" },
	{ "revocation_endpoint_auth_methods_supported", WORDS, AUTH_SECRET " none" },
	{ "revocation_endpoint_auth_signing_alg_values_supported", WORDS, SIGNING },
	{ "introspection_endpoint_auth_methods_supported", WORDS, AUTH_SECRET },
	{ "introspection_signing_alg_values_supported", WORDS, SIGNING " none" },
	{ "introspection_encryption_alg_values_supported", WORDS, ENC_ALG },
	{ "introspection_encryption_enc_values_supported", WORDS, ENC_ENC },
	{ "authorization_response_iss_parameter_supported", YES, NULL },
	{ NULL, NO, NULL },
};

static const struct member openid_members[] = {
	{ "userinfo_endpoint", URL_OF, "/api/oidc/userinfo" },
	{ "id_token_signing_alg_values_supported", WORDS, SIGNING },
	{ "id_token_encryption_alg_values_supported", WORDS, ENC_ALG },
	{ "id_token_encryption_enc_values_supported", WORDS, ENC_ENC },
	{ "userinfo_signing_alg_values_supported", WORDS, SIGNING " none" },
	{ "userinfo_encryption_alg_values_supported", WORDS, ENC_ALG },
	{ "userinfo_encryption_enc_values_supported", WORDS, ENC_ENC },
	{ "request_object_signing_alg_values_supported", WORDS, SIGNING " none" },
	{ "request_object_encryption_alg_values_supported", WORDS, ENC_ALG },
	{ "request_object_encryption_enc_values_supported", WORDS, ENC_ENC },
	{ "authorization_signing_alg_values_supported", WORDS, SIGNING },
	{ "authorization_encryption_alg_values_supported", WORDS, ENC_ALG },
	{ "authorization_encryption_enc_values_supported", WORDS, ENC_ENC },
	{ "claim_types_supported", WORDS, "normal" },
	{ "prompt_values_supported", WORDS, "consent login none select_account" },
	{ "request_parameter_supported", YES, NULL },
	{ "request_uri_parameter_supported", YES, NULL },
	{ "require_request_uri_registration", YES, NULL },
	{ "claims_parameter_supported", YES, NULL },
	{ NULL, NO, NULL },
};

static json_t *
split(const char *s, const char *between)
{
	json_t *list = json_array();

	while (list != NULL && *s != '\0') {
		size_t n = strcspn(s, between);

		(void)json_array_append_new(list, json_stringn(s, n));
		s += n;
		s += strspn(s, between);
	}
	return list;
}

static json_t *
value_of(const struct member *m, const char *issuer)
{
	switch (m->kind) {
	case URL_OF:
		return json_sprintf("%s%s", issuer, m->value);
	case WORDS:
		return split(m->value, " ");
	case LIST:
		return split(m->value, "|");
	case YES:
		return json_true();
	case NO:
		return json_false();
	}
	return NULL;
}

static void
add_members(json_t *doc, const struct member *m, const char *issuer)
{
	for (; m->name != NULL; m++)
		(void)json_object_set_new(doc, m->name, value_of(m, issuer));
}

void
ep_discovery(struct world *w, struct exchange *x)
{
	json_t *doc = json_object();

	add_members(doc, oauth_members, w->issuer);
	add_members(doc, openid_members, w->issuer);
	msg_reply_json(&x->rep, 200, doc);
	json_decref(doc);
}

void
ep_discovery_oauth(struct world *w, struct exchange *x)
{
	json_t *doc = json_object();

	add_members(doc, oauth_members, w->issuer);
	msg_reply_json(&x->rep, 200, doc);
	json_decref(doc);
}
