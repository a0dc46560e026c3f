/* One mutator of a script, [name, arg ...] or a bare name; what its arguments have to be. What it
 * does stands in the files of its stage: jsontext, mutate_jwk, mutate_sig, mutate_b64, mutate_seg.
 */
#ifndef MOCK_IDP_JOSE_MUTATE_H
#define MOCK_IDP_JOSE_MUTATE_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "common/err.h"

#define MUTATE_ARGS 4
#define MUTATE_NUMBER_MAX ((size_t)16 * 1024 * 1024)

struct mutate {
	const char *name; /* this and the arguments are the script's */
	size_t n;
	const json_t *arg[MUTATE_ARGS];
};

/* E_CFG: not of that form; the text begins with ": ". */
enum errcode mutate_read(struct mutate *m, const json_t *item, struct err *e)
    __attribute__((warn_unused_result));

/*
 * Are the arguments those of `before` and then of `args`? Each is a blank-separated list of
 *
 *   text, number (0 to MUTATE_NUMBER_MAX), value (any), hex (an even number of digits),
 *   a|b|c (one of these words); in brackets at the end, "[a|b]", what may be left out
 *
 * E_CFG: ": sig.trunc takes number".
 */
enum errcode mutate_check(const struct mutate *m, const char *before, const char *args,
    struct err *e) __attribute__((warn_unused_result));

/* Is that one there, and are its arguments right? E_CFG: the text begins with ": ". */
typedef enum errcode mutate_judge_fn(const struct mutate *m, struct err *e);

/* The mutators of a list at that place (".mutate"; "": the list itself), each judged. E_CFG:
 * ".mutate[2]: ...". */
enum errcode mutate_check_list(const json_t *list, const char *at, mutate_judge_fn *judge,
    struct err *e) __attribute__((warn_unused_result));

/* The i-th argument, checked before; NULL and 0 when it was left out. */
const char *mutate_text(const struct mutate *m, size_t i);
size_t mutate_number(const struct mutate *m, size_t i);

/* Is that argument the word? */
bool mutate_says(const struct mutate *m, size_t i, const char *word);

#endif
