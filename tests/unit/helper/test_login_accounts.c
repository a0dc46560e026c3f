/* Logins of accounts that are not one person's, and of those that no name opens. H-41, H-44 */
#include "config.h"

#include "tests/support/login_world.h"

static void
takes(void **state, const char *user, const char *more, enum msg_verdict v, const char *reason)
{
	struct world *x = *state;

	if (!can)
		skip();
	configure(x, "good", more);
	ends(x, user, v, reason);
}

static void
a_shared_system_account_is_the_groups_and_the_log_names_the_person(void **state)
{
	struct world *x = *state;

	takes(state, "deploy", "[account deploy]\ngroups = linux-users", MSG_ALLOW, "ok");
	assert_non_null(strstr(x->seen->prompt, "as deploy with Authelia."));
	assert_non_null(strstr(x->log, "user=deploy service=sshd "));
	assert_non_null(strstr(x->log, "sub=s-1 name=alice "));
	assert_non_null(strstr(x->log, "rule=\"[account deploy] groups: linux-users\""));
	assert_int_equal(access(x->pins, F_OK), -1);
}

static void
a_system_account_without_a_section_is_left_alone(void **state)
{
	takes(
	    state, "deploy", "[account other]\ngroups = linux-users", MSG_IGNORE, "exempt.system");
}

static void
a_shared_account_is_not_for_others(void **state)
{
	takes(state, "deploy", "[account deploy]\nusers = deploy", MSG_FORBIDDEN, "pol.group");
}

/* Two switches, both the administrator's: a section, and ignore_users without root. */
static void
root_is_anybodys_only_where_both_switches_say_so(void **state)
{
	struct world *x = *state;

	takes(state, "root", "ignore_users =", MSG_IGNORE, "exempt.root");
	takes(state, "root", "[account root]\ngroups = linux-users", MSG_IGNORE, "exempt.user");
	takes(state, "toor", "ignore_users =\n[account root]\ngroups = linux-users", MSG_IGNORE,
	    "exempt.root");
	assert_int_equal(x->seen->prompts + x->seen->texts, 0);
	/* nor does a mistake stand between root and its own password */
	takes(state, "root", "ignore_users =\n[account root]\ngroup = linux-users", MSG_IGNORE,
	    "exempt.root");
	takes(state, "root", "ignore_users =\n[account root]\nusers = root", MSG_FORBIDDEN,
	    "pol.group");
	takes(
	    state, "root", "ignore_users =\n[account root]\ngroups = linux-users", MSG_ALLOW, "ok");
	assert_non_null(strstr(x->log, "name=alice "));
}

/* C-098, H-42 */
static void
an_account_belongs_to_whoever_came_first(void **state)
{
	struct world *x = *state;
	char path[TMPDIR_PATH + 16];
	struct stat st;

	takes(state, "alice", "", MSG_ALLOW, "ok");
	(void)snprintf(path, sizeof(path), "%s/alice", x->pins);
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	takes(state, "alice", "", MSG_ALLOW, "ok");
	assert_int_equal(truncate(path, 3), 0);
	run(x, "alice");
	assert_int_equal(x->seen->verdict, MSG_SYSTEM);
	assert_string_equal(x->seen->reason, "pin.format");
	assert_string_equal(x->seen->ticket, "");
}

static void
an_account_that_is_as_good_as_root_is_not_opened_by_a_name(void **state)
{
	struct world *x = *state;

	takes(state, "rooty", "root_groups = lk-root\n[account x]\nusers = x", MSG_REFUSED,
	    "usr.other");
	if (!can)
		skip();
	configure(x, "rooty", "root_groups = lk-root");
	ends(x, "rooty", MSG_FORBIDDEN, "pol.ceiling");
	configure(x, "rooty", "");
	ends(x, "rooty", MSG_ALLOW, "ok");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_shared_system_account_is_the_groups_and_the_log_names_the_person),
		CASE(a_system_account_without_a_section_is_left_alone),
		CASE(a_shared_account_is_not_for_others),
		CASE(root_is_anybodys_only_where_both_switches_say_so),
		CASE(an_account_belongs_to_whoever_came_first),
		CASE(an_account_that_is_as_good_as_root_is_not_opened_by_a_name),
	};
	return cmocka_run_group_tests(tests, set_up_all, tear_down_all);
}
