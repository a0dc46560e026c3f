/*
 * The ticket through the module, in the shape of sshd: a child authenticates and hands its PAM
 * environment to its parent, which opens the session. In a mount namespace of its own, with an
 * empty RUNSTATEDIR.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tests/component/sshd.h"
#include "tests/support/unit.h"

static void
the_parent_redeems_it_and_its_children_inherit_the_decision(void **state)
{
	struct sshd *s = *state;

	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
	assert_int_equal(sshd_tickets(), 0);
	assert_int_equal(host_group_count, 2);
	assert_int_equal(host_groups[1], 4242);
	/* the user's process, forked later, after its own initgroups */
	host_group_count = 1;
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_int_equal(host_group_count, 2);
	assert_int_equal(pam_acct_mgmt(s->h.pamh, 0), PAM_SUCCESS);
}

/* login(1) of shadow opens the session before it sets credentials. */
static void
open_session_redeems_it_as_well(void **state)
{
	struct sshd *s = *state;

	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_open_session(s->h.pamh, 0), PAM_SUCCESS);
	assert_int_equal(sshd_tickets(), 0);
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_int_equal(host_group_count, 2);
}

static void
refuses_a_ticket_of_another_account(void **state)
{
	struct sshd *s = *state;

	assert_int_equal(pam_set_item(s->h.pamh, PAM_USER, "bob"), PAM_SUCCESS);
	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
	assert_int_equal(host_group_count, 1);
	assert_int_equal(pam_acct_mgmt(s->h.pamh, 0), HOST_ACCT_IGNORED);
}

static void
refuses_a_forged_name(void **state)
{
	struct sshd *s = *state;
	static const char *const forged[] = { "LATCHKEY_TICKET=00112233445566778899aabbccddeeff",
		"LATCHKEY_TICKET=../../../etc/passwd", "LATCHKEY_TICKET=" };

	for (size_t i = 0; i < sizeof(forged) / sizeof(forged[0]); i++) {
		assert_int_equal(pam_putenv(s->h.pamh, forged[i]), PAM_SUCCESS);
		assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
		assert_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
		assert_int_equal(host_group_count, 1);
	}
	assert_int_equal(sshd_tickets(), 1);
}

static void
setcred_in_a_stranger(struct host *h)
{
	if (pam_setcred(h->pamh, PAM_ESTABLISH_CRED) != PAM_SUCCESS || host_group_count != 1)
		_exit(3);
}

/* A ticket is for the process that authenticated and its parent; another child of ours is neither.
 */
static void
refuses_another_process(void **state)
{
	struct sshd *s = *state;

	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	sshd_in_child(s, setcred_in_a_stranger);
	assert_int_equal(sshd_tickets(), 0);
}

static void
refuses_a_replay(void **state)
{
	struct sshd *s = *state;
	struct host other = { .answer = "" };

	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	host_group_count = 1;
	host_begin(&other, "", "");
	assert_int_equal(pam_putenv(other.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_setcred(other.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	assert_int_equal(host_group_count, 1);
	host_end(&other);
}

/* sudo, su, login: all in one process, so the ticket is not needed and must not stay. */
static void
one_process_drops_its_own_ticket(void **state)
{
	struct sshd *s = *state;

	assert_int_equal(pam_authenticate(s->h.pamh, 0), PAM_SUCCESS);
	assert_int_equal(sshd_tickets(), 2);
	assert_non_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
	assert_int_equal(pam_setcred(s->h.pamh, PAM_REINITIALIZE_CRED), PAM_SUCCESS);
	assert_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
	assert_int_equal(sshd_tickets(), 1);
	assert_int_equal(host_group_count, 2);
	/* somebody else's ticket is not removed by naming it */
	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_open_session(s->h.pamh, 0), PAM_SUCCESS);
	assert_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
	assert_int_equal(sshd_tickets(), 1);
}

static void
without_root_nothing_is_redeemed(void **state)
{
	struct sshd *s = *state;

	host_euid = 1000;
	assert_int_equal(pam_putenv(s->h.pamh, s->variable), PAM_SUCCESS);
	assert_int_equal(pam_setcred(s->h.pamh, PAM_ESTABLISH_CRED), PAM_SUCCESS);
	host_euid = 0;
	assert_null(pam_getenv(s->h.pamh, "LATCHKEY_TICKET"));
	assert_int_equal(sshd_tickets(), 1);
	assert_int_equal(host_group_count, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    the_parent_redeems_it_and_its_children_inherit_the_decision, sshd_begin,
		    sshd_end),
		cmocka_unit_test_setup_teardown(
		    open_session_redeems_it_as_well, sshd_begin, sshd_end),
		cmocka_unit_test_setup_teardown(
		    refuses_a_ticket_of_another_account, sshd_begin, sshd_end),
		cmocka_unit_test_setup_teardown(refuses_a_forged_name, sshd_begin, sshd_end),
		cmocka_unit_test_setup_teardown(refuses_another_process, sshd_begin, sshd_end),
		cmocka_unit_test_setup_teardown(refuses_a_replay, sshd_begin, sshd_end),
		cmocka_unit_test_setup_teardown(
		    one_process_drops_its_own_ticket, sshd_begin, sshd_end),
		cmocka_unit_test_setup_teardown(
		    without_root_nothing_is_redeemed, sshd_begin, sshd_end),
	};

	if (!sshd_namespace()) {
		puts("SKIP: no private mount namespace over " RUNSTATEDIR);
		return 77;
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
