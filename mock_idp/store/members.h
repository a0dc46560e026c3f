/* The members of a JSON object in a file that a person wrote: what is wrong is said with its name.
 */
#ifndef MOCK_IDP_STORE_MEMBERS_H
#define MOCK_IDP_STORE_MEMBERS_H

#include <stdbool.h>

#include <jansson.h>

#include "common/err.h"
#include "common/strlist.h"

/* Each returns E_CFG with a sentence in *e, or E_NOMEM. known and otherwise end in NULL. */

/* An unknown member is a spelling mistake that would otherwise change nothing, silently. what is
 * what the object is: "a user". */
enum errcode members_only(json_t *o, const char *const known[], const char *what, struct err *e)
    __attribute__((warn_unused_result));

/* A string that is not empty, copied; absent is the default (NULL: absent leaves *out alone). */
enum errcode members_string(const json_t *o, const char *name, const char *otherwise, char **out,
    struct err *e) __attribute__((warn_unused_result));

/* An array of strings, copied. */
enum errcode members_strings(const json_t *o, const char *name, const char *const otherwise[],
    struct strlist *out, struct err *e) __attribute__((warn_unused_result));

/* v, the member of that name, is an array of strings. */
enum errcode members_check_strings(const json_t *v, const char *name, struct err *e)
    __attribute__((warn_unused_result));

/* Absent is false. */
enum errcode members_bool(const json_t *o, const char *name, bool *out, struct err *e)
    __attribute__((warn_unused_result));

#endif
