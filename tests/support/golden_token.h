/* What the tests of ID tokens share: keys, one golden token, and the judgement of a changed one. */
#ifndef TESTS_SUPPORT_GOLDEN_TOKEN_H
#define TESTS_SUPPORT_GOLDEN_TOKEN_H

#include <openssl/evp.h>

#include "helper/oidc/idtoken.h"

#define GOLDEN_TOKEN_NOW 1800000000
#define GOLDEN_TOKEN_HEAD "{\"alg\":\"RS256\",\"kid\":\"r\",\"typ\":\"JWT\"}"

struct golden_token {
	EVP_PKEY *rsa, *ec, *stranger; /* "r" and "e" of keys; stranger is in no set */
	struct jwks *keys;
	struct idtoken_expect expect;
};

extern const struct strlist golden_token_algorithms; /* RS256, ES256 */

/* For cmocka's group: *state becomes a struct golden_token. */
int golden_token_setup(void **state);
int golden_token_teardown(void **state);

/* Authelia's payload (authelia.md section 4) with one claim changed, left out, or added: free. */
char *golden_token_payload(const char *name, const char *raw);

/* The verdict on a token; x NULL is the golden expectation. */
enum errcode golden_token_verify(const struct golden_token *g, struct idtoken **out,
    const char *token, const struct idtoken_expect *x, struct err *e);

/* Signs body (which it frees) under header with k, and asserts the verdict. */
void golden_token_judge(const struct golden_token *g, const char *header, EVP_PKEY *k, char *body,
    const struct idtoken_expect *x, enum errcode code, const char *reason);

#endif
