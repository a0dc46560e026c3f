/* Requests that were pushed. */
#include "config.h"

#include <string.h>

#include "mock_idp/store/pushed.h"
#include "tests/support/unit.h"

static struct pushed_request *
push(struct pushed *all, const char *state)
{
	struct pairs p = { .n = 0 };

	assert_int_equal(pairs_add(&p, "client_id", "c"), E_OK);
	assert_int_equal(pairs_add(&p, "state", state), E_OK);
	return pushed_new(all, &ids_system, &p, 1000);
}

static void
each_has_a_name_of_its_own(void **state)
{
	struct pushed all = { .n = 0 };
	struct pushed_request *a = push(&all, "1"), *b = push(&all, "2");

	(void)state;
	assert_int_equal(strncmp(a->uri, PUSHED_PREFIX, strlen(PUSHED_PREFIX)), 0);
	assert_int_equal(strlen(a->uri), strlen(PUSHED_PREFIX) + 43);
	assert_string_not_equal(a->uri, b->uri);
	assert_ptr_equal(pushed_find(&all, a->uri), a);
	assert_ptr_equal(pushed_find(&all, b->uri), b);
	assert_null(pushed_find(&all, PUSHED_PREFIX));
	assert_string_equal(pairs_get(&b->params, "state"), "2");
	assert_int_equal(a->expires, 1000 + 300000);
	assert_false(a->used);
	pushed_clear(&all);
	assert_int_equal(all.n, 0);
}

static void
the_parameters_are_taken_over(void **state)
{
	struct pushed all = { .n = 0 };
	struct pairs p = { .n = 0 };

	(void)state;
	assert_int_equal(pairs_add(&p, "a", "b"), E_OK);
	assert_non_null(pushed_new(&all, &ids_system, &p, 0));
	assert_int_equal(p.n, 0);
	pushed_clear(&all);
}

static void
the_oldest_makes_room(void **state)
{
	struct pushed all = { .n = 0 };
	char first[PUSHED_URI_SIZE];

	(void)state;
	memcpy(first, push(&all, "1")->uri, sizeof(first));
	for (int i = 0; i < PUSHED_MAX; i++)
		assert_non_null(push(&all, "2"));
	assert_int_equal(all.n, PUSHED_MAX);
	assert_null(pushed_find(&all, first));
	pushed_clear(&all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_has_a_name_of_its_own),
		cmocka_unit_test(the_parameters_are_taken_over),
		cmocka_unit_test(the_oldest_makes_room),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
