/* Mistakes found while reading: where nobody lists them the first one ends the work, else all of
 * them are noted. */
#ifndef COMMON_FAULTS_H
#define COMMON_FAULTS_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"

#define FAULTS_MAX 256

struct faults {
	struct err *v; /* n of them, owned, in the order in which they were met */
	size_t n;
};

/*
 * Whether the reader goes on after the failure *e: it is of the class E_CFG, and f (NULL: nobody
 * lists) has room and memory for it. *e is empty again then, and else as it was.
 */
bool faults_note(struct faults *f, struct err *e);

/* Frees the list and leaves an empty one. */
void faults_clear(struct faults *f);

#endif
