/* The way through a decision, with one that is always the same. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/pages/consent.h"
#include "tests/support/unit.h"
#include "tests/unit/mock_idp/fixture.h"

#define PATH "/p"

static int decided; /* +1 for each approval, -1 for each denial */
static int64_t wanted_from;

static bool
find(const struct world *w, const char *value, struct question *q, int64_t *auth_from)
{
	(void)w;
	*q = (struct question){ "client", "openid", NULL, NULL };
	*auth_from = wanted_from;
	return strcmp(value, "v") == 0;
}

static void
absent(struct exchange *x, const struct session *s, const struct subject *about)
{
	(void)s;
	(void)about;
	forms_result(x, 404, false, "absent", "");
}

static void
decide(struct world *w, struct exchange *x, const struct session *s, const char *value, bool yes)
{
	(void)w;
	(void)s;
	(void)value;
	decided += yes ? 1 : -1;
	forms_result(x, 200, yes, "decided", "");
}

static const struct consent_kind kind = { PATH, "id", find, absent, decide };

static int
begin(void **state)
{
	decided = 0;
	wanted_from = INT64_MIN;
	return fixture_reset(state);
}

static void
press(struct fixture *f, const struct session *s, const char *more)
{
	fixture_press(f, s, PATH, "id", "v", more);
	consent_run(&f->w, &f->x, &kind);
}

static void
a_post_counts_with_its_token_alone(void **state)
{
	struct fixture *f = *state;
	struct session *s = fixture_session(f, "alice");

	(void)fixture_ask(f, "POST", PATH, "id=v&do=approve");
	fixture_cookie(f, s);
	consent_run(&f->w, &f->x, &kind);
	assert_int_equal(f->x.rep.status, 400);
	fixture_press(f, fixture_session(f, "bob"), PATH, "id", "v", "do=approve");
	pairs_clear(&f->x.req.headers);
	fixture_cookie(f, s);
	consent_run(&f->w, &f->x, &kind);
	assert_int_equal(f->x.rep.status, 400);
	fixture_press(f, s, PATH, "id", "v", "do=approve");
	pairs_clear(&f->x.req.headers);
	consent_run(&f->w, &f->x, &kind);
	assert_int_equal(f->x.rep.status, 400);
	assert_int_equal(decided, 0);
	press(f, s, "do=approve");
	assert_int_equal(decided, 1);
	press(f, s, "do=deny");
	assert_int_equal(decided, 0);
}

static void
signing_in_makes_a_new_session_and_comes_back(void **state)
{
	struct fixture *f = *state;
	struct session *s = sessions_new(&f->w.sessions, &f->w.ids, world_ms(&f->w));
	char old[IDS_OPAQUE_SIZE];

	memcpy(old, s->id, sizeof(old));
	press(f, s, "do=sign-in&username=alice&password=alice");
	assert_int_equal(f->x.rep.status, 303);
	assert_true(fixture_leads(f, "/p?id=v"));
	assert_null(sessions_find(&f->w.sessions, old, world_ms(&f->w)));
	assert_null(strstr(pairs_get(&f->x.rep.headers, "Set-Cookie"), old));
}

static void
a_wrong_password_reads_like_an_unknown_name(void **state)
{
	struct fixture *f = *state;
	struct session *s = sessions_new(&f->w.sessions, &f->w.ids, world_ms(&f->w));
	char *first;

	press(f, s, "do=sign-in&username=alice&password=x");
	assert_int_equal(f->x.rep.status, 403);
	first = strdup(buf_cstr(f->x.rep.body));
	press(f, s, "do=sign-in&username=nobody&password=x");
	assert_int_equal(f->x.rep.status, 403);
	assert_string_equal(buf_cstr(f->x.rep.body), first);
	free(first);
}

static void
nobody_decides_without_signing_in(void **state)
{
	struct fixture *f = *state;
	struct session *s = sessions_new(&f->w.sessions, &f->w.ids, world_ms(&f->w));

	press(f, s, "do=approve");
	assert_true(fixture_shows(f, "<h1>Sign in</h1>"));
	press(f, fixture_session(f, "alice"), "do=sign-out");
	assert_int_equal(f->x.rep.status, 303);
	assert_int_equal(decided, 0);
	s = fixture_session(f, "alice");
	people_user(&f->w.people, "alice")->removed = true;
	press(f, s, "do=approve");
	assert_int_equal(decided, 0);
}

static void
a_sign_in_may_be_too_old(void **state)
{
	struct fixture *f = *state;
	struct session *s = fixture_session(f, "alice");

	wanted_from = world_ms(&f->w) + 1;
	press(f, s, "do=approve");
	assert_true(fixture_shows(f, "<h1>Sign in</h1>"));
	assert_int_equal(decided, 0);
	wanted_from--;
	press(f, s, "do=approve");
	assert_int_equal(decided, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(a_post_counts_with_its_token_alone, begin),
		cmocka_unit_test_setup(signing_in_makes_a_new_session_and_comes_back, begin),
		cmocka_unit_test_setup(a_wrong_password_reads_like_an_unknown_name, begin),
		cmocka_unit_test_setup(nobody_decides_without_signing_in, begin),
		cmocka_unit_test_setup(a_sign_in_may_be_too_old, begin),
	};
	return cmocka_run_group_tests(tests, fixture_open, fixture_close);
}
