/* Which account and group names can exist at all. */
#ifndef HELPER_POLICY_NAMES_H
#define HELPER_POLICY_NAMES_H

#include <stdbool.h>

#define NAMES_ACCOUNT_MAX 32 /* useradd(8) */

/* ^[a-z_][a-z0-9_.-]{0,31}$ and not "." or ".."; never trimmed or folded to fit (H-39, H-40). */
bool names_is_account(const char *s);

/* A local group in a [group] section: the same form. */
bool names_is_group(const char *s);

#endif
