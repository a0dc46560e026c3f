/* A subcommand with its standard streams as files: what it was given, what it said. */
#ifndef TESTS_UNIT_CLI_CAPTURED_H
#define TESTS_UNIT_CLI_CAPTURED_H

#include <sys/wait.h>

#include "cli/cli.h"
#include "tests/support/scratch.h"

struct captured {
	struct scratch dir;
	int status;
	char out[4096], err[4096];
	size_t outlen;
};

static inline size_t
captured_text(const struct captured *c, const char *name, char *to, size_t size)
{
	char path[SCRATCH_PATH];
	int fd = open(scratch_path(&c->dir, path, name), O_RDONLY | O_CLOEXEC);
	ssize_t n = read(fd, to, size - 1);

	(void)close(fd);
	to[n < 0 ? 0 : n] = '\0';
	return n < 0 ? 0 : (size_t)n;
}

static inline void
captured_stream(const struct captured *c, const char *name, int flags, int as)
{
	char path[SCRATCH_PATH];

	if (dup2(open(scratch_path(&c->dir, path, name), flags, 0600), as) < 0)
		_exit(99);
}

/* Runs it in a child. argv[0] is the subcommand's name; argv ends with NULL. */
static inline void
captured_run(struct captured *c, int (*run)(int, char **), const char *in, char *argv[])
{
	char path[SCRATCH_PATH];
	int argc = 0, st;
	pid_t pid;

	while (argv[argc] != NULL)
		argc++;
	(void)scratch_write(&c->dir, path, "in", in, 0600);
	if ((pid = fork()) == 0) {
		captured_stream(c, "in", O_RDONLY, 0);
		captured_stream(c, "out", O_WRONLY | O_CREAT | O_TRUNC, 1);
		captured_stream(c, "err", O_WRONLY | O_CREAT | O_TRUNC, 2);
		st = run(argc, argv);
		(void)fflush(NULL);
		_exit(st);
	}
	assert_int_equal(waitpid(pid, &st, 0), pid);
	assert_true(WIFEXITED(st));
	c->status = WEXITSTATUS(st);
	c->outlen = captured_text(c, "out", c->out, sizeof(c->out));
	(void)captured_text(c, "err", c->err, sizeof(c->err));
}

/* The status, and what standard error begins with; a refusal prints no payload. */
static inline void
captured_says(const struct captured *c, int status, const char *begins)
{
	if (c->status != status || strncmp(c->err, begins, strlen(begins)) != 0)
		fail_msg("status %d, \"%s\"; wanted %d, \"%s\"", c->status, c->err, status, begins);
	if (status != CLI_OK)
		assert_int_equal(c->outlen, 0);
}

#endif
