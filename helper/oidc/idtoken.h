/* The verification of an ID token: one path, in the order of design section 9. C-067 to C-132. */
#ifndef HELPER_OIDC_IDTOKEN_H
#define HELPER_OIDC_IDTOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"
#include "common/strlist.h"
#include "helper/oidc/claims.h"
#include "helper/oidc/jwks.h"

/* What the token is judged against; all borrowed. */
struct idtoken_expect {
	const char *issuer;
	const char *client_id;
	const struct strlist *algorithms;
	const struct strlist *trusted; /* other audiences that a token may have; NULL: none */
	const char *nonce;             /* NULL: none was sent */
	bool nonce_required;           /* else absence passes, a wrong one never (device flow) */
	const char *access_token;      /* for at_hash */
	const char *code;              /* for c_hash; NULL: none was redeemed (device flow) */
	bool any_access_token; /* at_hash is not judged: there is no access token to judge it by */
	int64_t started;       /* wall clock when this login began: floor for iat */
	int64_t now;           /* wall clock */
	int64_t skew;          /* seconds, either way */
	int64_t iat_leeway;    /* seconds by which iat may lie before started, if more than skew:
	                          Entra stamps tokens 300 s into the past */
};

/* What a verified token says. Strings live in claims. */
struct idtoken {
	struct claims *claims; /* owned */
	char alg[16];
	char kid[257]; /* "" when the header has none */
	const char *iss, *sub;
	const char *azp, *nonce, *acr; /* NULL when absent */
	int64_t iat, exp;
	bool has_nbf, has_auth_time;
	bool shared; /* has several audiences */
	int64_t nbf, auth_time;
	struct strlist amr; /* at most 16, each < 32 characters */
};

/*
 * Verifies: strict pre-parse, header, key, signature, payload, claims. The result starts as
 * refusal; *out is set only on success (idtoken_free). E_TOK, E_KEYS, E_CLM with the reason ids of
 * conformance rows: idt.aud.multi, jws.crit ...
 */
enum errcode idtoken_verify(struct idtoken **out, const char *token, const struct jwks *keys,
    const struct idtoken_expect *x, struct err *e) __attribute__((warn_unused_result));
void idtoken_free(struct idtoken *t);

/* The part of it behind the signature: judges the claims that are there already, and takes what
 * they say. E_CLM. */
enum errcode idtoken_judge(struct idtoken *t, const struct idtoken_expect *x, struct err *e)
    __attribute__((warn_unused_result));

/* Of claims that are there already: acr, amr and auth_time, for which policy may ask. E_CLM
 * idt.authtime, idt.acr, idt.amr. */
enum errcode idtoken_context(struct idtoken *t, struct err *e) __attribute__((warn_unused_result));

#endif
