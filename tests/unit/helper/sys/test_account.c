/* What NSS says of accounts and groups. */
#include "config.h"

#include <stdlib.h>

#include "helper/sys/account.h"
#include "tests/support/unit.h"

static void
root_is_known_by_uid_and_gid(void **state)
{
	struct account a = { 0 };

	(void)state;
	a.uid = 7;
	assert_int_equal(account_find(&a, "root", NULL), E_OK);
	assert_true(a.exists);
	assert_int_equal(a.uid, 0);
	assert_int_equal(a.gid, 0);
}

static void
an_unknown_name_is_no_failure(void **state)
{
	struct account a = { .exists = true, .uid = 7 };

	(void)state;
	assert_int_equal(account_find(&a, "no-such-account-here", NULL), E_OK);
	assert_false(a.exists);
	assert_int_equal(account_find(&a, "", NULL), E_OK);
	assert_false(a.exists);
}

static void
an_accounts_own_groups_have_names(void **state)
{
	const struct account root = { .exists = true, .uid = 0, .gid = 0 };
	const struct account nobody = { .exists = true, .uid = 1000, .gid = 4294967000 };
	struct strlist out = { NULL, 0 };

	(void)state;
	assert_int_equal(account_groups(&out, "root", &root, NULL), E_OK);
	assert_true(strlist_has(&out, "root"));
	strlist_clear(&out);
	/* a gid that nobody named, of an account that is in no group */
	assert_int_equal(account_groups(&out, "no-such-account-here", &nobody, NULL), E_OK);
	assert_int_equal(out.n, 0);
	assert_int_equal(account_groups(&out, "no-such-account-here", &root, NULL), E_OK);
	assert_int_equal(out.n, 1);
	assert_string_equal(out.v[0], "root");
	strlist_clear(&out);
}

static void
groups_become_ids_in_their_order(void **state)
{
	char root[] = "root", daemon[] = "daemon";
	char *v[] = { daemon, root };
	const struct strlist names = { v, 2 };
	uint32_t *gids = NULL;
	size_t n = 0;

	(void)state;
	assert_int_equal(account_gids(&gids, &n, &names, NULL), E_OK);
	assert_int_equal(n, 2);
	assert_int_not_equal(gids[0], 0);
	assert_int_equal(gids[1], 0);
	free(gids);
}

static void
no_groups_are_no_ids(void **state)
{
	const struct strlist names = { NULL, 0 };
	uint32_t *gids = NULL;
	size_t n = 7;

	(void)state;
	assert_int_equal(account_gids(&gids, &n, &names, NULL), E_OK);
	assert_int_equal(n, 0);
	free(gids);
}

static void
a_group_that_is_not_here_is_a_configuration_error(void **state)
{
	char root[] = "root", missing[] = "no-such-group";
	char *v[] = { root, missing };
	const struct strlist names = { v, 2 };
	struct err e = { .code = E_OK };
	uint32_t *gids = NULL;
	size_t n = 7;

	(void)state;
	assert_int_equal(account_gids(&gids, &n, &names, &e), E_CFG);
	assert_string_equal(err_reason(&e), "cfg.group");
	assert_null(gids);
	assert_int_equal(n, 7);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(root_is_known_by_uid_and_gid),
		cmocka_unit_test(an_unknown_name_is_no_failure),
		cmocka_unit_test(an_accounts_own_groups_have_names),
		cmocka_unit_test(groups_become_ids_in_their_order),
		cmocka_unit_test(no_groups_are_no_ids),
		cmocka_unit_test(a_group_that_is_not_here_is_a_configuration_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
