/* The helper as a child. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "common/fdio.h"
#include "pam_module/spawn.h"
#include "proto/chan.h"

/*
 * SIGCHLD to its default: under "trap '' CHLD", or a handler that waits for every child, we could
 * not reap our own. A blocked one that is pending already would be lost on the way.
 */
static void
chld_bracket(struct spawn *s)
{
	struct sigaction dfl = { .sa_handler = SIG_DFL };
	sigset_t pending;

	s->chld_pending = sigpending(&pending) == 0 && sigismember(&pending, SIGCHLD) == 1;
	sigemptyset(&dfl.sa_mask);
	(void)sigaction(SIGCHLD, &dfl, &s->chld);
}

static void
chld_restore(struct spawn *s)
{
	struct sigaction dfl = { .sa_handler = SIG_DFL };

	/* Setting the default once more drops our own child's signal where the host blocks it. */
	sigemptyset(&dfl.sa_mask);
	(void)sigaction(SIGCHLD, &dfl, NULL);
	(void)sigaction(SIGCHLD, &s->chld, NULL);
	if (s->chld_pending)
		(void)kill(getpid(), SIGCHLD);
}

/* Away from 0, 1, 2, where a host with closed standard descriptors gets a new one. */
static enum errcode
move_up(int *fd, struct err *e)
{
	int up;

	if (*fd > STDERR_FILENO)
		return E_OK;
	if ((up = fcntl(*fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)) < 0)
		return err_set(
		    e, E_SYS, NULL, "no descriptor for the channel: %s", strerror(errno));
	fdio_close(fd);
	*fd = up;
	return E_OK;
}

static int
set_files(posix_spawn_file_actions_t *f, int channel)
{
	int rc;

	if ((rc = posix_spawn_file_actions_adddup2(f, channel, STDIN_FILENO)) != 0 ||
	    (rc = posix_spawn_file_actions_addopen(f, STDOUT_FILENO, "/dev/null", O_RDWR, 0)) !=
	        0 ||
	    (rc = posix_spawn_file_actions_adddup2(f, STDOUT_FILENO, STDERR_FILENO)) != 0)
		return rc;
	return posix_spawn_file_actions_addclosefrom_np(f, STDERR_FILENO + 1);
}

/* Hosts ignore SIGPIPE (sshd), SIGINT (cron) or block SIGINT (sudo). Never POSIX_SPAWN_RESETIDS: in
 * su and sudo it would give the helper the user's id. */
static int
set_signals(posix_spawnattr_t *a)
{
	sigset_t all, none;
	int rc;

	sigfillset(&all);
	sigemptyset(&none);
	if ((rc = posix_spawnattr_setsigdefault(a, &all)) != 0 ||
	    (rc = posix_spawnattr_setsigmask(a, &none)) != 0)
		return rc;
	/* a session of its own from the start: ^C at the terminal is ours to hear, not the helper's */
	return posix_spawnattr_setflags(
	    a, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
}

/* posix_spawn(3) with what set_files and set_signals say; an errno. */
static int
run(pid_t *pid, const char *path, char *const *argv, int channel)
{
	char env_path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin", lang[] = "LANG=C.UTF-8";
	char *const envp[] = { env_path, lang, NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attr;
	int rc;

	if ((rc = posix_spawn_file_actions_init(&files)) != 0)
		return rc;
	if ((rc = posix_spawnattr_init(&attr)) == 0) {
		if ((rc = set_files(&files, channel)) == 0 && (rc = set_signals(&attr)) == 0)
			rc = posix_spawn(pid, path, &files, &attr, argv, envp);
		(void)posix_spawnattr_destroy(&attr);
	}
	(void)posix_spawn_file_actions_destroy(&files);
	return rc;
}

/* "Not installed" may be routed to break-glass; what the caller's limits can cause may not. */
static enum errcode
refuse(int rc, const char *path, struct err *e)
{
	bool absent = rc == ENOENT || rc == EACCES || rc == ENOTDIR || rc == ENOEXEC;

	return err_set(e, absent ? E_CFG : E_SYS, absent ? "cfg.helper" : "sys.spawn", "%s: %s%s",
	    path, strerror(rc), absent ? "; is latchkey installed whole?" : "");
}

static enum errcode
start(struct spawn *s, const struct args *a, int channel, struct err *e)
{
	char name[] = "latchkey-helper", minus_c[] = "-c", minus_d[] = "-d", conf[4096];
	char *argv[5] = { name };
	size_t n = 1;
	int rc;

	if (a->conf != NULL) {
		if (strlen(a->conf) >= sizeof(conf))
			return err_set(e, E_CFG, "cfg.helper", "conf= is too long");
		memcpy(conf, a->conf, strlen(a->conf) + 1);
		argv[n++] = minus_c;
		argv[n++] = conf;
	}
	if (a->debug)
		argv[n++] = minus_d;
	argv[n] = NULL;
	chld_bracket(s);
	if ((rc = run(&s->pid, a->helper, argv, channel)) == 0)
		return E_OK;
	chld_restore(s);
	return refuse(rc, a->helper, e);
}

enum errcode
spawn_begin(struct spawn *s, const struct args *a, struct err *e)
{
	int pair[2] = { -1, -1 };
	enum errcode r;

	if ((r = chan_pair(pair, e)) == E_OK && (r = move_up(&pair[0], e)) == E_OK &&
	    (r = move_up(&pair[1], e)) == E_OK && (r = start(s, a, pair[1], e)) == E_OK) {
		s->fd = pair[0];
		pair[0] = -1;
	}
	fdio_close(&pair[0]);
	fdio_close(&pair[1]);
	return r;
}

/* True when it is gone, whoever reaped it. */
static bool
gone(pid_t pid, int options)
{
	pid_t got;

	do
		got = waitpid(pid, NULL, options);
	while (got < 0 && errno == EINTR);
	return got != 0;
}

void
spawn_end(struct spawn *s, const struct clock *c)
{
	struct timespec pause = { .tv_nsec = 500000 };
	int64_t deadline = clock_boot_ms(c) + SPAWN_REAP_MS;
	bool left;

	fdio_close(&s->fd);
	while (!(left = gone(s->pid, WNOHANG)) && clock_left(c, deadline) > 0) {
		(void)nanosleep(&pause, NULL);
		if (pause.tv_nsec < 20000000)
			pause.tv_nsec *= 2;
	}
	if (!left) {
		(void)kill(s->pid, SIGKILL);
		(void)gone(s->pid, 0);
	}
	chld_restore(s);
}
