/* Which scenarios are tried, under which setups, and which are left to whom. */
#ifndef TESTS_HELPER_HOSTILE_PLAN_H
#define TESTS_HELPER_HOSTILE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "tests/helper/hostile/trial.h"

#define PLAN_TRIALS_MAX 2048
#define PLAN_LEFT_MAX 64

struct plan {
	const json_t *list;     /* --list --json */
	const json_t *data;     /* tests/data/hostile.json */
	const char *top_srcdir; /* where the tests are that a scenario is left to */
	bool takes_long;        /* those that take minutes, and no others */
	struct trial trial[PLAN_TRIALS_MAX];
	size_t ntrials, scenarios;
	struct {
		const char *to;
		size_t n;
	} left[PLAN_LEFT_MAX];
	size_t nleft, faults; /* each fault is printed */
};

/* Every scenario of these families, or of this very name, and then their golden twins, each once
 * for each setup. */
void plan_make(struct plan *p, int nfamilies, char *const family[]);

#endif
