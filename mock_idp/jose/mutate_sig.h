/*
 * Mutators of a signature's octets, before they become base64url.
 *
 *   sig.flip [BIT]            one bit, counted from the last octet's lowest (0)
 *   sig.zero                  every octet
 *   sig.trunc N               without the last N octets
 *   sig.pad N, sig.lead N     N zero octets behind it, before it
 *   sig.splusl                Ed25519: S + L, which RFC 8032 forbids
 *
 * and of R and S side by side, n being the order of the curve:
 *
 *   sig.r0 sig.s0 sig.rn sig.sn  R or S is 0 or n (CVE-2022-21449)
 *   sig.high-s                S is the greater of S and n - S, which is as good (must be taken)
 *   sig.rplusn                R is R + n; both in as many octets as that needs
 *   sig.der                   as DER, which JOSE does not use
 *   sig.strip                 without leading zero octets; the signature is made so that R has some
 */
#ifndef MOCK_IDP_JOSE_MUTATE_SIG_H
#define MOCK_IDP_JOSE_MUTATE_SIG_H

#include "common/buf.h"
#include "mock_idp/jose/mutate.h"

/* What the mutator takes (mutate.h); NULL: none of that name. */
const char *mutate_sig_args(const char *name);

/* curve: of an ECDSA key, NULL for others. E_FORMAT: it does not fit this signature; the text
 * begins with ": ". E_NOMEM, E_LIMIT. */
enum errcode mutate_sig_apply(const struct mutate *m, const char *curve, struct buf *sig,
    struct err *e) __attribute__((warn_unused_result));

#endif
