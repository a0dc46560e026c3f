/* What the policy costs a large host: 1,000 [group] sections, 10,000 local groups; medians, in ms.
 */
#include "config.h"

#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "bench/figures.h"
#include "common/num.h"
#include "helper/policy/verdict.h"
#include "helper/sys/account.h"

#define ROUNDS 15 /* without an argument: a test that the figures are reached */
#define ROUNDS_MAX 100000
#define SECTIONS 1000
#define LOCAL_GROUPS 10000
#define EARNED 10
#define NOW 1800000000

struct world {
	char dir[64], conf[96], group[96];
	struct settings *s;
	struct identity id;
	struct strlist earned;
	bool many; /* the host has 10,000 groups, since this process may say so */
};

static FILE *
create(const char *path)
{
	FILE *f = fopen(path, "w");

	if (f == NULL)
		err(1, "%s", path);
	return f;
}

static void
finish(FILE *f, const char *path)
{
	if (fclose(f) != 0 || chmod(path, 0644) != 0)
		err(1, "%s", path);
}

static void
write_conf(const struct world *w)
{
	FILE *f = create(w->conf);

	(void)fputs("[provider]\nissuer = https://auth.example.com\nclient_id = linux-login\n"
	            "[login]\nallow_groups = team-999\n",
	    f);
	for (int i = 0; i < SECTIONS; i++)
		(void)fprintf(f, "[group local-%d]\ngroups = team-%d, team-%d, team-%d\n", i, i,
		    (i + 7) % 1000, (i + 13) % 1000);
	finish(f, w->conf);
}

/* In a mount namespace of our own. */
static bool
show_groups(const struct world *w)
{
	FILE *f = create(w->group);

	(void)fputs("root:x:0:\n", f);
	for (int i = 0; i < LOCAL_GROUPS; i++)
		(void)fprintf(f, "local-%d:x:%d:%s\n", i, 20000 + i, i % 100 == 99 ? "alice" : "");
	finish(f, w->group);
	return geteuid() == 0 && unshare(CLONE_NEWNS) == 0 &&
	    mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	    mount(w->group, "/etc/group", NULL, MS_BIND, NULL) == 0;
}

static void
load(struct world *w)
{
	struct err e = { .code = E_OK };

	settings_free(w->s);
	w->s = NULL;
	if (settings_load(&w->s, NULL, w->conf, geteuid(), &e) != E_OK)
		errx(1, "%s", e.text);
}

/* alice is in every group of the provider's that is named, so that every section is hers. */
static void
be_alice(struct world *w)
{
	w->id = (struct identity){ .login_id = "3f9c01aa",
		.flow = IDENTITY_DEVICE,
		.issuer = "https://auth.example.com",
		.audience = "linux-login",
		.sub = "s-1",
		.alg = "RS256",
		.iat = NOW,
		.exp = NOW + 60,
		.has_name = true,
		.name = "alice",
		.has_groups = true };
	memset(w->id.groups, 0xff, sizeof(w->id.groups));
}

static void
judge(struct world *w)
{
	const struct verdict_login login = { .login_id = "3f9c01aa",
		.service = "sshd",
		.account = "alice",
		.flow = IDENTITY_DEVICE,
		.started = NOW,
		.now = NOW };
	const struct bind_account a = { .exists = true, .uid = 1000 };
	struct verdict v;

	verdict_judge(&v, w->s, &w->id, &login, &a);
	if (v.decision != VERDICT_ALLOW || v.groups.n != SECTIONS)
		errx(1, "%s: %s, %zu groups", v.reason, v.text, v.groups.n);
	verdict_clear(&v);
}

static void
own_groups(struct world *w)
{
	const struct account a = { .exists = true, .uid = 1000, .gid = 20000 };
	struct strlist out = { NULL, 0 };

	if (account_groups(&out, "alice", &a, NULL) != E_OK ||
	    (w->many && out.n != LOCAL_GROUPS / 100 + 1))
		errx(1, "alice is in %zu groups", out.n);
	strlist_clear(&out);
}

static void
resolve(struct world *w)
{
	uint32_t *gids = NULL;
	size_t n = 0;

	if (account_gids(&gids, &n, &w->earned, NULL) != E_OK || n != w->earned.n)
		errx(1, "the groups have no gids");
	free(gids);
}

/* Others who use the machine meanwhile do not count. */
static double
cpu_ms(void)
{
	struct timespec t = { .tv_sec = 0 };

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double
median(struct world *w, void (*step)(struct world *), size_t rounds)
{
	double *v = calloc(rounds, sizeof(*v)), m;

	if (v == NULL)
		err(1, "out of memory");
	for (size_t i = 0; i < rounds; i++) {
		double began = cpu_ms();

		step(w);
		v[i] = cpu_ms() - began;
	}
	figures_sort(v, rounds);
	m = figures_percentile(v, rounds, 50);
	free(v);
	return m;
}

static bool
reaches(const char *what, double ms, double limit)
{
	bool ok = ms <= limit || FIGURES_SANITIZED;

	(void)printf("%-40s %8.3f ms", what, ms);
	(void)printf(limit > 0 ? "  (to reach: %.0f)%s\n" : "\n", limit, ok ? "" : "  missed");
	return ok || limit == 0;
}

static void
add_earned(struct world *w)
{
	char name[32];

	for (int i = 0; i < EARNED; i++) {
		(void)snprintf(name, sizeof(name), "local-%d", i * LOCAL_GROUPS / EARNED);
		if (strlist_add(&w->earned, name, strlen(name), EARNED) != E_OK)
			errx(1, "out of memory");
	}
}

int
main(int argc, char *argv[])
{
	struct world w = { .dir = "/tmp/latchkey-bench.XXXXXX" };
	uint64_t rounds = ROUNDS;
	bool ok;

	if (argc > 2 || (argc == 2 && !num_parse(argv[1], 1, ROUNDS_MAX, &rounds)))
		errx(2, "usage: policy [ROUNDS]");
	if (mkdtemp(w.dir) == NULL)
		err(1, "%s", w.dir);
	(void)snprintf(w.conf, sizeof(w.conf), "%s/conf", w.dir);
	(void)snprintf(w.group, sizeof(w.group), "%s/group", w.dir);
	write_conf(&w);
	w.many = show_groups(&w);
	be_alice(&w);
	ok = reaches("loading 1,000 [group] sections", median(&w, load, rounds), 10);
	ok = reaches("the decision, all of them earned", median(&w, judge, rounds), 1) && ok;
	if (w.many) {
		add_earned(&w);
		(void)reaches(
		    "alice's own 101 of 10,000 local groups", median(&w, own_groups, rounds), 0);
		(void)reaches("the gids of 10 of them", median(&w, resolve, rounds), 0);
	}
	settings_free(w.s);
	strlist_clear(&w.earned);
	(void)unlink(w.conf);
	if (w.many)
		(void)umount2("/etc/group", MNT_DETACH);
	(void)unlink(w.group);
	(void)rmdir(w.dir);
	return ok ? 0 : 1;
}
