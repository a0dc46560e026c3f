/* Texts with placeholders in them, filled in. */
#ifndef MOCK_IDP_SCRIPT_EXPAND_H
#define MOCK_IDP_SCRIPT_EXPAND_H

#include "mock_idp/script/hole.h"
#include "mock_idp/script/where.h"

#define EXPAND_MAX HOLE_TEXT_MAX /* bytes that a text may grow to */

/* Every text in v, however deep: E_CFG for a placeholder that there is not. */
enum errcode expand_check(json_t *v, const struct where *at, struct err *e)
    __attribute__((warn_unused_result));

/* The text with its placeholders filled in; fresh, NULL when it grows too long or memory is out. It
 * may have NULs in it. */
struct buf *expand_string(const struct hole_world *w, const json_t *v);

/* A copy of v with all its texts filled in; one that is nothing but a ${now...} becomes a number. A
 * new reference, or NULL. */
json_t *expand_json(const struct hole_world *w, json_t *v);

#endif
