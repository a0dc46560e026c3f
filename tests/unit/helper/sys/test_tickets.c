/* The monitor's side of tickets. */
#include "config.h"

#include <dirent.h>
#include <time.h>

#include "common/fdio.h"
#include "helper/sys/store.h"
#include "helper/sys/tickets.h"
#include "tests/support/tmpdir.h"

static char id[] = "3f9c01aa", alice[] = "alice", sshd[] = "sshd", sub[] = "s-1";
static uint32_t gids[] = { 27, 998 };
static const struct grant grant = { .login_id = id,
	.account = alice,
	.service = sshd,
	.subject = sub,
	.username = alice,
	.gids = gids,
	.gid_count = 2 };

struct place {
	struct tmpdir t;
	char path[TMPDIR_PATH], name[TICKET_NAME_LEN + 1];
	struct err e;
};

static int
set_up(void **state)
{
	static struct place x;

	x = (struct place){ .name = "" };
	tmpdir_make(&x.t);
	*state = &x;
	return 0;
}

static int
tear_down(void **state)
{
	struct place *x = *state;

	tmpdir_remove(&x->t);
	return 0;
}

static enum errcode
write_one(struct place *x)
{
	return tickets_write(x->name, x->t.path, getpid(), &grant, &clock_system, &x->e);
}

static size_t
files(const struct place *x)
{
	DIR *d = opendir(x->t.path);
	struct dirent *entry;
	size_t n = 0;

	assert_non_null(d);
	while ((entry = readdir(d)) != NULL)
		n += entry->d_name[0] != '.';
	(void)closedir(d);
	return n;
}

static void
a_ticket_says_who_may_redeem_it_and_what_for(void **state)
{
	struct place *x = *state;
	struct ticket_process self;
	struct buf *b = NULL;
	struct ticket t;
	int32_t ppid;
	int fd = -1;

	assert_int_equal(write_one(x), E_OK);
	assert_true(ticket_is_name(x->name));
	assert_int_equal(store_dir(&fd, x->t.path, 0700, NULL), E_OK);
	assert_int_equal(store_read(fd, x->name, TICKET_BYTES_MAX, &b, NULL), E_OK);
	assert_int_equal(ticket_decode(buf_data(b), buf_len(b), &t, NULL), E_OK);
	assert_true(ticket_process_read((int32_t)getpid(), &self, &ppid));
	assert_int_equal(t.caller.pid, getpid());
	assert_int_equal(t.caller.start, self.start);
	assert_int_equal(t.parent.pid, ppid);
	assert_string_equal(t.grant.account, "alice");
	assert_string_equal(t.grant.service, "sshd");
	assert_int_equal(t.grant.gid_count, 2);
	assert_int_equal(t.grant.gids[1], 998);
	assert_true(clock_boot_ms(&clock_system) - t.written < 5000);
	ticket_clear(&t);
	buf_free(b);
	fdio_close(&fd);
}

static void
only_its_owner_reads_it(void **state)
{
	struct place *x = *state;
	struct stat st;

	assert_int_equal(write_one(x), E_OK);
	assert_int_equal(stat(tmpdir_file(&x->t, x->path, x->name), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
}

static void
no_two_have_one_name(void **state)
{
	struct place *x = *state;
	char first[TICKET_NAME_LEN + 1];

	assert_int_equal(write_one(x), E_OK);
	memcpy(first, x->name, sizeof(first));
	assert_int_equal(write_one(x), E_OK);
	assert_string_not_equal(first, x->name);
	assert_int_equal(files(x), 2);
}

static void
aged(struct place *x, const char *name, time_t by)
{
	struct timespec when[2] = { { .tv_sec = time(NULL) - by }, { .tv_sec = time(NULL) - by } };

	(void)tmpdir_write(&x->t, x->path, name, "x", 1);
	assert_int_equal(utimensat(AT_FDCWD, x->path, when, 0), 0);
}

static void
is_there(struct place *x, const char *name, bool yes)
{
	assert_int_equal(access(tmpdir_file(&x->t, x->path, name), F_OK) == 0, yes);
}

static void
what_is_too_old_or_from_the_future_is_swept_and_the_rest_stays(void **state)
{
	struct place *x = *state;
	const time_t age = TICKET_AGE_MAX_MS / 1000;

	aged(x, "old", age + 5);
	aged(x, "young", age - 5);
	aged(x, "ahead", -(age + 5));
	assert_int_equal(write_one(x), E_OK);
	is_there(x, "old", false);
	is_there(x, "young", true);
	is_there(x, "ahead", false);
	is_there(x, x->name, true);
}

/* A monitor that was killed while it wrote. */
static void
an_orphan_of_a_write_is_swept_too(void **state)
{
	struct place *x = *state;

	aged(x, ".00112233445566778899aabbccddeeff.4711", TICKET_AGE_MAX_MS / 1000 + 5);
	assert_int_equal(write_one(x), E_OK);
	is_there(x, ".00112233445566778899aabbccddeeff.4711", false);
}

static void
a_full_folder_refuses_and_a_swept_one_does_not(void **state)
{
	struct place *x = *state;
	char name[16];

	for (int i = 0; i < TICKETS_MAX; i++) {
		(void)snprintf(name, sizeof(name), "%d", i);
		(void)tmpdir_write(&x->t, x->path, name, "", 0);
	}
	assert_int_equal(write_one(x), E_SYS);
	assert_string_equal(err_reason(&x->e), "ticket.full");
	x->e = (struct err){ .code = E_OK };
	aged(x, "0", TICKET_AGE_MAX_MS / 1000 + 5);
	assert_int_equal(write_one(x), E_OK);
}

static void
refuses_a_caller_that_is_gone(void **state)
{
	struct place *x = *state;

	assert_int_equal(
	    tickets_write(x->name, x->t.path, 0x3ffffff, &grant, &clock_system, &x->e), E_SYS);
	assert_string_equal(err_reason(&x->e), "ticket.proc");
	assert_string_equal(x->name, "");
}

/* docker exec: its parent lies outside the pid namespace. Pid 1 has no other parent either. */
static void
a_caller_without_a_parent_here_is_served(void **state)
{
	struct place *x = *state;
	struct ticket_process first;
	int32_t ppid = -1;

	if (!ticket_process_read(1, &first, &ppid) || ppid != 0)
		skip();
	assert_int_equal(tickets_write(x->name, x->t.path, 1, &grant, &clock_system, &x->e), E_OK);
}

static void
refuses_where_the_folder_is_not_safe(void **state)
{
	struct place *x = *state;

	assert_int_equal(chmod(x->t.path, 0777), 0);
	assert_int_equal(write_one(x), E_SYS);
	assert_string_equal(err_reason(&x->e), "store.dir");
	assert_int_equal(chmod(x->t.path, 0700), 0);
	x->e = (struct err){ .code = E_OK };
	assert_int_equal(write_one(x), E_OK);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_ticket_says_who_may_redeem_it_and_what_for),
		CASE(only_its_owner_reads_it),
		CASE(no_two_have_one_name),
		CASE(what_is_too_old_or_from_the_future_is_swept_and_the_rest_stays),
		CASE(an_orphan_of_a_write_is_swept_too),
		CASE(a_full_folder_refuses_and_a_swept_one_does_not),
		CASE(refuses_a_caller_that_is_gone),
		CASE(a_caller_without_a_parent_here_is_served),
		CASE(refuses_where_the_folder_is_not_safe),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
