/* Waiting for the person. */
#include "config.h"

#include <string.h>

#include "common/fdio.h"
#include "helper/approval.h"
#include "tests/support/module_end.h"

struct ends {
	int fd[2]; /* monitor, module */
	struct session s;
	struct msg start;
	struct err e;
	struct approval a;
	int asked, asked_junk, done_at; /* done_at: the ask that is approved, 0: none */
	enum errcode fails;
};

static enum errcode
ask(void *arg, bool *done, struct err *e)
{
	struct ends *x = arg;

	x->asked++;
	if (x->fails != E_OK)
		return err_set(e, x->fails, "dev.denied", "denied");
	*done = x->asked == x->done_at;
	return E_OK;
}

static enum errcode
ask_junk(void *arg, bool *done, struct err *e)
{
	struct ends *x = arg;

	(void)done;
	x->asked_junk++;
	return x->asked_junk < 2 ? E_OK : err_set(e, E_EXP, "dev.expired", "never");
}

static int
set_up(void **state)
{
	static struct ends x;

	x = (struct ends){ .fd = { -1, -1 } };
	*state = &x;
	if (chan_pair(x.fd, NULL) != E_OK)
		return -1;
	module_end_start(x.fd[1], "sshd", "alice");
	if (session_open(&x.s, x.fd[0], &clock_system, &x.start, NULL) != E_OK)
		return -1;
	x.a = (struct approval){ .session = &x.s,
		.screen = { .host = "web1",
		    .service = "sshd",
		    .account = "alice",
		    .provider = "Authelia",
		    .uri = "https://a.example/d",
		    .uri_complete = "",
		    .user_code = "BCDFGHJK" },
		.enter = true,
		.kind = MSG_TEXT_INFO,
		.deadline = clock_boot_ms(&clock_system) + 90000,
		.latest = clock_boot_ms(&clock_system) + 90000,
		.ask = ask,
		.ask_junk = ask_junk,
		.arg = &x };
	return 0;
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

static void
expect_prompt(struct ends *x, const char *part)
{
	struct msg m;

	module_end_expect(x->fd[1], MSG_PROMPT, &m);
	assert_non_null(strstr(m.prompt.text, part));
	msg_clear(&m);
}

static void
the_first_enter_asks_and_approval_ends_it(void **state)
{
	struct ends *x = *state;
	struct msg m;

	x->done_at = 1;
	module_end_answer(x->fd[1], "");
	assert_int_equal(approval_wait(&x->a, &x->e), E_OK);
	assert_int_equal(x->asked, 1);
	module_end_expect(x->fd[1], MSG_PROMPT, &m);
	assert_non_null(strstr(m.prompt.text, "(90 s left): "));
	assert_in_range(m.prompt.patience_ms, 93000, 95000); /* what is left, and grace */
	msg_clear(&m);
	assert_int_equal(module_end_take(x->fd[1], &m, 20), E_TIMEOUT);
}

static void
pending_asks_the_person_again(void **state)
{
	struct ends *x = *state;

	x->done_at = 3;
	for (int i = 0; i < 3; i++)
		module_end_answer(x->fd[1], "");
	assert_int_equal(approval_wait(&x->a, &x->e), E_OK);
	assert_int_equal(x->asked, 3);
	expect_prompt(x, "BCDFGHJK");
	expect_prompt(x, "Not approved yet");
	expect_prompt(x, "Not approved yet");
}

static void
without_enter_it_is_a_text_and_asks_by_itself(void **state)
{
	struct ends *x = *state;
	struct msg m;

	x->a.enter = false;
	x->done_at = 3;
	assert_int_equal(approval_wait(&x->a, &x->e), E_OK);
	assert_int_equal(x->asked, 3);
	module_end_expect(x->fd[1], MSG_TEXT, &m);
	assert_int_equal(m.text.kind, MSG_TEXT_INFO);
	msg_clear(&m);
	assert_int_equal(module_end_take(x->fd[1], &m, 20), E_TIMEOUT);
}

/* A URL is shown in place of a code, once; its prompt is not repeated by what asks once. */
static void
an_address_is_shown_in_place_of_a_code(void **state)
{
	struct ends *x = *state;
	struct msg m;

	x->a.screen.url = "https://a.example/authorize?x=1";
	x->a.enter = false;
	x->a.kind = MSG_TEXT_ERROR;
	x->done_at = 1;
	assert_int_equal(approval_wait(&x->a, &x->e), E_OK);
	module_end_expect(x->fd[1], MSG_TEXT, &m);
	assert_int_equal(m.text.kind, MSG_TEXT_ERROR);
	assert_non_null(strstr(m.text.text, "(90 s left):\n  https://a.example/authorize?x=1"));
	assert_null(strstr(m.text.text, "BCDFGHJK"));
	msg_clear(&m);
	x->a.enter = true;
	x->asked = 0;
	module_end_answer(x->fd[1], "");
	assert_int_equal(approval_wait(&x->a, &x->e), E_OK);
	expect_prompt(x, "Press Enter when you have signed in there: ");
	assert_int_equal(module_end_take(x->fd[1], &m, 20), E_TIMEOUT);
}

static void
why_asking_failed_ends_it(void **state)
{
	struct ends *x = *state;

	x->fails = E_DENY;
	module_end_answer(x->fd[1], "");
	assert_int_equal(approval_wait(&x->a, &x->e), E_DENY);
	assert_string_equal(err_reason(&x->e), "dev.denied");
	assert_int_equal(x->asked, 1);
}

/* sshd answers for people whom it will not let in; an approval must not be burnt on it. */
static void
after_junk_the_provider_is_never_asked(void **state)
{
	struct ends *x = *state;

	x->done_at = 1;
	module_end_answer(x->fd[1], "\b\n\r\177INCORRECT");
	module_end_answer(x->fd[1], "");
	assert_int_equal(approval_wait(&x->a, &x->e), E_EXP);
	assert_int_equal(x->asked, 0);
	assert_int_equal(x->asked_junk, 2);
}

static void
junk_later_on_counts_as_well(void **state)
{
	struct ends *x = *state;

	x->done_at = 2;
	module_end_answer(x->fd[1], "");
	module_end_answer(x->fd[1], "\b\n\r\177INCORRECT");
	module_end_answer(x->fd[1], "");
	assert_int_equal(approval_wait(&x->a, &x->e), E_EXP);
	assert_int_equal(x->asked, 1);
	assert_int_equal(x->asked_junk, 2);
}

static void
nobody_at_the_prompt_is_an_expiry(void **state)
{
	struct ends *x = *state;

	x->a.deadline = clock_boot_ms(&clock_system) + 60;
	assert_int_equal(approval_wait(&x->a, &x->e), E_EXP);
	assert_string_equal(err_reason(&x->e), "dev.expired");
	assert_int_equal(x->asked, 0);
}

/* D-09: a poll that was sent in time may be answered behind the code's end, and the module has to
 * wait for that */
static void
the_module_waits_for_an_ask_that_began_in_time(void **state)
{
	struct ends *x = *state;
	struct msg m;

	x->done_at = 1;
	x->a.deadline = clock_boot_ms(&clock_system) + 5000;
	module_end_answer(x->fd[1], "");
	assert_int_equal(approval_wait(&x->a, &x->e), E_OK);
	module_end_expect(x->fd[1], MSG_PROMPT, &m);
	assert_non_null(strstr(m.prompt.text, "(5 s left): "));
	assert_in_range(m.prompt.patience_ms, 93000, 95000);
	msg_clear(&m);
}

/* A captured worker may answer as fast as it is asked: that must not keep a login past its time. */
static void
answers_that_are_there_already_do_not_outrun_the_clock(void **state)
{
	struct ends *x = *state;

	x->a.enter = false;
	x->done_at = 1;
	x->a.deadline = clock_boot_ms(&clock_system) - 1;
	assert_int_equal(approval_wait(&x->a, &x->e), E_EXP);
	assert_int_equal(x->asked, 0);
	x->e = (struct err){ .code = E_OK };
	x->a.deadline = clock_boot_ms(&clock_system) + 5000;
	assert_int_equal(approval_wait(&x->a, &x->e), E_OK);
}

static void
a_cancel_ends_it_without_asking(void **state)
{
	struct ends *x = *state;

	module_end_cancel(x->fd[1], MSG_CANCEL_INTERRUPT);
	assert_int_equal(approval_wait(&x->a, &x->e), E_CONV);
	assert_int_equal(x->asked, 0);
}

static void
a_host_that_is_gone_ends_it_without_asking(void **state)
{
	struct ends *x = *state;

	fdio_close(&x->fd[1]);
	assert_int_equal(approval_wait(&x->a, &x->e), E_CLOSED);
	assert_int_equal(x->asked, 0);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(the_first_enter_asks_and_approval_ends_it),
		CASE(pending_asks_the_person_again),
		CASE(without_enter_it_is_a_text_and_asks_by_itself),
		CASE(an_address_is_shown_in_place_of_a_code),
		CASE(why_asking_failed_ends_it),
		CASE(after_junk_the_provider_is_never_asked),
		CASE(junk_later_on_counts_as_well),
		CASE(nobody_at_the_prompt_is_an_expiry),
		CASE(the_module_waits_for_an_ask_that_began_in_time),
		CASE(answers_that_are_there_already_do_not_outrun_the_clock),
		CASE(a_cancel_ends_it_without_asking),
		CASE(a_host_that_is_gone_ends_it_without_asking),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
