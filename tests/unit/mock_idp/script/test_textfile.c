/* Files that a script is, or that it names. */
#include "config.h"

#include "mock_idp/script/textfile.h"
#include "tests/support/tmpdir.h"
#include "tests/unit/mock_idp/script/quoted.h"

static const struct where at = { NULL, "f", 0 };

static void
a_file_is_read_whole_from_its_folder_or_by_its_path(void **state)
{
	char path[TMPDIR_PATH];
	struct buf *b = NULL;
	struct tmpdir t;

	(void)state;
	tmpdir_make(&t);
	(void)tmpdir_write(&t, path, "a", "x\0y", 3);
	assert_int_equal(textfile_read(&b, t.path, "a", &at, NULL), E_OK);
	assert_int_equal(buf_len(b), 3);
	assert_memory_equal(buf_data(b), "x\0y", 3);
	buf_free(b);
	assert_int_equal(textfile_read(&b, "/nowhere", path, &at, NULL), E_OK);
	buf_free(b);
	assert_int_equal(textfile_read(&b, "", path, &at, NULL), E_OK);
	buf_free(b);
	tmpdir_remove(&t);
}

static void
what_is_no_file_is_refused(void **state)
{
	struct err e = { .code = E_OK };
	char fifo[TMPDIR_PATH], big[TMPDIR_PATH], longest[5000];
	struct buf *b = NULL;
	struct tmpdir t;

	(void)state;
	tmpdir_make(&t);
	assert_int_equal(textfile_read(&b, t.path, "none", &at, &e), E_CFG);
	assert_says(&e, "f: No such file");
	e.code = E_OK;
	assert_int_equal(textfile_read(&b, "", t.path, &at, &e), E_CFG);
	assert_says(&e, "f: is not a file");
	e.code = E_OK;
	assert_int_equal(mkfifo(tmpdir_file(&t, fifo, "p"), 0600), 0);
	assert_int_equal(textfile_read(&b, "", fifo, &at, &e), E_CFG);
	assert_says(&e, "f: is not a file");
	e.code = E_OK;
	(void)tmpdir_write(&t, big, "big", "", 0);
	assert_int_equal(truncate(big, (off_t)TEXTFILE_MAX + 1), 0);
	assert_int_equal(textfile_read(&b, "", big, &at, &e), E_CFG);
	assert_says(&e, "f: has more than");
	e.code = E_OK;
	memset(longest, 'a', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	assert_int_equal(textfile_read(&b, t.path, longest, &at, &e), E_CFG);
	assert_says(&e, "f: File name too long");
	assert_null(b);
	tmpdir_remove(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_is_read_whole_from_its_folder_or_by_its_path),
		cmocka_unit_test(what_is_no_file_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
