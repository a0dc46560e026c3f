/* One login from START to VERDICT. */
#include "config.h"

#include "tests/support/login_world.h"

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

/* D-09: asked before the code expired, answered behind that, and within the time limit */
static void
an_answer_may_come_when_the_code_has_expired(void **state)
{
	worker_ends(state, "late", MSG_ALLOW, "ok");
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

static void
loopback_ends(
    void **state, const char *client, const char *more, enum msg_verdict v, const char *reason)
{
	struct world *x = *state;
	char rows[200];

	if (!can)
		skip();
	(void)snprintf(rows, sizeof(rows), "flow = loopback\n%s", more);
	configure(x, client, rows);
	ends(x, "alice", v, reason);
}

static void
a_browser_that_comes_back_needs_no_enter(void **state)
{
	struct world *x = *state;

	loopback_ends(state, "good", "", MSG_ALLOW, "ok");
	assert_int_equal(x->seen->prompts, 0);
	assert_int_equal(x->seen->texts, 1);
	assert_non_null(
	    strstr(x->seen->error, " left):\n  https://auth.example.com/authorize?state=s"));
	assert_true(ticket_is_name(x->seen->ticket));
	assert_non_null(strstr(x->log, "service=sshd flow=loopback sub=s-1"));
	assert_null(strstr(x->log, "authorize"));
}

static void
a_host_that_keeps_texts_back_gets_a_prompt(void **state)
{
	struct world *x = *state;

	loopback_ends(state, "good", "prompt = enter", MSG_ALLOW, "ok");
	assert_int_equal(x->seen->prompts, 1);
	assert_non_null(strstr(x->seen->prompt, "authorize?state=s\nPress Enter"));
}

/* C-044 */
static void
a_browser_that_never_comes_is_an_expiry(void **state)
{
	struct world *x = *state;

	loopback_ends(state, "nobody-comes", "time_limit = 10s", MSG_REFUSED, "cb.never");
	assert_non_null(strstr(x->seen->error, "was not approved in time"));
}

/* The worker gives up at the same moment, and it alone knows who came instead. */
static void
a_worker_that_knows_better_why_nobody_came_is_heard(void **state)
{
	loopback_ends(state, "late", "time_limit = 10s", MSG_REFUSED, "cb.state");
}

static void
another_person_in_the_browser_is_refused(void **state)
{
	loopback_ends(state, "bob", "", MSG_REFUSED, "usr.other");
}

static void
a_cancel_ends_the_wait_for_the_browser(void **state)
{
	struct world *x = *state;

	x->cancel_at = 1;
	loopback_ends(state, "nobody-comes", "prompt = enter", MSG_CANCELLED, "conv.cancel");
}

/* C-160: known and unknown names alike */
static void
loopback_from_another_machine_is_refused_to_all(void **state)
{
	static const char *const who[] = { "alice", "zoeyz" };
	struct world *x = *state;

	if (!can)
		skip();
	configure(x, "good", "flow = loopback");
	x->rhost = "203.0.113.5";
	for (size_t i = 0; i < 2; i++) {
		ends(x, who[i], MSG_REFUSED, "flow.remote");
		assert_int_equal(x->seen->prompts, 0);
		assert_int_equal(x->seen->texts, 1);
		assert_non_null(strstr(x->seen->error, "The sign-in was refused (login "));
	}
	configure(x, "good", "flow = auto");
	ends(x, "alice", MSG_ALLOW, "ok");
	assert_non_null(strstr(x->log, " flow=device "));
}

static void
the_flow_of_the_command_line_stands_in_the_settings_place(void **state)
{
	static const enum settings_flow loopback = SETTINGS_FLOW_LOOPBACK;
	struct world *x = *state;

	if (!can)
		skip();
	configure(x, "good", "flow = device");
	x->flow = &loopback;
	ends(x, "alice", MSG_ALLOW, "ok");
	assert_non_null(strstr(x->log, " flow=loopback "));
}

/* C-163: at once, without a worker, and with one line in the log a minute */
static void
over_a_limit_nobody_is_asked(void **state)
{
	struct world *x = *state;
	int64_t began;

	if (!can)
		skip();
	configure(x, "good", "[limits]\nlocal = 1");
	ends(x, "alice", MSG_ALLOW, "ok");
	(void)unlink(x->worker);
	for (int i = 0; i < 2; i++) {
		began = clock_boot_ms(&clock_system);
		run(x, "alice");
		assert_in_range(clock_boot_ms(&clock_system) - began, 0, 200);
		assert_int_equal(x->seen->verdict, MSG_TOO_OFTEN);
		assert_string_equal(x->seen->reason, "limit.start");
		assert_int_equal(x->seen->prompts, 0);
		assert_true((strstr(x->log, "reason=limit.start user=alice") != NULL) == (i == 0));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(an_approved_person_gets_groups_a_ticket_and_a_line),
		CASE(a_denial_is_refused_with_a_sentence),
		CASE(an_answer_may_come_when_the_code_has_expired),
		CASE(another_person_is_refused),
		CASE(a_person_of_no_group_is_forbidden),
		CASE(after_junk_nobody_gets_in),
		CASE(a_cancel_is_told_and_needs_no_sentence),
		CASE(a_stranger_sees_what_a_known_person_sees),
		CASE(root_is_exempt_without_a_word),
		CASE(a_service_that_is_not_served_is_left_to_other_modules),
		CASE(a_broken_configuration_is_unavailable_and_critical),
		CASE(a_lack_of_descriptors_is_no_configuration_error),
		CASE(a_module_that_says_no_start_gets_no_verdict),
		CASE(over_a_limit_nobody_is_asked),
		CASE(a_browser_that_comes_back_needs_no_enter),
		CASE(a_host_that_keeps_texts_back_gets_a_prompt),
		CASE(a_browser_that_never_comes_is_an_expiry),
		CASE(a_worker_that_knows_better_why_nobody_came_is_heard),
		CASE(another_person_in_the_browser_is_refused),
		CASE(a_cancel_ends_the_wait_for_the_browser),
		CASE(loopback_from_another_machine_is_refused_to_all),
		CASE(the_flow_of_the_command_line_stands_in_the_settings_place),
	};
	return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}
