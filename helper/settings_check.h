/* What no single row can tell: required settings, those that belong together, files that must be
 * safe. */
#ifndef HELPER_SETTINGS_CHECK_H
#define HELPER_SETTINGS_CHECK_H

#include <sys/types.h>

#include "common/err.h"
#include "common/faults.h"
#include "helper/settings.h"
#include "helper/settings_merge.h"

/*
 * Judges merged settings, reads the client secret, and lists the provider's groups. Errors begin
 * with the place of the setting, or with "CONF: " where there is none. faults: NULL, or it lists
 * them all.
 */
enum errcode settings_check(struct settings *s, const struct settings_origin *origin,
    const char *conf, uid_t owner, struct faults *faults, struct err *e)
    __attribute__((warn_unused_result));

#endif
