/* "--name value" words of a subcommand, and a bare one. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/words.h"

static bool
is_taken(const struct words_row *row)
{
	return row->value != NULL ? *row->value != NULL : *row->given;
}

/* The word's first row that is free, else its last. */
static const struct words_row *
find(const struct words_row *rows, size_t n, const char *word)
{
	const struct words_row *found = NULL;

	for (size_t i = 0; i < n && (found == NULL || is_taken(found)); i++)
		if (rows[i].name == NULL ? word[0] != '-' : strcmp(rows[i].name, word) == 0)
			found = &rows[i];
	return found;
}

bool
words_take(const struct words_row *rows, size_t n, int argc, char *argv[])
{
	const char *why = NULL;
	int i = 1;

	for (; i < argc && why == NULL; i++) {
		const struct words_row *row = find(rows, n, argv[i]);

		if (row == NULL)
			why = "is no option";
		else if (is_taken(row))
			why = "stands there too often";
		else if (row->value == NULL)
			*row->given = true;
		else if (row->name == NULL)
			*row->value = argv[i];
		else if (i + 1 == argc)
			why = "takes a value";
		else
			*row->value = argv[++i];
	}
	if (why != NULL)
		(void)fprintf(stderr, "latchkey %s: %s %s\n", argv[0], argv[i - 1], why);
	return why == NULL;
}
