/* The helper as a child of the command. */
#include "config.h"

#include "cli/child.h"
#include "proto/chan.h"
#include "proto/msg.h"
#include "tests/support/scratch.h"

struct world {
	struct scratch s;
	char helper[SCRATCH_PATH], conf[SCRATCH_PATH], report[SCRATCH_PATH], text[4096];
};

static int
set_up(void **state)
{
	static struct world w;
	const char *top = getenv("top_builddir");

	scratch_make(&w.s);
	(void)snprintf(
	    w.helper, sizeof(w.helper), "%s/tests/support/fakehelper", top == NULL ? "." : top);
	(void)scratch_path(&w.s, w.report, "report");
	*state = &w;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *w = *state;

	scratch_remove(&w->s);
	return 0;
}

static void
send_start(int fd)
{
	char user[] = "alice", service[] = "sudo", none[] = "";
	const struct msg m = { .type = MSG_START,
		.start = { service, user, none, none, none, none, none, 0, false } };
	struct buf *b = buf_new(CHAN_MAX);

	assert_int_equal(msg_encode(b, &m, NULL), E_OK);
	assert_int_equal(chan_send(fd, b, &clock_system, INT64_MAX, NULL), E_OK);
	buf_free(b);
}

/* Plays script to its end; what it reported is in w->text. */
static void
play(struct world *w, const char *script, const char *flow)
{
	struct child_options o = { .helper = w->helper, .flow = flow };
	struct buf *b = buf_new(CHAN_MAX);
	struct child c;
	char text[600];
	FILE *f;

	(void)snprintf(text, sizeof(text), "report %s\n%s", w->report, script);
	o.conf = scratch_write(&w->s, w->conf, "script", text, 0600);
	assert_int_equal(child_start(&c, &o, NULL), E_OK);
	send_start(c.fd);
	assert_int_equal(
	    chan_recv(c.fd, b, CHAN_MAX, &clock_system, clock_boot_ms(&clock_system) + 5000, NULL),
	    E_OK);
	child_end(&c);
	assert_int_equal(c.fd, -1);
	buf_free(b);
	if ((f = fopen(w->report, "re")) == NULL)
		return;
	w->text[fread(w->text, 1, sizeof(w->text) - 1, f)] = '\0';
	(void)fclose(f);
}

static void
it_has_the_channel_and_nothing_of_our_environment(void **state)
{
	struct world *w = *state;

	assert_int_equal(setenv("LATCHKEY_UNIT", "leaks", 1), 0);
	assert_int_equal(dup2(0, 40), 40);
	play(w, "verdict refused\n", "loopback");
	assert_non_null(strstr(w->text, "fds 0 1 2 3\n")); /* its script */
	assert_null(strstr(w->text, "leaks"));
	assert_non_null(strstr(w->text, "env LANG=C.UTF-8\n"));
	assert_non_null(strstr(w->text, "arg -de\n"));
	assert_non_null(strstr(w->text, "arg -f\narg loopback\n"));
}

static void
a_flow_that_is_not_asked_for_is_not_said(void **state)
{
	struct world *w = *state;

	play(w, "verdict refused\n", NULL);
	assert_null(strstr(w->text, "arg -f\n"));
}

static void
one_that_does_not_end_is_killed(void **state)
{
	int64_t began = clock_boot_ms(&clock_system);

	play(*state, "text info hello\nmute\n", NULL);
	assert_in_range(clock_boot_ms(&clock_system) - began, 1500, 5000);
}

static void
one_that_is_not_installed_is_told(void **state)
{
	struct err e = { .code = E_OK };
	struct child c;

	(void)state;
	assert_int_equal(
	    child_start(&c, &(struct child_options){ .helper = "/nonexistent/helper" }, &e), E_SYS);
	assert_non_null(strstr(e.text, "/nonexistent/helper: No such file"));
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(it_has_the_channel_and_nothing_of_our_environment),
		T(a_flow_that_is_not_asked_for_is_not_said),
		T(one_that_does_not_end_is_killed),
		T(one_that_is_not_installed_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
