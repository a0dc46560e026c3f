/* One scenario against one setup, from the provider's start to the judgement. */
#ifndef TESTS_HELPER_HOSTILE_TRIAL_H
#define TESTS_HELPER_HOSTILE_TRIAL_H

#include <stdbool.h>

#include <jansson.h>

#include "tests/helper/hostile/reasons.h"

struct trial {
	const json_t *scenario; /* of --list --json */
	const json_t *setup;    /* of tests/data/hostile.json */
	const json_t *conf;     /* the configuration that setups change */
	bool twin; /* golden, under the setup of another: its own "then" is not asked */
};

/*
 * In a process of its own, whose mounts it leaves (world.h): prints a line, and is true, when all
 * is as it should be. program is latchkey-mock-idp.
 */
bool trial_run(const struct trial *t, char *program, const struct reasons *reasons);

#endif
