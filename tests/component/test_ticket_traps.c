/* The ticket under attack: of another service, stale, raced for, left behind by an earlier login of
 * the same handle. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/buf.h"
#include "common/clock.h"
#include "proto/ticket.h"
#include "tests/component/sshd.h"
#include "tests/support/unit.h"

static int race[2]; /* the child's variable, to its parent */

static void
refuses_a_ticket_of_another_service(void **state)
{
	struct sshd *s = *state;

	assert_int_equal(pam_set_item(s->h.pamh, PAM_SERVICE, "su"), PAM_SUCCESS);
	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_open_session(s->h.pamh, 0), PAM_SUCCESS);
	assert_int_equal(sshd_tickets(), 0);
	assert_int_equal(pam_set_item(s->h.pamh, PAM_SERVICE, "t"), PAM_SUCCESS);
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_int_equal(host_group_count, 1);
}

/* A machine that has been up for less than ten minutes has no ticket from before. */
static bool
can_be_stale(void)
{
	return clock_boot_ms(&clock_system) > TICKET_AGE_MAX_MS + 60 * 1000;
}

/* The ticket's file, decoded, changed and written back as it was. */
static void
rewrite(const struct sshd *s, void (*change)(struct ticket *))
{
	const char *name = strchr(s->variable, '=') + 1;
	int dir = open(SSHD_TICKETS, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int fd = openat(dir, name, O_RDWR | O_CLOEXEC);
	struct buf *b = buf_new(TICKET_BYTES_MAX);
	uint8_t bytes[4096];
	ssize_t n = read(fd, bytes, sizeof(bytes));
	struct ticket t = { 0 };

	assert_true(n > 0);
	assert_int_equal(ticket_decode(bytes, (size_t)n, &t, NULL), E_OK);
	change(&t);
	assert_int_equal(ticket_encode(b, &t, NULL), E_OK);
	assert_int_equal(ftruncate(fd, 0), 0);
	assert_int_equal(pwrite(fd, buf_data(b), buf_len(b), 0), buf_len(b));
	ticket_clear(&t);
	buf_free(b);
	(void)close(fd);
	(void)close(dir);
}

static void
nothing(struct ticket *t)
{
	(void)t;
}

static void
ten_minutes_older(struct ticket *t)
{
	t->written -= TICKET_AGE_MAX_MS + 1;
}

static void
from_the_future(struct ticket *t)
{
	t->written += 3600 * 1000;
}

static void
of_another_boot(struct ticket *t)
{
	t->boot_id[0] = t->boot_id[0] == 'a' ? 'b' : 'a';
}

/* a pid that came round again */
static void
of_an_earlier_process(struct ticket *t)
{
	t->caller.start--;
	t->parent.start--;
}

static void
refuses_one_that_is_stale_or_of_another_time(void **state)
{
	static void (*const stale[])(struct ticket *) = { ten_minutes_older, from_the_future,
		of_another_boot, of_an_earlier_process };
	struct sshd *s = *state;

	for (size_t i = 0; i <= sizeof(stale) / sizeof(stale[0]); i++) {
		bool golden = i == sizeof(stale) / sizeof(stale[0]);

		if (!golden && stale[i] == ten_minutes_older && !can_be_stale())
			continue;
		rewrite(s, golden ? nothing : stale[i]);
		assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
		assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
		assert_int_equal(host_group_count, golden ? 2 : 1);
		assert_int_equal(sshd_tickets(), 0);
		if (!golden)
			sshd_in_child(s, sshd_authenticate);
	}
}

static void
authenticate_and_race(struct host *h)
{
	struct host other = { .answer = "" };
	char variable[128];

	sshd_authenticate(h);
	sshd_copy_variable(h->pamh, variable, sizeof(variable));
	if (write(race[1], variable, sizeof(variable)) != sizeof(variable))
		_exit(4);
	/* a handle without data: this process may redeem its own ticket, as its parent may */
	host_begin(&other, "", "");
	(void)pam_putenv(other.pamh, variable);
	host_group_count = 1;
	(void)pam_setcred(other.pamh, PAM_ESTABLISH_CRED);
	host_end(&other);
	_exit(host_group_count == 2 ? 1 : 0);
}

/* Parent and child are both entitled, and both try at once: one of them gets it, never both. */
static void
one_of_two_at_once_redeems_it(void **state)
{
	struct sshd *s = *state;
	char variable[128];
	int status;
	pid_t pid;

	for (int i = 0; i < 20; i++) {
		host_group_count = 1;
		assert_int_equal(pipe2(race, O_CLOEXEC), 0);
		if ((pid = fork()) == 0)
			authenticate_and_race(&s->h);
		assert_int_equal(read(race[0], variable, sizeof(variable)), sizeof(variable));
		assert_int_equal(pam_putenv(s->h.pamh, variable), PAM_SUCCESS);
		assert_int_equal(pam_open_session(s->h.pamh, 0), PAM_SUCCESS);
		assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) <= 1);
		assert_int_equal(WEXITSTATUS(status) + host_group_count - 1, 1);
		(void)close(race[0]);
		(void)close(race[1]);
		host_end(&s->h);
		host_begin(&s->h, SSHD_SCRIPT, "");
	}
	assert_int_equal(sshd_tickets(), 1);
}

/* Our line twice in a stack, or a locker that authenticates again: the first one's ticket does not
 * stay. */
static void
a_second_login_on_one_handle_drops_the_ticket_of_the_first(void **state)
{
	struct sshd *s = *state;

	assert_int_equal(pam_authenticate(s->h.pamh, 0), PAM_SUCCESS);
	assert_int_equal(sshd_tickets(), 2);
	assert_int_equal(pam_authenticate(s->h.pamh, 0), PAM_SUCCESS);
	assert_int_equal(sshd_tickets(), 2);
	host_script(&s->h, "verdict refused\n");
	assert_int_equal(pam_authenticate(s->h.pamh, 0), PAM_AUTH_ERR);
	assert_int_equal(sshd_tickets(), 1);
	assert_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    refuses_a_ticket_of_another_service, sshd_begin, sshd_end),
		cmocka_unit_test_setup_teardown(
		    refuses_one_that_is_stale_or_of_another_time, sshd_begin, sshd_end),
		cmocka_unit_test_setup_teardown(
		    one_of_two_at_once_redeems_it, sshd_begin, sshd_end),
		cmocka_unit_test_setup_teardown(
		    a_second_login_on_one_handle_drops_the_ticket_of_the_first, sshd_begin,
		    sshd_end),
	};

	if (!sshd_namespace()) {
		puts("SKIP: no private mount namespace over " RUNSTATEDIR);
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
