/* "--name value" words of a subcommand, and one bare word, by a table. */
#ifndef CLI_WORDS_H
#define CLI_WORDS_H

#include <stdbool.h>
#include <stddef.h>

struct words_row {
	const char *name;   /* "--jwks"; NULL: a word that begins with no dash */
	const char **value; /* NULL: the word takes none */
	bool *given;        /* for those; NULL otherwise */
};

/* Takes argv[1] on; false after a complaint on standard error. Values point into argv. A word may
 * stand there as often as it has rows. */
bool words_take(const struct words_row *rows, size_t n, int argc, char *argv[]);

#endif
