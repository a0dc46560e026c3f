/* Questions about daemon, the one account besides root that every host has. */
#ifndef TESTS_UNIT_CLI_EXPLAINED_H
#define TESTS_UNIT_CLI_EXPLAINED_H

#include "cli/outcome.h"
#include "helper/sys/pins.h"
#include "tests/support/identity_of.h"

#define EXPLAINED_ISSUER "https://auth.example.com"
#define EXPLAINED_TEXT                                                                             \
	SETTINGS_PROVIDER_TEXT                                                                     \
	"[login]\nallow_groups = linux-users \"Domain Admins\"\nmin_uid = 1\n"

struct explained {
	struct scratch dir;
	char pins[SCRATCH_PATH], file[SCRATCH_PATH];
	struct settings *s;
	struct outcome_ask ask;
	struct outcome o;
	struct err e;
};

static inline int64_t
explained_time(void *arg)
{
	(void)arg;
	return IDENTITY_NOW;
}

static inline int
set_up(void **state)
{
	static struct clock clock;
	struct explained *x = calloc(1, sizeof(*x));

	assert_non_null(x);
	clock = clock_system;
	clock.wall = explained_time;
	scratch_make(&x->dir);
	(void)scratch_path(&x->dir, x->pins, "lib/pins");
	x->ask = (struct outcome_ask){ .person = { .name = "daemon", .groups = "linux-users" },
		.service = "sshd",
		.pins = x->pins,
		.clock = &clock };
	*state = x;
	return 0;
}

static inline int
tear_down(void **state)
{
	struct explained *x = *state;

	outcome_clear(&x->o);
	settings_free(x->s);
	scratch_remove(&x->dir);
	free(x);
	return 0;
}

/* What is asked next is asked of these settings, behind EXPLAINED_TEXT. */
static inline void
settle(struct explained *x, const char *more)
{
	char text[2048];

	(void)snprintf(text, sizeof(text), "%s%s", EXPLAINED_TEXT, more);
	settings_free(x->s);
	x->s = settings_text_good(text);
}

static inline void
find(struct explained *x)
{
	if (x->s == NULL)
		settle(x, "");
	outcome_clear(&x->o);
	memset(&x->o, 0xff, sizeof(x->o)); /* whatever was there: it fills the whole */
	x->e = (struct err){ .code = E_OK };
	if (outcome_find(&x->o, &x->ask, x->s, &x->e) != E_OK)
		fail_msg("%s", x->e.text);
}

/* The end, and the reason. */
static inline void
ends(struct explained *x, enum msg_verdict end, const char *reason)
{
	find(x);
	if (x->o.end != end || strcmp(x->o.reason, reason) != 0)
		fail_msg("%s: %s", x->o.reason, x->o.text);
}

static inline void
answers(struct explained *x, enum verdict_step step, enum outcome_answer wanted, const char *words)
{
	const char *found = NULL;

	assert_int_equal(outcome_answer(&x->o, step, &found), wanted);
	if (strstr(found, words) == NULL)
		fail_msg("found    %s\nexpected %s", found, words);
}

static inline void
record_of(
    struct explained *x, const char *account, bool approved, const char *issuer, const char *sub)
{
	struct pin seen, p = { .approved = approved, .bound = sub != NULL, .since = IDENTITY_NOW };
	bool changed;

	(void)snprintf(p.issuer, sizeof(p.issuer), "%s", issuer);
	(void)snprintf(p.sub, sizeof(p.sub), "%s", sub == NULL ? "" : sub);
	assert_int_equal(pins_load(&seen, x->pins, account, NULL), E_OK);
	assert_int_equal(
	    pins_replace(x->pins, account, &seen, &p, &changed, &clock_system, NULL), E_OK);
}

static inline void
record(struct explained *x, bool approved, const char *issuer, const char *sub)
{
	record_of(x, "daemon", approved, issuer, sub);
}

#endif
