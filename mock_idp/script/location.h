/* `redirect`: what becomes of the address that the browser is sent back to. */
#ifndef MOCK_IDP_SCRIPT_LOCATION_H
#define MOCK_IDP_SCRIPT_LOCATION_H

#include "mock_idp/script/expand.h"

/* The `redirect` member of a rule. */
enum errcode location_check(json_t *spec, const struct where *at, struct err *e)
    __attribute__((warn_unused_result));

/*
 * location with its parameters changed: those of `drop` gone, those of `set` and `set_raw` replaced
 * where they stand or added, those of `append` and `append_raw` added once more, all of them behind
 * '#' with `fragment`; or what `raw` says. Fresh; NULL: too long, or no memory.
 */
char *location_change(json_t *spec, const struct hole_world *w, const char *location);

#endif
