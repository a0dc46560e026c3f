/* Whether the provider sends an acr. */
#include "config.h"

#include <time.h>

#include "cli/hostacr.h"
#include "helper/sys/cache.h"
#include "tests/support/scratch.h"

#define ISSUER "https://auth.example.com"

static struct scratch s;

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
	scratch_remove(&s);
	return 0;
}

static void
remember(const char *metadata)
{
	char body[256];
	const struct ipc_document d = { IPC_METADATA, time(NULL), body };

	(void)snprintf(body, sizeof(body), "%s", metadata);
	assert_int_equal(cache_store(s.dir, ISSUER, &d, NULL), E_OK);
}

static enum hostacr
find(const char *issuer)
{
	char gold[] = "gold", silver[] = "silver", *v[] = { gold, silver };
	const struct strlist acr = { v, 2 };

	return hostacr_find(&acr, s.dir, issuer);
}

static void
one_of_those_asked_for_is_enough(void **state)
{
	(void)state;
	if (geteuid() != 0)
		skip(); /* the cache is root's */
	remember("{\"acr_values_supported\":[\"0\",\"silver\"]}");
	assert_int_equal(find(ISSUER), HOSTACR_OFFERED);
	remember("{\"acr_values_supported\":[\"0\",\"Silver\"]}");
	assert_int_equal(find(ISSUER), HOSTACR_LACKING);
	remember("{\"acr_values_supported\":\"gold\"}");
	assert_int_equal(find(ISSUER), HOSTACR_LACKING);
	remember("{}");
	assert_int_equal(find(ISSUER), HOSTACR_LACKING);
}

static void
without_metadata_nobody_knows(void **state)
{
	(void)state;
	assert_int_equal(find(ISSUER), HOSTACR_UNKNOWN);
	if (geteuid() != 0)
		skip();
	remember("{\"acr_values_supported\":[\"gold\"]");
	assert_int_equal(find(ISSUER), HOSTACR_UNKNOWN);
	remember("{\"acr_values_supported\":[\"gold\"]}");
	assert_int_equal(find("https://other.example.com"), HOSTACR_UNKNOWN);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(one_of_those_asked_for_is_enough),
		T(without_metadata_nobody_knows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
