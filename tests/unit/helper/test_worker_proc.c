/* The worker as the monitor sees it; started for root alone. */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "helper/worker_proc.h"
#include "tests/support/asroot.h"

static char id[] = "3f9c01aa", issuer[] = "https://auth.example.com", none[] = "", claim[] = "c";

struct world {
	struct tmpdir t;
	char path[TMPDIR_PATH];
	struct worker_proc w;
	struct ipc_msg m;
	struct err e;
};

static int
set_up(void **state)
{
	static struct world x;

	x = (struct world){ .w = { .pid = -1, .fd = -1 } };
	tmpdir_make(&x.t);
	*state = &x;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *x = *state;

	worker_proc_stop(&x->w, &clock_system);
	ipc_clear(&x->m);
	tmpdir_remove(&x->t);
	return 0;
}

static int64_t
in(int64_t ms)
{
	return clock_boot_ms(&clock_system) + ms;
}

static enum errcode
launch(struct world *x)
{
	return worker_proc_start(&x->w, x->path, ASROOT_UID, ASROOT_UID, &x->e);
}

/* Starts it and gives it the job whose client_id says what to do. */
static void
work(struct world *x, char *what)
{
	struct ipc_msg job = { .type = IPC_JOB,
		.job = { .login_id = id,
		    .issuer = issuer,
		    .client_id = what,
		    .flow = IDENTITY_DEVICE,
		    .client_auth = IPC_AUTH_NONE,
		    .audience = IPC_AUDIENCE_ISSUER,
		    .client_secret = none,
		    .scopes = none,
		    .ca_file = none,
		    .username_claim = claim,
		    .groups_claim = claim,
		    .nonce = claim,
		    .deadline = in(5000) } };

	if (geteuid() != 0 || !ASROOT_POSSIBLE)
		skip();
	(void)asroot_worker(&x->t, x->path);
	assert_int_equal(launch(x), E_OK);
	assert_int_equal(worker_proc_send(&x->w, &job, &clock_system, in(1000), &x->e), E_OK);
}

static void
a_worker_starts_without_rights_environment_or_descriptors(void **state)
{
	struct world *x = *state;
	char what[] = "state";

	assert_int_equal(setenv("LD_DEBUG_OUTPUT", "/tmp/x", 1), 0);
	work(x, what);
	assert_int_equal(worker_proc_recv(&x->w, &x->m, &clock_system, in(3000), &x->e), E_OK);
	assert_int_equal(x->m.type, IPC_FAILED);
	/* the real gid is nobody's until the worker's first act */
	assert_string_equal(
	    x->m.failed.text, "uid=64990/64990 gid=65534/64990 dump=0 nnp=1 env=0 fds= 0 1 2");
}

static void
a_worker_that_is_gone_is_told_without_blame_on_the_provider(void **state)
{
	struct world *x = *state;
	char what[] = "dead";

	work(x, what);
	assert_int_equal(worker_proc_recv(&x->w, &x->m, &clock_system, in(3000), &x->e), E_SYS);
	assert_string_equal(err_reason(&x->e), "sys.worker");
}

static void
nobody_to_send_to_is_told_the_same(void **state)
{
	const struct ipc_msg poll = { .type = IPC_POLL };
	struct world *x = *state;
	struct err e = { .code = E_OK };
	char what[] = "dead";

	work(x, what);
	assert_int_equal(worker_proc_recv(&x->w, &x->m, &clock_system, in(3000), &x->e), E_SYS);
	assert_int_equal(worker_proc_send(&x->w, &poll, &clock_system, in(500), &e), E_SYS);
	assert_string_equal(err_reason(&e), "sys.worker");
}

static void
a_worker_that_babbles_is_refused(void **state)
{
	struct world *x = *state;
	char what[] = "babble";

	work(x, what);
	assert_int_equal(worker_proc_recv(&x->w, &x->m, &clock_system, in(3000), &x->e), E_SYS);
	assert_string_equal(err_reason(&x->e), "ipc.format");
}

