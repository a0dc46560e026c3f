/* Mistakes found while reading: where nobody lists them the first one ends the work, else all of
 * them are noted. */
#ifndef COMMON_FAULTS_H
#define COMMON_FAULTS_H

#include <stddef.h>

#include "common/err.h"

#define FAULTS_MAX 256

struct faults {
	struct err *v; /* n of them, owned, in the order in which they were met */
	size_t n;
};

/*
 * What becomes of *why. E_OK: nothing was wrong; or it is of the class E_CFG, f (NULL: nobody
 * lists) has room and memory, and it stands there now, once. *why is empty again then. Else it is
 * the caller's failure: in *e, and its class returned.
 */
enum errcode faults_pass(struct faults *f, struct err *why, struct err *e)
    __attribute__((warn_unused_result));

/* Frees the list and leaves an empty one. */
void faults_clear(struct faults *f);

#endif
