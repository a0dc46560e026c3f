/* The helper as a child of the command. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "cli/child.h"
#include "common/fdio.h"
#include "proto/chan.h"

#define END_MS 2000

/* Nothing of this shell's environment reaches root's helper; ^C is ours to hear (setsid). */
static _Noreturn void
become_helper(const struct child_options *o, int channel)
{
	static char name[] = "latchkey-helper", de[] = "-de", c[] = "-c", f[] = "-f", conf[4096],
	            flow[16];
	static char path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin", lang[] = "LANG=C.UTF-8";
	char *argv[8] = { name }, *envp[] = { path, lang, NULL };
	size_t n = 1;
	int null;

	if (o->conf != NULL) {
		(void)memccpy(conf, o->conf, '\0', sizeof(conf) - 1);
		argv[n++] = c;
		argv[n++] = conf;
	}
	argv[n++] = de;
	if (o->flow != NULL) {
		(void)memccpy(flow, o->flow, '\0', sizeof(flow) - 1);
		argv[n++] = f;
		argv[n++] = flow;
	}
	if ((null = open("/dev/null", O_RDWR | O_CLOEXEC)) >= 0 && dup2(channel, 0) == 0 &&
	    dup2(null, 1) == 1 && close_range(3, ~0U, 0) == 0 && setsid() >= 0)
		(void)execve(o->helper, argv, envp);
	_exit(127);
}

enum errcode
child_start(struct child *c, const struct child_options *o, struct err *e)
{
	int pair[2];
	enum errcode r;
	pid_t pid;

	if (access(o->helper, X_OK) != 0)
		return err_set(e, E_SYS, NULL, "%s: %s", o->helper, strerror(errno));
	if ((r = chan_pair(pair, e)) != E_OK)
		return r;
	if ((pid = fork()) == 0)
		become_helper(o, pair[1]);
	fdio_close(&pair[1]);
	if (pid < 0) {
		fdio_close(&pair[0]);
		return err_set(e, E_SYS, NULL, "fork: %s", strerror(errno));
	}
	*c = (struct child){ pid, pair[0] };
	return E_OK;
}

void
child_end(struct child *c)
{
	const struct timespec pause = { .tv_nsec = 10000000 };
	int64_t deadline = clock_boot_ms(&clock_system) + END_MS;

	fdio_close(&c->fd);
	if (c->pid <= 0)
		return;
	while (waitpid(c->pid, NULL, WNOHANG) == 0) {
		if (clock_left(&clock_system, deadline) == 0)
			(void)kill(c->pid, SIGKILL);
		(void)nanosleep(&pause, NULL);
	}
	c->pid = -1;
}
