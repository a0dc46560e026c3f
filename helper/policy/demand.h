/* How and when the person signed in at the provider, against what an administrator demands. Pure.
 */
#ifndef HELPER_POLICY_DEMAND_H
#define HELPER_POLICY_DEMAND_H

#include <stdint.h>

#include "common/err.h"
#include "helper/identity.h"
#include "helper/settings.h"

/*
 * One of the acr values, all of the amr methods, auth_time no older than max_auth_age and the skew
 * (seconds; now: wall clock). What the provider did not say meets no demand. E_POL pol.acr,
 * pol.amr, pol.authtime, with *key the setting that decided (static). OpenID Connect Core 2
 * and 3.1.3.7 (12, 13), C-081.
 */
enum errcode demand_met(const struct settings_demand *d, const struct identity *id, int64_t now,
    int64_t skew, const char **key, struct err *e) __attribute__((warn_unused_result));

#endif
