/* How each provider takes a device authorization request, and what it answers. */
#include "config.h"

#include "mock_idp/profile/profile.h"

#define CONSONANTS "BCDFGHJKLMNPQRSTVWXZ" /* RFC 8628 section 6.1 */
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"

#define AUTHELIA                                                                                   \
	.poll = PROOF_EXACT, .other = PROOF_EXACT,                                                 \
	.form = { CONSONANTS, "########", "authelia_dc_" }, .uri_name = "verification_uri",        \
	.code_name = "user_code", .complete = true, .life = 600, .trim = 1, .interval = 10,        \
	.nonce = true
#define KEYCLOAK                                                                                   \
	.start = PROOF_ANY, .poll = PROOF_ANY, .other = PROOF_ANY,                                 \
	.form = { LETTERS, "####-####", .loose = true }, .uri_name = "verification_uri",           \
	.code_name = "user_code", .complete = true, .life = 600, .interval = 5, .nonce = true

const struct profile_device profile_device[PROFILES] = {
	/*
	 * Up to 4.39.20 it reads client_id from the body alone and authenticates nobody; the next
	 * one authenticates as at the token endpoint. The first row asks for both: a client must
	 * please both.
	 */
	[PROFILE_AUTHELIA] = { .start = PROOF_EXACT, .start_id = true, AUTHELIA },
	[PROFILE_AUTHELIA_NEXT] = { .start = PROOF_EXACT, AUTHELIA },
	[PROFILE_RFC] = {
		.start = PROOF_EXACT,
		.poll = PROOF_EXACT,
		.other = PROOF_EXACT,
		.form = { CONSONANTS, "####-####", .loose = true },
		.uri_name = "verification_uri",
		.code_name = "user_code",
		.complete = true,
		.life = 600,
		.interval = 5,
	},
	[PROFILE_KEYCLOAK] = { KEYCLOAK, .pkce = DEVICE_PKCE_BINDS },
	[PROFILE_KEYCLOAK_PKCE] = { KEYCLOAK, .pkce = DEVICE_PKCE_REQUIRED },
	[PROFILE_AUTHENTIK] = {
		.start = PROOF_ID,
		.poll = PROOF_ANY,
		.other = PROOF_ANY,
		.form = { DIGITS, "#########" },
		.uri_name = "verification_uri",
		.code_name = "code",
		.complete = true,
		.life = 60,
		.interval = 5,
		.hourly = 20,
	},
	[PROFILE_POCKETID] = {
		.start = PROOF_ANY,
		.start_id = true,
		.poll = PROOF_ANY,
		.other = PROOF_ANY,
		.form = { "ABCDEFGHJKMNPQRSTUVWXYZ" DIGITS, "E#######" },
		.uri_name = "verification_uri",
		.code_name = "user_code",
		.complete = true,
		.life = 900,
		.trim = 1,
		.interval = 5,
	},
	[PROFILE_ZITADEL] = {
		.start = PROOF_EXACT,
		.poll = PROOF_EXACT,
		.other = PROOF_EXACT,
		.form = { CONSONANTS, "####-####" },
		.uri_name = "verification_uri",
		.code_name = "user_code",
		.complete = true,
		.life = 300,
		.interval = 5,
	},
	[PROFILE_DEX] = {
		.start = PROOF_NONE,
		.poll = PROOF_NONE,
		.other = PROOF_ANY,
		.form = { CONSONANTS, "####-####" },
		.uri_name = "verification_uri",
		.code_name = "user_code",
		.complete = true,
		.life = 300,
		.interval = 5,
		.pkce = DEVICE_PKCE_BINDS,
	},
	[PROFILE_RAUTHY] = {
		.start = PROOF_BODY,
		.poll = PROOF_BODY,
		.other = PROOF_ANY,
		.form = { LETTERS "abcdefghijklmnopqrstuvwxyz" DIGITS, "########",
		    .repeated = true },
		.uri_name = "verification_uri",
		.code_name = "code",
		.complete = true,
		.life = 300,
		.interval = 5,
		.nonce = true,
	},
	[PROFILE_GOOGLE] = {
		.start = PROOF_ID,
		.poll = PROOF_ANY,
		.other = PROOF_ANY,
		.form = { LETTERS, "####-####" },
		.uri_name = "verification_url",
		.code_name = "user_code",
		.life = 1800,
		.interval = 5,
	},
	[PROFILE_ENTRA] = {
		.start = PROOF_ID,
		.poll = PROOF_ANY,
		.other = PROOF_ANY,
		.form = { LETTERS DIGITS, "#########" },
		.uri_name = "verification_uri",
		.code_name = "user_code",
		.life = 900,
		.interval = 5,
		.message = true,
	},
	/* nobody comes here: it has no such endpoint */
	[PROFILE_KANIDM] = {
		.start = PROOF_ANY,
		.poll = PROOF_ANY,
		.other = PROOF_ANY,
		.form = { CONSONANTS, "####-####" },
		.uri_name = "verification_uri",
		.code_name = "user_code",
		.life = 300,
		.interval = 5,
	},
	[PROFILE_OKTA] = {
		.start = PROOF_ID,
		.poll = PROOF_EXACT,
		.other = PROOF_EXACT,
		.form = { LETTERS, "########" },
		.uri_name = "verification_uri",
		.code_name = "user_code",
		.complete = true,
		.life = 600,
		.interval = 5,
	},
	[PROFILE_GITLAB] = {
		.start = PROOF_ID,
		.poll = PROOF_ANY,
		.other = PROOF_ANY,
		.form = { LETTERS DIGITS, "########" },
		.uri_name = "verification_uri",
		.code_name = "user_code",
		.complete = true,
		.life = 300,
		.interval = 5,
	},
	/* O and 0 both */
	[PROFILE_GLEWLWYD] = {
		.start = PROOF_ANY,
		.poll = PROOF_ANY,
		.other = PROOF_ANY,
		.form = { "ABCDEFGHJKLMNOPQRSTUVWXYZ" DIGITS, "####-####", .loose = true },
		.uri_name = "verification_uri",
		.code_name = "code",
		.complete = true,
		.life = 600,
		.interval = 5,
		.wants_scope = true,
	},
};
