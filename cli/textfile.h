/* A configuration file of somebody else's, line by line, as words. */
#ifndef CLI_TEXTFILE_H
#define CLI_TEXTFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#define TEXTFILE_LINE_MAX 4096
#define TEXTFILE_WORDS_MAX 64

struct textfile {
	FILE *f;
	unsigned number; /* of the line that the words stand in, its first one */
	char line[TEXTFILE_LINE_MAX];
};

/* False where there is none, or none for us. */
bool textfile_open(struct textfile *f, const char *path);
void textfile_close(struct textfile *f);

/*
 * The words of the next line that has any, separated by blanks; 0 at the end. Comments go, and a
 * backslash at its end continues a line. What does not fit is cut. Words live until the next call.
 */
size_t textfile_words(struct textfile *f, const char *blanks, char *word[TEXTFILE_WORDS_MAX]);

#endif
