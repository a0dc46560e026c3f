/* The errors of each provider: what stands here differs from the RFCs. */
#include "config.h"

#include "mock_idp/profile/profile.h"

#define PENDING "authorization_pending"

/* Told to others as "still pending". */
#define NEVER_TOLD                                                                                 \
	{                                                                                          \
		400, PENDING, BODY_FULL                                                            \
	}

const struct profile_polls profile_polls[PROFILES] = {
	/* RFC 6749 section 5.2, RFC 6750 section 3.1, RFC 8628 sections 3.2 and 3.5 */
	[PROFILE_RFC] = {
		.answer = {
			[OUTCOME_PENDING] = { 400, PENDING, BODY_FULL },
			[OUTCOME_TOO_FAST] = { 400, "slow_down", BODY_FULL },
			[OUTCOME_STRUCK_OUT] = { 400, "access_denied", BODY_FULL },
			[OUTCOME_DENIED] = { 400, "access_denied", BODY_FULL },
			[OUTCOME_EXPIRED] = { 400, "expired_token", BODY_FULL },
			[OUTCOME_LATE] = { 400, "expired_token", BODY_FULL },
			[OUTCOME_REPLAY] = { 400, "invalid_grant", BODY_FULL },
			[OUTCOME_UNKNOWN] = { 400, "invalid_grant", BODY_FULL },
			[OUTCOME_FOREIGN] = { 400, "invalid_grant", BODY_FULL },
			[OUTCOME_VERIFIER] = { 400, "invalid_grant", BODY_FULL },
			[OUTCOME_CLIENT] = { 401, "invalid_client", BODY_FULL },
			[OUTCOME_GRANT] = { 400, "unauthorized_client", BODY_FULL },
			[OUTCOME_TYPE] = { 400, "unsupported_grant_type", BODY_FULL },
			[OUTCOME_START_CLIENT] = { 401, "invalid_client", BODY_FULL },
			[OUTCOME_START_GRANT] = { 400, "unauthorized_client", BODY_FULL },
			[OUTCOME_START_SCOPE] = { 400, "invalid_scope", BODY_FULL },
			[OUTCOME_START_CHALLENGE] = { 400, "invalid_request", BODY_FULL },
			[OUTCOME_START_FAILED] = { 500, "server_error", BODY_FULL },
			[OUTCOME_START_TOO_MANY] = { 429, "temporarily_unavailable", BODY_FULL },
			[OUTCOME_USERINFO_UNKNOWN] = { 401, "invalid_token", BODY_FULL },
			[OUTCOME_USERINFO_EXPIRED] = { 401, "invalid_token", BODY_FULL },
			[OUTCOME_USERINFO_SCOPE] = { 403, "insufficient_scope", BODY_FULL },
		},
		.pace = { .kept = true, .grows = 5 },
		.challenge = true,
	},
	/* a denied and a used code are errors of its own; the device endpoint says {} */
	[PROFILE_AUTHELIA] = {
		.answer = {
			[OUTCOME_DENIED] = { 500, "server_error", BODY_FULL },
			[OUTCOME_REPLAY] = { 500, "server_error", BODY_FULL },
			[OUTCOME_UNKNOWN] = { 500, "server_error", BODY_FULL },
			[OUTCOME_TYPE] = { 400, "invalid_request", BODY_FULL },
			[OUTCOME_START_CLIENT] = { 401, "invalid_client", BODY_OBJECT },
			[OUTCOME_START_GRANT] = { 400, "invalid_grant", BODY_OBJECT },
			[OUTCOME_START_SCOPE] = { 400, "invalid_scope", BODY_OBJECT },
			[OUTCOME_START_CHALLENGE] = { 400, "invalid_request", BODY_OBJECT },
			[OUTCOME_START_FAILED] = { 500, "server_error", BODY_OBJECT },
			[OUTCOME_USERINFO_UNKNOWN] = { 401, "request_unauthorized", BODY_OBJECT },
			[OUTCOME_USERINFO_EXPIRED] = { 401, "invalid_token", BODY_OBJECT },
			[OUTCOME_USERINFO_SCOPE] = { 403, "insufficient_scope", BODY_OBJECT },
		},
		.for_ever = true,
	},
	[PROFILE_KEYCLOAK] = {
		.pace = { .kept = true,
		    .first_free = true,
		    .first_of_all = true,
		    .lenient_clock = true },
		.mourned = 15, /* the interval and ten seconds */
	},
	[PROFILE_AUTHENTIK] = {
		.answer = {
			[OUTCOME_DENIED] = NEVER_TOLD,
			[OUTCOME_START_TOO_MANY] = { 429, "slow_down", BODY_ERROR },
		},
		.deaf = true,
	},
	[PROFILE_POCKETID] = {
		.answer = { [OUTCOME_DENIED] = NEVER_TOLD },
		.for_ever = true,
		.deaf = true,
	},
	[PROFILE_ZITADEL] = {
		.answer = {
			[OUTCOME_REPLAY] = { 400, "access_denied", BODY_FULL },
			[OUTCOME_UNKNOWN] = { 400, "access_denied", BODY_FULL },
		},
	},
	[PROFILE_DEX] = {
		.answer = {
			[OUTCOME_DENIED] = NEVER_TOLD,
			[OUTCOME_EXPIRED] = { 400, "expired_token", BODY_ERROR },
			[OUTCOME_LATE] = { 400, "expired_token", BODY_ERROR },
			[OUTCOME_UNKNOWN] = { 400, "invalid_request", BODY_FULL },
		},
		.pace = { .kept = true, .first_free = true, .grows = 5, .shrinks = true },
		.deaf = true,
		.repeats = true,
	},
	/* what is over is deleted, and what is deleted has expired */
	[PROFILE_RAUTHY] = {
		.answer = {
			[OUTCOME_PENDING] = { 400, PENDING, BODY_BLANK },
			[OUTCOME_DENIED] = { 400, "expired_token", BODY_FULL },
			[OUTCOME_REPLAY] = { 400, "expired_token", BODY_FULL },
			[OUTCOME_UNKNOWN] = { 400, "expired_token", BODY_FULL },
			[OUTCOME_CLIENT] = { 401, "Unauthorized", BODY_MESSAGE },
			[OUTCOME_GRANT] = { 403, "Forbidden", BODY_MESSAGE },
			[OUTCOME_START_CLIENT] = { 401, "Unauthorized", BODY_MESSAGE },
			[OUTCOME_START_GRANT] = { 403, "Forbidden", BODY_MESSAGE },
			[OUTCOME_START_SCOPE] = { 400, "BadRequest", BODY_MESSAGE },
			[OUTCOME_USERINFO_UNKNOWN] = { 401, "Unauthorized", BODY_MESSAGE },
			[OUTCOME_USERINFO_EXPIRED] = { 401, "Unauthorized", BODY_MESSAGE },
		},
		.pace = { .kept = true, .grace_ms = 500, .strikes = 3 },
	},
	[PROFILE_GOOGLE] = {
		.answer = {
			[OUTCOME_PENDING] = { 428, PENDING, BODY_FULL },
			[OUTCOME_TOO_FAST] = { 403, "slow_down", BODY_FULL },
			[OUTCOME_DENIED] = { 403, "access_denied", BODY_FULL },
		},
		.pace = { .kept = true, .first_free = true },
	},
	[PROFILE_ENTRA] = {
		.answer = {
			[OUTCOME_PENDING] = { 400, PENDING, BODY_MICROSOFT },
			[OUTCOME_TOO_FAST] = { 400, "slow_down", BODY_MICROSOFT },
			[OUTCOME_DENIED] = { 400, "authorization_declined", BODY_MICROSOFT },
			[OUTCOME_EXPIRED] = { 400, "expired_token", BODY_MICROSOFT },
			[OUTCOME_LATE] = { 400, "expired_token", BODY_MICROSOFT },
			[OUTCOME_REPLAY] = { 400, "bad_verification_code", BODY_MICROSOFT },
			[OUTCOME_UNKNOWN] = { 400, "bad_verification_code", BODY_MICROSOFT },
			[OUTCOME_CLIENT] = { 401, "invalid_client", BODY_MICROSOFT },
			[OUTCOME_START_CLIENT] = { 400, "unauthorized_client", BODY_MICROSOFT },
		},
	},
	/* its 401 have no body at all */
	[PROFILE_KANIDM] = {
		.answer = {
			[OUTCOME_CLIENT] = { 401, "invalid_client_id", BODY_NOTHING },
			[OUTCOME_USERINFO_UNKNOWN] = { 401, "invalid_token", BODY_NOTHING },
			[OUTCOME_USERINFO_EXPIRED] = { 401, "invalid_token", BODY_NOTHING },
		},
	},
	[PROFILE_OKTA] = { .pace = { .kept = true, .first_free = true } },
	[PROFILE_GITLAB] = { .pace = { .kept = true, .first_free = true } },
	[PROFILE_GLEWLWYD] = {
		.answer = {
			[OUTCOME_DENIED] = NEVER_TOLD,
			[OUTCOME_REPLAY] = { 400, "access_denied", BODY_ERROR },
			[OUTCOME_UNKNOWN] = { 400, "access_denied", BODY_ERROR },
			[OUTCOME_CLIENT] = { 403, "unauthorized_client", BODY_ERROR },
			[OUTCOME_START_CLIENT] = { 403, "unauthorized_client", BODY_ERROR },
		},
		.pace = { .kept = true },
		.deaf = true,
	},
};
