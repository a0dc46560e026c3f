/* A person at a terminal, for tests: runs a command on a pty and follows a script of expect and
 * send lines. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define SEEN_MAX (256 * 1024)
#define PTY_MAX 4096 /* a pty gives no more at a time */
#define LINE_MAX_LEN 1024

struct run {
	FILE *script;
	int transcript, pty;
	pid_t child;
	long timeout; /* seconds a wait may take */
	char seen[SEEN_MAX + 1];
	size_t len, matched; /* all output; how much of it earlier expects have used up */
	bool ended;
};

static long
now_ms(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int
fail(const char *why, const char *what)
{
	(void)fprintf(stderr, "ptyrun: %s: %s\n", why, what);
	return 124;
}

static bool
is_running(pid_t child)
{
	siginfo_t info = { .si_pid = 0 };

	return waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) == 0 &&
	    info.si_pid == 0;
}

/* Takes what the command printed; false when nothing came before the deadline or nothing more can
 * come. */
static bool
take(struct run *r, long deadline)
{
	struct pollfd p = { .fd = r->pty, .events = POLLIN };
	long left = deadline - now_ms();
	size_t room = SEEN_MAX - r->len;
	ssize_t n;

	if (room == 0) /* more than any test wants to see */
		r->ended = true;
	if (r->ended || left <= 0)
		return false;
	if (poll(&p, 1, (int)left) <= 0)
		return errno == EINTR;
	/* EIO is how a pty says that nobody holds it: the command ended, or hangs it up to open it
	 * anew (login) */
	if ((n = read(r->pty, r->seen + r->len, room < PTY_MAX ? room : PTY_MAX)) <= 0) {
		r->ended = !is_running(r->child);
		return !r->ended && poll(NULL, 0, 20) == 0;
	}
	if (write(r->transcript, r->seen + r->len, (size_t)n) != n)
		perror("ptyrun: transcript");
	r->len += (size_t)n;
	return true;
}

static int
do_expect(struct run *r, const char *text)
{
	long deadline = now_ms() + r->timeout * 1000;
	const char *at;

	for (;;) {
		at = memmem(r->seen + r->matched, r->len - r->matched, text, strlen(text));
		if (at != NULL) {
			r->matched = (size_t)(at - r->seen) + strlen(text);
			return 0;
		}
		if (!take(r, deadline))
			return fail(
			    r->ended ? "the command ended without" : "timeout: never saw", text);
	}
}

/* \r \n \e and \xHH as in C; anything else stands for itself. */
static size_t
unescape(char *s)
{
	size_t n = 0;
	char hex[3] = "";

	for (const char *p = s; *p != '\0'; p++) {
		if (*p != '\\' || p[1] == '\0') {
			s[n++] = *p;
		} else if (*++p == 'x' && p[1] != '\0' && p[2] != '\0') {
			memcpy(hex, p + 1, 2);
			s[n++] = (char)strtol(hex, NULL, 16);
			p += 2;
		} else {
			s[n++] = (char)(*p == 'r' ? '\r'
			        : *p == 'n'       ? '\n'
			        : *p == 'e'       ? '\033'
			                          : *p);
		}
	}
	return n;
}

static int
do_send(struct run *r, char *text)
{
	size_t n = unescape(text);

	return write(r->pty, text, n) == (ssize_t)n ? 0 : fail("cannot send", strerror(errno));
}

static int
do_run(const char *command)
{
	pid_t pid = fork();
	int st;

	if (pid == 0) {
		(void)execl("/bin/sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	if (pid < 0 || waitpid(pid, &st, 0) != pid)
		return fail("cannot run", command);
	return st == 0 ? 0 : fail("command failed", command);
}

static int
do_line(struct run *r, char *line)
{
	char *arg = line + strcspn(line, " ");

	if (*arg != '\0')
		*arg++ = '\0';
	if (line[0] == '\0' || line[0] == '#')
		return 0;
	if (strcmp(line, "expect") == 0)
		return do_expect(r, arg);
	if (strcmp(line, "send") == 0)
		return do_send(r, arg);
	if (strcmp(line, "run") == 0)
		return do_run(arg);
	if (strcmp(line, "timeout") == 0) {
		r->timeout = strtol(arg, NULL, 10);
		return 0;
	}
	if (strcmp(line, "kill") == 0) /* the person pulls the plug */
		return kill(r->child, SIGKILL) == 0 ? 0 : fail("cannot kill", strerror(errno));
	return fail("unknown line in the script", line);
}

/* Until the script has a line, as when a fifo feeds it: output is taken meanwhile. False when there
 * is none to come. */
static bool
script_has_line(struct run *r)
{
	struct pollfd p[2] = { { .fd = fileno(r->script), .events = POLLIN },
		{ .fd = r->pty, .events = POLLIN } };

	for (;;) {
		if (poll(p, r->ended ? 1 : 2, -1) < 0 && errno != EINTR)
			return false;
		if (p[0].revents != 0)
			return true;
		(void)take(r, now_ms() + 1000);
		if (r->ended)
			return false;
	}
}

static int
follow(struct run *r)
{
	char line[LINE_MAX_LEN];
	int rc;

	while (script_has_line(r) && fgets(line, sizeof(line), r->script) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		if ((rc = do_line(r, line)) != 0)
			return rc;
	}
	return 0;
}

/* The command's own end, to the deadline: its output is read on, so that it never hangs on a full
 * pty. */
static int
finish(struct run *r)
{
	long deadline = now_ms() + r->timeout * 1000;
	int st;
	pid_t got;

	while (take(r, deadline))
		continue;
	while ((got = waitpid(r->child, &st, WNOHANG)) == 0 && now_ms() < deadline)
		(void)poll(NULL, 0, 10);
	if (got != r->child)
		return fail("timeout", "the command does not end");
	r->child = 0;
	return WIFEXITED(st) ? WEXITSTATUS(st) : 128 + WTERMSIG(st);
}

int
main(int argc, char **argv)
{
	static struct run r;
	struct winsize ws = { .ws_row = 50, .ws_col = 132 };
	int rc;

	if (argc < 4) {
		(void)fprintf(stderr,
		    "usage: ptyrun SCRIPT|- TRANSCRIPT COMMAND [ARG...]\n"
		    "script: expect TEXT, send TEXT, run SHELL COMMAND, timeout SECONDS, kill\n");
		return 125;
	}
	r.timeout = 10;
	r.script = strcmp(argv[1], "-") == 0 ? stdin : fopen(argv[1], "re");
	r.transcript = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	if (r.script == NULL || r.transcript < 0 ||
	    (r.child = forkpty(&r.pty, NULL, NULL, &ws)) < 0) {
		perror("ptyrun");
		return 125;
	}
	/* unbuffered, so that poll tells whether a line is there */
	(void)setvbuf(r.script, NULL, _IONBF, 0);
	if (r.child == 0) {
		/* a shell's background job is born with these ignored: ^C would do nothing */
		(void)signal(SIGINT, SIG_DFL);
		(void)signal(SIGQUIT, SIG_DFL);
		(void)execvp(argv[3], argv + 3);
		perror(argv[3]);
		_exit(127);
	}
	(void)fcntl(r.pty, F_SETFD, FD_CLOEXEC);
	if ((rc = follow(&r)) == 0)
		rc = finish(&r);
	if (r.child > 0)
		(void)kill(r.child, SIGKILL);
	return rc;
}