static void
a_silent_worker_is_a_timeout_and_is_killed(void **state)
{
	struct world *x = *state;
	char what[] = "deaf";
	int64_t before;
	pid_t pid;

	work(x, what);
	assert_int_equal(worker_proc_recv(&x->w, &x->m, &clock_system, in(60), &x->e), E_TIMEOUT);
	pid = x->w.pid;
	before = in(0);
	worker_proc_stop(&x->w, &clock_system);
	assert_in_range(in(0) - before, 200, 900);
	assert_int_equal(x->w.pid, -1);
	assert_int_equal(x->w.fd, -1);
	assert_int_equal(kill(pid, 0), -1);
	assert_int_equal(errno, ESRCH);
}

/* How the worker ended, and when: ms after `before`. It is still our child here, as is the one that
 * was left with it. */
static int
ends_within(pid_t pid, int64_t before, int64_t least, int64_t most)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_in_range(in(0) - before, least, most);
	assert_true(waitpid(-1, NULL, 0) > 0);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	return status;
}

/* C-153 */
static void
a_worker_that_is_left_hears_so_and_nobody_waits_for_it(void **state)
{
	struct world *x = *state;
	char what[] = "told";
	int64_t before;
	int status;
	pid_t pid;

	work(x, what);
	pid = x->w.pid;
	before = in(0);
	worker_proc_leave(&x->w, &clock_system, 3000);
	assert_in_range(in(0) - before, 0, 150);
	assert_int_equal(x->w.pid, -1);
	assert_int_equal(x->w.fd, -1);
	status = ends_within(pid, before, 0, 1500);
	assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 7);
}

