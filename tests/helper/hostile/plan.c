/* Which scenarios are tried, under which setups, and which are left to whom. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/helper/hostile/judge.h"
#include "tests/helper/hostile/plan.h"
#include "tests/helper/hostile/setup.h"

#define SOURCE_MAX ((size_t)128 * 1024)

static const char *
text(const json_t *o, const char *name)
{
	const char *s = json_string_value(json_object_get(o, name));

	return s == NULL ? "" : s;
}

static void
complain(struct plan *p, const json_t *s, const char *what, const char *detail)
{
	(void)printf("FAIL %s: %s%s\n", text(s, "id"), what, detail);
	p->faults++;
}

static const json_t *
find(const struct plan *p, const char *id)
{
	for (size_t i = 0; i < json_array_size(p->list); i++)
		if (strcmp(text(json_array_get(p->list, i), "id"), id) == 0)
			return json_array_get(p->list, i);
	return NULL;
}

static const json_t *
setup_of(const struct plan *p, const json_t *scenario)
{
	return setup_find(json_object_get(p->data, "setups"), scenario);
}

/* A setup that changes nothing is the same as any other that changes nothing. */
static bool
is_same(const json_t *a, const json_t *b)
{
	static const char *const members[] = { "conf", "secret", "pinned", "browser", "env",
		"before", "limit" };

	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
		json_t *x = json_object_get(a, members[i]), *y = json_object_get(b, members[i]);

		if (x != y && json_equal(x, y) == 0)
			return false;
	}
	return true;
}

static void
add(struct plan *p, const json_t *scenario, const json_t *setup, bool twin)
{
	for (size_t i = 0; i < p->ntrials; i++)
		if (p->trial[i].scenario == scenario && is_same(p->trial[i].setup, setup))
			return;
	if (p->ntrials == PLAN_TRIALS_MAX)
		complain(p, scenario, "too many trials", "");
	else
		p->trial[p->ntrials++] =
		    (struct trial){ scenario, setup, json_object_get(p->data, "conf"), twin };
}

static void
leave(struct plan *p, const json_t *scenario, const char *to)
{
	size_t i = 0;

	while (i < p->nleft && strcmp(p->left[i].to, to) != 0)
		i++;
	if (i == PLAN_LEFT_MAX) {
		complain(p, scenario, "too many places to leave scenarios to", "");
		return;
	}
	p->left[i].to = to;
	p->left[i].n++;
	if (i == p->nleft)
		p->nleft++;
}

/* Whether a source of that stem names one of the scenario's rows. */
static bool
source_names(const char *stem, const char *suffix, const json_t *rows)
{
	char path[4096], *all = calloc(1, SOURCE_MAX);
	bool found = false;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s%s", stem, suffix);
	if (all != NULL && (f = fopen(path, "re")) != NULL) {
		(void)!fread(all, 1, SOURCE_MAX - 1, f);
		(void)fclose(f);
		for (size_t i = 0; i < json_array_size(rows); i++)
			found = found || strstr(all, json_string_value(json_array_get(rows, i)));
	}
	free(all);
	return found;
}

/* "TEST: why", and the test is there and knows of a row of this scenario. */
static void
leave_elsewhere(struct plan *p, const json_t *scenario, const char *to)
{
	const json_t *rows = json_object_get(scenario, "rows");
	char stem[2048];

	(void)snprintf(stem, sizeof(stem), "%s/%.*s", p->top_srcdir, (int)strcspn(to, ":"), to);
	if (source_names(stem, ".c", rows) || source_names(stem, ".sh", rows))
		leave(p, scenario, to);
	else
		complain(p, scenario, "none of its rows is named there: ", to);
}

static void
plan_one(struct plan *p, const json_t *s)
{
	const json_t *setup = setup_of(p, s);
	bool takes_long = json_is_true(json_object_get(setup, "long"));

	if (setup == NULL)
		complain(p, s, "no setup for what it needs: ", text(s, "needs"));
	else if (json_object_get(setup, "later") != NULL)
		leave(p, s, text(setup, "later"));
	else if (json_object_get(setup, "elsewhere") != NULL)
		leave_elsewhere(p, s, text(setup, "elsewhere"));
	else if (takes_long != p->takes_long)
		leave(p, s,
		    takes_long ? "tests/long/hostile: minutes" : "tests/helper/hostile_*: seconds");
	else {
		p->scenarios++;
		add(p, s, setup, false);
	}
}

/* Behind all scenarios, so that a twin that is tried for itself is tried once. */
static void
plan_twin(struct plan *p, size_t i)
{
	const json_t *s = p->trial[i].scenario, *twin = find(p, text(s, "twin"));
	bool fault = json_is_true(json_object_get(p->trial[i].setup, "fault"));

	if (judge_is_golden(s))
		return;
	if (twin == NULL || !judge_is_golden(twin))
		complain(p, s, "no golden twin: ", text(s, "twin"));
	else
		add(p, twin, fault ? setup_of(p, twin) : p->trial[i].setup, true);
}

static bool
is_of(const json_t *s, int n, char *const family[])
{
	const char *id = text(s, "id");

	for (int i = 0; i < n; i++) {
		size_t len = strlen(family[i]);

		if (strncmp(id, family[i], len) == 0 && (id[len] == '.' || id[len] == '\0'))
			return true;
	}
	return false;
}

void
plan_make(struct plan *p, int nfamilies, char *const family[])
{
	for (size_t i = 0; i < json_array_size(p->list); i++)
		if (is_of(json_array_get(p->list, i), nfamilies, family))
			plan_one(p, json_array_get(p->list, i));
	for (size_t i = 0, n = p->ntrials; i < n; i++)
		plan_twin(p, i);
}
