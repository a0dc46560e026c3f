/* The worker as the monitor sees it. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/fdio.h"
#include "helper/link.h"
#include "helper/sys/confine.h"
#include "helper/worker_proc.h"
#include "proto/chan.h"

#define STOP_MS 250

/*
 * Opened as root, judged and executed by the same descriptor: the worker's uid need not reach the
 * path, and nothing can change in between.
 */
static enum errcode
open_program(int *fd, const char *path, struct err *e)
{
	struct stat st;
	int f = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);

	if (f < 0)
		return err_set(e, errno == ENOENT || errno == EACCES ? E_CFG : E_SYS, "cfg.worker",
		    "%s: %s; is latchkey installed whole?", path, strerror(errno));
	if (fstat(f, &st) != 0 || !S_ISREG(st.st_mode) || st.st_uid != 0 ||
	    (st.st_mode & 022) != 0) {
		fdio_close(&f);
		return err_set(e, E_CFG, "cfg.worker",
		    "%s: must be a file of root that others cannot change", path);
	}
	*fd = f;
	return E_OK;
}

/* Descriptors 0 = [B], 1 = 2 = /dev/null, 3 = the program, 4 = where failures go; the last two
 * close on exec. */
static bool
arrange(int chan, int program, int report)
{
	int high[3] = { fcntl(chan, F_DUPFD, 10), fcntl(program, F_DUPFD, 10),
		fcntl(report, F_DUPFD, 10) };
	int null = open("/dev/null", O_RDWR);

	if (high[0] < 0 || high[1] < 0 || high[2] < 0 || null < 0)
		return false;
	return dup2(high[0], 0) == 0 && dup2(null, 1) == 1 && dup2(null, 2) == 2 &&
	    dup3(high[1], 3, O_CLOEXEC) == 3 && dup3(high[2], 4, O_CLOEXEC) == 4 &&
	    close_range(5, ~0U, 0) == 0;
}

/* In the child. Never returns; a failure is one byte of errno on descriptor 4. */
static _Noreturn void
become_worker(int chan, int program, int report, uid_t uid, gid_t gid)
{
	static char name[] = "latchkey-worker";
	char *argv[] = { name, NULL }, *envp[] = { NULL };
	uint8_t why = EPERM;

	if (arrange(chan, program, report)) {
		report = 4;
		if (confine_worker(uid, gid) == NULL) {
			(void)execveat(3, "", argv, envp, AT_EMPTY_PATH);
			why = (uint8_t)errno;
		}
	}
	(void)!write(report, &why, 1);
	_exit(127);
}

/*
 * fork(2), into a pid namespace of the worker's own where the system allows it: a captured worker
 * then sees no other process to stop or kill, and what it forks dies with it. clone(2).
 */
static pid_t
fork_apart(void)
{
	struct clone_args args = { .flags = CLONE_NEWPID, .exit_signal = SIGCHLD };
	pid_t pid = (pid_t)syscall(SYS_clone3, &args, sizeof(args));

	return pid >= 0 ? pid : fork();
}

/* E_OK once exec has closed the pipe; else what stood in the way. */
static enum errcode
await_exec(int report, const char *path, struct err *e)
{
	uint8_t why;
	ssize_t n;

	do
		n = read(report, &why, 1);
	while (n < 0 && errno == EINTR);
	if (n == 0)
		return E_OK;
	if (n < 0)
		why = (uint8_t)errno;
	return err_set(e, why == EACCES || why == ENOEXEC ? E_CFG : E_SYS,
	    why == EACCES || why == ENOEXEC ? "cfg.worker" : "sys.spawn",
	    "%s: cannot be started: %s", path, strerror(why));
}

