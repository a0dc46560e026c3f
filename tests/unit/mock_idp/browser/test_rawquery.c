/* A query in its pieces, and changes of it. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/browser/rawquery.h"
#include "tests/support/unit.h"

#define QUERY "code=ab%2Fc&state=Xy1&iss=&bare"

/* What the change makes of a query; NULL: it is refused. */
static void
becomes(const char *query, const char *option, const char *arg, const char *wanted)
{
	struct rawquery_change c = { rawquery_row(option), arg };
	struct err e = { .code = E_OK };
	struct buf *b = buf_new(RAWQUERY_BYTES);
	struct rawquery q;

	assert_non_null(c.row);
	assert_int_equal(rawquery_split(query, &q), E_OK);
	if (wanted == NULL) {
		assert_int_equal(rawquery_change(&q, &c, &e), E_CFG);
		assert_int_not_equal(strlen(e.text), 0);
	} else {
		assert_int_equal(rawquery_change(&q, &c, &e), E_OK);
		assert_int_equal(rawquery_put(&q, b), E_OK);
		assert_string_equal(buf_cstr(b), wanted);
	}
	rawquery_clear(&q);
	buf_free(b);
}

static void
no_byte_is_lost_on_the_way(void **state)
{
	static const char *const same[] = { "", QUERY, "a", "a=b=c", "a=1&a=2", "&", "&&a", "a&" };
	struct buf *b = buf_new(1024);
	struct rawquery q;

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(same[0]); i++) {
		buf_reset(b);
		assert_int_equal(rawquery_split(same[i], &q), E_OK);
		assert_int_equal(rawquery_put(&q, b), E_OK);
		rawquery_clear(&q);
		assert_string_equal(buf_cstr(b), same[i]);
	}
	buf_free(b);
}

static void
set_replaces_or_adds_whatever_stands_there(void **state)
{
	(void)state;
	becomes(QUERY, "--set", "state=%00 \xff", "code=ab%2Fc&state=%00 \xff&iss=&bare");
	becomes(QUERY, "--set", "new=1", QUERY "&new=1");
	becomes(QUERY, "--set", "code", "code&state=Xy1&iss=&bare");
	becomes("", "--set", "a=", "a=");
	becomes("codex=1", "--set", "code=2", "codex=1&code=2");
}

static void
drop_takes_them_all(void **state)
{
	(void)state;
	becomes(QUERY, "--drop", "code", "state=Xy1&iss=&bare");
	becomes(QUERY, "--drop", "bare", "code=ab%2Fc&state=Xy1&iss=");
	becomes("a=1&b=2&a=3&a", "--drop", "a", "b=2");
	becomes(QUERY, "--drop", "cod", NULL);
	becomes("", "--drop", "a", NULL);
}

static void
duplicates_stand_behind_or_before(void **state)
{
	(void)state;
	becomes(QUERY, "--duplicate", "state", QUERY "&state=Xy1");
	becomes(QUERY, "--duplicate", "state=", QUERY "&state=");
	becomes(QUERY, "--duplicate", "code=z", QUERY "&code=z");
	becomes(QUERY, "--duplicate", "nonce", NULL);
	becomes(QUERY, "--prepend", "state=wrong", "state=wrong&" QUERY);
}

static void
values_are_changed_a_little(void **state)
{
	(void)state;
	becomes(QUERY, "--case", "state", "code=ab%2Fc&state=xY1&iss=&bare");
	becomes(QUERY, "--case", "code", "code=AB%2FC&state=Xy1&iss=&bare");
	becomes("a=12%2f", "--case", "a", NULL);
	becomes("Bare", "--case", "Bare", NULL);
	becomes(QUERY, "--prefix", "state", "code=ab%2Fc&state=Xy&iss=&bare");
	becomes("a=b%2F", "--prefix", "a", "a=b");
	becomes("a=b", "--prefix", "a", "a=");
	becomes(QUERY, "--prefix", "iss", NULL);
	becomes(QUERY, "--prefix", "bare", NULL);
	becomes(QUERY, "--stretch", "state=7", "code=ab%2Fc&state=Xy1Xy1X&iss=&bare");
	becomes(QUERY, "--stretch", "state=2", "code=ab%2Fc&state=Xy&iss=&bare");
	becomes(QUERY, "--stretch", "iss=2", NULL);
	becomes(QUERY, "--stretch", "none=2", NULL);
}

static void
names_are_changed(void **state)
{
	(void)state;
	becomes(QUERY, "--rename", "code=CODE", "CODE=ab%2Fc&state=Xy1&iss=&bare");
	becomes(QUERY, "--rename", "bare=", "code=ab%2Fc&state=Xy1&iss=&");
	becomes(QUERY, "--rename", "none=x", NULL);
	becomes(QUERY, "--percent", NULL, QUERY "&x=%zz");
}

static void
options_know_what_may_stand_behind_them(void **state)
{
	(void)state;
	assert_null(rawquery_row("--sets"));
	assert_null(rawquery_row("set"));
	assert_true(rawquery_takes_value(rawquery_row("--set")));
	assert_false(rawquery_takes_value(rawquery_row("--percent")));
	assert_true(rawquery_good_value(rawquery_row("--percent"), NULL));
	assert_true(rawquery_good_value(rawquery_row("--set"), ""));
	assert_true(rawquery_good_value(rawquery_row("--rename"), "a="));
	assert_false(rawquery_good_value(rawquery_row("--rename"), "a"));
	assert_true(rawquery_good_value(rawquery_row("--stretch"), "a=1"));
	assert_false(rawquery_good_value(rawquery_row("--stretch"), "a=0"));
	assert_false(rawquery_good_value(rawquery_row("--stretch"), "a=x"));
	assert_false(rawquery_good_value(rawquery_row("--stretch"), "a=9999999"));
}

static void
there_is_an_end_to_parameters(void **state)
{
	char text[2 * RAWQUERY_MAX + 2];
	struct rawquery_change c = { rawquery_row("--percent"), NULL };
	struct rawquery q;

	(void)state;
	for (size_t i = 0; i < sizeof(text) - 1; i += 2)
		memcpy(text + i, "a&", 2);
	text[2 * RAWQUERY_MAX + 1] = '\0';
	assert_int_equal(rawquery_split(text, &q), E_LIMIT);
	rawquery_clear(&q);
	text[2 * RAWQUERY_MAX - 1] = '\0';
	assert_int_equal(rawquery_split(text, &q), E_OK);
	assert_int_equal(rawquery_change(&q, &c, NULL), E_LIMIT);
	rawquery_clear(&q);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_byte_is_lost_on_the_way),
		cmocka_unit_test(set_replaces_or_adds_whatever_stands_there),
		cmocka_unit_test(drop_takes_them_all),
		cmocka_unit_test(duplicates_stand_behind_or_before),
		cmocka_unit_test(values_are_changed_a_little),
		cmocka_unit_test(names_are_changed),
		cmocka_unit_test(options_know_what_may_stand_behind_them),
		cmocka_unit_test(there_is_an_end_to_parameters),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