/* C-154 */
static void
a_worker_that_lingers_is_killed_at_its_time(void **state)
{
	struct world *x = *state;
	char what[] = "linger";
	int64_t before;
	int status;
	pid_t pid;

	work(x, what);
	pid = x->w.pid;
	before = in(0);
	worker_proc_leave(&x->w, &clock_system, 400);
	assert_in_range(in(0) - before, 0, 150);
	status = ends_within(pid, before, 350, 2000);
	assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

/* Whoever waits for the end of a descriptor of the monitor's does not wait for the worker. */
static void
what_is_left_holds_nothing_of_the_monitors(void **state)
{
	struct world *x = *state;
	char what[] = "linger", byte;
	int64_t before;
	int fd[2];
	pid_t pid;

	work(x, what);
	pid = x->w.pid;
	assert_int_equal(pipe(fd), 0);
	before = in(0);
	worker_proc_leave(&x->w, &clock_system, 600);
	assert_int_equal(close(fd[1]), 0);
	assert_int_equal(read(fd[0], &byte, 1), 0);
	assert_in_range(in(0) - before, 0, 400);
	(void)close(fd[0]);
	(void)ends_within(pid, before, 0, 2000);
}

static void
leaving_nobody_is_nothing(void **state)
{
	struct world *x = *state;
	char what[] = "dead";

	worker_proc_leave(&x->w, &clock_system, 1000);
	work(x, what);
	assert_int_equal(worker_proc_recv(&x->w, &x->m, &clock_system, in(3000), &x->e), E_SYS);
	worker_proc_leave(&x->w, &clock_system, 1000);
	assert_int_equal(x->w.pid, -1);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

static void
stopping_nobody_is_nothing(void **state)
{
	struct world *x = *state;

	worker_proc_stop(&x->w, &clock_system);
	worker_proc_stop(&x->w, &clock_system);
}

static void
unfit(struct world *x)
{
	struct err e = { .code = E_OK };

	assert_int_equal(worker_proc_start(&x->w, x->path, ASROOT_UID, ASROOT_UID, &e), E_CFG);
	assert_string_equal(err_reason(&e), "cfg.worker");
	assert_int_equal(x->w.pid, -1);
	assert_int_equal(x->w.fd, -1);
}

static void
refuses_a_program_that_is_not_there_or_no_file(void **state)
{
	struct world *x = *state;

	(void)tmpdir_file(&x->t, x->path, "none");
	unfit(x);
	(void)snprintf(x->path, sizeof(x->path), "%s", x->t.path);
	unfit(x);
}

static void
refuses_a_program_that_is_not_roots_alone(void **state)
{
	struct world *x = *state;

	if (geteuid() != 0) {
		/* not root's */
		(void)tmpdir_write(&x->t, x->path, "worker", "#!/bin/sh\n", 10);
		assert_int_equal(chmod(x->path, 0755), 0);
		unfit(x);
		return;
	}
	(void)asroot_worker(&x->t, x->path);
	assert_int_equal(chmod(x->path, 0775), 0);
	unfit(x);
	assert_int_equal(chmod(x->path, 0757), 0);
	unfit(x);
	assert_int_equal(chmod(x->path, 0755), 0);
	assert_int_equal(chown(x->path, ASROOT_UID, 0), 0);
	unfit(x);
	assert_int_equal(chown(x->path, 0, 0), 0);
	assert_int_equal(launch(x), E_OK);
}

static void
refuses_a_file_that_is_no_program(void **state)
{
	struct world *x = *state;

	if (geteuid() != 0 || !ASROOT_POSSIBLE)
		skip();
	(void)tmpdir_write(&x->t, x->path, "worker", "garbage", 7);
	assert_int_equal(chmod(x->path, 0755), 0);
	unfit(x);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* and no child is left */
	assert_int_equal(chmod(x->path, 0644), 0);
	unfit(x);
}

/* A caller's limits must not become the answer that leads to break-glass. */
static void
a_lack_of_descriptors_is_the_systems_failure(void **state)
{
	struct world *x = *state;
	struct rlimit old, low;
	int next;

	if (geteuid() != 0)
		skip();
	(void)asroot_worker(&x->t, x->path);
	assert_true((next = dup(0)) >= 0);
	(void)close(next);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	for (rlim_t room = 0; room < 5; room++) {
		struct err e = { .code = E_OK };
		enum errcode r;

		low = (struct rlimit){ (rlim_t)next + room, old.rlim_max };
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &low), 0);
		r = worker_proc_start(&x->w, x->path, ASROOT_UID, ASROOT_UID, &e);
		assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
		assert_int_equal(r, E_SYS);
	}
}

static void
refuses_to_start_it_as_root(void **state)
{
	struct world *x = *state;

	if (geteuid() != 0)
		skip();
	(void)asroot_worker(&x->t, x->path);
	assert_int_equal(worker_proc_start(&x->w, x->path, 0, ASROOT_UID, &x->e), E_SYS);
	assert_string_equal(err_reason(&x->e), "sys.spawn");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_worker_starts_without_rights_environment_or_descriptors),
		CASE(a_worker_that_is_gone_is_told_without_blame_on_the_provider),
		CASE(nobody_to_send_to_is_told_the_same),
		CASE(a_worker_that_babbles_is_refused),
		CASE(a_silent_worker_is_a_timeout_and_is_killed),
		CASE(a_worker_that_is_left_hears_so_and_nobody_waits_for_it),
		CASE(a_worker_that_lingers_is_killed_at_its_time),
		CASE(what_is_left_holds_nothing_of_the_monitors),
		CASE(leaving_nobody_is_nothing),
		CASE(stopping_nobody_is_nothing),
		CASE(refuses_a_program_that_is_not_there_or_no_file),
		CASE(refuses_a_program_that_is_not_roots_alone),
		CASE(refuses_a_file_that_is_no_program),
		CASE(a_lack_of_descriptors_is_the_systems_failure),
		CASE(refuses_to_start_it_as_root),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
