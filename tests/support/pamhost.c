/* A host in any state a process can be in: calls a whole login and tells what a call changed in
 * it. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <locale.h>
#include <pthread.h>
#include <security/pam_appl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "tests/support/pamcode.h"
#include "tests/support/picture.h"

#define OUT 200 /* where we speak: above whatever limit or closing a state brings */

static const char usage[] =
    "usage: pamhost SERVICE USER [STATE...]\n"
    "STATE: chld=ign|nocldwait|handler|thread  pipe=ign  int=blocked|pending  quit=pending\n"
    "       umask=OCTAL  close=DIGITS  cwd=deleted  env=FILE (a NAME=VALUE a line)\n"
    "       nofile|fsize|as|cpu|nproc|data|stack|core=NUMBER,\n"
    "       soft-... for a limit that the process may lift again\n"
    "It prints each call and its code, what it was shown, and what a call changed.\n";

static volatile sig_atomic_t handled;

static void
say(const char *fmt, ...)
{
	char line[4096];
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(line, sizeof(line), fmt, ap);
	va_end(ap);
	if (n > 0)
		(void)!write(OUT, line, (size_t)n < sizeof(line) ? (size_t)n : sizeof(line) - 1);
}

static _Noreturn void
die(const char *what)
{
	say("pamhost: %s: %s\n", what, strerror(errno));
	_exit(99);
}

/* --- the states */

static void
on_child(int signo)
{
	int saved = errno;

	(void)signo;
	handled = 1;
	while (waitpid(-1, NULL, WNOHANG) > 0)
		continue;
	errno = saved;
}

static _Noreturn void *
reap_all(void *unused)
{
	const struct timespec pause = { .tv_nsec = 200000 };

	(void)unused;
	for (;;) {
		(void)waitpid(-1, NULL, WNOHANG);
		(void)nanosleep(&pause, NULL);
	}
}

static bool
set_chld(const char *v)
{
	struct sigaction a = { .sa_handler = SIG_DFL };
	pthread_t t;

	sigemptyset(&a.sa_mask);
	if (strcmp(v, "ign") == 0)
		a.sa_handler = SIG_IGN;
	else if (strcmp(v, "nocldwait") == 0)
		a.sa_flags = SA_NOCLDWAIT;
	else if (strcmp(v, "handler") == 0)
		a.sa_handler = on_child;
	else if (strcmp(v, "thread") == 0)
		return pthread_create(&t, NULL, reap_all, NULL) == 0;
	else
		return false;
	return sigaction(SIGCHLD, &a, NULL) == 0;
}

static bool
set_signal(int signo, const char *v)
{
	sigset_t set;

	if (strcmp(v, "ign") == 0)
		return signal(signo, SIG_IGN) != SIG_ERR;
	sigemptyset(&set);
	sigaddset(&set, signo);
	if (sigprocmask(SIG_BLOCK, &set, NULL) != 0)
		return false;
	return strcmp(v, "blocked") == 0 ||
	    (strcmp(v, "pending") == 0 && kill(getpid(), signo) == 0);
}

static bool
set_cwd(void)
{
	char dir[] = "/tmp/pamhost-XXXXXX";

	return mkdtemp(dir) != NULL && chdir(dir) == 0 && rmdir(dir) == 0;
}

static bool
set_env(const char *file)
{
	char line[1024], *value;
	FILE *f = fopen(file, "re");

	if (f == NULL)
		return false;
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if ((value = strchr(line, '=')) == NULL)
			continue;
		*value++ = '\0';
		if (setenv(line, value, 1) != 0)
			return false;
	}
	return fclose(f) == 0;
}

static bool
set_limit(const char *name, const char *v)
{
	bool soft = strncmp(name, "soft-", 5) == 0;
	struct rlimit r;

	for (size_t i = 0; i < PICTURE_LIMITS; i++) {
		if (strcmp(picture_limits[i].name, name + (soft ? 5 : 0)) != 0)
			continue;
		if (getrlimit((__rlimit_resource_t)picture_limits[i].what, &r) != 0)
			return false;
		r.rlim_cur = strtoul(v, NULL, 10);
		if (!soft)
			r.rlim_max = r.rlim_cur;
		return setrlimit((__rlimit_resource_t)picture_limits[i].what, &r) == 0;
	}
	return false;
}

