/* One login from START to VERDICT: a module in a child, a worker that does what client_id says. */
#include "config.h"

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
	char vendor[TMPDIR_PATH], log[1200];
	const char *answer; /* to the first prompt */
	unsigned cancel_at; /* the prompt that is cancelled instead, 0: none */
	struct seen *seen;
};

static struct tmpdir accounts;
static bool can; /* set once by main's group setup, before the tests */

static int
set_up_all(void **state)
{
	(void)state;
	tmpdir_make(&accounts);
	can = ASROOT_POSSIBLE && asroot_accounts(&accounts);
	return 0;
}

static int
set_up(void **state)
{
	static struct world x;

	x = (struct world){ .answer = "" };
	tmpdir_make(&x.t);
	(void)tmpdir_file(&x.t, x.tickets, "run/tickets");
	(void)tmpdir_file(&x.t, x.cache, "cache");
	(void)tmpdir_file(&x.t, x.vendor, "none.conf");
	(void)tmpdir_file(&x.t, x.conf, "latchkey.conf");
	if (can)
		(void)asroot_worker(&x.t, x.worker);
	x.seen =
	    mmap(NULL, sizeof(*x.seen), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	*state = &x;
	return x.seen == MAP_FAILED ? -1 : 0;
}

static int
tear_down(void **state)
{
	struct world *x = *state;

	(void)munmap(x->seen, sizeof(*x->seen));
	tmpdir_remove(&x->t);
	return 0;
}

static void
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

static void
note(struct seen *s, const struct msg_verdict_body *v)
{
	s->verdict = v->verdict;
	(void)snprintf(s->reason, sizeof(s->reason), "%s", v->reason);
	(void)snprintf(s->ticket, sizeof(s->ticket), "%s", v->ticket);
	s->gids = v->grant.gid_count;
	s->gid = s->gids > 0 ? v->grant.gids[0] : 0;
}

static void
answer_prompt(const struct world *x, int fd, const char *text)
{
	if (x->seen->prompts++ == 0)
		(void)snprintf(x->seen->prompt, sizeof(x->seen->prompt), "%s", text);
	if (x->seen->prompts == x->cancel_at)
		module_end_cancel(fd, MSG_CANCEL_INTERRUPT);
	else
		module_end_answer(fd, x->seen->prompts == 1 ? x->answer : "");
}

static _Noreturn void
be_the_module(const struct world *x, int fd, const char *user)
{
	struct msg m;

	module_end_start(fd, "sshd", user);
	while (module_end_take(fd, &m, 9000) == E_OK) {
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
static int
serve(struct world *x, int fd)
{
	const struct login_paths p = { .vendor = x->vendor,
		.conf = x->conf,
		.worker = x->worker,
		.tickets = x->tickets,
		.cache = x->cache };
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

static void
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

static void
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
static void
worker_ends(void **state, const char *client, enum msg_verdict v, const char *reason)
{
	struct world *x = *state;

	if (!can)
		skip();
	configure(x, client, "");
	ends(x, "alice", v, reason);
}

static void
an_approved_person_gets_groups_a_ticket_and_a_line(void **state)
{
	struct world *x = *state;
	char path[TMPDIR_PATH + 64];

	worker_ends(state, "good", MSG_ALLOW, "ok");
	assert_int_equal(x->seen->prompts, 2); /* pending once */
	assert_non_null(strstr(x->seen->prompt, "as alice with Authelia."));
	assert_non_null(strstr(x->seen->prompt, "  Code   BCDFGHJK\n"));
	assert_int_equal(x->seen->texts, 0);
	assert_int_equal(x->seen->gids, 1);
	assert_int_equal(x->seen->gid, 64992);
	assert_true(ticket_is_name(x->seen->ticket));
	(void)snprintf(path, sizeof(path), "%s/%s", x->tickets, x->seen->ticket);
	assert_int_equal(access(path, F_OK), 0);
	assert_non_null(strstr(x->log, "verdict=allow reason=ok user=alice service=sshd "));
	assert_non_null(strstr(x->log, "sub=s-1 name=alice groups=lk-sudo rule="));
	assert_null(strstr(x->log, "BCDFGHJK"));
}

static void
a_denial_is_refused_with_a_sentence(void **state)
{
	struct world *x = *state;

	worker_ends(state, "denied", MSG_REFUSED, "dev.denied");
	assert_int_equal(x->seen->texts, 1);
	assert_non_null(strstr(x->seen->error, "The sign-in was refused (login "));
	assert_non_null(strstr(x->log, "verdict=deny reason=dev.denied"));
}

static void
another_person_is_refused(void **state)
{
	worker_ends(state, "bob", MSG_REFUSED, "usr.other");
}

static void
a_person_of_no_group_is_forbidden(void **state)
{
	worker_ends(state, "nobody", MSG_FORBIDDEN, "pol.group");
}

static void
a_worker_that_dies_is_the_systems_failure(void **state)
{
	worker_ends(state, "dead", MSG_SYSTEM, "sys.worker");
}

static void
a_worker_that_babbles_is_the_systems_failure(void **state)
{
	worker_ends(state, "babble", MSG_SYSTEM, "ipc.format");
}

static void
facts_before_a_code_are_refused(void **state)
{
	worker_ends(state, "early", MSG_SYSTEM, "ipc.order");
}

static void
a_page_elsewhere_is_never_shown(void **state)
{
	struct world *x = *state;

	worker_ends(state, "elsewhere", MSG_UNAVAILABLE, "mon.uri");
	assert_int_equal(x->seen->prompts, 0);
}

/* sshd's own answer for people whom it refuses: the worker is never asked. */
static void
after_junk_nobody_gets_in(void **state)
{
	struct world *x = *state;

	x->answer = "\b\n\r\177INCORRECT";
	worker_ends(state, "good", MSG_REFUSED, "dev.expired");
}

static void
a_cancel_is_told_and_needs_no_sentence(void **state)
{
	struct world *x = *state;

	x->cancel_at = 1;
	worker_ends(state, "good", MSG_CANCELLED, "conv.cancel");
	assert_int_equal(x->seen->texts, 0);
}

static void
a_worker_that_is_not_installed_is_unavailable(void **state)
{
	struct world *x = *state;

	(void)tmpdir_file(&x->t, x->worker, "none");
	if (can)
		assert_int_equal(unlink(tmpdir_file(&x->t, x->worker, "worker")), 0);
	worker_ends(state, "good", MSG_UNAVAILABLE, "cfg.worker");
}

/* The same screen but for the code, the same prompts, no worker; then what an expiry looks like. */
static void
a_stranger_sees_what_a_known_person_sees(void **state)
{
	struct world *x = *state;
	char known[2048], *code;

	worker_ends(state, "good", MSG_ALLOW, "ok"); /* teaches the decoy */
	(void)snprintf(known, sizeof(known), "%s", x->seen->prompt);
	assert_non_null(code = strstr(x->seen->prompt, "  Code   "));
	(void)unlink(x->worker);
	run(x, "zoeyz");
	assert_string_equal(x->seen->reason, "usr.unknown");
	assert_int_equal(x->seen->verdict, MSG_REFUSED);
	assert_non_null(strstr(x->seen->error, "was not approved in time"));
	assert_non_null(code = strstr(x->seen->prompt, " as zoeyz "));
	memcpy(code, " as alice ", 10);
	assert_int_equal(strlen(known), strlen(x->seen->prompt));
	code = strstr(x->seen->prompt, "  Code   ");
	assert_memory_equal(known, x->seen->prompt, (size_t)(code - x->seen->prompt) + 9);
	assert_memory_not_equal(code + 9, "BCDFGHJK", 8);
	assert_non_null(strstr(x->log, "reason=usr.unknown user=zoeyz"));
}

static void
root_is_exempt_without_a_word(void **state)
{
	struct world *x = *state;

	if (geteuid() != 0)
		skip();
	configure(x, "good", "");
	ends(x, "root", MSG_IGNORE, "exempt.root");
	assert_int_equal(x->seen->prompts + x->seen->texts, 0);
	/* nor does a mistake stand between root and its own password */
	configure(x, "good", "no_such_key = 1");
	ends(x, "root", MSG_IGNORE, "exempt.root");
}

static void
a_service_that_is_not_served_is_left_to_other_modules(void **state)
{
	struct world *x = *state;

	if (geteuid() != 0)
		skip();
	configure(x, "good", "services = sudo");
	ends(x, "alice", MSG_IGNORE, "exempt.service");
	assert_int_equal(x->seen->prompts + x->seen->texts, 0);
}

static void
a_broken_configuration_is_unavailable_and_critical(void **state)
{
	struct world *x = *state;

	configure(x, "good", "colour = blue");
	run(x, "alice");
	assert_int_equal(x->seen->verdict, MSG_UNAVAILABLE);
	assert_memory_equal(x->seen->reason, "cfg.", 4);
	assert_non_null(strstr(x->seen->error, "not set up correctly"));
	assert_int_equal(unlink(x->conf), 0);
	run(x, "alice");
	assert_int_equal(x->seen->verdict, MSG_UNAVAILABLE);
}

/* A caller sets its limits before su; the answer must not be the one that leads to break-glass. */
static void
a_lack_of_descriptors_is_no_configuration_error(void **state)
{
	struct world *x = *state;
	struct rlimit old, low;
	int fd[2], top;

	if (geteuid() != 0)
		skip();
	configure(x, "good", "");
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	assert_int_equal(chan_pair(fd, NULL), E_OK);
	module_end_start(fd[1], "sshd", "alice");
	assert_true((top = dup(0)) >= 0);
	(void)close(top);
	/* room for serve's two and the pidfd, none for a file */
	low = (struct rlimit){ (rlim_t)top + 3, old.rlim_max };
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
	assert_int_equal(serve(x, fd[0]), 0);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	for (struct msg m; module_end_take(fd[1], &m, 100) == E_OK; msg_clear(&m))
		if (m.type == MSG_VERDICT)
			note(x->seen, &m.verdict);
	assert_int_equal(x->seen->verdict, MSG_SYSTEM);
	fdio_close(&fd[0]);
	fdio_close(&fd[1]);
}

static void
a_module_that_says_no_start_gets_no_verdict(void **state)
{
	struct world *x = *state;
	int fd[2];
	struct msg m;

	assert_int_equal(chan_pair(fd, NULL), E_OK);
	module_end_answer(fd[1], "");
	assert_int_equal(serve(x, fd[0]), 1);
	(void)close(fd[0]);
	assert_int_equal(module_end_take(fd[1], &m, 200), E_CLOSED);
	assert_non_null(strstr(x->log, "verdict=error reason=a.order"));
	(void)close(fd[1]);
}

static int
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(an_approved_person_gets_groups_a_ticket_and_a_line),
		CASE(a_denial_is_refused_with_a_sentence),
		CASE(another_person_is_refused),
		CASE(a_person_of_no_group_is_forbidden),
		CASE(a_worker_that_dies_is_the_systems_failure),
		CASE(a_worker_that_babbles_is_the_systems_failure),
		CASE(facts_before_a_code_are_refused),
		CASE(a_page_elsewhere_is_never_shown),
		CASE(after_junk_nobody_gets_in),
		CASE(a_cancel_is_told_and_needs_no_sentence),
		CASE(a_worker_that_is_not_installed_is_unavailable),
		CASE(a_stranger_sees_what_a_known_person_sees),
		CASE(root_is_exempt_without_a_word),
		CASE(a_service_that_is_not_served_is_left_to_other_modules),
		CASE(a_broken_configuration_is_unavailable_and_critical),
		CASE(a_lack_of_descriptors_is_no_configuration_error),
		CASE(a_module_that_says_no_start_gets_no_verdict),
	};
	return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}
