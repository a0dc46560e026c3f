/* What the stacks under /etc/pam.d leave open while the provider is away. */
#ifndef CLI_HOSTPAM_H
#define CLI_HOSTPAM_H

#include <stdbool.h>

#include "common/strlist.h"

/* What the auth lines of pam_latchkey.so say, of all files together. */
struct hostpam {
	unsigned lines;         /* that call pam_latchkey.so for auth */
	bool open;              /* one of them goes on where the provider is away */
	struct strlist ingroup; /* groups that pam_succeed_if then asks for, once each */
};

/* hostpam_clear. A folder that cannot be read has no lines. */
void hostpam_read(struct hostpam *p, const char *dir);
void hostpam_clear(struct hostpam *p);

/* What only the system can say. */
struct hostpam_ask {
	bool (*has_member)(const char *group);
	bool (*has_password)(const char *account);
};

/* Whether somebody gets in while the provider is away: an open line leads to everybody, or to a
 * local group that has a member; or one of the exempt has a password. */
bool hostpam_is_break_glass(
    const struct hostpam *p, const struct strlist *exempt, const struct hostpam_ask *ask);

#endif
