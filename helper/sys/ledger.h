/* The budgets on disk: read, changed and written by one login at a time. */
#ifndef HELPER_SYS_LEDGER_H
#define HELPER_SYS_LEDGER_H

#include "common/clock.h"
#include "common/err.h"
#include "helper/policy/budget.h"

#define LEDGER_WAIT_MS 1000 /* for the others; each holds it for about a millisecond */
#define LEDGER_HORIZON_MS ((int64_t)2 * 86400 * 1000) /* twice the longest window */

/*
 * Opens the ledger of folder dir (0700, root's) under its lock and reads it into *b; what is not
 * ours, or of another boot, counts as empty. *lock holds it until ledger_close. E_SYS limit.ledger
 * when it cannot be had, E_NOMEM: a login that nobody can count is none.
 */
enum errcode ledger_open(int *lock, struct budget *b, const char *dir, const struct clock *c,
    struct err *e) __attribute__((warn_unused_result));

/* Writes *b back if write is set, frees it, and lets the next one in. */
enum errcode ledger_close(int *lock, struct budget *b, const char *dir, bool write,
    const struct clock *c, struct err *e) __attribute__((warn_unused_result));

#endif
