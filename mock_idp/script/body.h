/* `set`, `drop` and `mutate` of a reply: what they make of the JSON in its body. */
#ifndef MOCK_IDP_SCRIPT_BODY_H
#define MOCK_IDP_SCRIPT_BODY_H

#include "mock_idp/script/expand.h"
#include "mock_idp/script/shape.h"

shape_fn body_check_drop, body_check_mutate;

/*
 * Each may be NULL. Changes *body, which is replaced; without set and drop it may be any text.
 * E_FORMAT: the body is no JSON, has no such place, or a mutator does not fit it. On failure *body
 * is as it was.
 */
enum errcode body_change(json_t *set, json_t *drop, json_t *mutate, const struct hole_world *w,
    struct buf **body, struct err *e) __attribute__((warn_unused_result));

#endif
