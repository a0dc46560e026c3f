/* A script for the mock provider: it is understood, or the complaint has its place; and one that is
 * understood can be played. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz/fuzz.h"
#include "mock_idp/script/expand.h"
#include "mock_idp/script/location.h"
#include "mock_idp/script/patch.h"
#include "mock_idp/script/script.h"

static void
must(int holds)
{
	if (!holds)
		abort();
}

/* What a rule does to an answer, which it may find unfit, but not deadly. */
static void
play(struct rule *r, const struct hole_world *w)
{
	struct reply rep = { .status = 0 };
	struct err e = { .code = E_OK };
	json_t *filled;

	msg_reply_text(&rep, 200, "application/json", "{\"a\":{\"b\":[1]}}\n");
	if (r->reply != NULL && r->instead)
		must(patch_replace(r->reply, r->content, w, &rep, &e) == E_OK || e.text[0] != '\0');
	e.code = E_OK;
	if (r->reply != NULL)
		must(patch_change(r->reply, w, &rep, &e) == E_OK || e.text[0] != '\0');
	if (r->redirect != NULL)
		free(location_change(r->redirect, w, "https://a/b?c=d&e"));
	if (r->token != NULL && (filled = expand_json(w, r->token)) != NULL)
		json_decref(filled);
	pairs_clear(&rep.headers);
	buf_free(rep.body);
}

static struct script *
from_file(const uint8_t *data, size_t size)
{
	struct script *s = NULL;
	struct err e = { .code = E_OK };
	char path[64];
	int fd = memfd_create("script", MFD_CLOEXEC);

	must(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	(void)snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	must((script_read(&s, path, &e) == E_OK) == (s != NULL));
	(void)close(fd);
	return s;
}

/* The same from a file, and one behind the other. */
static void
twice(const uint8_t *data, size_t size, size_t n)
{
	struct script *all = NULL, *more;
	struct err e = { .code = E_OK };

	for (size_t i = 1; i <= 2 && (more = from_file(data, size)) != NULL; i++) {
		must(more->n == n);
		must(script_append(&all, more, &e) == E_OK ? all->n == i * n : all->n == n);
	}
	script_free(all);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *known = json_pack("{s:s}", "sub", "a-person");
	const struct hole_world w = { "https://a/x", "https://a", "https://b", "http://c",
		"https://d", 1800000000, known, &ids_system };
	struct err e = { .code = E_OK };
	struct script *s = NULL;

	must(known != NULL);
	if (script_parse(&s, (const char *)data, size, "F", NULL, &e) != E_OK) {
		must(s == NULL && (e.code == E_CFG || e.code == E_LIMIT));
		must(e.code == E_LIMIT || strncmp(e.text, "F: ", 3) == 0);
	}
	for (size_t i = 0; s != NULL && i < s->n; i++)
		play(&s->rules[i], &w);
	if (s != NULL)
		twice(data, size, s->n);
	script_restart(s);
	script_free(s);
	json_decref(known);
	return 0;
}
