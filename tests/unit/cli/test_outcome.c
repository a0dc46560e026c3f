/* What a login would come to, and why. H-41, H-42, H-44 */
#include "config.h"

#include <security/pam_appl.h>
#include <sys/wait.h>

#include "pam_module/login.h"
#include "tests/unit/cli/explained.h"

static void
an_allowed_login_passes_every_rule(void **state)
{
	struct explained *x = *state;

	settle(x, "session_env = yes\n[group daemon]\ngroups = linux-users\n");
	x->ask.person.claim[0] = "sub=s-1";
	ends(x, MSG_ALLOW, "ok");
	for (unsigned i = 0; i < OUTCOME_RULES; i++)
		answers(x, (enum verdict_step)i, OUTCOME_YES, "");
	answers(x, VERDICT_ALLOW_RULE, OUTCOME_YES, "[login] allow_groups: linux-users");
	answers(x, VERDICT_PIN, OUTCOME_YES, "nobody's by the record");
	assert_string_equal(outcome_entry(&x->o), "[login] allow_groups: linux-users");
	assert_string_equal(x->o.account, "daemon");
	assert_true(x->o.host.exists && x->o.host.uid == 1 && !x->o.shared);
	assert_true(strlist_has(&x->o.own, "daemon"));
	assert_int_equal(x->o.verdict.groups.n, 1);
	assert_int_equal(x->o.verdict.env.n, 2);
	assert_int_equal(access(x->pins, F_OK), -1); /* nothing is changed */
}

static void
a_refusal_names_its_rule(void **state)
{
	struct explained *x = *state;

	x->ask.person.groups = "others";
	ends(x, MSG_FORBIDDEN, "pol.group");
	answers(x, VERDICT_DENY, OUTCOME_YES, "");
	answers(x, VERDICT_ALLOW_RULE, OUTCOME_NO, "named by no entry of [login] allow_groups");
	answers(x, VERDICT_CEILING, OUTCOME_UNASKED, "not asked");
	assert_string_equal(outcome_entry(&x->o), "[login] allow_groups");
	x->ask.person.groups = "linux-users";
	x->ask.account = "daemon";
	x->ask.person.name = "bin";
	ends(x, MSG_REFUSED, "usr.other");
	answers(x, VERDICT_NAME, OUTCOME_NO, "\"bin\" approved");
	assert_null(outcome_entry(&x->o));
}

static void
a_shared_account_spares_the_personal_rules(void **state)
{
	struct explained *x = *state;

	settle(x, "[account daemon]\ngroups = ops\n");
	x->ask.account = "daemon";
	x->ask.person.name = "zoe";
	ends(x, MSG_FORBIDDEN, "pol.group");
	answers(x, VERDICT_NAME, OUTCOME_SPARED, "shared");
	x->ask.person.groups = "ops";
	ends(x, MSG_ALLOW, "ok");
	assert_true(x->o.shared);
	answers(x, VERDICT_PIN, OUTCOME_SPARED, "shared");
	assert_string_equal(outcome_entry(&x->o), "[account daemon] groups: ops");
}

static void
the_exempt_are_told_by_what(void **state)
{
	struct explained *x = *state;
	static const struct {
		const char *name, *service, *more, *reason;
	} t[] = {
		{ "daemon", "cron", "", "exempt.service" },
		{ "daemon", "su-l", "[service su]\nflow = none\n", "exempt.flow" },
		{ "daemon", "sshd", "ignore_users = daemon\n", "exempt.user" },
		{ "daemon", "sshd", "[service sshd]\nmin_uid = 2\n", "exempt.system" },
		{ "root", "sshd", "", "exempt.root" },
		{ "root", "cron", "", "exempt.root" },
	};

	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		const char *words;

		settle(x, t[i].more);
		x->ask.person.name = t[i].name;
		x->ask.service = t[i].service;
		ends(x, MSG_IGNORE, t[i].reason);
		assert_false(x->o.judged);
		assert_null(strstr(x->o.text, "made-up"));
		assert_int_equal(outcome_answer(&x->o, VERDICT_FACTS, &words), OUTCOME_UNASKED);
		assert_null(outcome_entry(&x->o));
	}
	x->ask = (struct outcome_ask){ .person = { .name = "root", .groups = "linux-users" },
		.service = "sshd",
		.pins = x->pins,
		.clock = x->ask.clock };
	settle(x, "ignore_users =\n[account root]\ngroups = linux-users\n");
	ends(x, MSG_ALLOW, "ok");
}

