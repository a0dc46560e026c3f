/* The module as a host loads it, and a scripted helper behind it. */
#include "config.h"

#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "common/clock.h"
#include "tests/component/host.h"
#include "tests/support/unit.h"

#define ALLOW "grant group=4242\nverdict allow\n"

static int
reset(void **state)
{
	(void)state;
	host_euid = 0;
	host_groups[0] = 100;
	host_group_count = 1;
	host_setgroups_fails = false;
	return 0;
}

/* One authenticate with a fresh handle. */
static int
auth(struct host *h, const char *script, const char *args)
{
	host_begin(h, script, args);
	return pam_authenticate(h->pamh, PAM_SILENT);
}

static int
auth_once(const char *script, const char *args)
{
	struct host h = { .answer = "" };
	int rc = auth(&h, script, args);

	host_end(&h);
	return rc;
}

static void
every_verdict_has_its_code(void **state)
{
	static const struct {
		const char *script;
		int code;
	} table[] = { { "verdict allow\n", PAM_SUCCESS }, { "verdict ignore\n", HOST_AUTH_IGNORED },
		{ "verdict unknown\n", PAM_USER_UNKNOWN },
		{ "verdict unavailable\n", PAM_AUTHINFO_UNAVAIL },
		{ "verdict system\n", PAM_SYSTEM_ERR }, { "verdict refused\n", PAM_AUTH_ERR },
		{ "verdict forbidden\n", PAM_PERM_DENIED }, { "verdict cancelled\n", PAM_CONV_ERR },
		{ "verdict too-often\n", PAM_MAXTRIES } };

	(void)state;
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
		assert_int_equal(auth_once(table[i].script, ""), table[i].code);
}

static void
words_are_shown_though_the_host_is_silent_and_the_answer_goes_back(void **state)
{
	struct host h = { .answer = "y" };

	(void)state;
	assert_int_equal(auth(&h,
	                     "text info Hello\ntext error Not yet\nprompt Press Enter: \n"
	                     "expect answer y\nsecret Password: \nexpect answer y\nverdict allow\n",
	                     ""),
	    PAM_SUCCESS);
	assert_string_equal(h.seen, "4 Hello\n3 Not yet\n2 Press Enter: \n1 Password: \n");
	host_end(&h);
}

static void
no_verdict_is_no_login(void **state)
{
	(void)state;
	assert_int_equal(auth_once("close\n", ""), PAM_SYSTEM_ERR);
	assert_int_equal(auth_once("prompt x\nexpect answer\nclose\n", ""), PAM_SYSTEM_ERR);
}

static void
a_mute_helper_is_given_up_and_killed(void **state)
{
	int64_t t0 = clock_boot_ms(&clock_system);

	(void)state;
	assert_int_equal(auth_once("patience 100\ntext info x\nmute\n", ""), PAM_SYSTEM_ERR);
	assert_in_range(clock_boot_ms(&clock_system) - t0, 1000, 3000);
	assert_int_equal(waitpid(-1, NULL, 0), -1);
	assert_int_equal(errno, ECHILD);
}

static void
patience_begins_with_the_answer(void **state)
{
	(void)state;
	assert_int_equal(
	    auth_once("patience 400\nprompt x\nexpect answer\nsleep 200\nverdict allow\n", ""),
	    PAM_SUCCESS);
	assert_int_equal(
	    auth_once("patience 100\nprompt x\nexpect answer\nsleep 400\nverdict allow\n", ""),
	    PAM_SYSTEM_ERR);
}

static void
nonsense_from_the_helper_is_a_system_error(void **state)
{
	(void)state;
	assert_int_equal(auth_once("garbage ff00\nverdict allow\n", ""), PAM_SYSTEM_ERR);
	assert_int_equal(auth_once("garbage 05a7\nverdict allow\n", ""), PAM_SYSTEM_ERR);
	/* ANSWER and CANCEL, well-formed, are ours alone */
	assert_int_equal(auth_once("garbage 0400000000\nverdict allow\n", ""), PAM_SYSTEM_ERR);
	assert_int_equal(auth_once("garbage 0601\nverdict allow\n", ""), PAM_SYSTEM_ERR);
}

