/* An ID token judged a second time, with nothing of ours but what is expected of it. */
#ifndef FUZZ_RECHECK_H
#define FUZZ_RECHECK_H

#include <stdbool.h>

#include <openssl/evp.h>

#include "helper/oidc/idtoken.h"

/* Whether its signature is good, by the one of the keys that its algorithm wants (NULL: none is
 * good), and its claims hold. OpenID Connect Core 3.1.3.7. */
bool recheck(const char *token, EVP_PKEY *es256, EVP_PKEY *rs256, const struct idtoken_expect *x);

#endif
