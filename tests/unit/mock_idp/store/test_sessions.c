/* Sessions of browsers. */
#include "config.h"

#include <string.h>

#include "mock_idp/store/sessions.h"
#include "tests/support/unit.h"

static void
last_an_hour(void **state)
{
	struct sessions all = { .n = 0 };
	struct session *s = sessions_new(&all, &ids_system, 5);

	(void)state;
	assert_ptr_equal(sessions_find(&all, s->id, 5 + SESSIONS_LIFE_MS - 1), s);
	assert_null(sessions_find(&all, s->id, 5 + SESSIONS_LIFE_MS));
	assert_null(sessions_find(&all, "", 5));
	sessions_clear(&all);
}

static void
know_who_signed_in_until_they_are_dropped(void **state)
{
	struct sessions all = { .n = 0 };
	struct session *s = sessions_new(&all, &ids_system, 0), *t;
	char id[IDS_OPAQUE_SIZE];

	(void)state;
	assert_null(s->username);
	assert_int_equal(sessions_sign_in(s, "alice", 7, 8), E_OK);
	assert_string_equal(s->username, "alice");
	assert_int_equal(s->auth_time, 7);
	t = sessions_new(&all, &ids_system, 0);
	memcpy(id, s->id, sizeof(id));
	sessions_drop(&all, s);
	assert_null(sessions_find(&all, id, 0));
	assert_ptr_equal(sessions_find(&all, t->id, 0), t);
	for (int i = 0; i < SESSIONS_MAX; i++)
		assert_non_null(sessions_new(&all, &ids_system, 0));
	assert_int_equal(all.n, SESSIONS_MAX);
	sessions_clear(&all);
}

static void
tokens_count_for_one_session_page_and_subject(void **state)
{
	struct sessions all = { .n = 0 };
	struct session *s = sessions_new(&all, &ids_system, 0);
	char token[SESSIONS_CSRF_SIZE];

	(void)state;
	sessions_csrf(s, "/p", "CODE", token);
	assert_true(sessions_csrf_ok(s, "/p", "CODE", token));
	assert_false(sessions_csrf_ok(s, "/q", "CODE", token));
	assert_false(sessions_csrf_ok(s, "/p", "EDOC", token));
	assert_false(sessions_csrf_ok(s, "/p", "CODE", ""));
	assert_false(sessions_csrf_ok(sessions_new(&all, &ids_system, 0), "/p", "CODE", token));
	sessions_clear(&all);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(last_an_hour),
		cmocka_unit_test(know_who_signed_in_until_they_are_dropped),
		cmocka_unit_test(tokens_count_for_one_session_page_and_subject),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