static void
end_of_file_from_the_person_cancels_and_the_helper_is_told(void **state)
{
	struct host h = { .answer = NULL };
	char script[256];

	(void)state;
	host_begin(&h, "", "");
	(void)snprintf(script, sizeof(script),
	    "prompt x\nexpect cancel\nreport %s\nverdict allow\n", host_path(&h, "report"));
	host_script(&h, script);
	assert_int_equal(pam_authenticate(h.pamh, 0), PAM_CONV_ERR);
	assert_string_not_equal(host_read(&h, "report"), "");
	host_end(&h);
}

static void
a_conversation_that_fails_cancels(void **state)
{
	struct host h = { .answer = "", .conv_code = PAM_CONV_ERR };

	(void)state;
	assert_int_equal(auth(&h, "text info x\nverdict allow\n", ""), PAM_CONV_ERR);
	assert_int_equal(pam_authenticate(h.pamh, 0), PAM_CONV_ERR);
	host_end(&h);
}

static void
a_pending_interrupt_cancels_though_it_is_blocked(void **state)
{
	static const int signals[] = { SIGINT, SIGQUIT };
	sigset_t set, before;
	int got;

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		int64_t t0 = clock_boot_ms(&clock_system);

		sigemptyset(&set);
		sigaddset(&set, signals[i]);
		assert_int_equal(sigprocmask(SIG_BLOCK, &set, &before), 0);
		(void)kill(getpid(), signals[i]);
		assert_int_equal(auth_once("expect cancel\nclose\n", ""), PAM_CONV_ERR);
		assert_in_range(clock_boot_ms(&clock_system) - t0, 0, 800);
		assert_int_equal(sigwait(&set, &got), 0);
		assert_int_equal(sigprocmask(SIG_SETMASK, &before, NULL), 0);
	}
}

static void
without_a_conversation_nothing_is_started(void **state)
{
	struct host h = { .no_conv = true };
	char script[256];

	(void)state;
	host_begin(&h, "", "");
	(void)snprintf(
	    script, sizeof(script), "report %s\nverdict allow\n", host_path(&h, "report"));
	host_script(&h, script);
	assert_int_equal(pam_authenticate(h.pamh, 0), PAM_CONV_ERR);
	assert_string_equal(host_read(&h, "report"), "");
	host_end(&h);
}

static void
refuses_an_allowed_login_of_another_account_or_service(void **state)
{
	struct host h = { .answer = "" };

	(void)state;
	assert_int_equal(auth(&h, "grant account=bob\nverdict allow\n", ""), PAM_SYSTEM_ERR);
	assert_int_equal(pam_acct_mgmt(h.pamh, 0), HOST_ACCT_IGNORED);
	host_script(&h, "grant service=sudo\nverdict allow\n");
	assert_int_equal(pam_authenticate(h.pamh, 0), PAM_SYSTEM_ERR);
	host_script(&h, "grant account=alice\ngrant service=t\nverdict allow\n");
	assert_int_equal(pam_authenticate(h.pamh, 0), PAM_SUCCESS);
	assert_int_equal(pam_acct_mgmt(h.pamh, 0), PAM_SUCCESS);
	host_end(&h);
}

static void
nothing_of_an_earlier_login_stays_on_the_handle(void **state)
{
	struct host h = { .answer = "" };

	(void)state;
	assert_int_equal(
	    auth(&h, "grant ticket=00112233445566778899aabbccddeeff\n" ALLOW, ""), PAM_SUCCESS);
	assert_string_equal(
	    pam_getenv(h.pamh, "LATCHKEY_TICKET"), "00112233445566778899aabbccddeeff");
	host_script(&h, "verdict refused\n");
	assert_int_equal(pam_authenticate(h.pamh, 0), PAM_AUTH_ERR);
	assert_null(pam_getenv(h.pamh, "LATCHKEY_TICKET"));
	assert_int_equal(pam_acct_mgmt(h.pamh, 0), HOST_ACCT_IGNORED);
	(void)pam_setcred(h.pamh, PAM_ESTABLISH_CRED);
	assert_int_equal(host_group_count, 1);
	host_end(&h);
}

