/* The grammar of a script's `token` object: what mint.h describes, member by member. */
#ifndef MOCK_IDP_JOSE_MINTSPEC_H
#define MOCK_IDP_JOSE_MINTSPEC_H

#include <jansson.h>

#include "common/err.h"
#include "mock_idp/jose/mutate.h"

#define MINTSPEC_PART "header|payload" /* json.* have one of these before their own arguments */

/*
 * E_CFG: the text begins with the place, or with ": ". Besides the mutators of jsontext,
 * mutate_sig, mutate_b64 and mutate_seg there are those of the token as it is signed:
 *
 *   pss.salt N, pss.mgf1 sha1|...  of a PSS signature: octets of its salt, hash of its mask
 *   rs.pad type2|nonull|bare|junk  of a PKCS #1 signature: wrong padding (rsa.h)
 *   sig.covers reencoded|clean     not what is on the wire: header and payload parsed and written
 *                                  again; or their segments before b64.*
 *   sig.leading0                   ECDSA's R begins with a zero octet (must be taken)
 *   token.pad N                    at least N characters, by a long member of the payload
 *   jwt.nest                       the payload is a token; header cty "JWT" (RFC 7519 section 5.2)
 */
enum errcode mintspec_check(const json_t *spec, struct err *e) __attribute__((warn_unused_result));

/* The first mutator of that name in spec's list; false: none, or no list. */
bool mintspec_find(const json_t *spec, const char *name, struct mutate *m);

/* The mutators of a list, one after the other: *i is moved behind the one that m is; false: the
 * list is at its end. */
bool mintspec_next(const json_t *spec, size_t *i, struct mutate *m);

#endif
