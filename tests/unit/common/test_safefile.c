/* Files that decide who becomes root. */
#include "config.h"

#include <string.h>
#include <sys/resource.h>

#include "common/safefile.h"
#include "tests/support/scratch.h"

static int
set_up(void **state)
{
	struct scratch *s = calloc(1, sizeof(*s));

	assert_non_null(s);
	scratch_make(s);
	*state = s;
	return 0;
}

static int
tear_down(void **state)
{
	scratch_remove(*state);
	free(*state);
	return 0;
}

static void
refused(const char *path, enum safefile_kind kind, uid_t owner, size_t max, enum errcode code,
    const char *reason)
{
	struct err e = { .code = E_OK };
	struct buf *b = NULL;

	assert_int_equal(safefile_read(path, kind, owner, max, &b, &e), code);
	assert_null(b);
	assert_string_equal(e.reason, reason);
	assert_int_equal(strncmp(e.text, path, strlen(path)), 0);
}

static void
taken(const char *path, enum safefile_kind kind, const char *text)
{
	struct err e = { .code = E_OK };
	struct buf *b = NULL;

	if (safefile_read(path, kind, getuid(), 100, &b, &e) != E_OK)
		fail_msg("%s", e.text);
	assert_string_equal(buf_cstr(b), text);
	buf_free(b);
}

static void
the_mode_decides_by_kind(void **state)
{
	char path[SCRATCH_PATH];

	for (unsigned mode = 0400; mode < 0700; mode++) {
		scratch_write(*state, path, "f", "x", mode);
		if ((mode & 022) == 0)
			taken(path, SAFEFILE_PUBLIC, "x");
		else
			refused(path, SAFEFILE_PUBLIC, getuid(), 100, E_CFG, "cfg.file.mode");
		if ((mode & 077) == 0)
			taken(path, SAFEFILE_SECRET, "x");
		else
			refused(path, SAFEFILE_SECRET, getuid(), 100, E_CFG, "cfg.file.mode");
		assert_int_equal(unlink(path), 0);
	}
}

/* As root the file must be given away first: root's own is good for every owner. */
static void
the_owner_is_root_or_the_one_named(void **state)
{
	char path[SCRATCH_PATH];
	uid_t mine = getuid() == 0 ? 12345 : getuid();

	scratch_write(*state, path, "f", "x", 0644);
	if (getuid() == 0) {
		taken(path, SAFEFILE_PUBLIC, "x");
		if (chown(path, mine, (gid_t)-1) != 0)
			skip();
	}
	refused(path, SAFEFILE_PUBLIC, mine + 1, 100, E_CFG, "cfg.file.owner");
	refused(path, SAFEFILE_PUBLIC, 0, 100, E_CFG, "cfg.file.owner");
}

static void
size_has_a_limit(void **state)
{
	char path[SCRATCH_PATH];

	scratch_write(*state, path, "f", "12345", 0644);
	taken(path, SAFEFILE_PUBLIC, "12345");
	refused(path, SAFEFILE_PUBLIC, getuid(), 4, E_CFG, "cfg.file.size");
	scratch_write(*state, path, "f", "", 0644);
	taken(path, SAFEFILE_PUBLIC, "");
}

static void
only_a_regular_file_is_read_and_nothing_hangs(void **state)
{
	char path[SCRATCH_PATH];

	refused(scratch_path(*state, path, "none"), SAFEFILE_PUBLIC, getuid(), 9, E_CLOSED,
	    "cfg.file.missing");
	assert_int_equal(mkfifo(scratch_path(*state, path, "fifo"), 0600), 0);
	refused(path, SAFEFILE_PUBLIC, getuid(), 9, E_CFG, "cfg.file.type");
	refused(
	    ((struct scratch *)*state)->dir, SAFEFILE_PUBLIC, getuid(), 9, E_CFG, "cfg.file.type");
	refused("/dev/null", SAFEFILE_PUBLIC, getuid(), 9, E_CFG, "cfg.file.type");
	scratch_write(*state, path, "f", "x", 0644);
	refused(scratch_path(*state, path, "f/g"), SAFEFILE_PUBLIC, getuid(), 9, E_CFG,
	    "cfg.file.read");
	assert_int_equal(symlink("loop", scratch_path(*state, path, "loop")), 0);
	refused(path, SAFEFILE_PUBLIC, getuid(), 9, E_CFG, "cfg.file.read");
}

static void
a_link_is_judged_by_its_target(void **state)
{
	char path[SCRATCH_PATH], link[SCRATCH_PATH];

	assert_int_equal(symlink("f", scratch_path(*state, link, "link")), 0);
	scratch_write(*state, path, "f", "x", 0644);
	taken(link, SAFEFILE_PUBLIC, "x");
	scratch_write(*state, path, "f", "x", 0666);
	refused(link, SAFEFILE_PUBLIC, getuid(), 9, E_CFG, "cfg.file.mode");
}

static void
a_lack_of_descriptors_is_not_the_files_fault(void **state)
{
	char path[SCRATCH_PATH];
	struct rlimit old, none;
	struct buf *b = NULL;
	enum errcode r;

	scratch_write(*state, path, "f", "x", 0644);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	none = old;
	none.rlim_cur = 3;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
	r = safefile_read(path, SAFEFILE_PUBLIC, getuid(), 9, &b, NULL);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &old), 0);
	assert_int_equal(r, E_SYS);
	assert_null(b);
	taken(path, SAFEFILE_PUBLIC, "x");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(the_mode_decides_by_kind),
		T(the_owner_is_root_or_the_one_named),
		T(size_has_a_limit),
		T(only_a_regular_file_is_read_and_nothing_hangs),
		T(a_link_is_judged_by_its_target),
		T(a_lack_of_descriptors_is_not_the_files_fault),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
