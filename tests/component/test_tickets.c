/*
 * The ticket through the module, in the shape of sshd: a child authenticates and hands its PAM
 * environment to its parent, which opens the session. In a mount namespace of its own, with an
 * empty RUNSTATEDIR.
 */
#include "config.h"

#include <dirent.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/buf.h"
#include "proto/ticket.h"
#include "tests/component/host.h"
#include "tests/support/unit.h"

#define DIR_TICKETS RUNSTATEDIR "/latchkey/tickets"
#define SCRIPT "grant group=4242\nticket " DIR_TICKETS "\nverdict allow\n"

struct sshd {
	struct host h;      /* the monitor's handle */
	char variable[128]; /* LATCHKEY_TICKET=..., as the child had it */
};

static int race[2]; /* the child's variable, to its parent */

static void
put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);

	if (fd >= 0) {
		(void)!write(fd, text, strlen(text));
		(void)close(fd);
	}
}

/* Root's own namespace, else a user namespace in which we are root. */
static bool
enter_namespace(void)
{
	char map[64];
	unsigned uid = getuid(), gid = getgid();

	if (uid == 0 && unshare(CLONE_NEWNS) != 0)
		return false;
	if (uid != 0) {
		if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0)
			return false;
		(void)snprintf(map, sizeof(map), "0 %u 1", uid);
		put("/proc/self/uid_map", map);
		put("/proc/self/setgroups", "deny");
		(void)snprintf(map, sizeof(map), "0 %u 1", gid);
		put("/proc/self/gid_map", map);
	}
	return mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount("tmpfs", RUNSTATEDIR, "tmpfs", 0, "mode=0755") == 0 &&
	    mkdir(RUNSTATEDIR "/latchkey", 0755) == 0 && mkdir(DIR_TICKETS, 0700) == 0;
}

/* How many there are; with sweep, were. */
static int
count(bool sweep)
{
	DIR *d = opendir(DIR_TICKETS);
	struct dirent *e;
	int n = 0;

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		n++;
		if (sweep)
			(void)unlinkat(dirfd(d), e->d_name, 0);
	}
	if (d != NULL)
		(void)closedir(d);
	return n;
}

static int
tickets_left(void)
{
	return count(false);
}

static void
copy_variable(pam_handle_t *pamh, char *out, size_t size)
{
	const char *v = pam_getenv(pamh, "LATCHKEY_TICKET");

	(void)snprintf(out, size, "LATCHKEY_TICKET=%s", v == NULL ? "" : v);
}

/* Runs act(h) in a child; its variable comes back through the pipe. */
static void
in_child(struct sshd *s, void (*act)(struct host *))
{
	int fd[2], status;
	pid_t pid;

	assert_int_equal(pipe2(fd, O_CLOEXEC), 0);
	if ((pid = fork()) == 0) {
		char v[128] = "";

		act(&s->h);
		copy_variable(s->h.pamh, v, sizeof(v));
		_exit(write(fd[1], v, sizeof(v)) == sizeof(v) ? 0 : 1);
	}
	(void)close(fd[1]);
	assert_int_equal(read(fd[0], s->variable, sizeof(s->variable)), sizeof(s->variable));
	(void)close(fd[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
}

static void
authenticate(struct host *h)
{
	if (pam_authenticate(h->pamh, 0) != PAM_SUCCESS || pam_acct_mgmt(h->pamh, 0) != PAM_SUCCESS)
		_exit(2);
}

static int
begin(void **state)
{
	static struct sshd s;

	memset(&s, 0, sizeof(s));
	s.h.answer = "";
	host_groups[0] = 100;
	host_group_count = 1;
	host_begin(&s.h, SCRIPT, "");
	in_child(&s, authenticate);
	assert_int_equal(tickets_left(), 1);
	assert_int_equal(strlen(s.variable), strlen("LATCHKEY_TICKET=") + 32);
	*state = &s;
	return 0;
}

static int
end(void **state)
{
	struct sshd *s = *state;

	host_end(&s->h);
	(void)count(true);
	return 0;
}

static void
the_parent_redeems_it_and_its_children_inherit_the_decision(void **state)
{
	struct sshd *s = *state;

	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
	assert_int_equal(tickets_left(), 0);
	assert_int_equal(host_group_count, 2);
	assert_int_equal(host_groups[1], 4242);
	/* the user's process, forked later, after its own initgroups */
	host_group_count = 1;
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_int_equal(host_group_count, 2);
	assert_int_equal(pam_acct_mgmt(s->h.pamh, 0), PAM_SUCCESS);
}

/* login(1) of shadow opens the session before it sets credentials. */
static void
open_session_redeems_it_as_well(void **state)
{
	struct sshd *s = *state;

	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_open_session(s->h.pamh, 0), PAM_SUCCESS);
	assert_int_equal(tickets_left(), 0);
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_int_equal(host_group_count, 2);
}

static void
refuses_a_ticket_of_another_account(void **state)
{
	struct sshd *s = *state;

	assert_int_equal(pam_set_item(s->h.pamh, PAM_USER, "bob"), PAM_SUCCESS);
	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
	assert_int_equal(host_group_count, 1);
	assert_int_equal(pam_acct_mgmt(s->h.pamh, 0), HOST_ACCT_IGNORED);
}

static void
refuses_a_ticket_of_another_service(void **state)
{
	struct sshd *s = *state;

	assert_int_equal(pam_set_item(s->h.pamh, PAM_SERVICE, "su"), PAM_SUCCESS);
	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_open_session(s->h.pamh, 0), PAM_SUCCESS);
	assert_int_equal(tickets_left(), 0);
	assert_int_equal(pam_set_item(s->h.pamh, PAM_SERVICE, "t"), PAM_SUCCESS);
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_int_equal(host_group_count, 1);
}

