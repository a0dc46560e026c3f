/* How a provider answers: everything in which one differs from another, as constant data. */
#ifndef MOCK_IDP_PROFILE_PROFILE_H
#define MOCK_IDP_PROFILE_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "mock_idp/ids.h"

/* In each of the tables: which row is whose. */
enum profile_id {
	PROFILE_AUTHELIA,
	PROFILE_AUTHELIA_NEXT,
	PROFILE_RFC,
	PROFILE_KEYCLOAK,
	PROFILE_KEYCLOAK_PKCE,
	PROFILE_AUTHENTIK,
	PROFILE_POCKETID,
	PROFILE_ZITADEL,
	PROFILE_DEX,
	PROFILE_RAUTHY,
	PROFILE_GOOGLE,
	PROFILE_ENTRA,
	PROFILE_KANIDM,
	PROFILE_OKTA,
	PROFILE_GITLAB,
	PROFILE_GLEWLWYD,
	PROFILES
};

/* --- where things are: profile_places.c --- */

enum profile_place {
	PLACE_DISCOVERY,
	PLACE_OAUTH_METADATA,
	PLACE_JWKS,
	PLACE_DEVICE,
	PLACE_TOKEN,
	PLACE_USERINFO,
	PLACE_AUTHORIZATION,
	PLACE_PAR,
	PLACE_INTROSPECTION,
	PLACE_REVOCATION,
	PLACE_VERIFICATION,
	PLACES
};

struct profile_places {
	const char *issuer;       /* behind the origin: "", "/realms/test", "/auth/v1/" */
	const char *path[PLACES]; /* NULL: there is none, 404 */
	unsigned elsewhere;       /* 1U << place: on the second origin, once it listens */
	const char *json_type;    /* Content-Type of JSON */
	const char *jwks_cache;   /* Cache-Control of the key set; NULL: as everywhere */
};

/* --- the metadata document: profile_metadata.c --- */

enum profile_kind {
	META_ISSUER,
	META_PLACE, /* the address of a place */
	META_PATH,  /* an address on the issuer's origin at which nothing is */
	META_TEXT,
	META_WORDS, /* an array: blanks between its strings */
	META_LIST,  /* an array: bars between its strings */
	META_YES,
	META_NO
};

struct profile_member {
	const char *name; /* NULL: the end of the list */
	enum profile_kind kind;
	enum profile_place place; /* META_PLACE */
	const char *value;
};

struct profile_metadata {
	const struct profile_member *oauth;  /* of both documents */
	const struct profile_member *openid; /* of OpenID's alone */
};

/* --- who asks, and the device authorization endpoint: profile_device.c --- */

enum profile_proof {
	PROOF_EXACT, /* by exactly the registered method */
	PROOF_ANY,   /* the secret by Basic or in the body */
	PROOF_BODY,  /* the secret in the body alone: Basic is a failure */
	PROOF_ID,    /* a client that exists; its secret is not looked at */
	PROOF_NONE   /* not even that: what is wrong shows in the browser, and never here */
};

enum profile_pkce {
	DEVICE_PKCE_IGNORED,
	DEVICE_PKCE_BINDS,   /* who sends a code_challenge sends its verifier with the polls */
	DEVICE_PKCE_REQUIRED /* and who sends none is refused */
};

struct profile_device {
	enum profile_proof start; /* at the device authorization endpoint */
	bool start_id;            /* and there client_id is in the body, whatever the method */
	enum profile_proof poll;  /* with the device grant */
	enum profile_proof other; /* with other grants, and elsewhere */
	struct ids_form form;
	const char *uri_name;  /* of the member that holds the verification address */
	const char *code_name; /* of the parameter that carries the code to it */
	bool complete;         /* verification_uri_complete is sent */
	unsigned life;         /* seconds that a code lives */
	unsigned trim;         /* the answer says so many seconds less */
	unsigned interval;
	bool nonce; /* posted here, it comes back in the ID token */
	enum profile_pkce pkce;
	bool wants_scope; /* a request without is refused */
	bool message;     /* a sentence for the person is in the answer */
	unsigned hourly;  /* requests an hour that are answered; 0: all */
};

