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
loopback_ends(void **state, const char *client, enum msg_verdict v, const char *reason)
{
	struct world *x = *state;

	if (!can)
		skip();
	configure(x, client, "flow = loopback");
	ends(x, "alice", v, reason);
	if (v == MSG_SYSTEM || v == MSG_UNAVAILABLE)
		assert_int_equal(x->seen->texts, 1); /* that it failed */
}

/* C-022 */
static void
an_address_elsewhere_is_never_shown(void **state)
{
	struct world *x = *state;

	loopback_ends(state, "url-elsewhere", MSG_UNAVAILABLE, "mon.url");
	assert_null(strstr(x->seen->error, "evil"));
}

static void
a_code_is_no_answer_to_a_loopback_flow(void **state)
{
	loopback_ends(state, "code", MSG_SYSTEM, "ipc.order");
	loopback_ends(state, "early", MSG_SYSTEM, "ipc.order");
}

static void
facts_of_another_flow_are_refused(void **state)
{
	loopback_ends(state, "other-flow", MSG_REFUSED, "mon.flow");
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
		CASE(an_address_elsewhere_is_never_shown),
		CASE(a_code_is_no_answer_to_a_loopback_flow),
		CASE(facts_of_another_flow_are_refused),
		CASE(a_worker_that_is_not_installed_is_unavailable),
	};
	return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}
