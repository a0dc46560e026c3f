/* A host in the shape of sshd, over a private and empty RUNSTATEDIR. */
#include "config.h"

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/component/sshd.h"
#include "tests/support/unit.h"

static void
put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd >= 0) {
		(void)!write(fd, text, strlen(text));
		(void)close(fd);
	}
}

/* Root's own namespace, else a user namespace in which we are root. */
bool
sshd_namespace(void)
{
	char map[64];
	unsigned uid = getuid(), gid = getgid();

	if (uid == 0 && unshare(CLONE_NEWNS) != 0)
		return false;
	if (uid != 0) {
		if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
			return false;
		(void)snprintf(map, sizeof(map), "0 %u 1", uid);
		put("/proc/self/uid_map", map);
		put("/proc/self/setgroups", "deny");
		(void)snprintf(map, sizeof(map), "0 %u 1", gid);
		put("/proc/self/gid_map", map);
	}
	return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount("tmpfs", RUNSTATEDIR, "tmpfs", 0, "mode=0755") == 0 &&
	    mkdir(RUNSTATEDIR "/latchkey", 0755) == 0 && mkdir(SSHD_TICKETS, 0700) == 0;
}

/* How many there are; with sweep, were. */
static int
count(bool sweep)
{
	DIR *d = opendir(SSHD_TICKETS);
	struct dirent *e;
	int n = 0;

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		n++;
		if (sweep)
			(void)unlinkat(dirfd(d), e->d_name, 0);
	}
	if (d != NULL)
		(void)closedir(d);
	return n;
}

int
sshd_tickets(void)
{
	return count(false);
}

void
sshd_copy_variable(pam_handle_t *pamh, char *out, size_t size)
{
	const char *v = pam_getenv(pamh, "LATCHKEY_TICKET");

	(void)snprintf(out, size, "LATCHKEY_TICKET=%s", v == NULL ? "" : v);
}

/* Runs act(h) in a child; its variable comes back through the pipe. */
void
sshd_in_child(struct sshd *s, void (*act)(struct host *))
{
	int fd[2], status;
	pid_t pid;

	assert_int_equal(pipe2(fd, O_CLOEXEC), 0);
	if ((pid = fork()) == 0) {
		char v[128] = "";

		act(&s->h);
		sshd_copy_variable(s->h.pamh, v, sizeof(v));
		_exit(write(fd[1], v, sizeof(v)) == sizeof(v) ? 0 : 1);
	}
	(void)close(fd[1]);
	assert_int_equal(read(fd[0], s->variable, sizeof(s->variable)), sizeof(s->variable));
	(void)close(fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

void
sshd_authenticate(struct host *h)
{
	if (pam_authenticate(h->pamh, 0) != PAM_SUCCESS || pam_acct_mgmt(h->pamh, 0) != PAM_SUCCESS)
		_exit(2);
}

int
sshd_begin(void **state)
{
	static struct sshd s;

	memset(&s, 0, sizeof(s));
	s.h.answer = "";
	host_groups[0] = 100;
	host_group_count = 1;
	host_begin(&s.h, SSHD_SCRIPT, "");
	sshd_in_child(&s, sshd_authenticate);
	assert_int_equal(sshd_tickets(), 1);
	assert_int_equal(strlen(s.variable), strlen("LATCHKEY_TICKET=") + 32);
	*state = &s;
	return 0;
}

int
sshd_end(void **state)
{
	struct sshd *s = *state;

	host_end(&s->h);
	(void)count(true);
	return 0;
}
