/* The records of to whom accounts belong: C-098, H-42, H-54. */
#include "config.h"

#include <stdio.h>
#include <sys/wait.h>

#include "helper/sys/pins.h"
#include "tests/support/scratch.h"

static const struct pin nothing = { .bound = false };
static const struct pin alice = {
	.bound = true, .issuer = "https://auth.example.com", .sub = "s-1", .since = 5
};

struct place {
	struct scratch s;
	char dir[SCRATCH_PATH];
};

static int
set_up(void **state)
{
	static struct place x;

	scratch_make(&x.s);
	(void)scratch_path(&x.s, x.dir, "lib/pins");
	*state = &x;
	return 0;
}

static int
tear_down(void **state)
{
	struct place *x = *state;

	scratch_remove(&x->s);
	return 0;
}

static void
put(struct place *x, const char *account, const struct pin *seen, const struct pin *fresh,
    bool loses)
{
	struct err e = { .code = E_OK };
	bool changed = !loses;

	if (pins_replace(x->dir, account, seen, fresh, &changed, &clock_system, &e) != E_OK)
		fail_msg("%s", e.text);
	assert_int_equal(changed, loses);
}

static void
holds(struct place *x, const char *account, const struct pin *p)
{
	struct pin got = { .approved = !p->approved };
	struct err e = { .code = E_OK };

	if (pins_load(&got, x->dir, account, &e) != E_OK)
		fail_msg("%s", e.text);
	assert_true(pin_is_same(&got, p));
}

static void
fails(struct place *x, const char *account, const char *reason, const char *part)
{
	struct pin got = { .since = 7 };
	struct err e = { .code = E_OK };

	assert_int_equal(pins_load(&got, x->dir, account, &e), E_SYS);
	assert_string_equal(e.reason, reason);
	if (strstr(e.text, part) == NULL)
		fail_msg("found %s, expected %s", e.text, part);
	assert_int_equal(got.since, 7);
}

static mode_t
mode_of(const struct scratch *s, const char *name)
{
	char path[SCRATCH_PATH];
	struct stat st;

	assert_int_equal(stat(scratch_path(s, path, name), &st), 0);
	return st.st_mode & 07777;
}

static void
what_is_put_is_held_and_closed_to_others(void **state)
{
	struct place *x = *state;
	char path[SCRATCH_PATH];

	holds(x, "alice", &nothing);
	assert_int_equal(access(scratch_path(&x->s, path, "lib"), F_OK), -1);
	put(x, "alice", &nothing, &alice, false);
	holds(x, "alice", &alice);
	holds(x, "bob", &nothing);
	assert_int_equal(mode_of(&x->s, "lib"), 0700);
	assert_int_equal(mode_of(&x->s, "lib/pins"), 0700);
	assert_int_equal(mode_of(&x->s, "lib/pins/alice"), 0600);
}

static void
who_has_seen_another_record_writes_nothing(void **state)
{
	struct place *x = *state;
	struct pin other = alice, approved = alice;

	(void)strcpy(other.sub, "s-2");
	approved.approved = true;
	put(x, "alice", &nothing, &alice, false);
	put(x, "alice", &nothing, &other, true);
	put(x, "alice", &other, &nothing, true);
	holds(x, "alice", &alice);
	put(x, "alice", &alice, &approved, false);
	holds(x, "alice", &approved);
}

/* 16 first logins, each of another person: one has the account, the others see that one's. */
static void
of_many_first_logins_at_once_one_wins(void **state)
{
	struct place *x = *state;
	int status, wins = 0;
	struct pin got;

	for (int i = 0; i < 16; i++) {
		struct pin mine = alice;
		bool changed = true;

		if (fork() != 0)
			continue;
		(void)snprintf(mine.sub, sizeof(mine.sub), "s-%d", i);
		if (pins_replace(x->dir, "alice", &nothing, &mine, &changed, &clock_system, NULL) !=
		    E_OK)
			_exit(2);
		_exit(changed ? 0 : 1);
	}
	for (int i = 0; i < 16; i++) {
		assert_true(wait(&status) > 0);
		assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
		wins += WEXITSTATUS(status);
	}
	assert_int_equal(wins, 1);
	assert_int_equal(pins_load(&got, x->dir, "alice", NULL), E_OK);
	assert_memory_equal(got.sub, "s-", 2);
}

/* A crash leaves the old record or the new one, and beside it at most a half-written file that
 * nobody reads. */
static void
what_a_crash_left_is_no_record(void **state)
{
	char path[SCRATCH_PATH];
	struct place *x = *state;
	struct strlist names = { NULL, 0 };

	put(x, "alice", &nothing, &alice, false);
	scratch_write(&x->s, path, "lib/pins/.alice.4711", "\1\2", 0600);
	holds(x, "alice", &alice);
	assert_int_equal(pins_list(&names, x->dir, NULL), E_OK);
	assert_int_equal(names.n, 1);
	strlist_clear(&names);
	put(x, "alice", &alice, &(struct pin){ .approved = true }, false);
}

