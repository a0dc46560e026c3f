/* Who sits at the browser. */
#include "config.h"

#include <string.h>

#include <stdio.h>

#include "mock_idp/pages/signin.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

static struct session *
try(struct fixture *f, const char *name, const char *password)
{
	char form[128];

	(void)snprintf(form, sizeof(form), "username=%s&password=%s", name, password);
	return signin_try(&f->w, fixture_ask(f, "POST", "/", form),
	    sessions_new(&f->w.sessions, &f->w.ids, world_ms(&f->w)));
}

static void
a_users_name_is_the_password(void **state)
{
	struct fixture *f = *state;
	struct session *s = try(f, "alice", "alice");

	assert_true(signin_somebody(&f->w, s));
	assert_int_equal(f->w.sessions.n, 1);
	assert_null(try(f, "alice", "bob"));
	assert_null(try(f, "nobody", "nobody"));
	assert_null(signin_try(&f->w, fixture_ask(f, "POST", "/", "username=alice"), s));
}

static void
a_removed_user_is_nobody(void **state)
{
	struct fixture *f = *state;
	struct session *s = try(f, "alice", "alice");

	people_user(&f->w.people, "alice")->removed = true;
	assert_false(signin_somebody(&f->w, s));
	assert_null(try(f, "alice", "alice"));
}

static void
the_cookie_finds_the_session(void **state)
{
	struct fixture *f = *state;
	struct session *s = sessions_new(&f->w.sessions, &f->w.ids, world_ms(&f->w));

	(void)fixture_ask(f, "GET", "/", NULL);
	assert_null(signin_find(&f->w, &f->x));
	fixture_cookie(f, s);
	assert_ptr_equal(signin_find(&f->w, &f->x), s);
	f->ms += SESSIONS_LIFE_MS;
	assert_null(signin_find(&f->w, &f->x));
}

static void
the_cookie_is_for_this_host_and_no_script(void **state)
{
	struct fixture *f = *state;
	struct session *s = sessions_new(&f->w.sessions, &f->w.ids, 0);
	const char *v;

	signin_keep(fixture_ask(f, "GET", "/", NULL), s);
	v = pairs_get(&f->x.rep.headers, "Set-Cookie");
	assert_int_equal(strncmp(v, "__Host-", 7), 0);
	assert_non_null(strstr(v, "; Path=/; Secure; HttpOnly; SameSite=Lax"));
	signin_forget(fixture_ask(f, "GET", "/", NULL));
	assert_non_null(strstr(pairs_get(&f->x.rep.headers, "Set-Cookie"), "Max-Age=0"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_users_name_is_the_password, fixture_reset),
		cmocka_unit_test_setup(a_removed_user_is_nobody, fixture_reset),
		cmocka_unit_test_setup(the_cookie_finds_the_session, fixture_reset),
		cmocka_unit_test_setup(the_cookie_is_for_this_host_and_no_script, fixture_reset),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
