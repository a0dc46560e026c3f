/*
 * scenarios PROGRAM FAMILY...: starts each scenario of these families, asks as a relying party
 * would with libcurl and OpenSSL, and finds on the wire what "shows" says; and does not find it at
 * the golden twin, whose ID token verifies.
 */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/idp/walk.h"

#define TWINS_MAX 64

struct twin {
	const char *name;
	struct process p;
};

struct run {
	char *program;
	json_t *list;
	struct twin twins[TWINS_MAX]; /* started once, and put back before each walk */
	size_t ntwins, done, failed;
};

static const char *
text(const json_t *s, const char *name)
{
	const char *v = json_string_value(json_object_get(s, name));

	return v == NULL ? "" : v;
}

static void
fail(struct run *r, const json_t *s, const char *what, const char *why)
{
	(void)printf("FAIL: %s: %s%s%s\n", text(s, "id"), what, *why == '\0' ? "" : ": ", why);
	r->failed++;
}

static const json_t *
find(const struct run *r, const char *name)
{
	for (size_t i = 0; i < json_array_size(r->list); i++)
		if (strcmp(text(json_array_get(r->list, i), "id"), name) == 0)
			return json_array_get(r->list, i);
	return NULL;
}

/* The relying party's run goes well: a golden provider. */
static bool
is_golden(const json_t *s)
{
	return strcmp(text(s, "class"), "OK") == 0 || strcmp(text(s, "class"), "REQ") == 0;
}

static bool
is_loopback(const json_t *s)
{
	return strncmp(text(s, "needs"), "loopback", 8) == 0;
}

/* Serves what its twin serves: the rest is the relying party's own part. */
static bool
is_plain(const json_t *s)
{
	return json_is_true(json_object_get(s, "plain"));
}

/* What is written down about it is whole. */
static bool
is_described(struct run *r, const json_t *s)
{
	const json_t *twin = find(r, text(s, "twin"));
	size_t before = r->failed;

	if (text(s, "serves")[0] == '\0' || json_array_size(json_object_get(s, "rows")) == 0)
		fail(r, s, "no sentence or no rows", "");
	if (json_array_size(json_object_get(s, "shows")) == 0)
		fail(r, s, "shows nothing", "");
	if (!is_golden(s) && text(s, "reason")[0] == '\0')
		fail(r, s, "no reason", "");
	if (!is_golden(s) && twin == NULL)
		fail(r, s, "no twin", "");
	if (text(s, "twin")[0] != '\0' && (twin == NULL || !is_golden(twin)))
		fail(r, s, "its twin is not golden", text(s, "twin"));
	if (is_plain(s) && text(s, "twin")[0] != '\0' && text(s, "needs")[0] == '\0' &&
	    json_array_size(json_object_get(s, "browser")) == 0)
		fail(r, s, "the same as its twin", "");
	return r->failed == before;
}

static bool
start(const struct run *r, const char *name, struct process *p)
{
	char scenario[] = "--scenario", seed[] = "--seed", one[] = "1", *copy = strdup(name);
	char *argv[] = { r->program, scenario, copy, seed, one, NULL };
	bool ok = copy != NULL && process_start(p, argv);

	free(copy);
	return ok;
}

static const struct process *
twin_of(struct run *r, const char *name)
{
	for (size_t i = 0; i < r->ntwins; i++)
		if (strcmp(r->twins[i].name, name) == 0) {
			(void)process_command(&r->twins[i].p, "reset");
			return &r->twins[i].p;
		}
	if (r->ntwins == TWINS_MAX || !start(r, name, &r->twins[r->ntwins].p))
		return NULL;
	r->twins[r->ntwins].name = name;
	return &r->twins[r->ntwins++].p;
}

/* The same facts do not hold there, and what is signed there is signed well. */
static void
try_twin(struct run *r, const json_t *s)
{
	const struct process *p = twin_of(r, text(s, "twin"));
	struct walk *w =
	    p == NULL ? NULL : walk_new(p, json_object_get(s, "shows"), is_loopback(s));
	char why[300];

	if (w == NULL) {
		fail(r, s, "its twin cannot be tried", text(s, "twin"));
		return;
	}
	walk_go(w);
	if (walk_shows(w, why))
		fail(r, s, "its twin shows the same", text(s, "twin"));
	if (walk_unverified(w))
		fail(r, s, "the token of its twin does not verify", text(s, "twin"));
	walk_free(w);
}

static void
try_one(struct run *r, const json_t *s)
{
	struct process p = { .pid = 0 };
	struct walk *w = NULL;
	char why[300];

	r->done++;
	if (!is_described(r, s))
		return;
	if (!start(r, text(s, "id"), &p)) {
		fail(r, s, "does not start", "");
		return;
	}
	if ((w = walk_new(&p, json_object_get(s, "shows"), is_loopback(s))) != NULL) {
		walk_go(w);
		if (!walk_shows(w, why))
			fail(r, s, "not on the wire", why);
	}
	walk_free(w);
	process_stop(&p);
	if (text(s, "twin")[0] != '\0' && !is_plain(s))
		try_twin(r, s);
}

static bool
is_of(const json_t *s, int n, char *const family[])
{
	const char *name = text(s, "id");

	for (int i = 0; i < n; i++) {
		size_t len = strlen(family[i]);

		if (strncmp(name, family[i], len) == 0 && (name[len] == '.' || name[len] == '\0'))
			return true;
	}
	return false;
}

int
main(int argc, char *argv[])
{
	char list[] = "--list", json[] = "--json";
	struct run r = { .program = argc > 2 ? argv[1] : NULL };
	char *words[] = { r.program, list, json, NULL };

	(void)setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc < 3 || (r.list = process_json(words)) == NULL)
		return 99;
	for (size_t i = 0; i < json_array_size(r.list); i++)
		if (is_of(json_array_get(r.list, i), argc - 2, argv + 2))
			try_one(&r, json_array_get(r.list, i));
	for (size_t i = 0; i < r.ntwins; i++)
		process_stop(&r.twins[i].p);
	(void)printf("%zu scenarios, %zu failures\n", r.done, r.failed);
	json_decref(r.list);
	return r.failed == 0 && r.done > 0 ? 0 : 1;
}