/* --- errors, and what polls learn: profile_polls.c --- */

enum profile_outcome {
	/* of a poll */
	OUTCOME_PENDING,
	OUTCOME_TOO_FAST,
	OUTCOME_STRUCK_OUT, /* too fast once too often */
	OUTCOME_DENIED,
	OUTCOME_EXPIRED,  /* nobody decided in time */
	OUTCOME_LATE,     /* approved, but not fetched in time */
	OUTCOME_REPLAY,   /* the tokens are out already */
	OUTCOME_UNKNOWN,  /* there is no such code */
	OUTCOME_FOREIGN,  /* another client's code */
	OUTCOME_VERIFIER, /* the code_verifier is missing or wrong */
	/* of any request for tokens */
	OUTCOME_CLIENT, /* the client did not prove who it is */
	OUTCOME_GRANT,  /* it may not use that grant */
	OUTCOME_TYPE,   /* nobody may: there is no such grant_type */
	/* of the device authorization endpoint */
	OUTCOME_START_CLIENT,
	OUTCOME_START_GRANT,
	OUTCOME_START_SCOPE,
	OUTCOME_START_CHALLENGE, /* the code_challenge is missing or bad */
	OUTCOME_START_FAILED,
	OUTCOME_START_TOO_MANY,
	/* of UserInfo */
	OUTCOME_USERINFO_UNKNOWN,
	OUTCOME_USERINFO_EXPIRED,
	OUTCOME_USERINFO_SCOPE,
	OUTCOMES
};

enum profile_body {
	BODY_FULL,      /* error and error_description */
	BODY_ERROR,     /* error */
	BODY_BLANK,     /* error, and an error_description that is "" */
	BODY_MESSAGE,   /* {"timestamp","error","message"} */
	BODY_MICROSOFT, /* full, with error_codes, timestamp, trace_id, correlation_id, error_uri */
	BODY_OBJECT,    /* {} */
	BODY_NOTHING
};

struct profile_answer {
	int status;
	const char *error; /* also where the body does not say it: the journal does */
	enum profile_body body;
};

struct profile_pace {
	bool kept;          /* polls that come too soon are told so */
	bool first_free;    /* the first may come at once; otherwise it waits like all the others */
	bool first_of_all;  /* asked before what became of the code; otherwise of a pending one only
	                     */
	bool lenient_clock; /* from the last poll that was in time; otherwise from the last one */
	bool shrinks;       /* a poll in time takes back what the others added */
	unsigned grows;     /* seconds that each one too soon adds */
	unsigned grace_ms;
	unsigned strikes; /* how many too soon end the code; 0: any number */
};

struct profile_polls {
	struct profile_answer answer[OUTCOMES]; /* status 0: that of PROFILE_RFC */
	struct profile_pace pace;
	bool for_ever;    /* a code that nobody decided stays pending after its end */
	bool deaf;        /* nobody is told of a denial: the code stays pending */
	bool repeats;     /* the same tokens again, as long as the code lives */
	unsigned mourned; /* seconds that an expired code is known after its end; 0: always */
	bool challenge;   /* a failed Basic is told so in WWW-Authenticate. RFC 6749 section 5.2 */
};

/* --- ID tokens and token answers: profile_tokens.c --- */

enum profile_hash {
	HASH_NONE,   /* no at_hash */
	HASH_ALG,    /* of the ID token's algorithm. OpenID Connect Core section 3.1.3.6 */
	HASH_SHA256, /* whatever the algorithm */
	HASH_OTHER   /* of another algorithm than the ID token's */
};

