/* Mistakes found while reading. */
#include "config.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/faults.h"

static bool
is_noted(const struct faults *f, const char *text)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->v[i].text, text) == 0)
			return true;
	return false;
}

static bool
note(struct faults *f, const struct err *why)
{
	struct err *v;

	if (f == NULL || why->code != E_CFG || f->n >= FAULTS_MAX)
		return false;
	if (is_noted(f, why->text))
		return true;
	if ((v = reallocarray(f->v, f->n + 1, sizeof(*v))) == NULL)
		return false;
	f->v = v;
	f->v[f->n++] = *why;
	return true;
}

enum errcode
faults_pass(struct faults *f, struct err *why, struct err *e)
{
	if (why->code != E_OK && !note(f, why))
		return err_set(e, why->code, why->reason, "%s", why->text);
	*why = (struct err){ .code = E_OK };
	return E_OK;
}

void
faults_clear(struct faults *f)
{
	free(f->v);
	*f = (struct faults){ .v = NULL };
}
