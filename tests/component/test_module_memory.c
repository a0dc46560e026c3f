/*
 * The module without memory, as a host loads it: each allocation of ours fails in turn, alone and
 * with all behind it. Refused, never accepted, never hung, never what a stack may route past us or
 * to break-glass. H-53
 */
#include "config.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "common/clock.h"
#include "tests/component/host.h"
#include "tests/support/unit.h"

#define RUN_MS 3000

/* Of the module under test, which libpam loads once more. */
static void (*fail_from)(size_t n, bool all_behind);
static bool (*end)(void);

static int
set_up(void **state)
{
	const char *top = getenv("top_builddir");
	char path[4096];
	void *module;

	(void)state;
	host_module = "tests/component/.libs/pam_starved.so";
	(void)snprintf(path, sizeof(path), "%s/%s", top == NULL ? "." : top, host_module);
	if ((module = dlopen(path, RTLD_NOW)) == NULL)
		return -1;
	*(void **)&fail_from = dlsym(module, "allocfail_from");
	*(void **)&end = dlsym(module, "allocfail_end");
	return fail_from == NULL || end == NULL;
}

/* What authenticate and acct_mgmt say; *came: there was an n-th allocation. */
static void
log_in(const char *script, size_t n, bool all_behind, bool *came, int rc[2])
{
	int64_t began = clock_boot_ms(&clock_system);
	struct host h = { .answer = "y" };

	host_begin(&h, script, "");
	(void)alarm(RUN_MS / 1000 * 2);
	fail_from(n, all_behind);
	rc[0] = pam_authenticate(h.pamh, PAM_SILENT);
	*came = end();
	rc[1] = pam_acct_mgmt(h.pamh, PAM_SILENT);
	(void)alarm(0);
	host_end(&h);
	assert_in_range(clock_boot_ms(&clock_system) - began, 0, RUN_MS);
}

static void
fail_each(const char *script, int good, bool all_behind)
{
	size_t n = 0;
	bool came;
	int rc[2];

	log_in(script, 0, false, &came, rc);
	assert_int_equal(rc[0], good);
	for (log_in(script, ++n, all_behind, &came, rc); came;
	     log_in(script, ++n, all_behind, &came, rc)) {
		if (rc[0] != PAM_SYSTEM_ERR && rc[0] != PAM_CONV_ERR)
			fail_msg("allocation %zu: authenticate says %d", n, rc[0]);
		/* no decision is left behind */
		assert_int_equal(rc[1], HOST_ACCT_IGNORED);
	}
	assert_int_equal(rc[0], good);
	assert_in_range(n, 15, 200);
}

static void
no_allocation_that_fails_lets_anybody_in(void **state)
{
	(void)state;
	for (int behind = 0; behind < 2; behind++) {
		fail_each("text info Hello\nprompt Press Enter: \nexpect answer y\n"
		          "grant group=4242 env=A=B\nverdict allow\n",
		    PAM_SUCCESS, behind == 1);
		fail_each("prompt Press Enter: \nexpect answer y\nverdict unavailable\n",
		    PAM_AUTHINFO_UNAVAIL, behind == 1);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(
	    no_allocation_that_fails_lets_anybody_in) };

#ifdef __SANITIZE_ADDRESS__
	(void)puts(
	    "SKIP: the module has globals of its own, which a sanitizer takes for a mistake");
	return 77;
#endif
	return cmocka_run_group_tests(tests, set_up, NULL);
}
