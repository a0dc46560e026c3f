/* What this host keeps from the provider. */
#include "config.h"

#include <string.h>

#include "helper/policy/ceiling.h"

/* Groups that own the raw disk, the hashes of passwords, a directory of root's PATH, or a daemon
 * that does what it is told as root; and those that sudo and polkit give everything to. */
const char *const ceiling_groups[] = { "root", "sudo", "wheel", "admin", "disk", "shadow", "kmem",
	"staff", "docker", "lxd", "incus-admin", "libvirt", "libvirtd", "microk8s", NULL };

bool
ceiling_is_system(uint32_t uid, uint64_t min_uid)
{
	static const struct {
		uint32_t first, last;
	} nobodys[] = { { 0, 0 }, { 61184, 65519 }, { 65534, 65535 }, { 1U << 31, UINT32_MAX } };

	for (size_t i = 0; i < sizeof(nobodys) / sizeof(nobodys[0]); i++)
		if (uid >= nobodys[i].first && uid <= nobodys[i].last)
			return true;
	return uid < min_uid;
}

static bool
is_listed(const char *group)
{
	for (size_t i = 0; ceiling_groups[i] != NULL; i++)
		if (strcmp(ceiling_groups[i], group) == 0)
			return true;
	return false;
}

const char *
ceiling_root_group(const struct strlist *groups, const struct strlist *more)
{
	for (size_t i = 0; groups != NULL && i < groups->n; i++)
		if (is_listed(groups->v[i]) || strlist_has(more, groups->v[i]))
			return groups->v[i];
	return NULL;
}
