/* The cookies of one origin. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/browser/jar.h"
#include "tests/support/unit.h"

static void
take(struct jar *j, const char *one, const char *two)
{
	struct answer a = { .status = 200 };

	assert_int_equal(pairs_add(&a.headers, "set-COOKIE", one), E_OK);
	if (two != NULL)
		assert_int_equal(pairs_add(&a.headers, "Set-Cookie", two), E_OK);
	assert_int_equal(jar_take(j, &a), E_OK);
	answer_clear(&a);
}

static void
holds(const struct jar *j, const char *wanted)
{
	struct buf *b = buf_new(1024);

	assert_int_equal(jar_put(j, b), E_OK);
	assert_string_equal(buf_cstr(b), wanted);
	buf_free(b);
}

static void
cookies_are_kept_replaced_and_dropped(void **state)
{
	struct jar j = { .cookies = { .n = 0 } };

	(void)state;
	holds(&j, "");
	take(&j, "a=1; Path=/", "b=x=y");
	holds(&j, "Cookie: a=1; b=x=y\r\n");
	take(&j, "a=2", NULL);
	holds(&j, "Cookie: b=x=y; a=2\r\n");
	take(&j, "b=; Max-Age=0", "a=9; max-age=-5; Path=/");
	holds(&j, "");
	take(&j, "c=; Max-Age=60", NULL);
	holds(&j, "Cookie: c=\r\n");
	jar_clear(&j);
	holds(&j, "");
}

static void
the_host_prefix_is_a_promise(void **state)
{
	static const char *const broken[] = { "__Host-x=1", "__Host-x=1; Secure",
		"__Host-x=1; Path=/", "__Host-x=1; Secure; Path=/a",
		"__Host-x=1; Secure; Path=/; Domain=127.0.0.1" };
	struct jar j = { .cookies = { .n = 0 } };

	(void)state;
	for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++)
		take(&j, broken[i], NULL);
	holds(&j, "");
	take(&j, "__Host-x=1; Path=/; Secure; HttpOnly; SameSite=Lax", NULL);
	holds(&j, "Cookie: __Host-x=1\r\n");
	jar_clear(&j);
}

static void
what_is_no_cookie_is_none(void **state)
{
	struct jar j = { .cookies = { .n = 0 } };

	(void)state;
	take(&j, "", "=1");
	take(&j, " ; Secure", ";;;");
	holds(&j, "");
}

static void
there_is_no_room_for_any_number(void **state)
{
	struct answer a = { .status = 200 };
	struct jar j = { .cookies = { .n = 0 } };
	enum errcode r = E_OK;
	char cookie[32];

	(void)state;
	for (int i = 0; i <= PAIRS_MAX && r == E_OK; i++) {
		(void)snprintf(cookie, sizeof(cookie), "c%d=1", i);
		assert_int_equal(pairs_add(&a.headers, "Set-Cookie", cookie), E_OK);
		r = jar_take(&j, &a);
		pairs_clear(&a.headers);
	}
	assert_int_equal(r, E_LIMIT);
	jar_clear(&j);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cookies_are_kept_replaced_and_dropped),
		cmocka_unit_test(the_host_prefix_is_a_promise),
		cmocka_unit_test(what_is_no_cookie_is_none),
		cmocka_unit_test(there_is_no_room_for_any_number),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
