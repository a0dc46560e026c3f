/* The provider that is measured: one process, and its control socket. */
#include "config.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench/figures.h"
#include "bench/provider.h"
#include "common/clock.h"

#define WORDS_MAX 32
#define LINE_SIZE 8192
#define STEP_US 20000

static _Noreturn void
become(char *const command[], int in, int out)
{
	static char leash[] = "--exit-with-stdin", approve[] = "--auto", alice[] = "alice";
	char *argv[WORDS_MAX + 4];
	size_t n = 0;

	for (; n < WORDS_MAX && command[n] != NULL; n++)
		argv[n] = command[n];
	argv[n++] = leash;
	argv[n++] = approve;
	argv[n++] = alice;
	argv[n] = NULL;
	if (dup2(in, 0) == 0 && dup2(out, 1) == 1)
		(void)execvp(argv[0], argv);
	warn("%s", argv[0]);
	_exit(127);
}

static char *
text_of(const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));
	char *copy = s == NULL ? NULL : strdup(s);

	if (copy == NULL)
		errx(1, "the ready line has no %s", name);
	return copy;
}

static int
connect_to(const char *path, int patience)
{
	struct sockaddr_un un = { .sun_family = AF_UNIX };
	const struct timeval tv = { .tv_sec = patience };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (strlen(path) >= sizeof(un.sun_path))
		errx(1, "%s is too long for a socket", path);
	(void)strcpy(un.sun_path, path);
	if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)) != 0 ||
	    connect(fd, (const struct sockaddr *)&un, sizeof(un)) != 0)
		err(1, "%s", path);
	return fd;
}

static void
read_ready(struct provider *p, double start)
{
	struct pollfd in = { .fd = fileno(p->out), .events = POLLIN };
	char line[LINE_SIZE], *control;
	json_t *o;

	if (poll(&in, 1, p->patience * 1000) != 1 || fgets(line, sizeof(line), p->out) == NULL)
		errx(1, "no ready line");
	p->start_ms = figures_now_ms() - start;
	if ((o = json_loads(line, 0, NULL)) == NULL)
		errx(1, "the ready line is no JSON");
	p->issuer = text_of(o, "issuer");
	p->ca = text_of(o, "ca");
	control = text_of(o, "control");
	p->control = connect_to(control, p->patience);
	free(control);
	json_decref(o);
}

void
provider_start(struct provider *p, char *const command[], int patience)
{
	double start = figures_now_ms();
	int in[2], out[2];

	if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 || (p->pid = fork()) < 0)
		err(1, "no process");
	if (p->pid == 0)
		become(command, in[0], out[1]);
	(void)close(in[0]);
	(void)close(out[1]);
	p->leash = in[1];
	p->patience = patience;
	if ((p->out = fdopen(out[0], "r")) == NULL)
		err(1, "no stream");
	read_ready(p, start);
}

/* One line, without its end. */
static void
read_answer(const struct provider *p, char line[LINE_SIZE])
{
	size_t n = 0;

	do {
		ssize_t got = recv(p->control, line + n, LINE_SIZE - n, 0);

		if (got <= 0)
			errx(1, "the control socket gives no answer");
		n += (size_t)got;
	} while (line[n - 1] != '\n' && n < LINE_SIZE);
	line[n - 1] = '\0';
}

bool
provider_does(const struct provider *p, const char *line)
{
	char text[LINE_SIZE];
	int len = snprintf(text, sizeof(text), "%s\n", line);
	json_t *o;
	bool ok;

	if (send(p->control, text, (size_t)len, MSG_NOSIGNAL) != len)
		err(1, "the control socket takes nothing");
	read_answer(p, text);
	o = json_loads(text, 0, NULL);
	ok = json_is_true(json_object_get(o, "ok"));
	if (!ok)
		printf("FAIL: %s: %s\n", line, text);
	json_decref(o);
	return ok;
}

void
provider_reset(const struct provider *p)
{
	if (!provider_does(p, "reset") || !provider_does(p, "auto alice"))
		exit(1);
}

/* Its own end of it: valgrind and sanitizers look for leaks before. */
static int
wait_for(const struct provider *p)
{
	int64_t end = clock_boot_ms(&clock_system) + (int64_t)p->patience * 1000;
	int status = 0;
	pid_t got;

	while ((got = waitpid(p->pid, &status, WNOHANG)) == 0) {
		if (clock_boot_ms(&clock_system) >= end) {
			(void)kill(p->pid, SIGKILL);
			errx(1, "it does not end");
		}
		(void)usleep(STEP_US);
	}
	if (got != p->pid)
		err(1, "waitpid");
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int
provider_stop(struct provider *p)
{
	int status;

	(void)provider_does(p, "quit");
	status = wait_for(p);
	(void)close(p->control);
	(void)close(p->leash);
	(void)fclose(p->out);
	free(p->issuer);
	free(p->ca);
	return status;
}
