/* One conversation with the helper, whose packets lie in the socket before it begins. */
#include "config.h"

#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "pam_module/login.h"
#include "proto/chan.h"
#include "tests/support/fakepam.h"
#include "tests/support/unit.h"

#define T(s) ((char[]){ s }) /* string literals are const here */

/* Every look at the clock is a second later. */
static int64_t now_ms;

static int64_t
hurry(void *arg)
{
	(void)arg;
	return now_ms += 1000;
}

static const struct clock hasty = { .boot_ms = hurry };
static const struct msg start = { .type = MSG_START,
	.start = { .service = T("sshd"),
	    .user = T("alice"),
	    .ruser = T(""),
	    .rhost = T(""),
	    .tty = T(""),
	    .locale = T(""),
	    .address = T("") } };
static const struct msg refused = { .type = MSG_VERDICT,
	.verdict = { .verdict = MSG_REFUSED,
	    .reason = T("pol.group"),
	    .login_id = T("3f9c01aa"),
	    .ticket = T("") } };
static const struct msg prompt = { .type = MSG_PROMPT,
	.prompt = { .echo = true, .patience_ms = 5000, .text = T("Enter: ") } };
static const struct msg text = { .type = MSG_TEXT,
	.text = { .kind = MSG_TEXT_INFO, .patience_ms = 5000, .text = T("hello") } };

/* The signal comes after the first look at it. */
static bool late;
int __real_sigpending(sigset_t *set);
int __wrap_sigpending(sigset_t *set);

int
__wrap_sigpending(sigset_t *set)
{
	if (!late)
		return __real_sigpending(set);
	late = false;
	return sigemptyset(set);
}

struct scene {
	int fd[2];
	struct fakepam_talk talk;
	struct msg out;
};

static int
begin(void **state)
{
	static struct scene s;

	memset(&s, 0, sizeof(s));
	s.talk.answer = "y";
	*state = &s;
	return chan_pair(s.fd, NULL) == E_OK ? 0 : -1;
}

static int
end(void **state)
{
	struct scene *s = *state;

	msg_clear(&s->out);
	(void)close(s->fd[0]);
	if (s->fd[1] >= 0)
		(void)close(s->fd[1]);
	return 0;
}

static void
say(struct scene *s, const struct msg *m)
{
	struct buf *b = buf_new(CHAN_MAX);

	assert_int_equal(msg_encode(b, m, NULL), E_OK);
	assert_int_equal(chan_send(s->fd[1], b, &clock_system, INT64_MAX, NULL), E_OK);
	buf_free(b);
}

/* What the module said, START first. */
static void
assert_heard(struct scene *s, enum msg_type type)
{
	struct buf *b = buf_new(CHAN_MAX);
	struct msg m;

	assert_int_equal(chan_recv(s->fd[1], b, CHAN_MAX, &clock_system, 0, NULL), E_OK);
	assert_int_equal(msg_decode(buf_data(b), buf_len(b), &m, NULL), E_OK);
	assert_int_equal(m.type, type);
	msg_clear(&m);
	buf_free(b);
}

static void
hang_up(struct scene *s)
{
	(void)close(s->fd[1]);
	s->fd[1] = -1;
}

static enum errcode
run(struct scene *s, const struct clock *c)
{
	struct pam_conv conv = { .conv = fakepam_converse, .appdata_ptr = &s->talk };
	struct pam_handle h = { .conv = &conv };

	return login_run(&h, s->fd[0], &start, c, &s->out, NULL);
}

static void
a_verdict_ends_it(void **state)
{
	struct scene *s = *state;

	say(s, &text);
	say(s, &prompt);
	say(s, &refused);
	assert_int_equal(run(s, &clock_system), E_OK);
	assert_int_equal(s->out.verdict.verdict, MSG_REFUSED);
	assert_int_equal(s->talk.calls, 2);
	assert_heard(s, MSG_START);
	assert_heard(s, MSG_ANSWER);
}

/* The helper's time ran out while the person thought: it is gone, its verdict is not. */
static void
a_verdict_that_crossed_the_answer_counts(void **state)
{
	struct scene *s = *state;

	say(s, &prompt);
	say(s, &refused);
	hang_up(s);
	assert_int_equal(run(s, &clock_system), E_OK);
	assert_int_equal(s->out.verdict.verdict, MSG_REFUSED);
}

