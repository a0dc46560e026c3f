/* How long this host waits for a login to be done. */
#include "config.h"

#include "cli/hosttime.h"
#include "tests/support/scratch.h"

static struct scratch s;
static char path[SCRATCH_PATH];

static int
set_up(void **state)
{
	char dir[SCRATCH_PATH];

	(void)state;
	scratch_make(&s);
	assert_int_equal(mkdir(scratch_path(&s, dir, "sshd_config.d"), 0755), 0);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	scratch_remove(&s);
	return 0;
}

static uint64_t
sshd(const char *text)
{
	scratch_write(&s, path, "sshd_config", text, 0644);
	return hosttime_sshd(path, s.dir);
}

static void
the_first_value_counts(void **state)
{
	(void)state;
	assert_int_equal(sshd("LoginGraceTime 30\nLoginGraceTime 60\n"), 30);
	assert_int_equal(sshd("logingracetime = 2m\n"), 120);
	assert_int_equal(sshd("LoginGraceTime \"1h30m\"\n"), 5400);
	assert_int_equal(sshd("LoginGraceTime 0\n"), HOSTTIME_NONE);
}

static void
without_one_it_is_sshds_own(void **state)
{
	(void)state;
	assert_int_equal(hosttime_sshd("/nonexistent/sshd_config", s.dir), 120);
	assert_int_equal(sshd("#LoginGraceTime 30\nPort 22\n"), 120);
	assert_int_equal(sshd("LoginGraceTime soon\n"), 120);
	assert_int_equal(sshd("Match User alice\nLoginGraceTime 30\n"), 120);
}

static void
what_is_included_counts_in_its_place(void **state)
{
	char file[SCRATCH_PATH];

	(void)state;
	scratch_write(&s, file, "sshd_config.d/a.conf", "LoginGraceTime 25\n", 0644);
	assert_int_equal(sshd("Include sshd_config.d/*.conf\nLoginGraceTime 60\n"), 25);
	assert_int_equal(sshd("LoginGraceTime 60\nInclude sshd_config.d/*.conf\n"), 60);
	/* a circle ends */
	scratch_write(&s, file, "sshd_config.d/a.conf", "Include sshd_config.d/*.conf\n", 0644);
	assert_int_equal(sshd("Include sshd_config.d/*.conf\nLoginGraceTime 60\n"), 60);
}

static void
login_has_its_own(void **state)
{
	(void)state;
	assert_int_equal(hosttime_login("/nonexistent/login.defs"), 60);
	scratch_write(&s, path, "login.defs", "# x\nLOGIN_TIMEOUT\t\t45\nUMASK 022\n", 0644);
	assert_int_equal(hosttime_login(path), 45);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(the_first_value_counts),
		T(without_one_it_is_sshds_own),
		T(what_is_included_counts_in_its_place),
		T(login_has_its_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
