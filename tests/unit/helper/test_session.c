/* The monitor's end of [A], with a module that speaks in advance. */
#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/fdio.h"
#include "helper/session.h"
#include "tests/support/module_end.h"

#define SOON_MS 60

struct ends {
	int fd[2]; /* monitor, module */
	struct session s;
	struct msg start;
	struct err e;
};

static int64_t
soon(void)
{
	return clock_boot_ms(&clock_system) + SOON_MS;
}

static int
set_up(void **state)
{
	static struct ends x;

	x = (struct ends){ .fd = { -1, -1 } };
	*state = &x;
	return chan_pair(x.fd, NULL) == E_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	struct ends *x = *state;

	msg_clear(&x->start);
	session_close(&x->s);
	fdio_close(&x->fd[0]);
	fdio_close(&x->fd[1]);
	return 0;
}

static int
set_up_open(void **state)
{
	struct ends *x;

	if (set_up(state) != 0)
		return -1;
	x = *state;
	module_end_start(x->fd[1], "sshd", "alice");
	return session_open(&x->s, x->fd[0], &clock_system, &x->start, NULL) == E_OK ? 0 : -1;
}

static void
a_start_opens_it_with_a_login_id_and_the_peer(void **state)
{
	struct ends *x = *state;

	module_end_start(x->fd[1], "sshd", "alice");
	assert_int_equal(session_open(&x->s, x->fd[0], &clock_system, &x->start, &x->e), E_OK);
	assert_string_equal(x->start.start.user, "alice");
	assert_int_equal(strlen(x->s.login_id), 8);
	assert_int_equal(strspn(x->s.login_id, "0123456789abcdef"), 8);
	assert_int_equal(x->s.host, getpid());
	assert_int_equal(x->s.state, SESSION_WORKING);
}

static void
refuses_to_open_with_anything_but_a_start(void **state)
{
	struct ends *x = *state;

	module_end_answer(x->fd[1], "");
	assert_int_equal(session_open(&x->s, x->fd[0], &clock_system, &x->start, &x->e), E_FORMAT);
	assert_string_equal(err_reason(&x->e), "a.order");
}

static void
refuses_bytes_that_are_no_message(void **state)
{
	struct ends *x = *state;

	assert_int_equal(write(x->fd[1], "\x02garbage", 8), 8);
	assert_int_equal(session_open(&x->s, x->fd[0], &clock_system, &x->start, &x->e), E_FORMAT);
}

static void
a_module_that_hung_up_opens_nothing(void **state)
{
	struct ends *x = *state;

	fdio_close(&x->fd[1]);
	assert_int_equal(session_open(&x->s, x->fd[0], &clock_system, &x->start, &x->e), E_CLOSED);
}

/* The pair is made by another user's process: such a helper would serve whoever started it. */
static void
refuses_a_peer_that_is_not_the_monitors_own_user(void **state)
{
	struct ends *x = *state;
	int other[2];

	if (geteuid() != 0)
		skip();
	assert_int_equal(seteuid(65534), 0);
	assert_int_equal(chan_pair(other, NULL), E_OK);
	assert_int_equal(seteuid(0), 0);
	module_end_start(other[1], "sshd", "alice");
	assert_int_equal(session_open(&x->s, other[0], &clock_system, &x->start, &x->e), E_SYS);
	assert_string_equal(err_reason(&x->e), "a.peer");
	(void)close(other[0]);
	(void)close(other[1]);
}

static void
a_wait_for_nothing_ends_at_its_deadline(void **state)
{
	struct ends *x = *state;

	assert_int_equal(session_wait(&x->s, -1, soon(), &x->e), E_TIMEOUT);
	assert_string_equal(err_reason(&x->e), "dev.expired");
}

static void
a_wait_ends_when_the_descriptor_can_be_read(void **state)
{
	struct ends *x = *state;
	int p[2];

	assert_int_equal(pipe(p), 0);
	assert_int_equal(session_wait(&x->s, p[0], soon(), NULL), E_TIMEOUT);
	assert_int_equal(write(p[1], "x", 1), 1);
	assert_int_equal(session_wait(&x->s, p[0], soon(), &x->e), E_OK);
	(void)close(p[0]);
	(void)close(p[1]);
}

