/* Where the files lie. */
#include "config.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mock_idp/statedir.h"
#include "tests/support/unit.h"

static void
touch(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);

	assert_true(fd >= 0);
	(void)close(fd);
}

static void
a_fresh_one_goes_with_its_files(void **state)
{
	struct statedir s;
	struct stat st;
	char dir[256];

	(void)state;
	assert_int_equal(statedir_open(&s, NULL, NULL, NULL), E_OK);
	assert_int_equal(stat(s.dir, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0755);
	(void)snprintf(dir, sizeof(dir), "%.255s", s.dir);
	touch(s.ca);
	touch(s.client_key);
	touch(s.control);
	statedir_close(&s);
	assert_int_not_equal(stat(dir, &st), 0);
}

static void
a_given_one_stays(void **state)
{
	char dir[] = "/tmp/test_statedir.XXXXXX";
	struct statedir s;
	struct stat st;

	(void)state;
	assert_non_null(mkdtemp(dir));
	assert_int_equal(statedir_open(&s, dir, "/tmp/elsewhere.sock", NULL), E_OK);
	assert_string_equal(s.control, "/tmp/elsewhere.sock");
	touch(s.ca);
	statedir_close(&s);
	assert_int_equal(stat(dir, &st), 0);
	assert_int_equal(rmdir(dir), 0);
}

static void
files_of_somebody_else_are_refused_and_left_alone(void **state)
{
	static const char *const names[] = { "ca.pem", "client_key.pem", "control.sock" };
	char dir[] = "/tmp/test_statedir.XXXXXX", path[3][64];
	struct statedir s;

	(void)state;
	assert_non_null(mkdtemp(dir));
	for (int i = 0; i < 3; i++) {
		struct err e = { .code = E_OK };

		(void)snprintf(path[i], sizeof(path[i]), "%s/%s", dir, names[i]);
		touch(path[i]);
		assert_int_equal(statedir_open(&s, dir, NULL, &e), E_CFG);
		assert_non_null(strstr(e.text, path[i]));
		assert_int_equal(unlink(path[i]), 0);
	}
	/* all three at once: the first one names itself, and the others stay too */
	for (int i = 0; i < 3; i++)
		touch(path[i]);
	assert_int_equal(statedir_open(&s, dir, NULL, NULL), E_CFG);
	for (int i = 0; i < 3; i++)
		assert_int_equal(unlink(path[i]), 0);
	assert_int_equal(statedir_open(&s, dir, NULL, NULL), E_OK);
	statedir_close(&s);
	assert_int_equal(rmdir(dir), 0);
}

static void
a_socket_path_that_bind_cannot_take_is_refused(void **state)
{
	char path[160];
	struct statedir s;

	(void)state;
	memset(path, 'a', sizeof(path));
	path[0] = '/';
	path[sizeof(path) - 1] = '\0';
	assert_int_equal(statedir_open(&s, NULL, path, NULL), E_CFG);
	path[100] = '\0';
	assert_int_equal(statedir_open(&s, NULL, path, NULL), E_OK);
	statedir_close(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_fresh_one_goes_with_its_files),
		cmocka_unit_test(a_given_one_stays),
		cmocka_unit_test(files_of_somebody_else_are_refused_and_left_alone),
		cmocka_unit_test(a_socket_path_that_bind_cannot_take_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
