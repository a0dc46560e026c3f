/* The decision that a PAM handle carries. Tickets through it: tests/component/test_tickets.c. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#include "pam_module/decision.h"
#include "tests/support/fakepam.h"
#include "tests/support/unit.h"

#define NAME "00112233445566778899aabbccddeeff"

static uid_t euid;
uid_t __wrap_geteuid(void);

uid_t
__wrap_geteuid(void)
{
	return euid;
}

static const struct decision_place nowhere = {
	.dir = "/nonexistent", .owner = 0, .clock = &clock_system
};

static struct grant
grant(void)
{
	return (struct grant){ .login_id = strdup("3f9c01aa"),
		.account = strdup("alice"),
		.service = strdup("sshd"),
		.subject = strdup("abc"),
		.username = strdup("alice") };
}

static void
what_is_kept_is_got_and_the_ticket_is_named(void **state)
{
	struct pam_handle h = { .user = "alice", .service = "sshd" };
	struct grant g = grant();

	(void)state;
	assert_null(decision_get(&h));
	assert_int_equal(decision_keep(&h, &g, NAME, NULL), E_OK);
	assert_null(g.account);
	assert_string_equal(decision_get(&h)->account, "alice");
	assert_string_equal(h.env, "LATCHKEY_TICKET=" NAME);
	decision_forget(&h, &nowhere);
	assert_null(decision_get(&h));
	assert_string_equal(h.env, "");
	fakepam_end(&h);
}

static void
without_a_ticket_nothing_is_named(void **state)
{
	struct pam_handle h = { .user = "alice", .service = "sshd" };
	struct grant g = grant();

	(void)state;
	assert_int_equal(decision_keep(&h, &g, "", NULL), E_OK);
	assert_string_equal(h.env, "");
	fakepam_end(&h);
}

static void
what_pam_cannot_keep_is_not_half_kept(void **state)
{
	struct pam_handle h = { .user = "alice", .service = "sshd", .data_fails = true };
	struct grant g = grant();

	(void)state;
	assert_int_equal(decision_keep(&h, &g, NAME, NULL), E_NOMEM);
	assert_string_equal(h.env, "");
	h.data_fails = false;
	h.env_fails = true;
	assert_int_equal(decision_keep(&h, &g, NAME, NULL), E_NOMEM);
	assert_null(decision_get(&h));
	grant_clear(&g);
	fakepam_end(&h);
}

static void
it_is_for_its_account_and_service_alone(void **state)
{
	struct pam_handle h = { .user = "alice", .service = "sshd" };
	struct grant g = grant();

	(void)state;
	assert_true(decision_is_for(&h, &g));
	h.user = "alice2";
	assert_false(decision_is_for(&h, &g));
	h.user = NULL;
	assert_false(decision_is_for(&h, &g));
	h.user = "alice", h.service = "su";
	assert_false(decision_is_for(&h, &g));
	grant_clear(&g);
}

static void
the_variable_never_outlives_a_find(void **state)
{
	struct pam_handle h = { .user = "alice", .service = "sshd" };
	struct err e = { .code = E_OK };
	struct grant g = grant();

	(void)state;
	euid = 0;
	assert_int_equal(pam_putenv(&h, "LATCHKEY_TICKET=" NAME), PAM_SUCCESS);
	assert_null(decision_find(&h, &nowhere, &e));
	assert_int_equal(e.code, E_SYS);
	assert_string_equal(h.env, "");
	e.code = E_OK;
	assert_int_equal(decision_keep(&h, &g, NAME, NULL), E_OK);
	assert_non_null(decision_find(&h, &nowhere, &e));
	assert_int_equal(e.code, E_OK);
	assert_string_equal(h.env, "");
	fakepam_end(&h);
}

static void
without_root_no_ticket_is_looked_at(void **state)
{
	struct pam_handle h = { .user = "alice", .service = "sshd" };
	struct err e = { .code = E_OK };

	(void)state;
	euid = 1000;
	assert_int_equal(pam_putenv(&h, "LATCHKEY_TICKET=" NAME), PAM_SUCCESS);
	assert_null(decision_find(&h, &nowhere, &e));
	assert_int_equal(e.code, E_OK);
	assert_string_equal(h.env, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_kept_is_got_and_the_ticket_is_named),
		cmocka_unit_test(without_a_ticket_nothing_is_named),
		cmocka_unit_test(what_pam_cannot_keep_is_not_half_kept),
		cmocka_unit_test(it_is_for_its_account_and_service_alone),
		cmocka_unit_test(the_variable_never_outlives_a_find),
		cmocka_unit_test(without_root_no_ticket_is_looked_at),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
