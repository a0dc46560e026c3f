/* doc/reasons.md, as far as it says of which class a reason is. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "tests/helper/hostile/reasons.h"

#define ROWS_MAX 512

struct reasons {
	struct {
		char id[48], classes[80];
	} row[ROWS_MAX];
	size_t n;
};

/* "| `ID` | CLASS, CLASS | ...": other lines are none of ours. */
static void
take(struct reasons *r, const char *line)
{
	if (r->n < ROWS_MAX &&
	    sscanf(line, "| `%47[^`]` | %79[^|]|", r->row[r->n].id, r->row[r->n].classes) == 2)
		r->n++;
}

struct reasons *
reasons_read(const char *path)
{
	struct reasons *r = calloc(1, sizeof(*r));
	FILE *f = r == NULL ? NULL : fopen(path, "re");
	char *line = NULL;
	size_t size = 0;

	if (f != NULL) {
		while (getline(&line, &size, f) >= 0)
			take(r, line);
		(void)fclose(f);
	}
	free(line);
	if (r != NULL && r->n > 0)
		return r;
	free(r);
	return NULL;
}

void
reasons_free(struct reasons *r)
{
	free(r);
}

static bool
names(const char *classes, const char *class_name)
{
	size_t len = strlen(class_name);

	for (const char *p = classes; *p != '\0'; p += strcspn(p, ", "), p += strspn(p, ", "))
		if (strcspn(p, ", ") == len && strncasecmp(p, class_name, len) == 0)
			return true;
	return false;
}

bool
reasons_is_of(const struct reasons *r, const char *reason, const char *class_name)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->row[i].id, reason) == 0)
			return names(r->row[i].classes, class_name);
	return false;
}
