/* at_hash. */
#include "config.h"

#include "helper/oidc/athash.h"
#include "tests/support/unit.h"

static const char token[] = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxi0z9K3vx5KF0Y0";

/* C-083, providers.md rule 4; hashes computed elsewhere. The first is OpenID Connect Core A.3's
 * c_hash, which is made the same way. */
static void
takes_the_hash_that_the_length_names(void **state)
{
	(void)state;
	assert_true(athash_matches("LDktKdoQak3Pk0cnXxCltA",
	    "Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk"));
	assert_true(athash_matches("7XFdxiZG1_Zu1nPKaa6QLg", token));
	assert_true(athash_matches("XHaaGGMInBHrOCk2i0UNI-2LazgEkdJ8", token));
	assert_true(athash_matches("IkBhMKlCp-g4QpfCBHV256WucTXm7xdcQFpHzxjXcz0", token));
}

/* C-083 idt.athash.bad, idt.athash.fullhash */
static void
refuses_every_other_hash(void **state)
{
	static const char *const bad[] = { "", "7XFdxiZG1_Zu1nPKaa6QLw", "7XFdxiZG1_Zu1nPKaa6Q",
		"7XFdxiZG1_Zu1nPKaa6QLsbb6vszwtMIAT9DEeJ55NY", "7XFdxiZG1/Zu1nPKaa6QLg",
		"7XFdxiZG1_Zu1nPKaa6QLg==",
		"IkBhMKlCp-g4QpfCBHV256WucTXm7xdcQFpHzxjXcz1ekSbs3FnSykR7yN_"
		"PfawiUvmwbbr64XxgrUP4Lx5_1g" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(athash_matches(bad[i], token));
	assert_false(athash_matches("7XFdxiZG1_Zu1nPKaa6QLg", "another"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(takes_the_hash_that_the_length_names),
		cmocka_unit_test(refuses_every_other_hash),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
