/*
 * hostile PROGRAM TOP_SRCDIR [--long] FAMILY...: every scenario of these families (or of this very
 * name) that PROGRAM (latchkey-mock-idp) has, each against the real helper and worker in a world of
 * its own, and the golden twin of each under the same setup. Wants root, and /dev/log as a link to
 * /run/log.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/helper/hostile/plan.h"
#include "tests/helper/hostile/setup.h"
#include "tests/support/idp/process.h"

#define AT_ONCE 8 /* for each processor: nearly all of a login is waiting */
#define PATIENCE_S 60

struct run {
	char *program;
	const struct reasons *reasons;
	size_t running, failed;
};

/* In a process of its own, which writes at its end, in one piece. */
static void
fork_trial(struct run *r, const struct trial *t)
{
	pid_t pid = fork();

	if (pid == 0) {
		(void)setvbuf(stdout, NULL, _IOFBF, 65536);
		(void)alarm((unsigned)setup_limit(t->setup) * 2 + PATIENCE_S);
		exit(trial_run(t, r->program, r->reasons) ? 0 : 1);
	}
	r->running += pid > 0;
	r->failed += pid < 0;
}

static void
await_one(struct run *r)
{
	int status;

	if (wait(&status) < 0)
		return;
	r->running--;
	if (WIFSIGNALED(status))
		(void)printf("FAIL: a trial was ended by signal %d\n", WTERMSIG(status));
	r->failed += status != 0;
}

/* The slow ones first: they would be alone at the end. */
static void
run_all(struct run *r, const struct plan *p)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t at_once = AT_ONCE * (size_t)(processors > 0 ? processors : 1);

	(void)fflush(stdout);
	for (int slow = 1; slow >= 0; slow--)
		for (size_t i = 0; i < p->ntrials; i++) {
			if (setup_is_slow(p->trial[i].setup) != (slow == 1))
				continue;
			while (r->running >= at_once)
				await_one(r);
			fork_trial(r, &p->trial[i]);
		}
	while (r->running > 0)
		await_one(r);
}

static json_t *
read_data(const char *top_srcdir)
{
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/tests/data/hostile.json", top_srcdir);
	return json_load_file(path, JSON_REJECT_DUPLICATES, NULL);
}

static struct reasons *
read_reasons(const char *top_srcdir)
{
	char path[4096];

	(void)snprintf(path, sizeof(path), "%s/doc/reasons.md", top_srcdir);
	return reasons_read(path);
}

int
main(int argc, char *argv[])
{
	char list[] = "--list", json[] = "--json";
	static struct plan p;
	struct run r = { .program = argc > 3 ? argv[1] : NULL };
	int first = argc > 3 && strcmp(argv[3], "--long") == 0 ? 4 : 3;
	json_t *all = NULL, *data = NULL;
	struct reasons *reasons = NULL;

	if (argc <= first ||
	    (all = process_json((char *[]){ argv[1], list, json, NULL })) == NULL ||
	    (data = read_data(argv[2])) == NULL || (reasons = read_reasons(argv[2])) == NULL)
		return 99;
	p.list = all;
	p.data = data;
	p.top_srcdir = argv[2];
	p.takes_long = first == 4;
	r.reasons = reasons;
	plan_make(&p, argc - first, argv + first);
	run_all(&r, &p);
	for (size_t i = 0; i < p.nleft; i++)
		(void)printf("%4zu left to %s\n", p.left[i].n, p.left[i].to);
	(void)printf("%zu scenarios, %zu logins, %zu failures\n", p.scenarios, p.ntrials,
	    r.failed + p.faults);
	json_decref(all);
	json_decref(data);
	reasons_free(reasons);
	return r.failed + p.faults == 0 && p.scenarios + p.nleft > 0 ? 0 : 1;
}
