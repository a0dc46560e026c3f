/*
 * Mutators of a segment's spelling; SEG is header, payload or signature. Those of header and
 * payload act before the signature is made, which therefore fits what is on the wire: the spelling
 * is the one thing that is wrong. RFC 7515 section 2, RFC 4648 section 3.
 *
 *   b64.pad SEG          '=' behind it, as many as base64 has, but one at least
 *   b64.ws, b64.nl SEG   a blank, a line feed in its middle
 *   b64.plus SEG         '+' and '/' for '-' and '_'; the token is made so that there is one
 *   b64.trail SEG        a bit set that no octet has; header and payload are made so that there is
 * one b64.junk SEG TEXT    that text in its middle b64.percent SEG      its first letter as %XX
 *   b64.mod1 SEG         'A' behind it until its length is 1 modulo 4
 *   dot.in SEG           a dot in its middle
 */
#ifndef MOCK_IDP_JOSE_MUTATE_B64_H
#define MOCK_IDP_JOSE_MUTATE_B64_H

#include "common/buf.h"
#include "mock_idp/jose/mutate.h"

/* What the mutator takes (mutate.h); NULL: none of that name. */
const char *mutate_b64_args(const char *name);

/* E_FORMAT: it does not fit this segment; the text begins with ": ". E_NOMEM, E_LIMIT. */
enum errcode mutate_b64_apply(const struct mutate *m, struct buf *segment, struct err *e)
    __attribute__((warn_unused_result));

#endif
