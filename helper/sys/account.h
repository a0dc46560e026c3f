/* What NSS says of accounts and groups. getpwnam_r(3), getgrnam_r(3). */
#ifndef HELPER_SYS_ACCOUNT_H
#define HELPER_SYS_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "common/err.h"
#include "common/strlist.h"

struct account {
	bool exists;
	uid_t uid;
	gid_t gid;
};

/* E_OK also when there is no such account (exists is false then); E_SYS when NSS cannot say. */
enum errcode account_find(struct account *a, const char *name, struct err *e)
    __attribute__((warn_unused_result));

/*
 * The names of the groups that the account has without us, its primary one among them; gid 0 is
 * "root" whatever it is called, and a gid without a name has none. *out is empty before.
 * getgrouplist(3). E_SYS when NSS cannot say.
 */
enum errcode account_groups(struct strlist *out, const char *name, const struct account *a,
    struct err *e) __attribute__((warn_unused_result));

/*
 * The ids of local groups in fresh memory (free). A name that no local group has is E_CFG
 * cfg.group: the [group] section names a group that this host does not have.
 */
enum errcode account_gids(uint32_t **gids, size_t *count, const struct strlist *names,
    struct err *e) __attribute__((warn_unused_result));

#endif
