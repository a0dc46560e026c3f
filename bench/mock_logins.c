/* How many device logins one provider takes, how soon it answers each, and that it keeps nothing of
 * them. */
#include "config.h"

#include <curl/curl.h>
#include <err.h>
#include <getopt.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "bench/crowd.h"
#include "bench/figures.h"
#include "bench/usage.h"
#include "common/num.h"

#define LOGINS_MAX 6000 /* half of them have to fit into the journal */
#define CROWD_MAX 400
#define GROW_KIB 256
#define PATIENCE_S 30

static const char usage_text[] =
    "usage: mock_logins [OPTION...] LATCHKEY-MOCK-IDP [ITS OPTION...]\n"
    "  --logins N    device logins one after another (1000)\n"
    "  --at-once N   and so many side by side, four times (200)\n"
    "  --grow KIB    the second half may cost that much memory (256); any: it is not judged\n"
    "  --patience S  for each answer (30)\n";

struct plan {
	size_t logins, crowd;
	uint64_t grow; /* UINT64_MAX: any */
	int patience;
};

struct bench {
	struct plan plan;
	struct provider p;
	struct usage before;
	int faults;
};

static void
fault(struct bench *b, const char *what)
{
	printf("FAIL: %s\n", what);
	b->faults++;
}

/* The journal knows of n logins and of no violation; and forgets them: what it may keep, by its own
 * limit, is no leak. */
static void
judge_journal(struct bench *b, size_t n)
{
	char count[64];

	(void)snprintf(count, sizeof(count), "expect count any %zu", 3 * n);
	b->faults += !provider_does(&b->p, "expect clean") || !provider_does(&b->p, count) ||
	    !provider_does(&b->p, "expect never evil");
	provider_reset(&b->p);
}

/* How logins come. */
struct kind {
	const char *what;
	void (*run)(const struct provider *, size_t n, struct took *);
	size_t n, rounds; /* so many each time, so many times in a half */
};

static void
print_took(const struct kind *k, struct took *t)
{
	figures_sort(t->ms, t->n);
	printf("%zu %s: %.1f logins/s, median %.1f ms, p99 %.1f ms", t->n, k->what,
	    (double)t->n / t->seconds, figures_percentile(t->ms, t->n, 50),
	    figures_percentile(t->ms, t->n, 99));
	if (t->fds > 0)
		printf(", %ld descriptors at once", t->fds);
	printf("\n");
}

static struct usage
half(struct bench *b, const struct kind *k, struct took *t)
{
	for (size_t i = 0; i < k->rounds; i++) {
		k->run(&b->p, k->n, t);
		if (!usage_settles(b->p.pid, b->before.fds, b->plan.patience))
			fault(b, "the provider kept descriptors");
		judge_journal(b, k->n);
	}
	return usage_of(b->p.pid);
}

/* What grows once has the first half for it. */
static void
measure(struct bench *b, const struct kind *k)
{
	struct took t = { .ms = calloc(2 * k->n * k->rounds + 1, sizeof(double)) };
	struct usage middle, after;

	if (t.ms == NULL)
		errx(1, "out of memory");
	middle = half(b, k, &t);
	after = half(b, k, &t);
	print_took(k, &t);
	printf("  KiB resident/private: %ld/%ld before, %ld/%ld in the middle, %ld/%ld after: "
	       "%+ld private in the second half\n",
	    b->before.rss, b->before.own, middle.rss, middle.own, after.rss, after.own,
	    after.own - middle.own);
	if (middle.own < 0 || after.own < 0)
		fault(b, "the kernel tells no memory");
	if (b->plan.grow != UINT64_MAX && after.own - middle.own > (long)b->plan.grow)
		fault(b, "memory is not steady");
	if (t.failed > 0)
		fault(b, "not every login succeeded");
	free(t.ms);
}

static _Noreturn void
wrong_words(void)
{
	(void)fputs(usage_text, stderr);
	exit(2);
}

static uint64_t
number(const char *text, uint64_t min, uint64_t max)
{
	uint64_t n;

	if (!num_parse(text, min, max, &n))
		wrong_words();
	return n;
}

static struct plan
read_options(int argc, char **argv)
{
	static const struct option options[] = { { "logins", required_argument, NULL, 'l' },
		{ "at-once", required_argument, NULL, 'a' },
		{ "grow", required_argument, NULL, 'g' },
		{ "patience", required_argument, NULL, 'p' }, { NULL, 0, NULL, 0 } };
	struct plan plan = { 1000, 200, GROW_KIB, PATIENCE_S };
	int c;

	while ((c = getopt_long(argc, argv, "+", options, NULL)) != -1) {
		if (c == 'l')
			plan.logins = (size_t)number(optarg, 2, LOGINS_MAX);
		else if (c == 'a')
			plan.crowd = (size_t)number(optarg, 1, CROWD_MAX);
		else if (c == 'g')
			plan.grow =
			    strcmp(optarg, "any") == 0 ? UINT64_MAX : number(optarg, 0, UINT32_MAX);
		else if (c == 'p')
			plan.patience = (int)number(optarg, 1, 3600);
		else
			wrong_words();
	}
	return plan;
}

int
main(int argc, char **argv)
{
	struct bench b = { .plan = read_options(argc, argv) };
	int status;

	if (optind >= argc)
		wrong_words();
	if (setvbuf(stdout, NULL, _IOLBF, 0) != 0 || curl_global_init(CURL_GLOBAL_ALL) != CURLE_OK)
		errx(1, "libcurl does not start");
	provider_start(&b.p, argv + optind, b.plan.patience);
	provider_reset(&b.p);
	b.before = usage_of(b.p.pid);
	measure(&b, &(struct kind){ "one after another", crowd_queue, b.plan.logins / 2, 1 });
	measure(&b, &(struct kind){ "side by side", crowd_at_once, b.plan.crowd, 2 });
	printf("descriptors: %ld before, %ld after\n", b.before.fds, usage_of(b.p.pid).fds);
	if ((status = provider_stop(&b.p)) != 0) {
		printf("exit status %d\n", status);
		fault(&b, "it does not end well");
	}
	curl_global_cleanup();
	return b.faults > 0;
}
