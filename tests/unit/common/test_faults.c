/* Mistakes found while reading. */
#include "config.h"

#include <stdio.h>

#include "common/faults.h"
#include "tests/support/unit.h"

static struct err
mistake(enum errcode code, const char *text)
{
	struct err e = { .code = E_OK };

	(void)err_set(&e, code, "cfg.key", "%s", text);
	return e;
}

static void
the_list_keeps_them_in_order(void **state)
{
	struct faults f = { .v = NULL };
	struct err a = mistake(E_CFG, "a"), b = mistake(E_CFG, "b");

	(void)state;
	assert_int_equal(faults_pass(&f, &a, NULL), E_OK);
	assert_int_equal(a.code, E_OK);
	assert_int_equal(faults_pass(&f, &b, NULL), E_OK);
	assert_int_equal(f.n, 2);
	assert_string_equal(f.v[0].text, "a");
	assert_string_equal(f.v[1].text, "b");
	assert_string_equal(f.v[1].reason, "cfg.key");
	faults_clear(&f);
	assert_int_equal(f.n, 0);
}

static void
without_a_list_the_first_one_ends_it(void **state)
{
	struct err a = mistake(E_CFG, "a"), none = { .code = E_OK }, e = { .code = E_OK };

	(void)state;
	assert_int_equal(faults_pass(NULL, &none, &e), E_OK);
	assert_int_equal(faults_pass(NULL, &a, &e), E_CFG);
	assert_string_equal(e.text, "a");
	assert_string_equal(e.reason, "cfg.key");
}

static void
what_is_no_mistake_of_the_configuration_ends_it_too(void **state)
{
	struct faults f = { .v = NULL };
	struct err a = mistake(E_NOMEM, "a"), b = mistake(E_SYS, "b");

	(void)state;
	assert_int_equal(faults_pass(&f, &a, NULL), E_NOMEM);
	assert_int_equal(faults_pass(&f, &b, NULL), E_SYS);
	assert_int_equal(f.n, 0);
}

static void
the_same_twice_is_one(void **state)
{
	struct faults f = { .v = NULL };
	struct err a = mistake(E_CFG, "a"), b = mistake(E_CFG, "a");

	(void)state;
	assert_int_equal(faults_pass(&f, &a, NULL), E_OK);
	assert_int_equal(faults_pass(&f, &b, NULL), E_OK);
	assert_int_equal(f.n, 1);
	faults_clear(&f);
}

static void
the_list_has_an_end(void **state)
{
	struct faults f = { .v = NULL };
	char text[16];
	struct err e;

	(void)state;
	for (int i = 0; i < FAULTS_MAX; i++) {
		(void)snprintf(text, sizeof(text), "%d", i);
		e = mistake(E_CFG, text);
		assert_int_equal(faults_pass(&f, &e, NULL), E_OK);
	}
	e = mistake(E_CFG, "a");
	assert_int_equal(faults_pass(&f, &e, NULL), E_CFG);
	assert_int_equal(f.n, FAULTS_MAX);
	faults_clear(&f);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_list_keeps_them_in_order),
		cmocka_unit_test(without_a_list_the_first_one_ends_it),
		cmocka_unit_test(what_is_no_mistake_of_the_configuration_ends_it_too),
		cmocka_unit_test(the_same_twice_is_one),
		cmocka_unit_test(the_list_has_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