static void
a_host_that_knows_no_name_yet_is_asked_for_one(void **state)
{
	struct host h = { .answer = "carol" };

	(void)state;
	host_begin(&h, "grant account=carol\nverdict allow\n", "");
	assert_int_equal(pam_set_item(h.pamh, PAM_USER, NULL), PAM_SUCCESS);
	assert_int_equal(pam_authenticate(h.pamh, 0), PAM_SUCCESS);
	host_end(&h);
}

static void
an_account_that_changed_after_the_login_is_refused(void **state)
{
	struct host h = { .answer = "" };

	(void)state;
	assert_int_equal(auth(&h, "verdict allow\n", ""), PAM_SUCCESS);
	assert_int_equal(pam_acct_mgmt(h.pamh, 0), PAM_SUCCESS);
	assert_int_equal(pam_set_item(h.pamh, PAM_USER, "root"), PAM_SUCCESS);
	assert_int_equal(pam_acct_mgmt(h.pamh, 0), PAM_PERM_DENIED);
	assert_int_equal(pam_set_item(h.pamh, PAM_USER, "alice"), PAM_SUCCESS);
	assert_int_equal(pam_set_item(h.pamh, PAM_SERVICE, "other"), PAM_SUCCESS);
	assert_int_equal(pam_acct_mgmt(h.pamh, 0), PAM_PERM_DENIED);
	host_end(&h);
}