static bool
set_state(char *word)
{
	char *v = strchr(word, '=');

	if (v == NULL)
		return false;
	*v++ = '\0';
	if (strcmp(word, "chld") == 0)
		return set_chld(v);
	if (strcmp(word, "pipe") == 0)
		return set_signal(SIGPIPE, v);
	if (strcmp(word, "int") == 0)
		return set_signal(SIGINT, v);
	if (strcmp(word, "quit") == 0)
		return set_signal(SIGQUIT, v);
	if (strcmp(word, "cwd") == 0)
		return set_cwd();
	if (strcmp(word, "env") == 0)
		return set_env(v);
	if (strcmp(word, "umask") == 0) {
		(void)umask((mode_t)strtoul(v, NULL, 8));
		return true;
	}
	if (strcmp(word, "close") == 0) {
		for (; *v != '\0'; v++)
			(void)close(*v - '0');
		return true;
	}
	return set_limit(word, v);
}

/* --- the login */

static struct picture before, after;

static void
look(struct picture *p)
{
	if (!picture_take(p) || !picture_add(p, "SIGCHLD handler ran %d\n", (int)handled))
		die("picture");
}

/* What one has and the other lacks, a line each. */
static void
tell(const char *call, const char *mark, const struct picture *a, const struct picture *b)
{
	const char *at = a->text, *line;
	size_t n;

	while ((line = picture_differs(&at, &n, b)) != NULL)
		say("changed by %s: %s %.*s", call, mark, (int)n, line);
}

static int
result(const char *call, int code)
{
	look(&after);
	tell(call, "was", &before, &after);
	tell(call, "is", &after, &before);
	before = after;
	say("%s %s\n", call, pamcode_name(code));
	return code;
}

static int
converse(int n, const struct pam_message **m, struct pam_response **resp, void *arg)
{
	(void)arg;
	if (n != 1 || (*resp = calloc(1, sizeof(**resp))) == NULL)
		return PAM_CONV_ERR;
	say("screen %s\n", m[0]->msg);
	if (m[0]->msg_style == PAM_PROMPT_ECHO_ON)
		(*resp)->resp = strdup("");
	return PAM_SUCCESS;
}

static int
login(pam_handle_t *h)
{
	int r;

	look(&before);
	if ((r = result("authenticate", pam_authenticate(h, 0))) != PAM_SUCCESS ||
	    (r = result("acct_mgmt", pam_acct_mgmt(h, 0))) != PAM_SUCCESS ||
	    (r = result("setcred", pam_setcred(h, PAM_ESTABLISH_CRED))) != PAM_SUCCESS ||
	    (r = result("open_session", pam_open_session(h, 0))) != PAM_SUCCESS)
		return r;
	(void)result("close_session", pam_close_session(h, 0));
	return result("delete", pam_setcred(h, PAM_DELETE_CRED));
}

static void
say_groups(void)
{
	gid_t g[64];
	int n = getgroups(64, g);

	say("groups");
	for (int i = 0; i < n; i++)
		say(" %u", g[i]);
	say("\n");
}

int
main(int argc, char **argv)
{
	struct pam_conv conv = { converse, NULL };
	pam_handle_t *h = NULL;
	int r;

	if (argc < 3) {
		(void)fputs(usage, stderr);
		return 2;
	}
	if (dup3(STDOUT_FILENO, OUT, O_CLOEXEC) != OUT || setlocale(LC_ALL, "C.UTF-8") == NULL)
		return 2;
	if (pam_start(argv[1], argv[2], &conv, &h) != PAM_SUCCESS)
		die("pam_start");
	/* as sshd and sudo have it: else PAM's own first line in the log opens it */
	openlog("pamhost", LOG_PID | LOG_NDELAY, LOG_AUTH);
	for (int i = 3; i < argc; i++)
		if (!set_state(argv[i]))
			die(argv[i]);
	say("pid %d\n", (int)getpid());
	r = login(h);
	say_groups();
	r = pam_end(h, r);
	(void)result("end", r);
	_exit(r == PAM_SUCCESS ? 0 : 1);
}
