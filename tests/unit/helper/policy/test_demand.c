/* How and when somebody signed in: each refusal is one change to a sign-in that meets all. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "helper/policy/demand.h"
#include "tests/support/unit.h"

#define NOW 1800000000
#define SKEW 60

static char one[] = "urn:a", two[] = "urn:b", mfa[] = "mfa", otp[] = "otp";
static char *acrs[] = { one, two }, *amrs[] = { mfa, otp };

static struct settings_demand
demanding(void)
{
	return (
	    struct settings_demand){ .acr = { acrs, 2 }, .amr = { amrs, 2 }, .max_auth_age = 900 };
}

static struct identity
signed_in(void)
{
	return (struct identity){ .has_acr = true,
		.acr = "urn:b",
		.amr_count = 3,
		.amr = { "pwd", "otp", "mfa" },
		.has_auth_time = true,
		.auth_time = NOW - 900 };
}

static void
judged(const struct settings_demand *d, const struct identity *id, const char *reason,
    const char *setting)
{
	struct err e = { .code = E_OK };
	const char *key = NULL;

	assert_int_equal(demand_met(d, id, NOW, SKEW, &key, &e), reason == NULL ? E_OK : E_POL);
	assert_string_equal(e.reason, reason == NULL ? "" : reason);
	if (reason != NULL)
		assert_string_equal(key, setting);
}

static void
who_meets_all_passes(void **state)
{
	struct settings_demand d = demanding(), nothing = { .max_auth_age = 0 };
	struct identity id = signed_in(), nobody = { .has_acr = false };

	(void)state;
	judged(&d, &id, NULL, NULL);
	judged(&nothing, &nobody, NULL, NULL);
}

/* C-081 idt.acr */
static void
one_of_the_classes_is_needed(void **state)
{
	struct settings_demand d = demanding();
	struct identity id = signed_in();

	(void)state;
	(void)snprintf(id.acr, sizeof(id.acr), "urn:c");
	judged(&d, &id, "pol.acr", "require_acr");
	(void)snprintf(id.acr, sizeof(id.acr), "urn:a");
	judged(&d, &id, NULL, NULL);
	id.has_acr = false;
	judged(&d, &id, "pol.acr", "require_acr");
}

static void
all_of_the_methods_are_needed(void **state)
{
	struct settings_demand d = demanding();
	struct identity id = signed_in();

	(void)state;
	id.amr_count = 2;
	judged(&d, &id, "pol.amr", "require_amr");
	id.amr_count = 0;
	judged(&d, &id, "pol.amr", "require_amr");
	id = signed_in();
	(void)snprintf(id.amr[2], sizeof(id.amr[2]), "MFA");
	judged(&d, &id, "pol.amr", "require_amr");
}

/* C-081 idt.authtime */
static void
the_sign_in_is_recent(void **state)
{
	struct settings_demand d = demanding();
	struct identity id = signed_in();

	(void)state;
	id.auth_time = NOW - 900 - SKEW;
	judged(&d, &id, NULL, NULL);
	id.auth_time--;
	judged(&d, &id, "pol.authtime", "max_auth_age");
	id.auth_time = NOW + SKEW;
	judged(&d, &id, NULL, NULL);
	id.auth_time++;
	judged(&d, &id, "pol.authtime", "max_auth_age");
	id.auth_time = INT64_MIN / 2;
	judged(&d, &id, "pol.authtime", "max_auth_age");
	id = signed_in();
	id.has_auth_time = false;
	judged(&d, &id, "pol.authtime", "max_auth_age");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_meets_all_passes),
		cmocka_unit_test(one_of_the_classes_is_needed),
		cmocka_unit_test(all_of_the_methods_are_needed),
		cmocka_unit_test(the_sign_in_is_recent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
