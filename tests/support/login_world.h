/* One login for a test: a module in a child, a worker that does what client_id says. */
#ifndef TESTS_SUPPORT_LOGIN_WORLD_H
#define TESTS_SUPPORT_LOGIN_WORLD_H

#include <dirent.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <syslog.h>

#include "common/fdio.h"
#include "helper/login.h"
#include "proto/ticket.h"
#include "tests/support/asroot.h"
#include "tests/support/module_end.h"

/* What the module saw; shared with it. */
struct seen {
	unsigned prompts, texts;
	char prompt[2048], error[512];
	unsigned verdict;
	char reason[64], ticket[64];
	size_t gids;
	uint32_t gid;
};

struct world {
	struct tmpdir t;
	char conf[TMPDIR_PATH], worker[TMPDIR_PATH], tickets[TMPDIR_PATH], cache[TMPDIR_PATH];
	char limits[TMPDIR_PATH], state[TMPDIR_PATH], pins[TMPDIR_PATH], vendor[TMPDIR_PATH],
	    log[1200];
	const char *answer;             /* to the first prompt */
	unsigned cancel_at;             /* the prompt that is cancelled instead, 0: none */
	const char *rhost;              /* NULL: none */
	const enum settings_flow *flow; /* of the command line */
	struct seen *seen;
};

static struct tmpdir accounts;
static bool can; /* set once by main's group setup, before the tests */

static inline int
set_up_all(void **state)
{
	(void)state;
	tmpdir_make(&accounts);
	can = ASROOT_POSSIBLE && asroot_accounts(&accounts);
	return 0;
}

static inline int
set_up(void **state)
{
	static struct world x;

	x = (struct world){ .answer = "" };
	tmpdir_make(&x.t);
	(void)tmpdir_file(&x.t, x.tickets, "run/tickets");
	(void)tmpdir_file(&x.t, x.cache, "cache");
	(void)tmpdir_file(&x.t, x.limits, "run/limits");
	(void)tmpdir_file(&x.t, x.state, "lib");
	(void)tmpdir_file(&x.t, x.pins, "lib/pins");
	(void)tmpdir_file(&x.t, x.vendor, "none.conf");
	(void)tmpdir_file(&x.t, x.conf, "latchkey.conf");
	if (can)
		(void)asroot_worker(&x.t, x.worker);
	x.seen =
	    mmap(NULL, sizeof(*x.seen), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	*state = &x;
	return x.seen == MAP_FAILED ? -1 : 0;
}

static inline int
tear_down(void **state)
{
	struct world *x = *state;

	(void)munmap(x->seen, sizeof(*x->seen));
	tmpdir_remove(&x->t);
	return 0;
}

static inline void
configure(struct world *x, const char *client, const char *more)
{
	char text[1024];
	int n = snprintf(text, sizeof(text),
	    "[provider]\nissuer = https://auth.example.com\nclient_id = %s\nname = Authelia\n"
	    "[login]\nallow_groups = linux-users\n%s\n"
	    "[group lk-sudo]\ngroups = linux-users\n",
	    client, more);

	(void)tmpdir_write(&x->t, x->conf, "latchkey.conf", text, (size_t)n);
}

static inline void
note(struct seen *s, const struct msg_verdict_body *v)
{
	s->verdict = v->verdict;
	(void)snprintf(s->reason, sizeof(s->reason), "%s", v->reason);
	(void)snprintf(s->ticket, sizeof(s->ticket), "%s", v->ticket);
	s->gids = v->grant.gid_count;
	s->gid = s->gids > 0 ? v->grant.gids[0] : 0;
}

static inline void
answer_prompt(const struct world *x, int fd, const char *text)
{
	if (x->seen->prompts++ == 0)
		(void)snprintf(x->seen->prompt, sizeof(x->seen->prompt), "%s", text);
	if (x->seen->prompts == x->cancel_at)
		module_end_cancel(fd, MSG_CANCEL_INTERRUPT);
	else
		module_end_answer(fd, x->seen->prompts == 1 ? x->answer : "");
}

static inline _Noreturn void
be_the_module(const struct world *x, int fd, const char *user)
{
	struct msg m;

	module_end_start_from(fd, "sshd", user, x->rhost);
	while (module_end_take(fd, &m, 14000) == E_OK) {
		if (m.type == MSG_PROMPT)
			answer_prompt(x, fd, m.prompt.text);
		else if (m.type == MSG_TEXT) {
			x->seen->texts++;
			(void)snprintf(x->seen->error, sizeof(x->seen->error), "%s", m.text.text);
		} else if (m.type == MSG_VERDICT) {
			note(x->seen, &m.verdict);
			_exit(0);
		}
		msg_clear(&m);
	}
	_exit(1);
}

/* syslog(3) writes its lines to standard error as well; they are read from there. */
static inline int
serve(struct world *x, int fd)
{
	const struct login_paths p = { .vendor = x->vendor,
		.conf = x->conf,
		.worker = x->worker,
		.tickets = x->tickets,
		.cache = x->cache,
		.limits = x->limits,
		.state = x->state,
		.pins = x->pins,
		.flow = x->flow };
	int keep = dup(2), log = memfd_create("log", MFD_CLOEXEC), rc;

	(void)dup2(log, 2);
	openlog("latchkey", LOG_PERROR, LOG_AUTHPRIV);
	rc = login_run(fd, &p, &clock_system);
	closelog();
	(void)dup2(keep, 2);
	(void)close(keep);
	(void)memset(x->log, 0, sizeof(x->log));
	(void)!pread(log, x->log, sizeof(x->log) - 1, 0);
	(void)close(log);
	return rc;
}

static inline void
run(struct world *x, const char *user)
{
	int fd[2], status;
	pid_t pid;

	memset(x->seen, 0, sizeof(*x->seen));
	assert_int_equal(chan_pair(fd, NULL), E_OK);
	if ((pid = fork()) == 0) {
		(void)close(fd[0]);
		be_the_module(x, fd[1], user);
	}
	(void)close(fd[1]);
	assert_int_equal(serve(x, fd[0]), 0);
	(void)close(fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no worker is left */
}

static inline void
ends(struct world *x, const char *user, enum msg_verdict v, const char *reason)
{
	run(x, user);
	assert_string_equal(x->seen->reason, reason);
	assert_int_equal(x->seen->verdict, v);
	assert_non_null(strstr(x->log, reason));
	if (v != MSG_ALLOW) {
		assert_string_equal(x->seen->ticket, "");
		assert_int_equal(x->seen->gids, 0);
		assert_int_equal(access(x->tickets, F_OK), -1);
	}
}

/* A login of alice whose worker does this. */
static inline void
worker_ends(void **state, const char *client, enum msg_verdict v, const char *reason)
{
	struct world *x = *state;

	if (!can)
		skip();
	configure(x, client, "");
	ends(x, "alice", v, reason);
}

static inline int
tear_down_all(void **state)
{
	(void)state;
	if (can) {
		(void)umount2("/etc/passwd", MNT_DETACH);
		(void)umount2("/etc/group", MNT_DETACH);
	}
	tmpdir_remove(&accounts);
	return 0;
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

#endif
