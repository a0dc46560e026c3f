/* The supplementary groups of this process. */
#include "config.h"

#include <errno.h>
#include <grp.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pam_module/groups.h"

static bool
has(const gid_t *list, size_t n, gid_t gid)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == gid)
			return true;
	return false;
}

/* list has room for n more behind its first have; returns how many it holds then. */
static size_t
merge(gid_t *list, size_t have, const uint32_t *gids, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!has(list, have, gids[i]))
			list[have++] = gids[i];
	return have;
}

enum errcode
groups_append(const uint32_t *gids, size_t n, size_t *added, struct err *e)
{
	int have = getgroups(0, NULL);
	enum errcode r = E_OK;
	gid_t *list;
	size_t all;

	if (have < 0)
		return err_set(e, E_SYS, NULL, "getgroups: %s", strerror(errno));
	if ((list = calloc((size_t)have + n + 1, sizeof(*list))) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if (getgroups(have, list) != have) {
		r = err_set(e, E_SYS, NULL, "getgroups: the list changed");
		goto out;
	}
	all = merge(list, (size_t)have, gids, n);
	if (all > (size_t)have && setgroups(all, list) != 0) {
		r = err_set(e, E_SYS, NULL, "setgroups: %s", strerror(errno));
		goto out;
	}
	*added = all - (size_t)have;
out:
	free(list);
	return r;
}
