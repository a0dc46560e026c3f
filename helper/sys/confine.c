/* Giving up rights. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "helper/sys/confine.h"

#define NPROC_MIN 1024
#define NOFILE_MIN 32
#define NOBODY_GID 65534 /* the kernel's overflow gid: owns nothing */
#define MIB ((rlim_t)1024 * 1024)
#define CPU_SECONDS 60
#ifdef __SANITIZE_ADDRESS__ /* a build for tests alone, whose shadow memory takes terabytes */
#define WORKER_AS RLIM_INFINITY
#else
#define WORKER_AS (1024 * MIB)
#endif

/* Lowering always works; raising goes as far as a container without CAP_SYS_RESOURCE lets it. */
static bool
limit(int what, rlim_t value)
{
	struct rlimit r = { value, value };

	if (setrlimit((__rlimit_resource_t)what, &r) == 0)
		return true;
	if (getrlimit((__rlimit_resource_t)what, &r) != 0)
		return false;
	r.rlim_cur = r.rlim_max < value ? r.rlim_max : value;
	return setrlimit((__rlimit_resource_t)what, &r) == 0;
}

/*
 * A limit that the host or its user set, lifted. One that cannot be and leaves less than enough is
 * a failure here and now: further on it would look like a provider that is away.
 */
static bool
lift(int what, rlim_t value, rlim_t enough)
{
	struct rlimit r;

	if (!limit(what, value) || getrlimit((__rlimit_resource_t)what, &r) != 0)
		return false;
	if (r.rlim_cur >= enough)
		return true;
	errno = EPERM;
	return false;
}

/*
 * A caller of su or sudo chose these, to stall us until a timeout looks like a provider that is
 * away. As far as a container lets us; worker/http.c notices a stall as well.
 */
static void
schedule_as_others(void)
{
	const struct sched_param none = { .sched_priority = 0 };
	cpu_set_t all;

	memset(&all, 0xff, sizeof(all));
	(void)sched_setscheduler(0, SCHED_OTHER, &none);
	(void)sched_setaffinity(0, sizeof(all), &all);
	(void)setpriority(PRIO_PROCESS, 0, 0);
	(void)prctl(PR_SET_TIMERSLACK, 0, 0, 0, 0);
}

bool
confine_monitor(void)
{
	(void)setsid(); /* fails only where it is a leader already */
	(void)umask(077);
	schedule_as_others();
	return setgroups(0, NULL) == 0 && setresgid(0, 0, 0) == 0 && setresuid(0, 0, 0) == 0 &&
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && limit(RLIMIT_CORE, 0) &&
	    lift(RLIMIT_NOFILE, 64, NOFILE_MIN) && lift(RLIMIT_FSIZE, RLIM_INFINITY, MIB) &&
	    lift(RLIMIT_AS, RLIM_INFINITY, 128 * MIB) &&
	    lift(RLIMIT_DATA, RLIM_INFINITY, 64 * MIB) &&
	    lift(RLIMIT_CPU, RLIM_INFINITY, CPU_SECONDS) && lift(RLIMIT_STACK, 8 * MIB, MIB) &&
	    /* counts the processes and threads of all workers that wait */
	    lift(RLIMIT_NPROC, RLIM_INFINITY, NPROC_MIN) && clearenv() == 0 && chdir("/") == 0;
}

/* Bounding set empty: no file capability can give anything back. EINVAL ends the kernel's list.
 * capabilities(7). */
static bool
drop_bounding_set(void)
{
	for (unsigned long cap = 0; cap < 64; cap++)
		if (prctl(PR_CAPBSET_DROP, cap, 0, 0, 0) != 0)
			return errno == EINVAL && cap > 0;
	return true;
}

const char *
confine_worker(uid_t uid, gid_t gid)
{
	if (uid == 0 || gid == 0)
		return "user";
	(void)umask(077);
	if (!limit(RLIMIT_CORE, 0) || !limit(RLIMIT_NOFILE, 64) || !limit(RLIMIT_FSIZE, 0) ||
	    !limit(RLIMIT_AS, WORKER_AS) || !limit(RLIMIT_CPU, CPU_SECONDS))
		return "setrlimit";
	if (setgroups(0, NULL) != 0)
		return "setgroups";
	if (!drop_bounding_set())
		return "capabilities";
	/* any other than gid will do: what counts is that the two differ */
	if (setresgid(gid == NOBODY_GID ? NOBODY_GID - 1 : NOBODY_GID, gid, gid) != 0)
		return "setresgid";
	if (setresuid(uid, uid, uid) != 0)
		return "setresuid";
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return "no_new_privs";
	/* gone for good, or not gone at all */
	return setuid(0) == 0 || geteuid() != uid ? "setresuid" : NULL;
}

/* TracerPid of /proc/self/status; true when somebody traces, or when /proc is there but does not
 * say. */
static bool
is_traced(void)
{
	static const char key[] = "\nTracerPid:\t";
	char text[1024], *at;
	int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
	ssize_t n;

	if (fd < 0)
		return false;
	n = read(fd, text, sizeof(text) - 1);
	(void)close(fd);
	if (n <= 0)
		return true;
	text[n] = '\0';
	at = strstr(text, key);
	return at == NULL || at[sizeof(key) - 1] != '0';
}

bool
confine_worker_started(void)
{
	gid_t gid = getegid();
	pid_t monitor = getppid();

	if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || geteuid() == 0 || gid == 0)
		return false;
	if (setresgid(gid, gid, gid) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return false;
	/* cleared by every change of ids, so last; the parent may have died before it was set */
	if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 || getppid() != monitor)
		return false;
	return !is_traced();
}

void
confine_worker_outlive(void)
{
	(void)prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0);
}
