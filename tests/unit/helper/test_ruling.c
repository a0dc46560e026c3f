/* The monitor's decision: what it learns of the account, and the pin that it writes. C-098, H-42 */
#include "config.h"

#include "helper/ruling.h"
#include "helper/sys/pins.h"
#include "tests/support/identity_of.h"

static const char *const users[] = { "linux-users", NULL };

struct world {
	struct settings *s;
	struct identity id;
	struct verdict v;
	struct scratch d;
	char pins[SCRATCH_PATH];
};

static int
set_up(void **state)
{
	static struct world w;

	w = (struct world){ .s = settings_text_good(
		                SETTINGS_LEAST "[account deploy]\ngroups = linux-users\n") };
	w.id = identity_of(w.s, users);
	scratch_make(&w.d);
	(void)scratch_path(&w.d, w.pins, "lib/pins");
	*state = &w;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *w = *state;

	verdict_clear(&w->v);
	settings_free(w->s);
	scratch_remove(&w->d);
	return 0;
}

static void
rules(struct world *w, const char *name, const char *reason)
{
	const struct verdict_login login = { .login_id = "3f9c01aa",
		.service = "sshd",
		.account = name,
		.flow = IDENTITY_DEVICE,
		.started = IDENTITY_NOW - 10,
		.now = IDENTITY_NOW };
	const struct account a = { .exists = true, .uid = 1000, .gid = 59991 };
	struct err e = { .code = E_OK };
	enum errcode r = ruling_make(&w->v,
	    &(struct ruling){ .settings = w->s,
	        .id = &w->id,
	        .login = &login,
	        .account = &a,
	        .pins = w->pins,
	        .clock = &clock_system },
	    &e);

	if (reason == NULL) {
		if (r != E_OK)
			fail_msg("%s: %s", e.reason, e.text);
		assert_int_equal(w->v.decision, VERDICT_ALLOW);
		return;
	}
	assert_string_equal(err_reason(&e), reason);
	assert_int_equal(w->v.decision, VERDICT_REFUSE);
}

static void
a_first_login_is_pinned_and_another_person_is_refused(void **state)
{
	struct world *w = *state;
	struct pin p;

	rules(w, "alice", NULL);
	assert_int_equal(pins_load(&p, w->pins, "alice", NULL), E_OK);
	assert_true(p.bound);
	assert_false(p.approved);
	assert_string_equal(p.sub, "8c2a-f0");
	assert_string_equal(p.issuer, "https://auth.example.com");
	assert_int_equal(p.since, IDENTITY_NOW);
	(void)strcpy(w->id.sub, "another");
	rules(w, "alice", "pin.sub");
	(void)strcpy(w->id.sub, "8c2a-f0");
	rules(w, "alice", NULL);
}

/* H-42: one person, two names; the second account is not theirs before an administrator says so */
static void
a_person_on_record_gets_no_second_account_by_a_new_name(void **state)
{
	const struct pin nothing = { .bound = false };
	struct world *w = *state;
	bool changed, was;
	struct pin p;

	rules(w, "alice", NULL);
	(void)strcpy(w->id.name, "bob");
	rules(w, "bob", "pin.elsewhere");
	assert_int_equal(pins_load(&p, w->pins, "bob", NULL), E_OK);
	assert_false(p.bound);
	assert_int_equal(pins_load(&p, w->pins, "alice", NULL), E_OK);
	assert_int_equal(
	    pins_bind(w->pins, "bob", &nothing, &p, &changed, &clock_system, NULL), E_OK);
	assert_true(changed); /* under the lock too */
	assert_int_equal(pins_forget(w->pins, "alice", &was, &clock_system, NULL), E_OK);
	rules(w, "bob", NULL);
	(void)strcpy(w->id.name, "alice");
	rules(w, "alice", "pin.elsewhere");
}

