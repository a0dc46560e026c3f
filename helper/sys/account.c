/* What NSS says of accounts and groups. */
#include "config.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>

#include "helper/sys/account.h"

/* A group with ten thousand members is real; a megabyte holds it. */
#define ENTRY_MAX (1024 * 1024)

/* Some NSS modules say "no such entry" by these instead of 0. getpwnam(3). */
static bool
is_absence(int rc)
{
	return rc == 0 || rc == ENOENT || rc == ESRCH;
}

enum errcode
account_find(struct account *a, const char *name, struct err *e)
{
	struct passwd pw, *found = NULL;
	size_t size = 4096;
	char *mem = NULL;
	int rc;

	do {
		free(mem);
		if ((mem = malloc(size)) == NULL)
			return err_set(e, E_NOMEM, NULL, "account: out of memory");
		rc = getpwnam_r(name, &pw, mem, size, &found);
		size *= 4;
	} while (rc == ERANGE && size <= ENTRY_MAX);
	if (found == NULL && !is_absence(rc)) {
		free(mem);
		return err_set(e, E_SYS, "sys.nss", "account: %s", strerror(rc));
	}
	*a = (struct account){ .exists = found != NULL };
	if (found != NULL) {
		a->uid = pw.pw_uid;
		a->gid = pw.pw_gid;
	}
	free(mem);
	return E_OK;
}

static enum errcode
find_gid(uint32_t *gid, const char *name, struct err *e)
{
	struct group gr, *found = NULL;
	size_t size = 4096;
	char *mem = NULL;
	int rc;

	do {
		free(mem);
		if ((mem = malloc(size)) == NULL)
			return err_set(e, E_NOMEM, NULL, "group: out of memory");
		rc = getgrnam_r(name, &gr, mem, size, &found);
		size *= 4;
	} while (rc == ERANGE && size <= ENTRY_MAX);
	if (found != NULL)
		*gid = gr.gr_gid;
	free(mem);
	if (found != NULL)
		return E_OK;
	if (!is_absence(rc))
		return err_set(e, E_SYS, "sys.nss", "group: %s", strerror(rc));
	return err_set(e, E_CFG, "cfg.group",
	    "[group %s]: this host has no such group (groupadd %s, or remove the section)", name,
	    name);
}

enum errcode
account_gids(uint32_t **gids, size_t *count, const struct strlist *names, struct err *e)
{
	uint32_t *out;
	enum errcode r;

	if ((out = calloc(names->n + 1, sizeof(*out))) == NULL)
		return err_set(e, E_NOMEM, NULL, "groups: out of memory");
	for (size_t i = 0; i < names->n; i++)
		if ((r = find_gid(&out[i], names->v[i], e)) != E_OK) {
			free(out);
			return r;
		}
	*gids = out;
	*count = names->n;
	return E_OK;
}