struct profile_tokens {
	const char *alg;      /* of ID tokens, unless --alg says another */
	bool typ;             /* in their header */
	bool aud_array;       /* also for one */
	const char *aud_more; /* further audiences, blanks between them */
	bool azp, client_id;  /* claims of the client */
	enum profile_hash at_hash;
	bool auth_time, jti, nbf;
	const char *amr;         /* the array's one word; NULL: no claim */
	int shift;               /* seconds added to iat and nbf */
	const char *id_more;     /* JSON object: further claims */
	const char *token_type;  /* of the answer */
	const char *answer_more; /* JSON object: further members of the answer */
	bool issued;             /* iat is one of them */
	bool refresh;            /* a refresh token, asked for or not */
};

/* --- what is said of a person, and where: profile_claims.c --- */

enum profile_name {
	NAME_NONE,
	NAME_PLAIN, /* as the users file has it */
	NAME_LOWER,
	NAME_DOMAIN, /* alice@example.test */
	NAME_EMAIL
};

enum profile_groups {
	GROUPS_NAMES,
	GROUPS_OBJECTS, /* [{"value","display"}] */
	GROUPS_UUIDS,
	GROUPS_BOTH /* UUIDs and name@domain mixed */
};

enum profile_empty { EMPTY_NULL, EMPTY_ARRAY, EMPTY_ABSENT };

struct profile_claims {
	enum profile_name id_name, ui_name; /* preferred_username, in ID token and UserInfo */
	const char *id_groups, *ui_groups;  /* the claims' names; NULL: not there */
	enum profile_groups groups;         /* what stands in them */
	const char *prefix;                 /* before each name, "/" for paths */
	const char *groups_scope;           /* opens them; NULL: any */
	enum profile_empty empty;           /* of somebody who is in none */
	unsigned most;     /* more groups stand elsewhere (_claim_names); 0: any number */
	const char *roles; /* the name of a claim that is an object: role to organization */
	bool id_person;    /* name and e-mail in the ID token too */
	bool rat;          /* in UserInfo */
	bool ui_token;     /* UserInfo has the token's claims too: iss, aud, iat, exp */
	bool ui_access;    /* and its own jti and at_hash: it is the access token's */
	bool ui_more;      /* openid alone does not open UserInfo */
	bool gone_known;   /* UserInfo of a removed user says what the token is */
};

/* --- the key set: profile_keys.c --- */

struct profile_keys {
	/* jwkset.h's "keys", as JSON; "@" is the key that signs. NULL: all that the provider has */
	const char *set;
};

/* --- the authorization endpoint: profile_authz.c --- */

struct profile_authz {
	bool iss, scope;  /* in the answer */
	unsigned entropy; /* the least length of state and nonce; 0: state may be absent too */
	bool pkce_all;    /* also of clients with a secret */
	bool stays;       /* errors are a page: the browser is not sent back */
	bool bare_denial; /* a denial says neither state nor iss */
};

struct profile {
	const char *name, *says; /* as --profile takes it; a line about it */
	const struct profile_places *places;
	const struct profile_metadata *metadata;
	const struct profile_device *device;
	const struct profile_polls *polls;
	const struct profile_tokens *tokens;
	const struct profile_claims *claims;
	const struct profile_keys *keys;
	const struct profile_authz *authz;
};

/* The tables, PROFILES rows each. */
extern const struct profile_places profile_places[];
extern const struct profile_metadata profile_metadata[];
extern const struct profile_device profile_device[];
extern const struct profile_polls profile_polls[];
extern const struct profile_tokens profile_tokens[];
extern const struct profile_claims profile_claims[];
extern const struct profile_keys profile_keys[];
extern const struct profile_authz profile_authz[];

/* The profiles in the order of the manual; NULL behind the last. */
const struct profile *profile_at(size_t i);
/* NULL when there is none of that name. */
const struct profile *profile_find(const char *name);

const struct profile_answer *profile_answer(const struct profile *p, enum profile_outcome o);

#endif
