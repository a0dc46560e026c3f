/* How long this host waits for a login to be done. */
#include "config.h"

#include <glob.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/hosttime.h"
#include "cli/textfile.h"

#define SSHD_DEFAULT 120
#define LOGIN_DEFAULT 60
#define INCLUDES_MAX 16 /* as sshd has it */

/* "120", "2m", "1h30m": sshd_config(5), TIME FORMATS. */
static bool
parse_time(const char *s, uint64_t *out)
{
	static const char unit[] = "smhdw";
	static const uint64_t seconds[] = { 1, 60, 3600, 86400, 604800 };
	uint64_t all = 0;

	if (*s == '\0')
		return false;
	while (*s != '\0') {
		char *end, *u;
		unsigned long n = strtoul(s, &end, 10);

		if (end == s || n > UINT32_MAX || *s < '0' || *s > '9')
			return false;
		u = *end == '\0' ? NULL : strchr(unit, *end | 0x20);
		if (*end != '\0' && u == NULL)
			return false;
		all += n * (u == NULL ? 1 : seconds[u - unit]);
		s = end + (*end != '\0');
	}
	*out = all;
	return true;
}

struct sshd {
	const char *dir;
	uint64_t seconds;
	unsigned depth;
};

static bool read_sshd(struct sshd *c, const char *path);

/* Whether one of the files that a pattern names has it. */
static bool
include(struct sshd *c, const char *pattern)
{
	char path[TEXTFILE_LINE_MAX];
	bool found = false;
	glob_t g;

	(void)snprintf(path, sizeof(path), "%s%s%s", pattern[0] == '/' ? "" : c->dir,
	    pattern[0] == '/' ? "" : "/", pattern);
	if (c->depth >= INCLUDES_MAX || glob(path, 0, NULL, &g) != 0)
		return false;
	c->depth++;
	for (size_t i = 0; i < g.gl_pathc && !found; i++)
		found = read_sshd(c, g.gl_pathv[i]);
	c->depth--;
	globfree(&g);
	return found;
}

/* Below Match no LoginGraceTime may stand. */
static bool
read_sshd(struct sshd *c, const char *path)
{
	struct textfile f;
	char *word[TEXTFILE_WORDS_MAX];
	bool found = false, global = true;
	size_t n;

	if (!textfile_open(&f, path))
		return false;
	while (!found && global && (n = textfile_words(&f, " \t=\"", word)) > 0) {
		global = strcasecmp(word[0], "Match") != 0;
		if (strcasecmp(word[0], "LoginGraceTime") == 0 && n > 1)
			found = parse_time(word[1], &c->seconds);
		for (size_t i = 1; strcasecmp(word[0], "Include") == 0 && i < n && !found; i++)
			found = include(c, word[i]);
	}
	textfile_close(&f);
	return found;
}

uint64_t
hosttime_sshd(const char *path, const char *dir)
{
	struct sshd c = { .dir = dir };

	return read_sshd(&c, path) ? c.seconds : SSHD_DEFAULT;
}

uint64_t
hosttime_login(const char *path)
{
	char *word[TEXTFILE_WORDS_MAX];
	uint64_t seconds = LOGIN_DEFAULT;
	struct textfile f;
	size_t n;

	if (!textfile_open(&f, path))
		return seconds;
	while ((n = textfile_words(&f, " \t", word)) > 0)
		if (strcmp(word[0], "LOGIN_TIMEOUT") == 0 && n > 1)
			(void)parse_time(word[1], &seconds);
	textfile_close(&f);
	return seconds;
}