/* The ticket's file, decoded, changed and written back as it was. */
static void
rewrite(const struct sshd *s, void (*change)(struct ticket *))
{
	const char *name = strchr(s->variable, '=') + 1;
	int dir = open(DIR_TICKETS, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int fd = openat(dir, name, O_RDWR | O_CLOEXEC);
	struct buf *b = buf_new(TICKET_BYTES_MAX);
	uint8_t bytes[TICKET_BYTES_MAX];
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

		rewrite(s, golden ? nothing : stale[i]);
		assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
		assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
		assert_int_equal(host_group_count, golden ? 2 : 1);
		assert_int_equal(tickets_left(), 0);
		if (!golden)
			in_child(s, authenticate);
	}
}

static void
refuses_a_forged_name(void **state)
{
	struct sshd *s = *state;
	static const char *const forged[] = { "LATCHKEY_TICKET=00112233445566778899aabbccddeeff",
		"LATCHKEY_TICKET=../../../etc/passwd", "LATCHKEY_TICKET=" };

	for (size_t i = 0; i < sizeof(forged) / sizeof(forged[0]); i++) {
		assert_int_equal(pam_putenv(s->h.pamh, forged[i]), PAM_SUCCESS);
		assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
		assert_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
		assert_int_equal(host_group_count, 1);
	}
	assert_int_equal(tickets_left(), 1);
}

static void
setcred_in_a_stranger(struct host *h)
{
	if (pam_setcred(h->pamh, PAM_ESTABLISH_CRED) != PAM_SUCCESS || host_group_count != 1)
		_exit(3);
}

/* A ticket is for the process that authenticated and its parent; another child of ours is neither.
 */
static void
refuses_another_process(void **state)
{
	struct sshd *s = *state;

	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	in_child(s, setcred_in_a_stranger);
	assert_int_equal(tickets_left(), 0);
}

static void
refuses_a_replay(void **state)
{
	struct sshd *s = *state;
	struct host other = { .answer = "" };

	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	host_group_count = 1;
	host_begin(&other, "", "");
	assert_int_equal(pam_putenv(other.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_setcred(other.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_int_equal(host_group_count, 1);
	host_end(&other);
}

static void
authenticate_and_race(struct host *h)
{
	struct host other = { .answer = "" };
	char variable[128];

	authenticate(h);
	copy_variable(h->pamh, variable, sizeof(variable));
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
		host_begin(&s->h, SCRIPT, "");
	}
	assert_int_equal(tickets_left(), 1);
}

/* Our line twice in a stack, or a locker that authenticates again: the first one's ticket does not
 * stay. */
static void
a_second_login_on_one_handle_drops_the_ticket_of_the_first(void **state)
{
	struct sshd *s = *state;

	assert_int_equal(pam_authenticate(s->h.pamh, 0), PAM_SUCCESS);
	assert_int_equal(tickets_left(), 2);
	assert_int_equal(pam_authenticate(s->h.pamh, 0), PAM_SUCCESS);
	assert_int_equal(tickets_left(), 2);
	host_script(&s->h, "verdict refused\n");
	assert_int_equal(pam_authenticate(s->h.pamh, 0), PAM_AUTH_ERR);
	assert_int_equal(tickets_left(), 1);
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_int_equal(host_group_count, 1);
}

/* sudo, su, login: all in one process, so the ticket is not needed and must not stay. */
static void
one_process_drops_its_own_ticket(void **state)
{
	struct sshd *s = *state;

	assert_int_equal(pam_authenticate(s->h.pamh, 0), PAM_SUCCESS);
	assert_int_equal(tickets_left(), 2);
	assert_non_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
	assert_int_equal(pam_setcred(s->h.pamh, PAM_REINITIALIZE_CRED), PAM_SUCCESS);
	assert_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
	assert_int_equal(tickets_left(), 1);
	assert_int_equal(host_group_count, 2);
	/* somebody else's ticket is not removed by naming it */
	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_open_session(s->h.pamh, 0), PAM_SUCCESS);
	assert_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
	assert_int_equal(tickets_left(), 1);
}

static void
without_root_nothing_is_redeemed(void **state)
{
	struct sshd *s = *state;

	host_euid = 1000;
	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	host_euid = 0;
	assert_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
	assert_int_equal(tickets_left(), 1);
	assert_int_equal(host_group_count, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    the_parent_redeems_it_and_its_children_inherit_the_decision, begin, end),
		cmocka_unit_test_setup_teardown(open_session_redeems_it_as_well, begin, end),
		cmocka_unit_test_setup_teardown(refuses_a_ticket_of_another_account, begin, end),
		cmocka_unit_test_setup_teardown(refuses_a_ticket_of_another_service, begin, end),
		cmocka_unit_test_setup_teardown(
		    refuses_one_that_is_stale_or_of_another_time, begin, end),
		cmocka_unit_test_setup_teardown(refuses_a_forged_name, begin, end),
		cmocka_unit_test_setup_teardown(refuses_another_process, begin, end),
		cmocka_unit_test_setup_teardown(refuses_a_replay, begin, end),
		cmocka_unit_test_setup_teardown(one_of_two_at_once_redeems_it, begin, end),
		cmocka_unit_test_setup_teardown(
		    a_second_login_on_one_handle_drops_the_ticket_of_the_first, begin, end),
		cmocka_unit_test_setup_teardown(one_process_drops_its_own_ticket, begin, end),
		cmocka_unit_test_setup_teardown(without_root_nothing_is_redeemed, begin, end),
	};

	if (!enter_namespace()) {
		puts("SKIP: no private mount namespace over " RUNSTATEDIR);
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
