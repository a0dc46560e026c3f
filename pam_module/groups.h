/* The supplementary groups of this process. */
#ifndef PAM_MODULE_GROUPS_H
#define PAM_MODULE_GROUPS_H

#include <stddef.h>
#include <stdint.h>

#include "common/err.h"

/*
 * Appends those gids that this process does not have yet; sshd calls twice, and su after its own
 * initgroups. *added is how many were missing; with none nothing is set.
 */
enum errcode groups_append(const uint32_t *gids, size_t n, size_t *added, struct err *e)
    __attribute__((warn_unused_result));

#endif
