/* What the stacks under /etc/pam.d leave open while the provider is away. */
#include "config.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>

#include "cli/hostpam.h"
#include "cli/textfile.h"

#define GROUPS_MAX 64

/* A control in brackets is one word to PAM, and several here. */
static size_t
control_end(char *word[], size_t n)
{
	size_t i = 1;

	if (n > 1 && word[1][0] == '[')
		while (i < n && strchr(word[i], ']') == NULL)
			i++;
	return i + 1;
}

/* Only [authinfo_unavail=ignore], or a number of lines to jump, goes on to other modules. */
static bool
goes_on(char *word[], size_t end)
{
	static const char key[] = "authinfo_unavail=";

	for (size_t i = 1; i < end; i++) {
		const char *at = strstr(word[i], key);

		if (at == NULL)
			continue;
		at += sizeof(key) - 1;
		return strncmp(at, "ignore", 6) == 0 || (*at >= '1' && *at <= '9');
	}
	return false;
}

static const char *
base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash == NULL ? path : slash + 1;
}

/* "... user ingroup NAME ..." */
static void
take_ingroup(struct hostpam *p, char *word[], size_t n)
{
	for (size_t i = 0; i + 1 < n; i++)
		if (strcmp(word[i], "ingroup") == 0 && !strlist_has(&p->ingroup, word[i + 1]))
			(void)!strlist_add(
			    &p->ingroup, word[i + 1], strlen(word[i + 1]), GROUPS_MAX);
}

static void
read_stack(struct hostpam *p, const char *path)
{
	char *word[TEXTFILE_WORDS_MAX];
	bool behind = false;
	struct textfile f;
	size_t n, at;

	if (!textfile_open(&f, path))
		return;
	while ((n = textfile_words(&f, " \t", word)) > 0) {
		if (strcmp(word[0] + (word[0][0] == '-'), "auth") != 0)
			continue;
		if ((at = control_end(word, n)) >= n)
			continue;
		if (strcmp(base(word[at]), "pam_latchkey.so") == 0) {
			p->lines++;
			behind = goes_on(word, at);
			p->open = p->open || behind;
		} else if (behind && strcmp(base(word[at]), "pam_succeed_if.so") == 0)
			take_ingroup(p, word + at, n - at);
	}
	textfile_close(&f);
}

void
hostpam_read(struct hostpam *p, const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *de;
	char path[512];

	*p = (struct hostpam){ .lines = 0 };
	if (d == NULL)
		return;
	while ((de = readdir(d)) != NULL)
		if (de->d_name[0] != '.' &&
		    (size_t)snprintf(path, sizeof(path), "%s/%s", dir, de->d_name) < sizeof(path))
			read_stack(p, path);
	(void)closedir(d);
}

void
hostpam_clear(struct hostpam *p)
{
	strlist_clear(&p->ingroup);
}

bool
hostpam_is_break_glass(
    const struct hostpam *p, const struct strlist *exempt, const struct hostpam_ask *ask)
{
	if (p->open && p->ingroup.n == 0)
		return true;
	for (size_t i = 0; p->open && i < p->ingroup.n; i++)
		if (ask->has_member(p->ingroup.v[i]))
			return true;
	for (size_t i = 0; i < exempt->n; i++)
		if (ask->has_password(exempt->v[i]))
			return true;
	return false;
}
