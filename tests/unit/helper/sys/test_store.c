/* Small state files of root. The tests' own user stands in for root. */
#include "config.h"

#include "common/fdio.h"
#include "helper/sys/store.h"
#include "tests/support/tmpdir.h"

struct place {
	struct tmpdir t;
	char path[TMPDIR_PATH];
	int fd;
	struct buf *in, *out;
	struct err e;
};

static int
set_up(void **state)
{
	static struct place x;

	x = (struct place){ .fd = -1, .in = buf_new(64) };
	tmpdir_make(&x.t);
	*state = &x;
	return store_dir(&x.fd, x.t.path, 0700, NULL) == E_OK ? 0 : -1;
}

static int
tear_down(void **state)
{
	struct place *x = *state;

	fdio_close(&x->fd);
	buf_free(x->in);
	buf_free(x->out);
	tmpdir_remove(&x->t);
	return 0;
}

static mode_t
mode_of(const char *path)
{
	struct stat st;

	assert_int_equal(lstat(path, &st), 0);
	return st.st_mode & 07777;
}

static void
a_folder_and_its_parent_are_made_past_the_umask(void **state)
{
	struct place *x = *state;
	char parent[TMPDIR_PATH];
	mode_t old = umask(077);
	int fd = -1;

	assert_int_equal(
	    store_dir(&fd, tmpdir_file(&x->t, x->path, "latchkey/tickets"), 0700, NULL), E_OK);
	(void)umask(old);
	assert_int_equal(fcntl(fd, F_GETFD), FD_CLOEXEC);
	assert_int_equal(mode_of(x->path), 0700);
	assert_int_equal(mode_of(tmpdir_file(&x->t, parent, "latchkey")), 0755);
	fdio_close(&fd);
}

/* /run is root's, but /tmp has a sticky bit to lose. */
static void
a_parent_that_was_there_keeps_its_mode(void **state)
{
	struct place *x = *state;
	char parent[TMPDIR_PATH];
	int fd = -1;

	assert_int_equal(mkdir(tmpdir_file(&x->t, parent, "old"), 0700), 0);
	assert_int_equal(chmod(parent, 01777), 0);
	assert_int_equal(store_dir(&fd, tmpdir_file(&x->t, x->path, "old/new"), 0700, NULL), E_OK);
	assert_int_equal(mode_of(parent), 01777);
	fdio_close(&fd);
}

static void
no_folder(struct place *x, const char *path)
{
	struct err e = { .code = E_OK };
	int fd = -1;

	(void)x;
	assert_int_equal(store_dir(&fd, path, 0700, &e), E_SYS);
	assert_string_equal(err_reason(&e), "store.dir");
	assert_int_equal(fd, -1);
}

static void
refuses_a_folder_that_others_can_write(void **state)
{
	struct place *x = *state;
	int fd = -1;

	assert_int_equal(chmod(x->t.path, 0775), 0);
	no_folder(x, x->t.path);
	assert_int_equal(chmod(x->t.path, 0757), 0);
	no_folder(x, x->t.path);
	assert_int_equal(chmod(x->t.path, 0755), 0);
	assert_int_equal(store_dir(&fd, x->t.path, 0700, NULL), E_OK);
	fdio_close(&fd);
}

static void
refuses_a_folder_of_somebody_else(void **state)
{
	struct place *x = *state;

	if (geteuid() != 0)
		skip();
	assert_int_equal(chown(x->t.path, 65534, 65534), 0);
	no_folder(x, x->t.path);
	assert_int_equal(chown(x->t.path, 0, 0), 0);
}

static void
refuses_a_link_and_a_file_where_a_folder_should_be(void **state)
{
	struct place *x = *state;

	assert_int_equal(symlink(x->t.top, tmpdir_file(&x->t, x->path, "link")), 0);
	no_folder(x, x->path);
	no_folder(x, tmpdir_write(&x->t, x->path, "file", "x", 1));
}

static void
what_is_written_is_read_back_and_replaced_in_one_step(void **state)
{
	struct place *x = *state;

	assert_int_equal(buf_puts(x->in, "one"), E_OK);
	assert_int_equal(store_write(x->fd, "state", x->in, NULL), E_OK);
	buf_reset(x->in);
	assert_int_equal(buf_puts(x->in, "second"), E_OK);
	assert_int_equal(store_write(x->fd, "state", x->in, &x->e), E_OK);
	assert_int_equal(store_read(x->fd, "state", 64, &x->out, &x->e), E_OK);
	assert_int_equal(buf_len(x->out), 6);
	assert_memory_equal(buf_data(x->out), "second", 6);
	assert_int_equal(mode_of(tmpdir_file(&x->t, x->path, "state")), 0600);
}

