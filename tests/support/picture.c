/* What of a process its caller could miss, without help of /proc. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/picture.h"

#define KERNEL_FLAG 0x04000000U /* SA_RESTORER: glibc's with any sigaction */

const struct picture_limit picture_limits[PICTURE_LIMITS] = {
	{ "nofile", RLIMIT_NOFILE },
	{ "fsize", RLIMIT_FSIZE },
	{ "as", RLIMIT_AS },
	{ "cpu", RLIMIT_CPU },
	{ "nproc", RLIMIT_NPROC },
	{ "data", RLIMIT_DATA },
	{ "stack", RLIMIT_STACK },
	{ "core", RLIMIT_CORE },
};

bool
picture_add(struct picture *p, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(p->text + p->len, PICTURE_MAX - p->len, fmt, ap);
	va_end(ap);
	if (n < 0 || (size_t)n >= PICTURE_MAX - p->len)
		return false;
	p->len += (size_t)n;
	return true;
}

static void
put_failure(struct picture *p, const char *what)
{
	(void)picture_add(p, "%s: %s\n", what, strerror(errno));
}

static void
put_signals(struct picture *p)
{
	sigset_t blocked, pending;

	if (sigprocmask(SIG_BLOCK, NULL, &blocked) != 0 || sigpending(&pending) != 0)
		put_failure(p, "signals");
	for (int s = 1; s <= SIGRTMAX; s++) {
		struct sigaction a = { 0 };

		/* glibc's own two have no action that could be asked for */
		if (sigaction(s, NULL, &a) == 0)
			(void)picture_add(p,
			    "signal %d handler %lx flags %x blocked %d pending %d\n", s,
			    (unsigned long)(uintptr_t)a.sa_handler,
			    (unsigned)a.sa_flags & ~KERNEL_FLAG, sigismember(&blocked, s),
			    sigismember(&pending, s));
	}
}

static void
put_descriptors(struct picture *p)
{
	struct stat st;

	for (int fd = 0; fd < 1024; fd++) {
		int flags = fcntl(fd, F_GETFD);

		if (flags >= 0 && fstat(fd, &st) == 0)
			(void)picture_add(p, "descriptor %d flags %d is %lx:%lx\n", fd, flags,
			    (unsigned long)st.st_dev, (unsigned long)st.st_ino);
	}
}

static void
put_process(struct picture *p)
{
	siginfo_t info = { 0 };
	struct itimerval t = { 0 };
	char cwd[512];
	uid_t u[3];
	gid_t g[3];
	mode_t mask = umask(0);
	int death = 0;

	(void)umask(mask);
	(void)getitimer(ITIMER_REAL, &t);
	if (getresuid(&u[0], &u[1], &u[2]) != 0 || getresgid(&g[0], &g[1], &g[2]) != 0 ||
	    prctl(PR_GET_PDEATHSIG, &death) != 0)
		put_failure(p, "ids");
	(void)picture_add(p, "umask %o\ncwd %s\nlocale %s\n", mask,
	    getcwd(cwd, sizeof(cwd)) == NULL ? "none" : cwd, setlocale(LC_ALL, NULL));
	(void)picture_add(p, "uids %u %u %u\ngids %u %u %u\n", u[0], u[1], u[2], g[0], g[1], g[2]);
	(void)picture_add(p, "process group %d session %d nice %d\n", getpgrp(), getsid(0),
	    getpriority(PRIO_PROCESS, 0));
	(void)picture_add(p, "dumpable %d death signal %d timer %ld\n", prctl(PR_GET_DUMPABLE),
	    death, (long)t.it_value.tv_sec);
	(void)picture_add(p, "children %s\n",
	    waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 ? "some" : "none");
}

bool
picture_take(struct picture *p)
{
	p->len = 0;
	put_process(p);
	put_signals(p);
	put_descriptors(p);
	for (size_t i = 0; i < PICTURE_LIMITS; i++) {
		struct rlimit r = { 0 };

		(void)getrlimit((__rlimit_resource_t)picture_limits[i].what, &r);
		(void)picture_add(p, "limit %s %lx %lx\n", picture_limits[i].name,
		    (unsigned long)r.rlim_cur, (unsigned long)r.rlim_max);
	}
	for (char **v = environ; *v != NULL; v++)
		(void)picture_add(p, "env %s\n", *v);
	return picture_add(p, "whole\n");
}

const char *
picture_differs(const char **at, size_t *len, const struct picture *other)
{
	while (**at != '\0') {
		const char *line = *at;

		*len = strcspn(line, "\n") + 1;
		*at += *len;
		if (memmem(other->text, other->len, line, *len) == NULL)
			return line;
	}
	return NULL;
}
