/* What an allowed login gives to its session. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "helper/award.h"
#include "tests/support/unit.h"

static const struct verdict_login login = {
	.login_id = "3f9c01aa", .service = "sshd", .account = "alice"
};

static void
person(struct identity *id, const char *sub, const char *name)
{
	memset(id, 0, sizeof(*id));
	(void)snprintf(id->sub, sizeof(id->sub), "%s", sub);
	(void)snprintf(id->name, sizeof(id->name), "%s", name);
	id->has_name = true;
}

static void
a_grant_names_the_login_the_account_and_the_person(void **state)
{
	struct verdict v = { .decision = VERDICT_ALLOW };
	struct identity id;
	struct grant g;

	(void)state;
	person(&id, "s-1", "alice");
	assert_int_equal(award_grant(&g, &login, &id, &v, NULL), E_OK);
	assert_string_equal(g.login_id, "3f9c01aa");
	assert_string_equal(g.account, "alice");
	assert_string_equal(g.service, "sshd");
	assert_string_equal(g.subject, "s-1");
	assert_string_equal(g.username, "alice");
	assert_int_equal(g.env.n, 0);
	assert_int_equal(g.gid_count, 0);
	grant_clear(&g);
}

static void
the_session_is_told_what_the_verdict_says(void **state)
{
	static char subject[] = "LATCHKEY_SUBJECT=s-1", name[] = "LATCHKEY_USERNAME=alice";
	char *env[] = { subject, name };
	struct verdict v = { .decision = VERDICT_ALLOW, .env = { env, 2 } };
	struct identity id;
	struct grant g;

	(void)state;
	person(&id, "s-1", "alice\nroot=1");
	assert_int_equal(award_grant(&g, &login, &id, &v, NULL), E_OK);
	assert_int_equal(g.env.n, 2);
	assert_string_equal(g.env.v[0], "LATCHKEY_SUBJECT=s-1");
	assert_string_equal(g.env.v[1], "LATCHKEY_USERNAME=alice");
	assert_string_equal(g.username, "alice\\x0aroot=1");
	grant_clear(&g);
}

static void
the_longest_subject_and_name_still_fit(void **state)
{
	struct verdict v = { .decision = VERDICT_ALLOW };
	char sub[IDENTITY_SUB_MAX], name[IDENTITY_NAME_MAX];
	struct buf *b = buf_new(32768);
	struct identity id;
	struct grant g;

	(void)state;
	memset(sub, 's', sizeof(sub) - 1);
	sub[sizeof(sub) - 1] = '\0';
	memset(name, '\x01', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	person(&id, sub, name);
	assert_int_equal(award_grant(&g, &login, &id, &v, NULL), E_OK);
	assert_int_equal(grant_encode(b, &g), E_OK);
	grant_clear(&g);
	buf_free(b);
}

static void
local_groups_become_ids_and_an_unknown_one_is_the_operators_fault(void **state)
{
	static char root[] = "root", none[] = "no-such-group-here";
	char *names[] = { root };
	struct verdict v = { .decision = VERDICT_ALLOW, .groups = { names, 1 } };
	struct err e = { .code = E_OK };
	struct identity id;
	struct grant g;

	(void)state;
	person(&id, "s-1", "alice");
	assert_int_equal(award_grant(&g, &login, &id, &v, &e), E_OK);
	assert_int_equal(g.gid_count, 1);
	assert_int_equal(g.gids[0], 0);
	grant_clear(&g);
	names[0] = none;
	assert_int_equal(award_grant(&g, &login, &id, &v, &e), E_CFG);
	assert_string_equal(err_reason(&e), "cfg.group");
	grant_clear(&g);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_grant_names_the_login_the_account_and_the_person),
		cmocka_unit_test(the_session_is_told_what_the_verdict_says),
		cmocka_unit_test(the_longest_subject_and_name_still_fit),
		cmocka_unit_test(local_groups_become_ids_and_an_unknown_one_is_the_operators_fault),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
