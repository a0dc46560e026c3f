/* The records of to whom accounts belong: a file each, named after the account. */
#ifndef HELPER_SYS_PINS_H
#define HELPER_SYS_PINS_H

#include <stdbool.h>

#include "common/clock.h"
#include "common/err.h"
#include "common/strlist.h"
#include "helper/policy/names.h"
#include "helper/policy/pin.h"

#define PINS_MAX 65536 /* accounts that pins_list names */

/*
 * What is on record in dir (none is made); zeroed where there is nothing, or the name is none that
 * an account can have. E_SYS pin.read, pin.format: it cannot be known, and nobody may be let in by
 * it.
 */
enum errcode pins_load(struct pin *out, const char *dir, const char *account, struct err *e)
    __attribute__((warn_unused_result));

/* The account, other than this one, that is on record as this person's, or "". Records that cannot
 * be read are nobody's. */
enum errcode pins_owner(char owner[NAMES_ACCOUNT_MAX + 1], const char *dir, const char *account,
    const char *issuer, const char *sub, struct err *e) __attribute__((warn_unused_result));

/*
 * Puts fresh on record where still stands what the caller has seen; else *changed, and nothing is
 * written: the caller judges anew. In one step, on disk when this returns, under a lock that ends
 * with the process, for two first logins may come at once. The folder is made 0700, files 0600.
 * E_SYS pin.write.
 */
enum errcode pins_replace(const char *dir, const char *account, const struct pin *seen,
    const struct pin *fresh, bool *changed, const struct clock *c, struct err *e)
    __attribute__((warn_unused_result));

/* The same for a first login: fresh is bound, and *changed too where its person got another account
 * meanwhile. */
enum errcode pins_bind(const char *dir, const char *account, const struct pin *seen,
    const struct pin *fresh, bool *changed, const struct clock *c, struct err *e)
    __attribute__((warn_unused_result));

/* Takes the record away; *was says whether there was one. */
enum errcode pins_forget(const char *dir, const char *account, bool *was, const struct clock *c,
    struct err *e) __attribute__((warn_unused_result));

/* The accounts with a record, in strcmp(3) order; none where there is no folder. */
enum errcode pins_list(struct strlist *out, const char *dir, struct err *e)
    __attribute__((warn_unused_result));

#endif