static void
a_host_that_hangs_up_ends_the_wait(void **state)
{
	struct ends *x = *state;

	fdio_close(&x->fd[1]);
	assert_int_equal(session_wait(&x->s, -1, soon(), &x->e), E_CLOSED);
	assert_string_equal(err_reason(&x->e), "a.gone");
}

/* Its end may live on in a child of it; the process is what counts. */
static void
a_host_that_dies_ends_the_wait_though_its_end_is_open(void **state)
{
	struct ends *x = *state;
	int dead = -1;
	pid_t pid;

	if (x->s.pidfd < 0)
		skip();
	if ((pid = fork()) == 0) {
		(void)pause();
		_exit(0);
	}
	dead = (int)syscall(SYS_pidfd_open, pid, 0);
	assert_true(dead >= 0);
	fdio_close(&x->s.pidfd);
	x->s.pidfd = dead;
	assert_int_equal(session_wait(&x->s, -1, soon(), NULL), E_TIMEOUT);
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(session_wait(&x->s, -1, soon(), &x->e), E_CLOSED);
	assert_string_equal(err_reason(&x->e), "a.gone");
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void
an_interrupt_is_the_persons_and_a_dead_conversation_the_hosts(void **state)
{
	struct ends *x = *state;
	struct err second = { .code = E_OK };

	module_end_cancel(x->fd[1], MSG_CANCEL_INTERRUPT);
	assert_int_equal(session_wait(&x->s, -1, soon(), &x->e), E_CONV);
	assert_string_equal(err_reason(&x->e), "conv.cancel");
	module_end_cancel(x->fd[1], MSG_CANCEL_CONVERSATION);
	assert_int_equal(session_wait(&x->s, -1, soon(), &second), E_CONV);
	assert_string_equal(err_reason(&second), "conv.failed");
}

static void
refuses_an_answer_that_nobody_asked_for(void **state)
{
	struct ends *x = *state;

	module_end_answer(x->fd[1], "");
	assert_int_equal(session_wait(&x->s, -1, soon(), &x->e), E_FORMAT);
	assert_string_equal(err_reason(&x->e), "a.order");
}

static void
refuses_a_second_start(void **state)
{
	struct ends *x = *state;

	module_end_start(x->fd[1], "sshd", "bob");
	assert_int_equal(session_wait(&x->s, -1, soon(), &x->e), E_FORMAT);
	assert_string_equal(err_reason(&x->e), "a.order");
}

static void
a_text_arrives_with_its_patience(void **state)
{
	struct ends *x = *state;
	struct msg m;

	assert_int_equal(session_text(&x->s, MSG_TEXT_ERROR, "no", 1234, NULL), E_OK);
	module_end_expect(x->fd[1], MSG_TEXT, &m);
	assert_int_equal(m.text.kind, MSG_TEXT_ERROR);
	assert_int_equal(m.text.patience_ms, 1234);
	assert_string_equal(m.text.text, "no");
	msg_clear(&m);
}

static void
a_prompt_is_shown_with_echo_and_its_answer_ends_it(void **state)
{
	struct ends *x = *state;
	bool junk = true;
	struct msg m;

	module_end_answer(x->fd[1], "");
	assert_int_equal(session_prompt(&x->s, "Enter: ", 7, soon(), &junk, &x->e), E_OK);
	assert_false(junk);
	module_end_expect(x->fd[1], MSG_PROMPT, &m);
	assert_true(m.prompt.echo);
	assert_int_equal(m.prompt.patience_ms, 7);
	assert_string_equal(m.prompt.text, "Enter: ");
	msg_clear(&m);
	assert_int_equal(x->s.state, SESSION_WORKING);
}

static void
what_a_person_types_is_no_junk_but_what_sshd_makes_of_it_is(void **state)
{
	static const struct {
		const char *answer;
		bool junk;
	} row[] = { { "yes", false }, { "\b\n\r", false }, { "INCORRECT", false },
		{ "\b\n\r\177INCORRECT", true }, { "\b\n\r\177INCOR", true } };
	struct ends *x = *state;

	for (size_t i = 0; i < sizeof(row) / sizeof(row[0]); i++) {
		bool junk = !row[i].junk;

		module_end_answer(x->fd[1], row[i].answer);
		assert_int_equal(session_prompt(&x->s, "Enter: ", 7, soon(), &junk, &x->e), E_OK);
		assert_int_equal(junk, row[i].junk);
	}
}

static void
a_prompt_ends_at_its_deadline_or_with_a_cancel(void **state)
{
	struct ends *x = *state;
	struct err second = { .code = E_OK };
	bool junk;

	assert_int_equal(session_prompt(&x->s, "Enter: ", 7, soon(), &junk, &x->e), E_TIMEOUT);
	assert_string_equal(err_reason(&x->e), "dev.expired");
	module_end_cancel(x->fd[1], MSG_CANCEL_INTERRUPT);
	assert_int_equal(session_prompt(&x->s, "Enter: ", 7, soon(), &junk, &second), E_CONV);
}

static void
one_prompt_has_one_answer(void **state)
{
	struct ends *x = *state;
	bool junk;

	module_end_answer(x->fd[1], "");
	module_end_answer(x->fd[1], "");
	assert_int_equal(session_prompt(&x->s, "Enter: ", 7, soon(), &junk, &x->e), E_OK);
	assert_int_equal(session_wait(&x->s, -1, soon(), &x->e), E_FORMAT);
}

static void
a_verdict_carries_the_login_id_and_ends_the_session(void **state)
{
	struct ends *x = *state;
	char reason[] = "dev.denied", none[] = "";
	struct msg_verdict_body v = { .verdict = MSG_REFUSED, .reason = reason, .ticket = none };
	struct msg m;

	assert_int_equal(session_verdict(&x->s, &v, NULL), E_OK);
	module_end_expect(x->fd[1], MSG_VERDICT, &m);
	assert_int_equal(m.verdict.verdict, MSG_REFUSED);
	assert_string_equal(m.verdict.reason, "dev.denied");
	assert_string_equal(m.verdict.login_id, x->s.login_id);
	msg_clear(&m);
	module_end_cancel(x->fd[1], MSG_CANCEL_INTERRUPT);
	assert_int_equal(session_wait(&x->s, -1, soon(), &x->e), E_FORMAT);
}

static void
a_verdict_for_nobody_is_told(void **state)
{
	struct ends *x = *state;
	char reason[] = "ok", none[] = "";
	struct msg_verdict_body v = { .verdict = MSG_IGNORE, .reason = reason, .ticket = none };

	fdio_close(&x->fd[1]);
	assert_int_equal(session_verdict(&x->s, &v, NULL), E_CLOSED);
}

#define OPEN(f) cmocka_unit_test_setup_teardown(f, set_up_open, tear_down)
#define NEW(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		NEW(a_start_opens_it_with_a_login_id_and_the_peer),
		NEW(refuses_to_open_with_anything_but_a_start),
		NEW(refuses_bytes_that_are_no_message),
		NEW(a_module_that_hung_up_opens_nothing),
		NEW(refuses_a_peer_that_is_not_the_monitors_own_user),
		OPEN(a_wait_for_nothing_ends_at_its_deadline),
		OPEN(a_wait_ends_when_the_descriptor_can_be_read),
		OPEN(a_host_that_hangs_up_ends_the_wait),
		OPEN(a_host_that_dies_ends_the_wait_though_its_end_is_open),
		OPEN(an_interrupt_is_the_persons_and_a_dead_conversation_the_hosts),
		OPEN(refuses_an_answer_that_nobody_asked_for),
		OPEN(refuses_a_second_start),
		OPEN(a_text_arrives_with_its_patience),
		OPEN(a_prompt_is_shown_with_echo_and_its_answer_ends_it),
		OPEN(what_a_person_types_is_no_junk_but_what_sshd_makes_of_it_is),
		OPEN(a_prompt_ends_at_its_deadline_or_with_a_cancel),
		OPEN(one_prompt_has_one_answer),
		OPEN(a_verdict_carries_the_login_id_and_ends_the_session),
		OPEN(a_verdict_for_nobody_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
