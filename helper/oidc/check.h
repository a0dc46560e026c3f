/*
 * Names for what refuses: CHECK(C_077) && in front of a condition says which row of the matrix
 * (tests/data/matrix.txt) it enforces, and is nothing more.
 *
 * With --enable-kill-switches, which is for tests alone, LATCHKEY_CHECK_OFF takes one of them away:
 * all of a row ("C_077"), or the one at a place ("helper/oidc/idtoken.c:131").
 * scripts/kill-switches takes each away and demands that a test turns red. scripts/check-switches
 * holds that a normal build has no trace of it.
 *
 * Only where something goes on without the condition: what else stops for want of memory, a member
 * or a parsed value has no name here.
 */
#ifndef HELPER_OIDC_CHECK_H
#define HELPER_OIDC_CHECK_H

#ifdef KILL_SWITCHES

#include <stdbool.h>

#define CHECK(...) check_on(#__VA_ARGS__, __FILE__, __LINE__)

/* Whether nobody switched that off. ids: a list, "C_121, C_124". */
bool check_on(const char *ids, const char *file, int line);

#else
#define CHECK(...) 1
#endif

#endif
