/* Where a process sits, by the files that the kernel and logind keep. */
#include "config.h"

#include "helper/sys/seat.h"
#include "tests/support/scratch.h"

#define HOST 4711
#define SCOPE "0::/user.slice/user-1000.slice/session-2.scope\n"
#define MANAGER "0::/user.slice/user-1000.slice/user@1000.service/app.slice/gnome-terminal.scope\n"
#define DESKTOP                                                                                    \
	"# This is private data. Do not parse.\nUID=1000\nUSER=alice\nACTIVE=1\nIS_DISPLAY=1\n"    \
	"STATE=active\nREMOTE=0\nTYPE=wayland\nCLASS=user\nSCOPE=session-2.scope\nSEAT=seat0\n"
#define OVER_SSH "UID=1000\nACTIVE=1\nSTATE=active\nREMOTE=1\nTYPE=tty\nCLASS=user\nSERVICE=sshd\n"

struct world {
	struct scratch s;
	char proc[SCRATCH_PATH], state[SCRATCH_PATH];
	struct seat_places at;
	struct flow_facts f;
};

static void
put(struct world *w, const char *name, const char *text)
{
	char path[SCRATCH_PATH];

	scratch_write(&w->s, path, name, text, 0644);
}

static int
set_up(void **state)
{
	static const char *const folder[] = { "proc", "proc/4711", "run", "run/sessions",
		"run/users" };
	static struct world w;
	char path[SCRATCH_PATH];

	scratch_make(&w.s);
	for (size_t i = 0; i < sizeof(folder) / sizeof(folder[0]); i++)
		assert_int_equal(mkdir(scratch_path(&w.s, path, folder[i]), 0755), 0);
	w.at = (struct seat_places){ scratch_path(&w.s, w.proc, "proc"),
		scratch_path(&w.s, w.state, "run") };
	put(&w, "proc/4711/status", "Name:\tsudo\nUid:\t1000\t0\t0\t0\nGid:\t1000\t1000\t0\t0\n");
	put(&w, "run/sessions/2", DESKTOP);
	put(&w, "run/sessions/5", OVER_SSH);
	put(&w, "run/users/1000", "NAME=alice\nSTATE=active\nDISPLAY=2\nSESSIONS=2\n");
	*state = &w;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *w = *state;

	scratch_remove(&w->s);
	return 0;
}

static struct flow_facts *
find(struct world *w, const char *cgroup)
{
	put(w, "proc/4711/cgroup", cgroup);
	w->f = (struct flow_facts){ .session = false };
	seat_find(&w->f, &w->at, HOST);
	return &w->f;
}

static void
is_nowhere(struct world *w, const char *cgroup)
{
	const struct flow_facts *f = find(w, cgroup);

	if (f->session || f->display || f->owner != 0)
		fail_msg("a session in %s", cgroup);
}

static void
a_process_in_a_sessions_scope_is_part_of_it(void **state)
{
	const struct flow_facts *f = find(*state, SCOPE);

	assert_true(f->session && f->display && !f->remote);
	assert_int_equal(f->owner, 1000);
	assert_int_equal(f->caller, 1000);
}

/* sudo in an ssh session, while the same person's desktop is open */
static void
a_session_over_ssh_is_its_own(void **state)
{
	const struct flow_facts *f =
	    find(*state, "0::/user.slice/user-1000.slice/session-5.scope/inner\n");

	assert_true(f->session && f->remote && !f->display);
}

static void
a_terminal_of_the_desktop_is_in_the_users_manager(void **state)
{
	const struct flow_facts *f = find(*state, MANAGER);

	assert_true(f->session && f->display && !f->remote);
	assert_int_equal(f->owner, 1000);
}

