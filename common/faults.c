/* Mistakes found while reading. */
#include "config.h"

#include <stdlib.h>

#include "common/faults.h"

bool
faults_note(struct faults *f, struct err *e)
{
	struct err *v;

	if (f == NULL || e->code != E_CFG || f->n >= FAULTS_MAX ||
	    (v = reallocarray(f->v, f->n + 1, sizeof(*v))) == NULL)
		return false;
	f->v = v;
	f->v[f->n++] = *e;
	*e = (struct err){ .code = E_OK };
	return true;
}

void
faults_clear(struct faults *f)
{
	free(f->v);
	*f = (struct faults){ .v = NULL };
}
