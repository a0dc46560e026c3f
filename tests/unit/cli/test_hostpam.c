/* What the stacks under /etc/pam.d leave open while the provider is away. */
#include "config.h"

#include "cli/hostpam.h"
#include "tests/support/scratch.h"

static struct scratch s;
static struct hostpam p;

static int
set_up(void **state)
{
	(void)state;
	scratch_make(&s);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	hostpam_clear(&p);
	scratch_remove(&s);
	return 0;
}

static bool
no(const char *name)
{
	(void)name;
	return false;
}

static bool
yes(const char *name)
{
	(void)name;
	return true;
}

static bool
breakglass(const char *name)
{
	return strcmp(name, "breakglass") == 0;
}

static bool
open_to(const char *text, bool (*has_member)(const char *), bool (*has_password)(const char *))
{
	char root[] = "root", *v[] = { root }, path[SCRATCH_PATH];
	const struct strlist exempt = { v, 1 };

	hostpam_clear(&p);
	scratch_write(&s, path, "sshd", text, 0644);
	hostpam_read(&p, s.dir);
	return hostpam_is_break_glass(
	    &p, &exempt, &(struct hostpam_ask){ has_member, has_password });
}

#define OPEN                                                                                       \
	"auth [success=done ignore=ignore authinfo_unavail=ignore default=die] "                   \
	"/x/pam_latchkey.so\n"
#define SHUT "auth [success=done ignore=ignore default=die] pam_latchkey.so\n"
#define GATE "auth requisite pam_succeed_if.so quiet user ingroup breakglass\n"

/* The stack of the README. */
static void
a_group_with_a_member_is_a_way_in(void **state)
{
	(void)state;
	assert_true(open_to(OPEN GATE "auth required pam_unix.so\n", breakglass, no));
	assert_int_equal(p.lines, 1);
	assert_int_equal(p.ingroup.n, 1);
	assert_false(open_to(OPEN GATE "auth required pam_unix.so\n", no, no));
}

static void
a_stack_that_dies_is_none(void **state)
{
	(void)state;
	assert_false(open_to(SHUT GATE, breakglass, no));
	assert_false(open_to("auth requisite pam_latchkey.so\n", yes, no));
	assert_false(open_to("auth [authinfo_unavail=die] pam_latchkey.so\n", yes, no));
	assert_false(open_to("#" OPEN, yes, no));
	assert_false(open_to("account [authinfo_unavail=ignore] pam_latchkey.so\n", yes, no));
	assert_int_equal(p.lines, 0);
}

static void
an_open_stack_without_a_gate_lets_everybody_on(void **state)
{
	(void)state;
	assert_true(open_to(OPEN "auth required pam_unix.so\n", no, no));
	assert_true(open_to("-auth [authinfo_unavail=1 default=die] pam_latchkey.so\n", no, no));
	/* a gate in front of our line is not ours */
	assert_true(open_to(GATE OPEN, no, no));
}

static void
so_is_somebody_exempt_with_a_password(void **state)
{
	(void)state;
	assert_true(open_to(SHUT, no, yes));
	assert_false(open_to(SHUT, no, no));
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(a_group_with_a_member_is_a_way_in),
		T(a_stack_that_dies_is_none),
		T(an_open_stack_without_a_gate_lets_everybody_on),
		T(so_is_somebody_exempt_with_a_password),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
