/* The provider's side of a login: what a worker may not do. */
#include "config.h"

#include "helper/consult.h"
#include "tests/support/login_world.h"

static void
a_worker_that_dies_is_the_systems_failure(void **state)
{
	worker_ends(state, "dead", MSG_SYSTEM, "sys.worker");
}

static void
a_worker_that_babbles_is_the_systems_failure(void **state)
{
	worker_ends(state, "babble", MSG_SYSTEM, "ipc.format");
}

static void
facts_before_a_code_are_refused(void **state)
{
	worker_ends(state, "early", MSG_SYSTEM, "ipc.order");
}

static void
a_page_elsewhere_is_never_shown(void **state)
{
	struct world *x = *state;

	worker_ends(state, "elsewhere", MSG_UNAVAILABLE, "mon.uri");
	assert_int_equal(x->seen->prompts, 0);
}

static void
a_worker_that_is_not_installed_is_unavailable(void **state)
{
	struct world *x = *state;

	(void)tmpdir_file(&x->t, x->worker, "none");
	if (can)
		assert_int_equal(unlink(tmpdir_file(&x->t, x->worker, "worker")), 0);
	worker_ends(state, "good", MSG_UNAVAILABLE, "cfg.worker");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_worker_that_dies_is_the_systems_failure),
		CASE(a_worker_that_babbles_is_the_systems_failure),
		CASE(facts_before_a_code_are_refused),
		CASE(a_page_elsewhere_is_never_shown),
		CASE(a_worker_that_is_not_installed_is_unavailable),
	};
	return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}
