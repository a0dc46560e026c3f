/* What this host keeps from the provider. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "helper/policy/ceiling.h"
#include "tests/support/unit.h"

/* H-41 */
static void
uids_of_people_are_no_systems_and_their_neighbours_are(void **state)
{
	static const uint32_t people[] = { 1000, 1001, 60000, 60513, 61183, 65520, 65533, 65536,
		100000, 524288, 1234400001, 2000200000, INT32_MAX };
	static const uint32_t systems[] = { 0, 1, 999, 61184, 64990, 65519, 65534, 65535,
		2147483648, 4294967294, 4294967295 };

	(void)state;
	for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++)
		assert_false(ceiling_is_system(people[i], 1000));
	for (size_t i = 0; i < sizeof(systems) / sizeof(systems[0]); i++)
		assert_true(ceiling_is_system(systems[i], 1000));
}

static void
the_floor_is_the_configured_one_and_never_below_root(void **state)
{
	(void)state;
	assert_false(ceiling_is_system(500, 500));
	assert_true(ceiling_is_system(499, 500));
	assert_true(ceiling_is_system(0, 0));
	assert_true(ceiling_is_system(70000, 100000));
	assert_true(ceiling_is_system(65534, 1));
}

/* H-44 */
static void
root_groups_are_the_lists_and_those_that_are_added(void **state)
{
	static char users[] = "users", docker[] = "docker", kvm[] = "kvm", sudo2[] = "sudo2";
	char *own[] = { users, docker, kvm }, *added[] = { kvm };
	const struct strlist none = { NULL, 0 }, more = { added, 1 };

	(void)state;
	assert_null(ceiling_root_group(NULL, &none));
	assert_null(ceiling_root_group(&none, &more));
	assert_null(ceiling_root_group(&(struct strlist){ own, 1 }, &none));
	assert_string_equal(ceiling_root_group(&(struct strlist){ own, 3 }, &none), "docker");
	assert_null(ceiling_root_group(&(struct strlist){ own + 2, 1 }, &none));
	assert_string_equal(ceiling_root_group(&(struct strlist){ own + 2, 1 }, &more), "kvm");
	own[0] = sudo2;
	assert_null(ceiling_root_group(&(struct strlist){ own, 1 }, &none));
	for (size_t i = 0; ceiling_groups[i] != NULL; i++) {
		char *v[] = { users, (char *)(uintptr_t)ceiling_groups[i] };

		assert_ptr_equal(ceiling_root_group(&(struct strlist){ v, 2 }, &none), v[1]);
	}
}

/* What stands between the words "besides" and "An account" of its paragraph. */
static void
the_manual_names_each_of_the_list_and_no_other(void **state)
{
	const char *top = getenv("top_srcdir");
	char path[4096], line[256];
	bool key = false, list = false;
	size_t at = 0;
	FILE *f;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/man/latchkey.conf.5", top == NULL ? "." : top);
	assert_non_null(f = fopen(path, "r"));
	while (fgets(line, sizeof(line), f) != NULL && strncmp(line, "An account", 10) != 0) {
		key = key || strcmp(line, ".It Cm root_groups\n") == 0;
		if (list && strncmp(line, ".Ql ", 4) == 0)
			for (char *w = strtok(line + 4, " ,.\n"); w != NULL;
			     w = strtok(NULL, " ,.\n"))
				assert_string_equal(w, ceiling_groups[at++]);
		list = list || (key && strstr(line, "besides\n") != NULL);
	}
	(void)fclose(f);
	assert_null(ceiling_groups[at]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(uids_of_people_are_no_systems_and_their_neighbours_are),
		cmocka_unit_test(the_floor_is_the_configured_one_and_never_below_root),
		cmocka_unit_test(the_manual_names_each_of_the_list_and_no_other),
		cmocka_unit_test(root_groups_are_the_lists_and_those_that_are_added),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
