/* Device logins, one after another and side by side. */
#include "config.h"

#include <err.h>
#include <pthread.h>
#include <stdlib.h>

#include "bench/crowd.h"
#include "bench/figures.h"
#include "bench/login.h"
#include "bench/usage.h"

#define STACK_SIZE ((size_t)256 * 1024)

/* Makes the first poll of every code one that comes in time. */
#define LATER "clock +10"

/* Takes l over. */
static void
take_down(struct took *t, struct login *l, bool ok)
{
	t->ms[t->n++] = login_ms(l);
	t->failed += !ok;
	if (!ok)
		printf("FAIL: login %zu: %s\n", t->n, login_why(l));
	login_free(l);
}

static struct login *
new_login(const struct provider *p)
{
	struct login *l = login_new(p);

	if (l == NULL)
		errx(1, "out of memory");
	return l;
}

void
crowd_queue(const struct provider *p, size_t n, struct took *t)
{
	double start = figures_now_ms();

	for (size_t i = 0; i < n; i++) {
		struct login *l = new_login(p);
		bool ok = login_begin(l) && provider_does(p, LATER) && login_finish(l);

		take_down(t, l, ok);
	}
	t->seconds += (figures_now_ms() - start) / 1000;
}

/* One of many: everybody waits for all others where gates stand. */
struct one {
	struct login *l;
	pthread_t thread;
	pthread_barrier_t *gate;
	bool ok;
};

static void *
log_in(void *arg)
{
	struct one *o = arg;

	o->ok = login_begin(o->l);
	(void)pthread_barrier_wait(o->gate);
	(void)pthread_barrier_wait(o->gate);
	o->ok = o->ok && login_finish(o->l);
	return NULL;
}

static void
start_all(struct one *all, size_t n, pthread_barrier_t *gate, const struct provider *p)
{
	pthread_attr_t attr;

	if (pthread_barrier_init(gate, NULL, (unsigned)n + 1) != 0 ||
	    pthread_attr_init(&attr) != 0 || pthread_attr_setstacksize(&attr, STACK_SIZE) != 0)
		errx(1, "no threads");
	for (size_t i = 0; i < n; i++) {
		all[i].l = new_login(p);
		all[i].gate = gate;
		if (pthread_create(&all[i].thread, &attr, log_in, &all[i]) != 0)
			errx(1, "no thread");
	}
	(void)pthread_attr_destroy(&attr);
}

void
crowd_at_once(const struct provider *p, size_t n, struct took *t)
{
	struct one *all = calloc(n, sizeof(*all));
	pthread_barrier_t gate;
	double start = figures_now_ms();
	long fds;

	if (all == NULL)
		errx(1, "out of memory");
	start_all(all, n, &gate, p);
	(void)pthread_barrier_wait(&gate);
	fds = usage_of(p->pid).fds;
	t->fds = fds > t->fds ? fds : t->fds;
	(void)provider_does(p, LATER);
	(void)pthread_barrier_wait(&gate);
	for (size_t i = 0; i < n; i++)
		(void)pthread_join(all[i].thread, NULL);
	t->seconds += (figures_now_ms() - start) / 1000;
	for (size_t i = 0; i < n; i++)
		take_down(t, all[i].l, all[i].ok);
	(void)pthread_barrier_destroy(&gate);
	free(all);
}
