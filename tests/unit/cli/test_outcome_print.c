/* An outcome for people. */
#include "config.h"

#include <sys/wait.h>

#include "tests/unit/cli/explained.h"

static char *text;

static void
print(struct explained *x)
{
	size_t len;
	FILE *f;

	free(text);
	text = NULL;
	assert_non_null(f = open_memstream(&text, &len));
	find(x);
	assert_true(outcome_print(&x->o, f));
	assert_int_equal(fclose(f), 0);
}

static void
says(const char *line)
{
	if (strstr(text, line) == NULL)
		fail_msg("found\n%s\nexpected %s", text, line);
}

static void
lacks(const char *line)
{
	if (strstr(text, line) != NULL)
		fail_msg("found\n%s\nnot expected %s", text, line);
}

static int
forget_text(void **state)
{
	free(text);
	text = NULL;
	return tear_down(state);
}

static void
an_allowed_login_is_told_whole(void **state)
{
	struct explained *x = *state;

	settle(x, "session_env = yes\n[group daemon]\ngroups = \"Domain Admins\"\n");
	x->ask.person.groups = "linux-users,Domain Admins,x";
	x->ask.person.claim[0] = "sub=s-1";
	print(x);
	says("daemon as daemon by sshd: allowed (PAM_SUCCESS)\n"
	     "decided by   [login] allow_groups: linux-users\n"
	     "account      daemon, uid 1\n"
	     "its groups   daemon\n"
	     "groups       \"Domain Admins\" linux-users (and 1 that no rule names)\n"
	     "  facts      yes issuer and client are the configured ones\n"
	     "  name       yes ");
	says("  pin        yes nobody's by the record; this login would make it this person's\n"
	     "gets         daemon\n"
	     "environment  LATCHKEY_SUBJECT=s-1\n"
	     "             LATCHKEY_USERNAME=daemon\n");
	lacks("because");
	lacks("note");
}

static void
a_refusal_begins_with_its_reason(void **state)
{
	struct explained *x = *state;

	x->ask.person.groups = "";
	print(x);
	says("daemon as daemon by sshd: refused (PAM_PERM_DENIED)\n"
	     "because      pol.group: \"daemon\" is named by no entry of [login] allow_groups\n"
	     "decided by   [login] allow_groups\n");
	says("groups       none\n");
	says("  allow      NO  pol.group\n  ceiling    -   not asked\n");
	lacks("gets");
	x->ask.person.groups = NULL;
	print(x);
	says("groups       not said\n");
}

static void
who_is_exempt_is_told_to_be(void **state)
{
	struct explained *x = *state;

	x->ask.service = "cron";
	print(x);
	says("daemon as daemon by cron: exempt, the modules after Latchkey decide (PAM_IGNORE)\n"
	     "because      exempt.service: services does not name this service\n"
	     "account      daemon, uid 1\n");
	lacks("facts");
	lacks("gets");
}

static void
other_ends_have_their_words(void **state)
{
	struct explained *x = *state;

	settle(x, "[group no-such-group-here]\ngroups = linux-users\n");
	print(x);
	says("daemon as daemon by sshd: not possible (PAM_AUTHINFO_UNAVAIL)\n"
	     "because      cfg.group: ");
	lacks("gets");
	settle(x, "pin = warn\n[account ops]\nusers = zoe\n");
	record(x, false, EXPLAINED_ISSUER, "s-1");
	x->ask.person.claim[0] = "sub=s-2";
	print(x);
	says("allowed (PAM_SUCCESS)\nbecause      pin.warn: ");
	x->ask.account = "ops";
	print(x);
	says("account      ops, which this host does not know, shared by [account ops]\n");
}

static void
foreign_text_is_made_safe(void **state)
{
	struct explained *x = *state;

	x->ask.account = "x\033[2J";
	x->ask.person.name = "y\033[2J";
	x->ask.service = "s\033[2J";
	print(x);
	says("y\\x1b[2J as x\\x1b[2J by s\\x1b[2J: exempt");
	assert_null(strchr(text, '\033'));
	x->ask.service = "sshd";
	settle(x, "strangers = serve\n");
	print(x);
	assert_null(strchr(text, '\033'));
}

/* A directory's groups are named by whoever keeps it. */
static void
the_hosts_groups_are_foreign_text_too(void **state)
{
	struct explained *x = *state;
	size_t len;
	FILE *f;

	find(x);
	assert_int_equal(strlist_add(&x->o.own, "domain users", 12, 8), E_OK);
	assert_int_equal(strlist_add(&x->o.own, "z\033[2J", 5, 8), E_OK);
	assert_non_null(f = open_memstream(&text, &len));
	assert_true(outcome_print(&x->o, f));
	assert_int_equal(fclose(f), 0);
	says("its groups   daemon \"domain users\" z\\x1b[2J\n");
}

/* In a child as nobody: root reads everything. */
static void
what_was_not_looked_at_is_noted(void **state)
{
	struct explained *x = *state;
	int st = -1;
	pid_t pid;

	record(x, false, EXPLAINED_ISSUER, "s-1");
	find(x);
	assert_int_equal(chmod(x->dir.dir, 0755), 0);
	(void)scratch_path(&x->dir, x->file, "lib");
	assert_int_equal(chmod(x->file, 0), 0);
	if ((pid = fork()) == 0) {
		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(2);
		print(x);
		says("  pin        ?   not looked at: the record is root's to read\n");
		says("note         whose the account is by the record, ");
		_exit(0);
	}
	assert_int_equal(waitpid(pid, &st, 0), pid);
	assert_int_equal(chmod(x->file, 0700), 0);
	assert_int_equal(st, 0);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, forget_text)
	const struct CMUnitTest tests[] = {
		T(an_allowed_login_is_told_whole),
		T(a_refusal_begins_with_its_reason),
		T(who_is_exempt_is_told_to_be),
		T(other_ends_have_their_words),
		T(foreign_text_is_made_safe),
		T(the_hosts_groups_are_foreign_text_too),
		T(what_was_not_looked_at_is_noted),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
