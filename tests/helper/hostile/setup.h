/*
 * What this host is set to for a scenario: tests/data/hostile.json.
 *
 *   {"conf": {SECTION: {KEY: VALUE}}, "setups": [{...}]}
 *
 * A setup is for scenarios by "id" or by their "needs", whole or as a pattern of the shell; the
 * first that matches holds. Its members:
 *
 *   "conf"       what it changes in the configuration; null: no such key
 *   "secret"     the text of ${dir}/secret
 *   "pinned"     the sub of this issuer that alice's account belongs to
 *   "browser"    true: the address that is shown is opened, as the scenario's "browser" has it
 *   "led_away"   true: that leads the browser to the listeners which nobody must reach
 *   "env"        {NAME: VALUE} of the host process
 *   "before"     so many logins come first, and succeed
 *   "then"       a command of the provider's control socket that succeeds once the login is over
 *   "limit"      seconds that a login may take (LIMIT_S), which are its time_limit too
 *   "long"       true: takes minutes, at the interval that is served; only where those are asked
 *                for
 *   "fault"      true: the setup is what is wrong; the golden twin is tried with its own
 *   "later"      "issue N: what brings it": not tried
 *   "elsewhere"  "TEST: why": not tried here; that test names a row of the scenario
 *
 * Placeholders are those of the provider's ready line (${issuer}, ${origin2}, ${evil_http}),
 * ${dir}, ${ca}, ${limit}.
 */
#ifndef TESTS_HELPER_HOSTILE_SETUP_H
#define TESTS_HELPER_HOSTILE_SETUP_H

#include <stdbool.h>

#include <jansson.h>

/* Borrowed from setups; NULL: there is none for what this scenario needs. */
const json_t *setup_find(const json_t *setups, const json_t *scenario);

long setup_limit(const json_t *setup);

/* Has a limit of its own: its logins may take longer than others. */
bool setup_is_slow(const json_t *setup);

bool setup_environment(const json_t *setup);

/* latchkey.conf and what it names, into WORLD_DIR; false with a sentence on standard output. */
bool setup_write(const json_t *setup, const json_t *conf, const json_t *ready);

#endif
