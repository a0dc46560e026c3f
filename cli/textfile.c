/* A configuration file of somebody else's, line by line. */
#include "config.h"

#include <string.h>

#include "cli/textfile.h"

bool
textfile_open(struct textfile *f, const char *path)
{
	*f = (struct textfile){ .f = fopen(path, "re") };
	return f->f != NULL;
}

void
textfile_close(struct textfile *f)
{
	(void)fclose(f->f);
	f->f = NULL;
}

/* One line and those that continue it, without the newline. */
static bool
read_line(struct textfile *f)
{
	size_t len = 0;

	f->number++;
	for (;;) {
		if (fgets(f->line + len, (int)(sizeof(f->line) - len), f->f) == NULL)
			return len > 0;
		len += strcspn(f->line + len, "\n");
		f->line[len] = '\0';
		if (len == 0 || f->line[len - 1] != '\\' || len + 2 > sizeof(f->line))
			return true;
		f->line[len - 1] = ' ';
	}
}

size_t
textfile_words(struct textfile *f, const char *blanks, char *word[TEXTFILE_WORDS_MAX])
{
	size_t n = 0;

	while (n == 0 && read_line(f)) {
		char *save, *w;

		f->line[strcspn(f->line, "#")] = '\0';
		for (w = strtok_r(f->line, blanks, &save); w != NULL && n < TEXTFILE_WORDS_MAX;
		     w = strtok_r(NULL, blanks, &save))
			word[n++] = w;
	}
	return n;
}