/* tmux makes scopes in the manager for a person who is on ssh */
static void
a_manager_may_be_used_from_any_of_its_sessions(void **state)
{
	struct world *w = *state;
	char many[256] = "DISPLAY=2\nSESSIONS=";

	put(w, "run/users/1000", "DISPLAY=2\nSESSIONS=2 5\n");
	assert_true(find(w, MANAGER)->session);
	assert_true(w->f.remote);
	put(w, "run/users/1000", "DISPLAY=2\nSESSIONS=2 gone\n");
	assert_true(find(w, MANAGER)->remote);
	put(w, "run/users/1000", "DISPLAY=2\nSESSIONS=2 ../5\n");
	assert_true(find(w, MANAGER)->remote);
	for (int i = 0; i < 32; i++)
		(void)strcat(many, "2 ");
	put(w, "run/users/1000", many);
	assert_false(find(w, MANAGER)->remote);
	(void)strcat(many, "2");
	put(w, "run/users/1000", many);
	assert_true(find(w, MANAGER)->remote);
}

static void
a_manager_without_a_display_session_is_nowhere(void **state)
{
	struct world *w = *state;

	put(w, "run/users/1000", "STATE=lingering\n");
	is_nowhere(w, MANAGER);
	put(w, "run/users/1000", "DISPLAY=\nSESSIONS=2\n");
	is_nowhere(w, MANAGER);
	put(w, "run/users/1000", "DISPLAY=../users/1000\nSESSIONS=2\n");
	is_nowhere(w, MANAGER);
}

/* Below a user's own part of the tree the names are theirs. */
static void
other_places_are_no_session(void **state)
{
	static const char *const cgroup[] = { "0::/system.slice/getty@tty1.service\n",
		"0::/system.slice/ssh.service\n", "0::/\n", "",
		"0::", "0::/user.slice/user-1000.slice\n",
		"0::/user.slice/user-1000.slice/session-.scope\n",
		"0::/user.slice/user-1000.slice/session-2.scope.evil\n",
		"0::/user.slice/user-1000.slice/session-..%2f2.scope\n",
		"0::/user.slice/user-1001.slice/session-2.scope\n", /* another's slice */
		"0::/user.slice/user-1001.slice/user@1000.service/x\n",
		"0::/user.slice/user-1000.slice/evil.service/session-2.scope\n",
		"0::/machine.slice/c.scope/user.slice/user-1000.slice/session-2.scope\n",
		"0::/user.slice/user-01x0.slice/session-2.scope\n",
		"0::/user.slice/user-99999999999.slice/session-2.scope\n",
		"0::/user.slice/user-1000.slice/"
		"session-22222222222222222222222222222222222.scope\n",
		"3:cpu:/user.slice/user-1000.slice/session-2.scope\n",
		"0::/x:name=systemd:/user.slice/user-1000.slice/session-2.scope\n",
		"x::/user.slice/user-1000.slice/session-2.scope\n",
		"3:name=systemd2:/user.slice/user-1000.slice/session-2.scope\n" };

	for (size_t i = 0; i < sizeof(cgroup) / sizeof(cgroup[0]); i++)
		is_nowhere(*state, cgroup[i]);
}

/* root names both: where they differ, nothing is as expected */
static void
a_manager_in_anothers_slice_is_nowhere(void **state)
{
	struct world *w = *state;

	put(w, "run/sessions/9", "UID=1001\nSTATE=active\nREMOTE=0\nTYPE=x11\nCLASS=user\n");
	put(w, "run/users/1001", "DISPLAY=9\nSESSIONS=9\n");
	assert_true(find(w, "0::/user.slice/user-1001.slice/user@1001.service/x\n")->display);
	is_nowhere(w, "0::/user.slice/user-1001.slice/user@1000.service/x\n");
}

static void
systemds_own_tree_counts_where_there_are_many(void **state)
{
	assert_true(find(*state,
	    "12:cpu:/user.slice\n9:name=systemd:/user.slice/user-1000.slice/session-2.scope\n0::/"
	    "\n")
	                ->display);
}

