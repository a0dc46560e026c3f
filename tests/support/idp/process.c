/* One latchkey-mock-idp that a test started. */
#include "config.h"

#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/idp/process.h"

/* The program with its standard output in a pipe, whose other end is the result; -1. */
static int
spawn(pid_t *pid, char *const argv[])
{
	posix_spawn_file_actions_t fa;
	int fd[2], rc;

	if (pipe(fd) != 0)
		return -1;
	(void)posix_spawn_file_actions_init(&fa);
	(void)posix_spawn_file_actions_adddup2(&fa, fd[1], STDOUT_FILENO);
	(void)posix_spawn_file_actions_addclose(&fa, fd[0]);
	(void)posix_spawn_file_actions_addclose(&fa, fd[1]);
	rc = posix_spawn(pid, argv[0], &fa, NULL, argv, environ);
	(void)posix_spawn_file_actions_destroy(&fa);
	(void)close(fd[1]);
	if (rc == 0)
		return fd[0];
	(void)close(fd[0]);
	return -1;
}

bool
process_start(struct process *p, char *const argv[])
{
	json_error_t why;
	int fd = spawn(&p->pid, argv);

	p->ready = fd < 0 ? NULL : json_loadfd(fd, JSON_DISABLE_EOF_CHECK, &why);
	if (fd >= 0)
		(void)close(fd);
	if (p->ready != NULL)
		return true;
	if (fd >= 0)
		process_stop(p);
	(void)printf("%s does not start\n", argv[0]);
	return false;
}

void
process_stop(struct process *p)
{
	if (p->pid > 0) {
		(void)kill(p->pid, SIGTERM);
		(void)waitpid(p->pid, NULL, 0);
	}
	json_decref(p->ready);
	*p = (struct process){ .pid = 0 };
}

const char *
process_says(const struct process *p, const char *name)
{
	const char *s = json_string_value(json_object_get(p->ready, name));

	return s == NULL ? "" : s;
}

/* Connected, with the command sent; -1. */
static int
command(const struct process *p, const char *line)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	(void)snprintf(sa.sun_path, sizeof(sa.sun_path), "%s", process_says(p, "control"));
	if (fd >= 0 && connect(fd, (const struct sockaddr *)&sa, sizeof(sa)) == 0 &&
	    dprintf(fd, "%s\n", line) > 0)
		return fd;
	if (fd >= 0)
		(void)close(fd);
	return -1;
}

bool
process_ask(const struct process *p, const char *line, char *why, size_t size)
{
	int fd = command(p, line);
	json_t *answer = fd < 0 ? NULL : json_loadfd(fd, JSON_DISABLE_EOF_CHECK, NULL);
	const char *error = json_string_value(json_object_get(answer, "error"));
	bool ok = json_is_true(json_object_get(answer, "ok"));

	(void)snprintf(why, size, "%s", error == NULL ? "" : error);
	if (fd >= 0)
		(void)close(fd);
	json_decref(answer);
	return ok;
}

bool
process_command(const struct process *p, const char *line)
{
	char why[4];

	return process_ask(p, line, why, sizeof(why));
}

json_t *
process_lines(const struct process *p, const char *line)
{
	int fd = command(p, line);
	json_t *all = json_array(), *one;

	while (fd >= 0 &&
	    (one = json_loadfd(fd, JSON_DISABLE_EOF_CHECK | JSON_ALLOW_NUL, NULL)) != NULL) {
		if (json_object_get(one, "ok") != NULL) {
			json_decref(one);
			(void)close(fd);
			return all;
		}
		(void)json_array_append_new(all, one);
	}
	if (fd >= 0)
		(void)close(fd);
	json_decref(all);
	return NULL;
}

json_t *
process_json(char *const argv[])
{
	json_error_t why;
	json_t *v = NULL;
	int status = -1, fd;
	pid_t pid;

	if ((fd = spawn(&pid, argv)) < 0)
		return NULL;
	v = json_loadfd(fd, JSON_ALLOW_NUL, &why);
	(void)close(fd);
	if (waitpid(pid, &status, 0) == pid && status == 0 && v != NULL)
		return v;
	(void)printf("%s %s: no JSON: %s, line %d\n", argv[0], argv[1], why.text, why.line);
	json_decref(v);
	return NULL;
}
