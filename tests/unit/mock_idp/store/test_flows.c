/* Authorization requests on their way. */
#include "config.h"

#include <string.h>

#include "mock_idp/store/flows.h"
#include "tests/support/unit.h"

static struct flow *
fresh(struct flows *all)
{
	struct flow_params p = { .client_id = strdup("c"), .state = strdup("s") };

	return flows_new(all, &ids_system, &p, 1000);
}

static void
have_a_code_once_they_are_approved(void **state)
{
	struct flows all = { .n = 0 };
	struct flow *f = fresh(&all);

	(void)state;
	assert_ptr_equal(flows_by_id(&all, f->id), f);
	assert_int_equal(f->expires, 1000 + FLOWS_LIFE_MS);
	assert_null(flows_by_code(&all, ""));
	assert_int_equal(flows_approve(f, &ids_system, "alice", 5, 2000), E_OK);
	assert_int_equal(strncmp(f->code, "authelia_ac_", 12), 0);
	assert_ptr_equal(flows_by_code(&all, f->code), f);
	assert_int_equal(f->expires, 2000 + FLOWS_CODE_LIFE_MS);
	assert_null(flows_by_id(&all, "x"));
	flows_clear(&all);
}

static void
the_oldest_makes_room(void **state)
{
	struct flows all = { .n = 0 };
	char first[IDS_UUID_SIZE];

	(void)state;
	memcpy(first, fresh(&all)->id, sizeof(first));
	for (int i = 0; i < FLOWS_MAX; i++)
		assert_non_null(fresh(&all));
	assert_int_equal(all.n, FLOWS_MAX);
	assert_null(flows_by_id(&all, first));
	flows_clear(&all);
}

static void
one_can_be_forgotten(void **state)
{
	struct flows all = { .n = 0 };
	char gone[IDS_UUID_SIZE];
	struct flow *a = fresh(&all), *b = fresh(&all), *c = fresh(&all);

	(void)state;
	memcpy(gone, b->id, sizeof(gone));
	b->redirect = json_object();
	flows_forget(&all, b);
	assert_int_equal(all.n, 2);
	assert_null(flows_by_id(&all, gone));
	assert_ptr_equal(flows_by_id(&all, a->id), a);
	assert_ptr_equal(flows_by_id(&all, c->id), c);
	flows_clear(&all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(have_a_code_once_they_are_approved),
		cmocka_unit_test(the_oldest_makes_room),
		cmocka_unit_test(one_can_be_forgotten),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
