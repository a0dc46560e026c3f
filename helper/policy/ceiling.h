/* What this host keeps from the provider: accounts that no name of its opens. Pure. */
#ifndef HELPER_POLICY_CEILING_H
#define HELPER_POLICY_CEILING_H

#include <stdbool.h>
#include <stdint.h>

#include "common/strlist.h"

/*
 * root, uids below min_uid, and those that are nobody's: systemd's dynamic users (61184 to 65519),
 * nobody (65534), -1 in 16 and in 32 bits, and all from 2^31 on. https://systemd.io/UIDS-GIDS; the
 * ranges of containers (524288 on) are not among them, since directories give people such uids.
 */
bool ceiling_is_system(uint32_t uid, uint64_t min_uid);

/*
 * The first of these local groups whose members are as good as root, or NULL: of the list in
 * latchkey.conf(5), or of more. Borrowed from groups, which may be NULL.
 */
const char *ceiling_root_group(const struct strlist *groups, const struct strlist *more);

/* The list itself, for those who print it; NULL ends. */
extern const char *const ceiling_groups[];

#endif
