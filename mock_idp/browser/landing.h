/* At the loopback redirect: the request that the errand asks for, and who else is there. */
#ifndef MOCK_IDP_BROWSER_LANDING_H
#define MOCK_IDP_BROWSER_LANDING_H

#include <stdio.h>

#include "mock_idp/browser/errand.h"

/*
 * Goes to u, a line on out for each request, and a last one for the answer that counts. True when
 * that has status 200, and nobody is there afterwards if the errand asks for that.
 */
bool landing_run(const struct errand *a, const struct loopurl *u, FILE *out);

#endif
