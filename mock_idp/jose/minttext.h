/* The texts of header and payload, before they are segments. */
#ifndef MOCK_IDP_JOSE_MINTTEXT_H
#define MOCK_IDP_JOSE_MINTTEXT_H

#include <jansson.h>

#include "common/buf.h"
#include "common/err.h"

/*
 * Appends what a script's `header` or `claims` (checked; or NULL) makes of the members: compact,
 * sorted, as libjwt writes them; or the script's own text. E_NOMEM, E_LIMIT.
 */
enum errcode minttext_put(struct buf *out, const json_t *members, const json_t *part)
    __attribute__((warn_unused_result));

/*
 * The json.* mutators of the spec's list whose first argument is that part ("header", "payload").
 * E_FORMAT, E_CFG, E_LIMIT, E_NOMEM: the text begins with ".mutate[0]".
 */
enum errcode minttext_mutate(struct buf *text, const json_t *spec, const char *part, struct err *e)
    __attribute__((warn_unused_result));

/*
 * A member more where b64.plus or b64.trail of that part have nothing to act on: '?' three times is
 * '_' in base64url wherever it stands, and one octet or two fill no last letter. Left as it is when
 * it is no object.
 */
enum errcode minttext_force(struct buf *text, const json_t *spec, const char *part)
    __attribute__((warn_unused_result));

#endif
