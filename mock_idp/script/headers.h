/* `headers` of a reply: fields set, repeated, and taken away. */
#ifndef MOCK_IDP_SCRIPT_HEADERS_H
#define MOCK_IDP_SCRIPT_HEADERS_H

#include "mock_idp/pairs.h"
#include "mock_idp/script/expand.h"

/*
 * An object: name to text, to an array of texts (as many fields), or to null (none). What would
 * break the frame is not for here: no line ends, and the fields that say where an answer ends are
 * the wire's.
 */
enum errcode headers_check(json_t *spec, const struct where *at, struct err *e)
    __attribute__((warn_unused_result));

/* E_FORMAT: a placeholder brought a line end. E_LIMIT, E_NOMEM. */
enum errcode headers_change(json_t *spec, const struct hole_world *w, struct pairs *headers,
    struct err *e) __attribute__((warn_unused_result));

/* Takes every field of that name away, however it is spelled. */
void headers_drop(struct pairs *headers, const char *name);

#endif
