/* `reply`: an answer replaced, or changed. */
#ifndef MOCK_IDP_SCRIPT_PATCH_H
#define MOCK_IDP_SCRIPT_PATCH_H

#include "mock_idp/msg.h"
#include "mock_idp/script/expand.h"

/* The `reply` member of a rule. */
enum errcode patch_check(json_t *spec, const struct where *at, struct err *e)
    __attribute__((warn_unused_result));

/* Does it replace the answer, rather than change it? */
bool patch_replaces(const json_t *spec);

/* The answer that stands in spec, or in content (its file's bytes), in the place of rep's, whose
 * fields go with it. E_LIMIT, E_NOMEM. */
enum errcode patch_replace(json_t *spec, const struct buf *content, const struct hole_world *w,
    struct reply *rep, struct err *e) __attribute__((warn_unused_result));

/* Status, type, headers and body changed. E_FORMAT: something does not fit this answer; the rest is
 * changed all the same. */
enum errcode patch_change(json_t *spec, const struct hole_world *w, struct reply *rep,
    struct err *e) __attribute__((warn_unused_result));

#endif
