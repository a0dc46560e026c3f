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
#define GROUPS_MAX 65536 /* NGROUPS_MAX of Linux */

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

/* A group's entry by its name, or by its gid where name is NULL; *mem is to be freed. */
static int
find_group(struct group *gr, struct group **found, char **mem, const char *name, gid_t gid)
{
	size_t size = 4096;
	int rc;

	*found = NULL;
	do {
		free(*mem);
		if ((*mem = malloc(size)) == NULL)
			return ENOMEM;
		rc = name != NULL ? getgrnam_r(name, gr, *mem, size, found)
		                  : getgrgid_r(gid, gr, *mem, size, found);
		size *= 4;
	} while (rc == ERANGE && size <= ENTRY_MAX);
	return *found != NULL ? 0 : rc;
}

static enum errcode
group_failure(int rc, struct err *e)
{
	if (rc == ENOMEM)
		return err_set(e, E_NOMEM, NULL, "group: out of memory");
	return err_set(e, E_SYS, "sys.nss", "group: %s", strerror(rc));
}

static enum errcode
add_name(struct strlist *out, gid_t gid, struct err *e)
{
	struct group gr, *found = NULL;
	char *mem = NULL;
	enum errcode r = E_OK;
	int rc = gid == 0 ? 0 : find_group(&gr, &found, &mem, NULL, gid);
	const char *name = gid == 0 ? "root" : found != NULL ? found->gr_name : NULL;

	if (name != NULL && strlist_add(out, name, strlen(name), GROUPS_MAX) != E_OK)
		r = err_set(e, E_NOMEM, NULL, "group: out of memory");
	else if (name == NULL && !is_absence(rc))
		r = group_failure(rc, e);
	free(mem);
	return r;
}

/* In fresh memory; NULL where there is none. */
static gid_t *
list_gids(int *n, const char *name, gid_t primary)
{
	gid_t *v = NULL, *bigger;

	*n = 64;
	do {
		if ((bigger = reallocarray(v, (size_t)*n, sizeof(*v))) == NULL)
			break;
		v = bigger;
		if (getgrouplist(name, primary, v, n) >= 0)
			return v;
	} while (*n <= GROUPS_MAX);
	free(v);
	return NULL;
}

enum errcode
account_groups(struct strlist *out, const char *name, const struct account *a, struct err *e)
{
	enum errcode r = E_OK;
	int n = 0;
	gid_t *v = list_gids(&n, name, a->gid);

	if (v == NULL)
		return err_set(e, E_NOMEM, NULL, "groups: out of memory");
	for (int i = 0; i < n && r == E_OK; i++)
		r = add_name(out, v[i], e);
	if (r != E_OK)
		strlist_clear(out);
	free(v);
	return r;
}

static enum errcode
find_gid(uint32_t *gid, const char *name, struct err *e)
{
	struct group gr, *found = NULL;
	char *mem = NULL;
	int rc = find_group(&gr, &found, &mem, name, 0);

	if (found != NULL)
		*gid = gr.gr_gid;
	free(mem);
	if (found != NULL)
		return E_OK;
	if (!is_absence(rc))
		return group_failure(rc, e);
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