static void
a_login_that_was_not_ours_is_ignored(void **state)
{
	struct host h = { .answer = "" };

	(void)state;
	host_begin(&h, "verdict allow\n", "");
	assert_int_equal(pam_acct_mgmt(h.pamh, 0), HOST_ACCT_IGNORED);
	assert_int_equal(pam_setcred(h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_int_equal(pam_open_session(h.pamh, 0), PAM_SUCCESS);
	assert_int_equal(pam_close_session(h.pamh, 0), PAM_SUCCESS);
	assert_int_equal(host_group_count, 1);
	assert_int_equal(h.calls, 0);
	host_end(&h);
}

static void
groups_are_appended_once(void **state)
{
	struct host h = { .answer = "" };

	(void)state;
	assert_int_equal(auth(&h, ALLOW, ""), PAM_SUCCESS);
	assert_int_equal(pam_setcred(h.pamh, PAM_DELETE_CRED), PAM_SUCCESS);
	assert_int_equal(pam_setcred(h.pamh, PAM_REFRESH_CRED), PAM_SUCCESS);
	assert_int_equal(host_group_count, 1);
	assert_int_equal(pam_setcred(h.pamh, PAM_REINITIALIZE_CRED), PAM_SUCCESS);
	assert_int_equal(host_group_count, 2);
	assert_int_equal(host_groups[0], 100);
	assert_int_equal(host_groups[1], 4242);
	assert_int_equal(pam_setcred(h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_int_equal(host_group_count, 2);
	host_end(&h);
}

static void
groups_are_for_the_verified_account_alone(void **state)
{
	struct host h = { .answer = "" };

	(void)state;
	assert_int_equal(auth(&h, ALLOW, ""), PAM_SUCCESS);
	assert_int_equal(pam_set_item(h.pamh, PAM_USER, "bob"), PAM_SUCCESS);
	assert_int_equal(pam_setcred(h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_int_equal(host_group_count, 1);
	assert_int_equal(pam_set_item(h.pamh, PAM_USER, "alice"), PAM_SUCCESS);
	host_euid = 1000;
	assert_int_equal(pam_setcred(h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_int_equal(host_group_count, 1);
	host_end(&h);
}

static void
groups_that_cannot_be_set_are_a_credential_error(void **state)
{
	struct host h = { .answer = "" };

	(void)state;
	assert_int_equal(auth(&h, ALLOW, ""), PAM_SUCCESS);
	host_setgroups_fails = true;
	assert_int_equal(pam_setcred(h.pamh, PAM_ESTABLISH_CRED), PAM_CRED_ERR);
	host_end(&h);
}

static void
the_session_learns_who_it_is(void **state)
{
	struct host h = { .answer = "" };

	(void)state;
	assert_int_equal(auth(&h,
	                     "grant env=LATCHKEY_SUBJECT=subject-1\n"
	                     "grant ticket=00112233445566778899aabbccddeeff\n" ALLOW,
	                     ""),
	    PAM_SUCCESS);
	assert_null(pam_getenv(h.pamh, "LATCHKEY_SUBJECT"));
	assert_int_equal(pam_open_session(h.pamh, 0), PAM_SUCCESS);
	assert_string_equal(pam_getenv(h.pamh, "LATCHKEY_SUBJECT"), "subject-1");
	assert_null(pam_getenv(h.pamh, "LATCHKEY_TICKET"));
	host_end(&h);
}

static void
a_password_change_is_sent_to_the_provider_once(void **state)
{
	struct host h = { .answer = "" };

	(void)state;
	host_begin(&h, "", "");
	assert_int_equal(pam_chauthtok(h.pamh, 0), HOST_PASSWORD_IGNORED);
	assert_int_equal(h.calls, 1);
	assert_non_null(strstr(h.seen, "kept by the identity provider"));
	assert_int_equal(pam_chauthtok(h.pamh, PAM_SILENT), HOST_PASSWORD_IGNORED);
	assert_int_equal(h.calls, 1);
	host_end(&h);
}

static void
a_configuration_error_leaves_the_way_to_break_glass(void **state)
{
	(void)state;
	assert_int_equal(
	    auth_once("verdict allow\n", "helper=/nonexistent/x"), PAM_AUTHINFO_UNAVAIL);
	assert_int_equal(auth_once("verdict allow\n", "helper=/dev/null"), PAM_AUTHINFO_UNAVAIL);
	assert_int_equal(auth_once("verdict allow\n", "try_first_pass"), PAM_AUTHINFO_UNAVAIL);
	assert_int_equal(auth_once("verdict allow\n", "conf=relative"), PAM_AUTHINFO_UNAVAIL);
	host_euid = 1000;
	assert_int_equal(auth_once("verdict allow\n", ""), PAM_AUTHINFO_UNAVAIL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(every_verdict_has_its_code, reset),
		cmocka_unit_test_setup(
		    words_are_shown_though_the_host_is_silent_and_the_answer_goes_back, reset),
		cmocka_unit_test_setup(no_verdict_is_no_login, reset),
		cmocka_unit_test_setup(a_mute_helper_is_given_up_and_killed, reset),
		cmocka_unit_test_setup(patience_begins_with_the_answer, reset),
		cmocka_unit_test_setup(nonsense_from_the_helper_is_a_system_error, reset),
		cmocka_unit_test_setup(
		    end_of_file_from_the_person_cancels_and_the_helper_is_told, reset),
		cmocka_unit_test_setup(a_conversation_that_fails_cancels, reset),
		cmocka_unit_test_setup(a_pending_interrupt_cancels_though_it_is_blocked, reset),
		cmocka_unit_test_setup(without_a_conversation_nothing_is_started, reset),
		cmocka_unit_test_setup(
		    refuses_an_allowed_login_of_another_account_or_service, reset),
		cmocka_unit_test_setup(nothing_of_an_earlier_login_stays_on_the_handle, reset),
		cmocka_unit_test_setup(a_host_that_knows_no_name_yet_is_asked_for_one, reset),
		cmocka_unit_test_setup(an_account_that_changed_after_the_login_is_refused, reset),
		cmocka_unit_test_setup(a_login_that_was_not_ours_is_ignored, reset),
		cmocka_unit_test_setup(groups_are_appended_once, reset),
		cmocka_unit_test_setup(groups_are_for_the_verified_account_alone, reset),
		cmocka_unit_test_setup(groups_that_cannot_be_set_are_a_credential_error, reset),
		cmocka_unit_test_setup(the_session_learns_who_it_is, reset),
		cmocka_unit_test_setup(a_password_change_is_sent_to_the_provider_once, reset),
		cmocka_unit_test_setup(a_configuration_error_leaves_the_way_to_break_glass, reset),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
