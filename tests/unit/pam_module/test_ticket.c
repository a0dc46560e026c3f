/* Redeeming a ticket. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/fdio.h"
#include "pam_module/ticket.h"
#include "tests/support/unit.h"

#define T(s) ((char[]){ s }) /* string literals are const here */
#define NAME "00112233445566778899aabbccddeeff"
#define BOOT_ID "01234567-89ab-cdef-0123-456789abcdef"
#define NOW (TICKET_AGE_MAX_MS * 5)

static char dir[64];
static const struct ticket made = { .boot_id = BOOT_ID,
	.written = NOW - 1000,
	.caller = { .pid = 77, .start = 8800 },
	.parent = { .pid = 55, .start = 6600 },
	.grant = { .login_id = T("3f9c01aa"),
	    .account = T("alice"),
	    .service = T("sshd"),
	    .subject = T("abc"),
	    .username = T("alice") } };
static const struct ticket_holder monitor = { .account = "alice",
	.service = "sshd",
	.self = { .pid = 55, .start = 6600 },
	.boot_id = BOOT_ID,
	.now = NOW };

static const char *
path(const char *name)
{
	static char p[128];

	(void)snprintf(p, sizeof(p), "%s/%s", dir, name);
	return p;
}

static void
put(struct ticket t, mode_t mode)
{
	struct buf *b = buf_new(TICKET_BYTES_MAX);
	int fd = open(path(NAME), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

	assert_int_equal(ticket_encode(b, &t, NULL), E_OK);
	assert_int_equal(fdio_write_all(fd, buf_data(b), buf_len(b)), E_OK);
	assert_int_equal(fchmod(fd, mode), 0);
	fdio_close(&fd);
	buf_free(b);
}

static int
begin(void **state)
{
	(void)state;
	(void)snprintf(dir, sizeof(dir), "/tmp/latchkey-ticket-XXXXXX");
	return mkdtemp(dir) == NULL ? -1 : 0;
}

static int
end(void **state)
{
	(void)state;
	(void)unlink(path(NAME));
	(void)unlink(path("other"));
	return rmdir(dir);
}

static enum errcode
redeem(const char *name, struct ticket_holder h)
{
	struct grant g = { 0 };
	enum errcode r = ticket_redeem(dir, geteuid(), name, &h, &g, NULL);

	if (r == E_OK)
		assert_string_equal(g.account, "alice");
	else
		assert_null(g.account);
	grant_clear(&g);
	return r;
}

static void
caller_and_parent_redeem_it_once(void **state)
{
	struct ticket_holder h = monitor;

	(void)state;
	put(made, 0600);
	assert_int_equal(redeem(NAME, monitor), E_OK);
	assert_int_equal(access(path(NAME ".taken"), F_OK), -1);
	assert_int_equal(redeem(NAME, monitor), E_CLOSED);
	put(made, 0600);
	h.self = made.caller;
	assert_int_equal(redeem(NAME, h), E_OK);
}

static void
refuses_who_it_is_not_for_and_the_file_is_gone(void **state)
{
	struct ticket_holder h;

	(void)state;
	h = monitor, h.account = "bob";
	put(made, 0600);
	assert_int_equal(redeem(NAME, h), E_NAME);
	assert_int_equal(access(path(NAME), F_OK), -1);
	h = monitor, h.service = "sudo";
	put(made, 0600);
	assert_int_equal(redeem(NAME, h), E_NAME);
	h = monitor, h.self.pid++;
	put(made, 0600);
	assert_int_equal(redeem(NAME, h), E_NAME);
	h = monitor, h.self.start++;
	put(made, 0600);
	assert_int_equal(redeem(NAME, h), E_NAME);
}

static void
refuses_another_time_and_another_boot(void **state)
{
	struct ticket_holder h = monitor;
	struct ticket t = made;

	(void)state;
	t.written = NOW - TICKET_AGE_MAX_MS;
	put(t, 0600);
	assert_int_equal(redeem(NAME, h), E_OK);
	t.written = NOW - TICKET_AGE_MAX_MS - 1;
	put(t, 0600);
	assert_int_equal(redeem(NAME, h), E_EXP);
	t.written = NOW + 1;
	put(t, 0600);
	assert_int_equal(redeem(NAME, h), E_EXP);
	h.boot_id[0] = '1';
	put(made, 0600);
	assert_int_equal(redeem(NAME, h), E_EXP);
}

static void
refuses_names_that_are_none(void **state)
{
	(void)state;
	put(made, 0600);
	assert_int_equal(redeem("", monitor), E_FORMAT);
	assert_int_equal(redeem("../" NAME, monitor), E_FORMAT);
	assert_int_equal(redeem(NAME ".taken", monitor), E_FORMAT);
	assert_int_equal(redeem(NAME, monitor), E_OK);
}

static void
refuses_files_that_are_not_ours(void **state)
{
	char from[128];

	(void)state;
	put(made, 0640);
	assert_int_equal(redeem(NAME, monitor), E_FORMAT);
	put(made, 0600);
	(void)snprintf(from, sizeof(from), "%s", path(NAME));
	assert_int_equal(link(from, path("other")), 0);
	assert_int_equal(redeem(NAME, monitor), E_FORMAT);
	assert_int_equal(symlink(path("other"), from), 0);
	assert_int_equal(redeem(NAME, monitor), E_FORMAT);
	assert_int_equal(mkfifo(from, 0600), 0);
	assert_int_equal(redeem(NAME, monitor), E_FORMAT);
}

static void
refuses_a_directory_that_others_can_write_or_own(void **state)
{
	struct ticket_holder h = monitor;
	struct grant g = { 0 };

	(void)state;
	put(made, 0600);
	assert_int_equal(chmod(dir, 0770), 0);
	assert_int_equal(redeem(NAME, monitor), E_SYS);
	assert_int_equal(chmod(dir, 0700), 0);
	assert_int_equal(ticket_redeem(dir, geteuid() + 1, NAME, &h, &g, NULL), E_SYS);
	assert_int_equal(redeem(NAME, monitor), E_OK);
}

static void
refuses_bytes_that_are_no_ticket(void **state)
{
	int fd;

	(void)state;
	put(made, 0600);
	fd = open(path(NAME), O_WRONLY | O_APPEND | O_CLOEXEC);
	assert_int_equal(fdio_write_all(fd, "x", 1), E_OK);
	assert_int_equal(redeem(NAME, monitor), E_FORMAT);
	fdio_close(&fd);
	put(made, 0600);
	assert_int_equal(truncate(path(NAME), TICKET_BYTES_MAX + 1), 0);
	assert_int_equal(redeem(NAME, monitor), E_LIMIT);
	assert_int_equal(access(path(NAME), F_OK), -1);
}

static void
a_discarded_one_is_gone(void **state)
{
	(void)state;
	put(made, 0600);
	ticket_discard(dir, geteuid(), "other");
	assert_int_equal(access(path(NAME), F_OK), 0);
	ticket_discard(dir, geteuid(), NAME);
	assert_int_equal(access(path(NAME), F_OK), -1);
}

static void
here_is_this_process(void **state)
{
	struct ticket_holder h;

	(void)state;
	assert_int_equal(ticket_here(&h, "alice", "sshd", &clock_system, NULL), E_OK);
	assert_int_equal(h.self.pid, getpid());
	assert_string_equal(h.account, "alice");
	assert_int_equal(strlen(h.boot_id), TICKET_BOOT_ID_LEN);
	assert_true(h.now > 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(caller_and_parent_redeem_it_once, begin, end),
		cmocka_unit_test_setup_teardown(
		    refuses_who_it_is_not_for_and_the_file_is_gone, begin, end),
		cmocka_unit_test_setup_teardown(refuses_another_time_and_another_boot, begin, end),
		cmocka_unit_test_setup_teardown(refuses_names_that_are_none, begin, end),
		cmocka_unit_test_setup_teardown(refuses_files_that_are_not_ours, begin, end),
		cmocka_unit_test_setup_teardown(
		    refuses_a_directory_that_others_can_write_or_own, begin, end),
		cmocka_unit_test_setup_teardown(refuses_bytes_that_are_no_ticket, begin, end),
		cmocka_unit_test_setup_teardown(a_discarded_one_is_gone, begin, end),
		cmocka_unit_test(here_is_this_process),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