static void
nothing_is_left_beside_the_file(void **state)
{
	struct place *x = *state;
	char tmp[64];

	assert_int_equal(store_write(x->fd, "state", x->in, NULL), E_OK);
	(void)snprintf(tmp, sizeof(tmp), ".state.%ld", (long)getpid());
	assert_int_not_equal(faccessat(x->fd, tmp, F_OK, 0), 0);
	assert_int_equal(mkdirat(x->fd, "in the way", 0700), 0);
	assert_int_equal(store_write(x->fd, "in the way", x->in, &x->e), E_SYS);
	assert_string_equal(err_reason(&x->e), "store.write");
	(void)snprintf(tmp, sizeof(tmp), ".in the way.%ld", (long)getpid());
	assert_int_not_equal(faccessat(x->fd, tmp, F_OK, 0), 0);
}

/* A monitor that was killed in between had this pid. */
static void
an_orphan_of_the_same_pid_is_no_obstacle(void **state)
{
	struct place *x = *state;
	char tmp[64];

	(void)snprintf(tmp, sizeof(tmp), ".state.%ld", (long)getpid());
	(void)tmpdir_write(&x->t, x->path, tmp, "half", 4);
	assert_int_equal(buf_puts(x->in, "whole"), E_OK);
	assert_int_equal(store_write(x->fd, "state", x->in, &x->e), E_OK);
	assert_int_equal(store_read(x->fd, "state", 64, &x->out, &x->e), E_OK);
	assert_int_equal(buf_len(x->out), 5);
}

static void
a_missing_file_is_told_from_a_bad_one(void **state)
{
	struct place *x = *state;

	assert_int_equal(store_read(x->fd, "none", 64, &x->out, &x->e), E_CLOSED);
	assert_null(x->out);
}

static void
a_file_may_be_as_long_as_the_maximum_and_no_longer(void **state)
{
	struct place *x = *state;

	(void)tmpdir_write(&x->t, x->path, "state", "1234", 4);
	assert_int_equal(store_read(x->fd, "state", 3, &x->out, &x->e), E_LIMIT);
	assert_null(x->out);
	assert_int_equal(store_read(x->fd, "state", 4, &x->out, NULL), E_OK);
}

static void
no_file(struct place *x, const char *name)
{
	struct err e = { .code = E_OK };

	assert_int_equal(store_read(x->fd, name, 64, &x->out, &e), E_SYS);
	assert_string_equal(err_reason(&e), "store.read");
	assert_null(x->out);
}

static void
refuses_a_file_that_is_not_ours_alone(void **state)
{
	struct place *x = *state;

	(void)tmpdir_write(&x->t, x->path, "state", "1234", 4);
	assert_int_equal(symlinkat("state", x->fd, "link"), 0);
	no_file(x, "link");
	assert_int_equal(mkfifoat(x->fd, "fifo", 0600), 0);
	no_file(x, "fifo");
	assert_int_equal(mkdirat(x->fd, "folder", 0700), 0);
	no_file(x, "folder");
	assert_int_equal(chmod(x->path, 0620), 0);
	no_file(x, "state");
	assert_int_equal(chmod(x->path, 0602), 0);
	no_file(x, "state");
	assert_int_equal(chmod(x->path, 0644), 0);
	assert_int_equal(store_read(x->fd, "state", 64, &x->out, NULL), E_OK);
}

static void
refuses_a_file_of_somebody_else(void **state)
{
	struct place *x = *state;

	if (geteuid() != 0)
		skip();
	(void)tmpdir_write(&x->t, x->path, "state", "1234", 4);
	assert_int_equal(chown(x->path, 65534, 65534), 0);
	no_file(x, "state");
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_folder_and_its_parent_are_made_past_the_umask),
		CASE(a_parent_that_was_there_keeps_its_mode),
		CASE(refuses_a_folder_that_others_can_write),
		CASE(refuses_a_folder_of_somebody_else),
		CASE(refuses_a_link_and_a_file_where_a_folder_should_be),
		CASE(what_is_written_is_read_back_and_replaced_in_one_step),
		CASE(nothing_is_left_beside_the_file),
		CASE(an_orphan_of_the_same_pid_is_no_obstacle),
		CASE(a_missing_file_is_told_from_a_bad_one),
		CASE(a_file_may_be_as_long_as_the_maximum_and_no_longer),
		CASE(refuses_a_file_that_is_not_ours_alone),
		CASE(refuses_a_file_of_somebody_else),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
