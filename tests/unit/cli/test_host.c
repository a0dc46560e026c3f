/* What this host makes of valid settings. */
#include "config.h"

#include <time.h>

#include "cli/host.h"
#include "helper/sys/cache.h"
#include "tests/support/scratch.h"

#define ISSUER "https://auth.example.com"

static struct scratch s;
static char conf[SCRATCH_PATH], path[SCRATCH_PATH];
static struct strlist found;

static int
set_up(void **state)
{
	static const char *const dir[] = { "pam", "ssh", "cache" };

	(void)state;
	scratch_make(&s);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(mkdir(scratch_path(&s, path, dir[i]), 0700), 0);
	return 0;
}

static int
tear_down(void **state)
{
	(void)state;
	strlist_clear(&found);
	scratch_remove(&s);
	return 0;
}

/* The warnings for these lines behind [login]. */
static void
look(const char *more)
{
	char pam[SCRATCH_PATH], ssh[SCRATCH_PATH], defs[SCRATCH_PATH], cache[SCRATCH_PATH];
	char text[1024];
	const struct host h = { scratch_path(&s, pam, "pam"), scratch_path(&s, ssh, "ssh"),
		scratch_path(&s, defs, "login.defs"), scratch_path(&s, cache, "cache"), "conf" };
	struct settings *set = NULL;

	strlist_clear(&found);
	(void)snprintf(text, sizeof(text),
	    "[provider]\nissuer = " ISSUER "\nclient_id = x\n[login]\nallow_groups = g\n"
	    "ignore_users = nobody\n%s",
	    more);
	scratch_write(&s, conf, "conf", text, 0644);
	assert_int_equal(settings_load(&set, NULL, conf, getuid(), NULL), E_OK);
	assert_int_equal(host_warn(&found, set, &h, NULL), E_OK);
	settings_free(set);
}

static void
finds(const char *part)
{
	assert_int_equal(found.n, 1);
	if (strstr(found.v[0], part) == NULL)
		fail_msg("%s: no %s", found.v[0], part);
}

static void
a_host_that_suits_is_not_mentioned(void **state)
{
	(void)state;
	scratch_write(&s, path, "ssh/sshd_config", "LoginGraceTime 91\n", 0644);
	scratch_write(&s, path, "login.defs", "LOGIN_TIMEOUT 91\n", 0644);
	look("");
	assert_int_equal(found.n, 0);
}

static void
a_service_that_ends_sooner_is(void **state)
{
	(void)state;
	scratch_write(&s, path, "login.defs", "LOGIN_TIMEOUT 90\n", 0644);
	scratch_write(&s, path, "ssh/sshd_config", "LoginGraceTime 30\n", 0644);
	look("");
	finds("time_limit is 90s for sshd, which itself ends a login after 30s");
	look("[service sshd]\ntime_limit = 25s\n");
	assert_int_equal(found.n, 0);
	look("services = sudo login\n");
	assert_int_equal(found.n, 0);
	scratch_write(&s, path, "login.defs", "LOGIN_TIMEOUT 60\n", 0644);
	look("services = sudo login\n");
	finds("time_limit is 90s for login");
}

/* nobody has no password anywhere */
static void
a_host_without_a_way_in_is(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	scratch_write(&s, path, "login.defs", "LOGIN_TIMEOUT 90\n", 0644);
	scratch_write(&s, path, "pam/sshd", "auth requisite pam_latchkey.so\n", 0644);
	look("");
	finds("nobody gets in while the provider is away");
	scratch_write(&s, path, "pam/sshd",
	    "auth [success=done authinfo_unavail=ignore default=die] pam_latchkey.so\n", 0644);
	look("");
	assert_int_equal(found.n, 0);
}

static void
remember(const char *metadata)
{
	char dir[SCRATCH_PATH], body[256];
	const struct ipc_document d = { IPC_METADATA, time(NULL), body };

	(void)snprintf(body, sizeof(body), "%s", metadata);
	assert_int_equal(cache_store(scratch_path(&s, dir, "cache"), ISSUER, &d, NULL), E_OK);
}

static void
an_acr_that_the_provider_never_sends_is(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip();
	scratch_write(&s, path, "login.defs", "LOGIN_TIMEOUT 90\n", 0644);
	look("require_acr = gold\n"); /* nobody knows yet */
	assert_int_equal(found.n, 0);
	remember("{\"issuer\":\"x\"}");
	look("require_acr = gold\n");
	finds("conf: require_acr asks for what");
	look("[service sudo]\nrequire_acr = gold\n");
	finds("conf:7: require_acr asks for what");
	remember("{\"acr_values_supported\":[\"1\",\"gold\"]}");
	look("require_acr = gold\n");
	assert_int_equal(found.n, 0);
	look("require_acr = silver\n");
	finds("require_acr asks for what");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(a_host_that_suits_is_not_mentioned),
		T(a_service_that_ends_sooner_is),
		T(a_host_without_a_way_in_is),
		T(an_acr_that_the_provider_never_sends_is),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
