/* The administrator's rules over a verified person. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/text.h"
#include "helper/policy/rules.h"

/* A section that names people, as the log calls it. */
struct section {
	char title[96]; /* "[service sudo]" */
	const char *groups_key, *users_key;
	const struct settings_who *who;
};

/* The first group of the list that the person is in, or NULL. */
static const char *
first_match(const struct settings *s, const struct identity *id, const struct strlist *list)
{
	if (!id->has_groups)
		return NULL;
	for (size_t i = 0; i < list->n; i++) {
		long index = settings_group_index(s, list->v[i]);

		if (index >= 0 && identity_has_group(id, (unsigned)index))
			return list->v[i];
	}
	return NULL;
}

/* More words behind those that are there; what does not fit is cut. */
__attribute__((format(printf, 2, 3))) static void
say(char words[RULES_WORDS_MAX], const char *fmt, ...)
{
	size_t at = strlen(words);
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(words + at, RULES_WORDS_MAX - at, fmt, ap);
	va_end(ap);
}

/* Words for a pass go behind those before them; those for a refusal stand alone. */
static enum errcode
match(
    const struct rules_ask *a, const struct section *c, char words[RULES_WORDS_MAX], struct err *e)
{
	const char *found = first_match(a->s, a->id, &c->who->groups), *key = c->groups_key;
	bool users = c->who->users.n > 0, groups = c->who->groups.n > 0 || !users;
	char shown[64];

	if (found == NULL && a->person != NULL && strlist_has(&c->who->users, a->person)) {
		found = a->person;
		key = c->users_key;
	}
	if (found != NULL) {
		text_escape(shown, sizeof(shown), found, strlen(found));
		say(words, "%s%s %s: %s", words[0] == '\0' ? "" : "; ", c->title, key, shown);
		return E_OK;
	}
	words[0] = '\0';
	say(words, "%s %s%s%s", c->title, groups ? c->groups_key : "",
	    groups && users ? " and " : "", users ? c->users_key : "");
	text_escape(shown, sizeof(shown), a->id->name, strlen(a->id->name));
	return err_set(e, E_POL, "pol.group", "\"%s\" is named by no entry of %s%s", shown, words,
	    a->id->has_groups ? "" : "; the provider sent no groups");
}

/* "[login]", or the service's section. */
static void
title(char out[96], const char *service)
{
	if (service == NULL)
		(void)snprintf(out, 96, "[login]");
	else
		(void)snprintf(out, 96, "[service %.64s]", settings_family(service));
}

enum errcode
rules_allow(const struct rules_ask *a, char words[RULES_WORDS_MAX], struct err *e)
{
	struct section wide = { .groups_key = "allow_groups", .users_key = "allow_users" };
	const struct settings_demand *d[2];
	struct section own = wide;
	enum errcode r;

	settings_demands(a->s, a->service, d);
	words[0] = '\0';
	wide.who = &d[0]->allow;
	title(wide.title, NULL);
	if (a->shared != NULL) {
		wide = (struct section){
			.groups_key = "groups", .users_key = "users", .who = &a->shared->who
		};
		(void)snprintf(wide.title, sizeof(wide.title), "[account %.64s]", a->shared->name);
	}
	if ((r = match(a, &wide, words, e)) != E_OK || d[1] == NULL ||
	    d[1]->allow.groups.n + d[1]->allow.users.n == 0)
		return r;
	own.who = &d[1]->allow;
	title(own.title, a->service);
	return match(a, &own, words, e);
}

enum errcode
rules_deny(const struct rules_ask *a, char words[RULES_WORDS_MAX], struct err *e)
{
	const struct settings_demand *d[2];
	const char *found;
	char where[96], shown[64];

	settings_demands(a->s, a->service, d);
	words[0] = '\0';
	for (size_t i = 0; i < 2 && d[i] != NULL; i++) {
		if (d[i]->deny_groups.n == 0)
			continue;
		title(where, i == 0 ? NULL : a->service);
		say(words, "%s deny_groups", where);
		if (!a->id->has_groups)
			return err_set(e, E_POL, "pol.denied",
			    "%s: the provider sent no groups, so nobody can tell", words);
		if ((found = first_match(a->s, a->id, &d[i]->deny_groups)) != NULL) {
			text_escape(shown, sizeof(shown), found, strlen(found));
			say(words, ": %s", shown);
			return err_set(e, E_POL, "pol.denied", "%s: the person is in it", words);
		}
		words[0] = '\0';
	}
	return E_OK;
}

enum errcode
rules_groups(const struct settings *s, const struct identity *id, struct strlist *out)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < s->group_count && r == E_OK; i++)
		if (first_match(s, id, &s->group[i].groups) != NULL)
			r = strlist_add(
			    out, s->group[i].name, strlen(s->group[i].name), s->group_count);
	if (r != E_OK)
		strlist_clear(out);
	return r;
}