static void
a_stranger_gets_a_decoy_or_a_refusal(void **state)
{
	struct explained *x = *state;

	x->ask.person.name = "no-such-account-here";
	ends(x, MSG_REFUSED, "usr.unknown");
	assert_false(x->o.judged);
	assert_non_null(strstr(x->o.text, "made-up code"));
	settle(x, "strangers = serve\n");
	ends(x, MSG_REFUSED, "usr.unknown");
	assert_true(x->o.judged);
	answers(x, VERDICT_EXISTS, OUTCOME_NO, "this host knows no such account");
}

static void
a_root_equivalent_account_wants_an_approval(void **state)
{
	struct explained *x = *state;

	settle(x, "root_groups = daemon\n");
	ends(x, MSG_FORBIDDEN, "pol.ceiling");
	answers(x, VERDICT_ALLOW_RULE, OUTCOME_YES, "[login]");
	assert_null(outcome_entry(&x->o)); /* not by the entry that let them in */
	record(x, true, EXPLAINED_ISSUER, NULL);
	ends(x, MSG_ALLOW, "ok");
	answers(x, VERDICT_CEILING, OUTCOME_YES, "approved by latchkey pin");
}

static void
the_record_is_asked(void **state)
{
	struct explained *x = *state;

	record(x, false, EXPLAINED_ISSUER, "s-1");
	ends(x, MSG_ALLOW, "ok");
	answers(x, VERDICT_PIN, OUTCOME_YES, "if sub is the recorded one");
	assert_string_equal(x->o.id.sub, "s-1");
	assert_false(x->o.sub_known);
	x->ask.person.claim[0] = "sub=s-1";
	ends(x, MSG_ALLOW, "ok");
	answers(x, VERDICT_PIN, OUTCOME_YES, "this person's by the record");
	x->ask.person.claim[0] = "sub=s-2";
	ends(x, MSG_REFUSED, "pin.sub");
	answers(x, VERDICT_PIN, OUTCOME_NO, "latchkey forget daemon");
	settle(x, "pin = warn\n");
	ends(x, MSG_ALLOW, "pin.warn");
	answers(x, VERDICT_PIN, OUTCOME_YES, "another person's");
	settle(x, "pin = no\n");
	ends(x, MSG_ALLOW, "ok");
	record(x, false, "https://other.example", "s-1");
	settle(x, "");
	x->ask.person.claim[0] = NULL;
	ends(x, MSG_REFUSED, "pin.issuer");
	(void)scratch_write(&x->dir, x->file, "lib/pins/daemon", "\2", 0600);
	ends(x, MSG_SYSTEM, "pin.format");
}

static void
a_person_on_record_is_expected_at_their_own_account(void **state)
{
	struct explained *x = *state;

	record_of(x, "bin", false, EXPLAINED_ISSUER, "s-1");
	x->ask.person.claim[0] = "sub=s-2";
	ends(x, MSG_ALLOW, "ok");
	x->ask.person.claim[0] = "sub=s-1";
	ends(x, MSG_REFUSED, "pin.elsewhere");
	answers(x, VERDICT_PIN, OUTCOME_NO, "bin");
	x->ask.person.claim[0] = NULL; /* whose sub nobody said */
	ends(x, MSG_ALLOW, "ok");
}

static void
a_local_group_must_exist(void **state)
{
	struct explained *x = *state;

	settle(x, "[group no-such-group-here]\ngroups = linux-users\n");
	ends(x, MSG_UNAVAILABLE, "cfg.group");
	assert_null(outcome_entry(&x->o));
}

static void
the_account_is_the_name_or_what_was_asked(void **state)
{
	struct explained *x = *state;

	x->s = settings_text_good(SETTINGS_PROVIDER_TEXT
	    "strip_domain = example.com\n" SETTINGS_LOGIN_TEXT "min_uid = 1\n");
	x->ask.person.name = "daemon@example.com";
	ends(x, MSG_ALLOW, "ok");
	assert_string_equal(x->o.account, "daemon");
	x->ask.person.name = "daemon";
	ends(x, MSG_REFUSED, "usr.form");
	assert_string_equal(x->o.account, "daemon");
	x->ask.person.claim[0] = "preferred_username=daemon@example.com";
	ends(x, MSG_ALLOW, "ok");
	x->ask.person.claim[0] = "preferred_username=bin@example.com";
	ends(x, MSG_REFUSED, "usr.other");
	x->ask.person.name = NULL;
	x->ask.person.claim[0] = NULL;
	x->ask.person.from = scratch_write(&x->dir, x->file, "doc", "{}", 0600);
	outcome_clear(&x->o);
	assert_int_equal(outcome_find(&x->o, &x->ask, x->s, &x->e), E_FORMAT);
	assert_non_null(strstr(x->e.text, "which account?"));
	x->ask.account = "daemon";
	ends(x, MSG_REFUSED, "usr.none");
}

