/*
 * Mutators of the token as a whole, when its segments are made.
 *
 *   seg.add TEXT              one more segment at the end
 *   seg.drop N                without the N-th segment, from 0
 *   seg.empty SEG             header, payload or signature is empty
 *   seg.order                 the payload first, then the header
 *   jws.json flattened|general  JSON serialization: RFC 7515 section 7.2
 *   jwe.wrap                  five segments that look encrypted (RFC 7516), to nobody's key
 */
#ifndef MOCK_IDP_JOSE_MUTATE_SEG_H
#define MOCK_IDP_JOSE_MUTATE_SEG_H

#include "common/buf.h"
#include "mock_idp/ids.h"
#include "mock_idp/jose/mutate.h"

#define MUTATE_SEGS 8

struct mutate_segs {
	struct buf *v[MUTATE_SEGS]; /* owned by the caller, those beyond n and the unused too */
	size_t n;
	struct buf *json; /* empty, or the token in place of the segments */
};

/* What the mutator takes (mutate.h); NULL: none of that name. */
const char *mutate_seg_args(const char *name);

/* E_FORMAT: it does not fit this token; the text begins with ": ". E_NOMEM, E_LIMIT, E_SYS. */
enum errcode mutate_seg_apply(const struct mutate *m, const struct ids *ids,
    struct mutate_segs *segs, struct err *e) __attribute__((warn_unused_result));

#endif