static void
each_thing_about_a_session_that_is_no_display(void **state)
{
	static const char *const text[] = {
		"UID=1000\nSTATE=active\nREMOTE=0\nTYPE=tty\nCLASS=user\n",
		"UID=1000\nSTATE=closing\nREMOTE=0\nTYPE=x11\nCLASS=user\n",
		"UID=1000\nSTATE=active\nREMOTE=0\nTYPE=x11\nCLASS=greeter\n",
		"UID=1000\nSTATE=active\nREMOTE=0\nTYPE=x11\nCLASS=lock-screen\n",
		"UID=1000\nSTATE=active\nREMOTE=0\nCLASS=user\nXTYPE=x11\n",
	};
	struct world *w = *state;

	put(w, "run/sessions/2", "UID=1000\nSTATE=online\nREMOTE=no\nTYPE=x11\nCLASS=user-early\n");
	assert_true(find(w, SCOPE)->display);
	for (size_t i = 0; i < sizeof(text) / sizeof(text[0]); i++) {
		put(w, "run/sessions/2", text[i]);
		assert_true(find(w, SCOPE)->session);
		assert_false(w->f.display);
	}
}

static void
a_session_that_does_not_say_it_is_local_is_remote(void **state)
{
	struct world *w = *state;

	put(w, "run/sessions/2", "UID=1000\nSTATE=active\nTYPE=x11\nCLASS=user\n");
	assert_true(find(w, SCOPE)->remote);
	put(w, "run/sessions/2", "UID=1000\nSTATE=active\nTYPE=x11\nCLASS=user\nREMOTE=\n");
	assert_true(find(w, SCOPE)->remote);
}

static void
a_session_of_another_user_is_none(void **state)
{
	struct world *w = *state;

	put(w, "run/sessions/2", "UID=1001\nSTATE=active\nREMOTE=0\nTYPE=x11\nCLASS=user\n");
	is_nowhere(w, SCOPE);
	put(w, "run/sessions/2", "STATE=active\nREMOTE=0\nTYPE=x11\nCLASS=user\n");
	is_nowhere(w, SCOPE);
}

static void
what_others_can_write_says_nothing(void **state)
{
	struct world *w = *state;
	char path[SCRATCH_PATH];

	scratch_write(&w->s, path, "run/sessions/2", DESKTOP, 0666);
	is_nowhere(w, SCOPE);
	assert_int_equal(unlink(path), 0);
	is_nowhere(w, SCOPE);
}

static void
a_process_that_is_gone_is_nowhere(void **state)
{
	struct world *w = *state;
	char path[SCRATCH_PATH];

	assert_int_equal(unlink(scratch_path(&w->s, path, "proc/4711/status")), 0);
	is_nowhere(w, SCOPE);
}

static void
a_user_with_sessions_is_here(void **state)
{
	struct world *w = *state;
	char path[SCRATCH_PATH];

	assert_true(seat_is_taken(&w->at, 1000));
	assert_false(seat_is_taken(&w->at, 1001));
	put(w, "run/users/1001", "STATE=lingering\n");
	assert_false(seat_is_taken(&w->at, 1001));
	scratch_write(&w->s, path, "run/users/1001", "STATE=lingering\n", 0666);
	assert_true(seat_is_taken(&w->at, 1001));
}

int
main(void)
{
#define T(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(a_process_in_a_sessions_scope_is_part_of_it),
		T(a_session_over_ssh_is_its_own),
		T(a_terminal_of_the_desktop_is_in_the_users_manager),
		T(a_manager_may_be_used_from_any_of_its_sessions),
		T(a_manager_without_a_display_session_is_nowhere),
		T(other_places_are_no_session),
		T(a_manager_in_anothers_slice_is_nowhere),
		T(systemds_own_tree_counts_where_there_are_many),
		T(each_thing_about_a_session_that_is_no_display),
		T(a_session_that_does_not_say_it_is_local_is_remote),
		T(a_session_of_another_user_is_none),
		T(what_others_can_write_says_nothing),
		T(a_process_that_is_gone_is_nowhere),
		T(a_user_with_sessions_is_here),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