static void
a_document_that_a_worker_refuses_ends_the_login(void **state)
{
	struct explained *x = *state;

	x->ask.account = "daemon";
	x->ask.person = (struct person_ask){ .from = scratch_write(&x->dir, x->file, "doc",
		                                 "{\"groups\":\"x\"}", 0600) };
	ends(x, MSG_REFUSED, "grp.claim");
	assert_false(x->o.judged);
	x->ask.service = "cron"; /* which nobody would have asked the provider for */
	ends(x, MSG_IGNORE, "exempt.service");
	x->ask.service = "sshd";
	(void)scratch_write(&x->dir, x->file, "doc",
	    "{\"iss\":\"https://other.example\",\"aud\":\"linux-login\",\"iat\":1,\"exp\":2}",
	    0600);
	ends(x, MSG_REFUSED, "idt.iss");
}

/* In a child as nobody: root reads everything. */
static void
who_may_not_see_the_record_is_told_so(void **state)
{
	struct explained *x = *state;
	int st = -1;
	pid_t pid;

	record(x, false, EXPLAINED_ISSUER, "s-1");
	x->ask.person.claim[0] = "sub=s-2";
	ends(x, MSG_REFUSED, "pin.sub");
	assert_int_equal(chmod(x->dir.dir, 0755), 0);
	(void)scratch_path(&x->dir, x->file, "lib");
	assert_int_equal(chmod(x->file, 0), 0);
	if ((pid = fork()) == 0) {
		const char *words;

		if (geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
			_exit(2);
		if (outcome_find(&x->o, &x->ask, x->s, NULL) != E_OK || x->o.end != MSG_ALLOW)
			_exit(3);
		_exit(x->o.record_unseen &&
		            outcome_answer(&x->o, VERDICT_PIN, &words) == OUTCOME_UNKNOWN
		        ? 0
		        : 4);
	}
	assert_int_equal(waitpid(pid, &st, 0), pid);
	assert_int_equal(chmod(x->file, 0700), 0);
	assert_int_equal(WEXITSTATUS(st), 0);
}

static void
the_codes_are_the_modules(void **state)
{
#define ROW(v, c)                                                                                  \
	{                                                                                          \
		v, c, #c                                                                           \
	}
	static const struct {
		enum msg_verdict verdict;
		int code;
		const char *name;
	} t[] = { ROW(MSG_ALLOW, PAM_SUCCESS), ROW(MSG_IGNORE, PAM_IGNORE),
		ROW(MSG_USER_UNKNOWN, PAM_USER_UNKNOWN), ROW(MSG_UNAVAILABLE, PAM_AUTHINFO_UNAVAIL),
		ROW(MSG_SYSTEM, PAM_SYSTEM_ERR), ROW(MSG_REFUSED, PAM_AUTH_ERR),
		ROW(MSG_FORBIDDEN, PAM_PERM_DENIED), ROW(MSG_CANCELLED, PAM_CONV_ERR),
		ROW(MSG_TOO_OFTEN, PAM_MAXTRIES) };

	(void)state;
	for (size_t i = 0; i < sizeof(t) / sizeof(t[0]); i++) {
		assert_int_equal(login_code(t[i].verdict), t[i].code);
		assert_string_equal(outcome_pam(t[i].verdict), t[i].name);
	}
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(an_allowed_login_passes_every_rule),
		T(a_refusal_names_its_rule),
		T(a_shared_account_spares_the_personal_rules),
		T(the_exempt_are_told_by_what),
		T(a_stranger_gets_a_decoy_or_a_refusal),
		T(a_root_equivalent_account_wants_an_approval),
		T(the_record_is_asked),
		T(a_person_on_record_is_expected_at_their_own_account),
		T(a_local_group_must_exist),
		T(the_account_is_the_name_or_what_was_asked),
		T(a_document_that_a_worker_refuses_ends_the_login),
		T(who_may_not_see_the_record_is_told_so),
		cmocka_unit_test(the_codes_are_the_modules),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
