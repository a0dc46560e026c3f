/* The configuration's files and their order. */
#include "config.h"

#include <string.h>

#include "helper/settings_files.h"
#include "tests/support/scratch.h"

struct fixture {
	struct scratch s;
	char conf[SCRATCH_PATH], vendor[SCRATCH_PATH], dir[SCRATCH_PATH];
	struct settings_files f;
	struct err e;
};

static int
set_up(void **state)
{
	struct fixture *x = calloc(1, sizeof(*x));

	assert_non_null(x);
	scratch_make(&x->s);
	scratch_write(&x->s, x->conf, "conf", "[main]\n", 0644);
	scratch_write(&x->s, x->vendor, "vendor", "[vendor]\n", 0644);
	assert_int_equal(mkdir(scratch_path(&x->s, x->dir, "conf.d"), 0755), 0);
	assert_int_equal(chmod(x->dir, 0755), 0);
	*state = x;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *x = *state;

	settings_files_clear(&x->f);
	scratch_remove(&x->s);
	free(x);
	return 0;
}

static void
drop_in(struct fixture *x, const char *name, const char *text, mode_t mode)
{
	char path[SCRATCH_PATH];

	scratch_write(&x->s, path, name, text, mode);
}

static enum errcode
read_all(struct fixture *x)
{
	return settings_files_read(&x->f, x->vendor, x->conf, getuid(), NULL, &x->e);
}

static void
vendor_main_and_drop_ins_come_in_byte_order(void **state)
{
	static const char *const order[] = { "vendor", "main", "ten", "two", "upper", "lower" };
	struct fixture *x = *state;

	drop_in(x, "conf.d/b.conf", "[lower]\n", 0644);
	drop_in(x, "conf.d/B.conf", "[upper]\n", 0600);
	drop_in(x, "conf.d/2.conf", "[two]\n", 0644);
	drop_in(x, "conf.d/10.conf", "[ten]\n", 0444);
	assert_int_equal(read_all(x), E_OK);
	assert_true(x->f.vendor);
	assert_int_equal(x->f.n, 6);
	for (size_t i = 0; i < 6; i++)
		assert_string_equal(x->f.v[i]->section[0].section, order[i]);
}

static void
other_names_in_the_folder_are_not_configuration(void **state)
{
	struct fixture *x = *state;

	drop_in(x, "conf.d/a.conf.bak", "nonsense", 0666);
	drop_in(x, "conf.d/.a.conf", "nonsense", 0666);
	drop_in(x, "conf.d/README", "nonsense", 0666);
	drop_in(x, "conf.d/.conf", "nonsense", 0666);
	assert_int_equal(read_all(x), E_OK);
	assert_int_equal(x->f.n, 2);
}

static void
vendor_and_folder_may_be_missing_the_main_file_not(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(unlink(x->vendor), 0);
	assert_int_equal(rmdir(x->dir), 0);
	assert_int_equal(read_all(x), E_OK);
	assert_false(x->f.vendor);
	assert_int_equal(x->f.n, 1);
	settings_files_clear(&x->f);
	assert_int_equal(settings_files_read(&x->f, NULL, x->conf, getuid(), NULL, &x->e), E_OK);
	settings_files_clear(&x->f);
	assert_int_equal(unlink(x->conf), 0);
	assert_int_equal(read_all(x), E_CFG);
	assert_string_equal(x->e.reason, "cfg.file.missing");
	assert_non_null(strstr(x->e.text, "/conf: there is no such file"));
}

static void
refuses_any_file_that_others_can_write(void **state)
{
	static const char *const name[] = { "vendor", "conf", "conf.d/a.conf" };
	struct fixture *x = *state;

	for (size_t i = 0; i < 3; i++) {
		x->e.code = E_OK;
		drop_in(x, name[i], "[a]\n", 0664);
		assert_int_equal(read_all(x), E_CFG);
		assert_string_equal(x->e.reason, "cfg.file.mode");
		assert_non_null(strstr(x->e.text, name[i]));
		settings_files_clear(&x->f);
		drop_in(x, name[i], "[a]\n", 0644);
	}
	assert_int_equal(read_all(x), E_OK);
}

static void
refuses_a_folder_that_others_can_write(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(chmod(x->dir, 0775), 0);
	assert_int_equal(read_all(x), E_CFG);
	assert_string_equal(x->e.reason, "cfg.file.mode");
	assert_non_null(strstr(x->e.text, "conf.d: mode is 0775"));
}

static void
refuses_a_drop_in_that_is_not_there(void **state)
{
	struct fixture *x = *state;
	char path[SCRATCH_PATH];

	assert_int_equal(symlink("nowhere", scratch_path(&x->s, path, "conf.d/a.conf")), 0);
	assert_int_equal(read_all(x), E_CFG);
	assert_string_equal(x->e.reason, "cfg.file.missing");
}

static void
refuses_a_folder_that_is_a_file(void **state)
{
	struct fixture *x = *state;

	assert_int_equal(rmdir(x->dir), 0);
	drop_in(x, "conf.d", "", 0644);
	assert_int_equal(read_all(x), E_CFG);
	assert_string_equal(x->e.reason, "cfg.file.read");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(vendor_main_and_drop_ins_come_in_byte_order),
		T(other_names_in_the_folder_are_not_configuration),
		T(vendor_and_folder_may_be_missing_the_main_file_not),
		T(refuses_any_file_that_others_can_write),
		T(refuses_a_folder_that_others_can_write),
		T(refuses_a_drop_in_that_is_not_there),
		T(refuses_a_folder_that_is_a_file),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