static void
a_pinned_login_writes_nothing(void **state)
{
	struct world *w = *state;
	struct stat before, after;

	rules(w, "alice", NULL);
	assert_int_equal(stat(w->pins, &before), 0);
	rules(w, "alice", NULL);
	assert_int_equal(stat(w->pins, &after), 0);
	assert_memory_equal(&before.st_mtim, &after.st_mtim, sizeof(after.st_mtim));
	assert_int_equal(before.st_nlink, after.st_nlink);
}

static void
a_refused_login_and_a_shared_account_are_not_pinned(void **state)
{
	struct world *w = *state;

	(void)strcpy(w->id.name, "bob");
	rules(w, "alice", "usr.other");
	rules(w, "deploy", NULL);
	w->s->login.pin = SETTINGS_PIN_NO;
	(void)strcpy(w->id.name, "alice");
	rules(w, "alice", NULL);
	assert_int_equal(access(w->pins, F_OK), -1);
}

/* an approval that nobody has used becomes the first person's, and stays one */
static void
an_approved_account_keeps_its_approval(void **state)
{
	const struct pin nothing = { .bound = false }, approved = { .approved = true };
	struct world *w = *state;
	bool changed;
	struct pin p;

	assert_int_equal(
	    pins_replace(w->pins, "alice", &nothing, &approved, &changed, &clock_system, NULL),
	    E_OK);
	rules(w, "alice", NULL);
	assert_int_equal(pins_load(&p, w->pins, "alice", NULL), E_OK);
	assert_true(p.bound && p.approved);
}

static void
a_store_that_cannot_be_written_refuses_a_first_login(void **state)
{
	char path[SCRATCH_PATH];
	struct world *w = *state;

	scratch_write(&w->d, path, "lib", "", 0644);
	rules(w, "alice", "pin.read"); /* nor read */
	assert_int_equal(w->v.code, E_SYS);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink("/nonexistent/lib", path), 0);
	rules(w, "alice", "pin.write");
	w->s->login.pin = SETTINGS_PIN_NO;
	rules(w, "alice", NULL);
	assert_int_equal(unlink(path), 0);
	w->s->login.pin = SETTINGS_PIN_YES;
	rules(w, "alice", NULL);
}

/* the account's own groups come from this host: its primary one is root's here */
static void
an_account_that_is_as_good_as_root_is_refused(void **state)
{
	const struct verdict_login login = { .login_id = "3f9c01aa",
		.service = "sshd",
		.account = "alice",
		.flow = IDENTITY_DEVICE,
		.started = IDENTITY_NOW,
		.now = IDENTITY_NOW };
	struct account a = { .exists = true, .uid = 1000, .gid = 0 };
	struct world *w = *state;
	struct ruling r = { w->s, &w->id, &login, &a, w->pins, &clock_system };
	struct err e = { .code = E_OK };

	assert_int_equal(ruling_make(&w->v, &r, &e), E_POL);
	assert_string_equal(e.reason, "pol.ceiling");
	a.gid = 59991;
	assert_int_equal(ruling_make(&w->v, &r, NULL), E_OK);
	a.uid = 65534;
	e = (struct err){ .code = E_OK };
	assert_int_equal(ruling_make(&w->v, &r, &e), E_NAME);
	assert_string_equal(e.reason, "usr.system");
	a = (struct account){ .exists = false };
	e = (struct err){ .code = E_OK };
	assert_int_equal(ruling_make(&w->v, &r, &e), E_NAME);
	assert_string_equal(e.reason, "usr.unknown");
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(a_first_login_is_pinned_and_another_person_is_refused),
		T(a_person_on_record_gets_no_second_account_by_a_new_name),
		T(a_pinned_login_writes_nothing),
		T(a_refused_login_and_a_shared_account_are_not_pinned),
		T(an_approved_account_keeps_its_approval),
		T(a_store_that_cannot_be_written_refuses_a_first_login),
		T(an_account_that_is_as_good_as_root_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
