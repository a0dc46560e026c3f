/* A login that is allowed, for tests that change one thing of it. */
#ifndef TESTS_SUPPORT_VERDICT_WORLD_H
#define TESTS_SUPPORT_VERDICT_WORLD_H

#include <string.h>

#include "helper/policy/verdict.h"
#include "tests/support/identity_of.h"

struct world {
	struct settings *s;
	struct identity id;
	struct verdict_login login;
	struct bind_account account;
	struct verdict v;
};

static const char *const group[] = { "linux-users", "dev", "elsewhere", NULL };

static inline int
set_up(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	assert_non_null(w);
	w->s = settings_text_good(SETTINGS_LEAST "[service sudo]\nallow_groups = linux-admins\n"
	                                         "[group docker]\ngroups = dev\n");
	w->id = identity_of(w->s, group);
	w->login = (struct verdict_login){ .login_id = "3f9c01aa",
		.service = "sshd",
		.account = "alice",
		.nonce = "n-1",
		.flow = IDENTITY_DEVICE,
		.started = IDENTITY_NOW - 10,
		.now = IDENTITY_NOW };
	w->account = (struct bind_account){ .exists = true, .uid = 1000 };
	*state = w;
	return 0;
}

static inline int
tear_down(void **state)
{
	struct world *w = *state;

	verdict_clear(&w->v);
	settings_free(w->s);
	free(w);
	return 0;
}

static inline void
judge(struct world *w)
{
	verdict_clear(&w->v);
	memset(&w->v, 0xff, sizeof(w->v)); /* whatever was there: it fills the whole */
	verdict_judge(&w->v, w->s, &w->id, &w->login, &w->account);
}

static inline void
allowed(struct world *w)
{
	judge(w);
	if (w->v.decision != VERDICT_ALLOW)
		fail_msg("%s: %s", w->v.reason, w->v.text);
	assert_int_equal(w->v.code, E_OK);
	assert_string_equal(w->v.reason, "ok");
}

static inline void
refused(struct world *w, enum errcode code, const char *reason)
{
	judge(w);
	assert_int_equal(w->v.decision, VERDICT_REFUSE);
	assert_string_equal(w->v.reason, reason);
	assert_int_equal(w->v.code, code);
	assert_int_equal(w->v.groups.n + w->v.env.n, 0);
	assert_int_equal(w->v.pin, BIND_PINNED);
	assert_true(w->v.text[0] != '\0');
}

/* Settings in place of set_up's, and the person in the same groups of the provider's. */
static inline void
settle(struct world *w, const char *text)
{
	settings_free(w->s);
	w->s = settings_text_good(text);
	w->id = identity_of(w->s, group);
}

#endif