/* the design: an unknown pin refuses */
static void
a_record_that_cannot_be_understood_is_an_error(void **state)
{
	char path[SCRATCH_PATH], other[SCRATCH_PATH];
	struct place *x = *state;
	bool changed;

	put(x, "bob", &nothing, &alice, false);
	scratch_write(&x->s, path, "lib/pins/alice", "\2what", 0600);
	fails(x, "alice", "pin.format", "format 2");
	assert_int_equal(
	    pins_replace(x->dir, "alice", &nothing, &alice, &changed, &clock_system, NULL), E_SYS);
	scratch_write(&x->s, path, "lib/pins/alice", "", 0600);
	fails(x, "alice", "pin.format", "damaged");
	assert_int_equal(chmod(path, 0622), 0);
	fails(x, "alice", "pin.read", "not a file of ours alone");
	assert_int_equal(unlink(path), 0);
	assert_int_equal(symlink(scratch_path(&x->s, other, "lib/pins/bob"), path), 0);
	fails(x, "alice", "pin.read", "alice: ");
	holds(x, "bob", &alice);
	assert_int_equal(chmod(x->dir, 0777), 0);
	fails(x, "bob", "pin.read", "others can write it");
}

static void
a_store_that_cannot_be_written_says_so(void **state)
{
	struct err e = { .code = E_OK };
	char path[SCRATCH_PATH];
	struct place *x = *state;
	bool changed;

	scratch_write(&x->s, path, "lib", "a file stands in the way", 0644);
	assert_int_equal(
	    pins_replace(x->dir, "alice", &nothing, &alice, &changed, &clock_system, &e), E_SYS);
	assert_string_equal(e.reason, "pin.write");
	assert_int_equal(
	    pins_replace("relative", "alice", &nothing, &alice, &changed, &clock_system, NULL),
	    E_NOMEM);
}

/* H-39: the name of a file is never what a provider or a caller wrote */
static void
what_is_no_account_has_no_record(void **state)
{
	static const char *const bad[] = { "", ".", "..", "../alice", "a/b", ".alice.1", "Alice" };
	struct place *x = *state;
	bool changed, was;

	put(x, "alice", &nothing, &alice, false);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		holds(x, bad[i], &nothing);
		assert_int_equal(
		    pins_replace(x->dir, bad[i], &nothing, &alice, &changed, &clock_system, NULL),
		    E_SYS);
		assert_int_equal(pins_forget(x->dir, bad[i], &was, &clock_system, NULL), E_OK);
		assert_false(was);
	}
	holds(x, "alice", &alice);
}

static void
a_persons_other_account_is_found(void **state)
{
	char owner[NAMES_ACCOUNT_MAX + 1], path[SCRATCH_PATH];
	struct place *x = *state;

	assert_int_equal(pins_owner(owner, x->dir, "bob", alice.issuer, "s-1", NULL), E_OK);
	assert_string_equal(owner, "");
	put(x, "alice", &nothing, &alice, false);
	put(x, "carol", &nothing, &(struct pin){ .approved = true }, false);
	scratch_write(&x->s, path, "lib/pins/aaron", "\2", 0600);
	assert_int_equal(pins_owner(owner, x->dir, "bob", alice.issuer, "s-1", NULL), E_OK);
	assert_string_equal(owner, "alice");
	assert_int_equal(pins_owner(owner, x->dir, "alice", alice.issuer, "s-1", NULL), E_OK);
	assert_string_equal(owner, "");
	assert_int_equal(pins_owner(owner, x->dir, "bob", alice.issuer, "s-2", NULL), E_OK);
	assert_string_equal(owner, "");
	assert_int_equal(pins_owner(owner, x->dir, "bob", "https://x.example", "s-1", NULL), E_OK);
	assert_string_equal(owner, "");
}

static void
records_are_listed_and_forgotten(void **state)
{
	struct strlist names = { NULL, 0 };
	struct place *x = *state;
	bool was = true;

	assert_int_equal(pins_list(&names, x->dir, NULL), E_OK);
	assert_int_equal(names.n, 0);
	assert_int_equal(pins_forget(x->dir, "alice", &was, &clock_system, NULL), E_OK);
	assert_false(was);
	put(x, "zoe", &nothing, &alice, false);
	put(x, "alice", &nothing, &alice, false);
	assert_int_equal(pins_list(&names, x->dir, NULL), E_OK);
	assert_int_equal(names.n, 2);
	assert_string_equal(names.v[0], "alice");
	assert_string_equal(names.v[1], "zoe");
	strlist_clear(&names);
	assert_int_equal(pins_forget(x->dir, "alice", &was, &clock_system, NULL), E_OK);
	assert_true(was);
	holds(x, "alice", &nothing);
	holds(x, "zoe", &alice);
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(what_is_put_is_held_and_closed_to_others),
		T(who_has_seen_another_record_writes_nothing),
		T(of_many_first_logins_at_once_one_wins),
		T(what_a_crash_left_is_no_record),
		T(a_record_that_cannot_be_understood_is_an_error),
		T(a_store_that_cannot_be_written_says_so),
		T(what_is_no_account_has_no_record),
		T(a_persons_other_account_is_found),
		T(records_are_listed_and_forgotten),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