enum errcode
worker_proc_start(struct worker_proc *w, const char *path, uid_t uid, gid_t gid, struct err *e)
{
	int pair[2] = { -1, -1 }, report[2] = { -1, -1 }, program = -1;
	enum errcode r;
	pid_t pid = -1;

	if ((r = open_program(&program, path, e)) != E_OK || (r = chan_pair(pair, e)) != E_OK)
		goto out;
	if (pipe2(report, O_CLOEXEC) != 0 || (pid = fork_apart()) < 0) {
		r = err_set(e, E_SYS, "sys.spawn", "%s: %s", path, strerror(errno));
		goto out;
	}
	if (pid == 0)
		become_worker(pair[1], program, report[1], uid, gid);
	fdio_close(&report[1]);
	fdio_close(&pair[1]);
	if ((r = await_exec(report[0], path, e)) != E_OK) {
		(void)waitpid(pid, NULL, 0);
		goto out;
	}
	w->pid = pid;
	w->fd = pair[0];
	pair[0] = -1;
out:
	fdio_close(&pair[0]);
	fdio_close(&pair[1]);
	fdio_close(&report[0]);
	fdio_close(&report[1]);
	fdio_close(&program);
	return r;
}

/* What the worker does wrong is this host's failure, not the person's. */
static enum errcode
blame(enum errcode r, const struct err *why, struct err *e)
{
	if (r == E_CLOSED)
		return err_set(e, E_SYS, "sys.worker",
		    "the worker is gone without an answer; was it killed, or is a library missing "
		    "(ldd)?");
	return err_set(e, r == E_FORMAT || r == E_LIMIT ? E_SYS : r, why->reason, "%s", why->text);
}

enum errcode
worker_proc_send(struct worker_proc *w, const struct ipc_msg *m, const struct clock *c,
    int64_t deadline, struct err *e)
{
	struct err why = { .code = E_OK };
	enum errcode r = link_send(w->fd, m, c, deadline, &why);

	return r == E_OK ? E_OK : blame(r, &why, e);
}

enum errcode
worker_proc_recv(struct worker_proc *w, struct ipc_msg *m, const struct clock *c, int64_t deadline,
    struct err *e)
{
	struct err why = { .code = E_OK };
	enum errcode r = link_recv(w->fd, m, c, deadline, &why);

	return r == E_OK ? E_OK : blame(r, &why, e);
}

void
worker_proc_stop(struct worker_proc *w, const struct clock *c)
{
	int64_t deadline = clock_boot_ms(c) + STOP_MS;

	fdio_close(&w->fd);
	while (w->pid > 0) {
		pid_t got = waitpid(w->pid, NULL, WNOHANG);

		if (got == w->pid || (got < 0 && errno == ECHILD))
			w->pid = -1;
		else if (clock_left(c, deadline) == 0)
			(void)kill(w->pid, SIGKILL);
		if (w->pid > 0)
			(void)poll(NULL, 0, 5);
	}
}

/*
 * In the child: until the worker's end, or to the deadline. Nothing but the two stays open, for
 * somebody may wait for the end of a descriptor.
 */
static _Noreturn void
attend(int pidfd, int chan, const struct clock *c, int64_t deadline)
{
	int worker = dup2(pidfd, 0) == 0 ? 0 : pidfd;
	struct pollfd p = { .fd = worker, .events = POLLIN };

	if (worker != 0 || dup2(chan, 1) != 1 || close_range(2, ~0U, 0) != 0 ||
	    fdio_wait(&p, 1, c, deadline) != E_OK)
		(void)syscall(SYS_pidfd_send_signal, worker, SIGKILL, NULL, 0);
	_exit(0);
}

void
worker_proc_leave(struct worker_proc *w, const struct clock *c, int64_t ms)
{
	const struct ipc_msg revoke = { .type = IPC_REVOKE };
	int pidfd = w->pid > 0 ? (int)syscall(SYS_pidfd_open, w->pid, 0) : -1;
	int64_t now = clock_boot_ms(c);
	pid_t pid = -1;

	if (pidfd >= 0 && worker_proc_send(w, &revoke, c, now + STOP_MS, NULL) == E_OK &&
	    (pid = fork()) == 0)
		attend(pidfd, w->fd, c, now + ms);
	if (pid > 0)
		w->pid = -1;
	fdio_close(&pidfd);
	worker_proc_stop(w, c);
}