static void
end_of_file_without_a_verdict_is_no_verdict(void **state)
{
	struct scene *s = *state;

	say(s, &text);
	hang_up(s);
	assert_int_equal(run(s, &clock_system), E_CLOSED);
	assert_null(s->out.verdict.reason);
}

static void
a_mute_helper_is_not_waited_for_beyond_its_patience(void **state)
{
	struct scene *s = *state;

	assert_int_equal(run(s, &hasty), E_TIMEOUT);
}

static void
refuses_what_only_we_say(void **state)
{
	struct scene *s = *state;

	say(s, &start);
	say(s, &refused);
	assert_int_equal(run(s, &clock_system), E_FORMAT);
}

static void
an_end_of_file_of_the_person_is_passed_on(void **state)
{
	struct scene *s = *state;

	s->talk.answer = NULL;
	say(s, &prompt);
	say(s, &refused);
	assert_int_equal(run(s, &clock_system), E_CONV);
	assert_heard(s, MSG_START);
	assert_heard(s, MSG_CANCEL);
}

/* Runs it with SIGINT blocked and pending, as sudo would. */
static enum errcode
run_interrupted(struct scene *s)
{
	sigset_t set, before;
	enum errcode r;
	int got;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	assert_int_equal(sigprocmask(SIG_BLOCK, &set, &before), 0);
	(void)kill(getpid(), SIGINT);
	r = run(s, &clock_system);
	assert_int_equal(sigwait(&set, &got), 0);
	assert_int_equal(sigprocmask(SIG_SETMASK, &before, NULL), 0);
	return r;
}

static void
a_blocked_interrupt_is_seen(void **state)
{
	struct scene *s = *state;

	say(s, &refused);
	assert_int_equal(run_interrupted(s), E_CONV);
	assert_heard(s, MSG_START);
	assert_heard(s, MSG_CANCEL);
}

/* The same ^C killed a helper that was not yet in a session of its own. */
static void
an_interrupt_that_took_the_helper_along_is_no_system_error(void **state)
{
	struct scene *s = *state;

	hang_up(s);
	late = true;
	assert_int_equal(run_interrupted(s), E_CONV);
}

static void
the_table_of_codes_is_designs(void **state)
{
	(void)state;
	assert_int_equal(login_code(MSG_ALLOW), PAM_SUCCESS);
	assert_int_equal(login_code(MSG_IGNORE), PAM_IGNORE);
	assert_int_equal(login_code(MSG_USER_UNKNOWN), PAM_USER_UNKNOWN);
	assert_int_equal(login_code(MSG_UNAVAILABLE), PAM_AUTHINFO_UNAVAIL);
	assert_int_equal(login_code(MSG_SYSTEM), PAM_SYSTEM_ERR);
	assert_int_equal(login_code(MSG_REFUSED), PAM_AUTH_ERR);
	assert_int_equal(login_code(MSG_FORBIDDEN), PAM_PERM_DENIED);
	assert_int_equal(login_code(MSG_CANCELLED), PAM_CONV_ERR);
	assert_int_equal(login_code(MSG_TOO_OFTEN), PAM_MAXTRIES);
	assert_int_equal(login_code((enum msg_verdict)0), PAM_SYSTEM_ERR);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_verdict_ends_it, begin, end),
		cmocka_unit_test_setup_teardown(
		    a_verdict_that_crossed_the_answer_counts, begin, end),
		cmocka_unit_test_setup_teardown(
		    end_of_file_without_a_verdict_is_no_verdict, begin, end),
		cmocka_unit_test_setup_teardown(
		    a_mute_helper_is_not_waited_for_beyond_its_patience, begin, end),
		cmocka_unit_test_setup_teardown(refuses_what_only_we_say, begin, end),
		cmocka_unit_test_setup_teardown(
		    an_end_of_file_of_the_person_is_passed_on, begin, end),
		cmocka_unit_test_setup_teardown(a_blocked_interrupt_is_seen, begin, end),
		cmocka_unit_test_setup_teardown(
		    an_interrupt_that_took_the_helper_along_is_no_system_error, begin, end),
		cmocka_unit_test(the_table_of_codes_is_designs),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
