/* The administrator's rules over a verified person. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/text.h"
#include "helper/policy/rules.h"

/* The first group of the list that the person is in, or NULL. */
static const char *
first_match(const struct settings *s, const struct identity *id, const struct strlist *list)
{
	if (!id->has_groups)
		return NULL;
	for (size_t i = 0; i < list->n; i++) {
		long index = strlist_find(&s->group_names, list->v[i]);

		if (index >= 0 && identity_has_group(id, (unsigned)index))
			return list->v[i];
	}
	return NULL;
}

static size_t
append(char *dst, size_t size, size_t at, const char *s)
{
	int n = at < size ? snprintf(dst + at, size - at, "%s", s) : 0;

	return at + (n < 0 ? 0 : (size_t)n);
}

bool
rules_allow(const struct settings *s, const struct identity *id, const char *service, char *rule,
    size_t size)
{
	const struct strlist *narrow;
	const struct settings_login *login = settings_login_for(s, service, &narrow);
	const char *wide = first_match(s, id, &login->allow_groups), *own = NULL;
	char shown[64], section[96];
	size_t at = 0;

	(void)snprintf(
	    section, sizeof(section), "[service %.64s] allow_groups", settings_family(service));
	if (wide == NULL || (narrow != NULL && (own = first_match(s, id, narrow)) == NULL)) {
		(void)append(rule, size, 0, wide == NULL ? "[login] allow_groups" : section);
		return false;
	}
	at = append(rule, size, at, "[login] allow_groups: ");
	at = append(rule, size, at, text_escape(shown, sizeof(shown), wide, strlen(wide)));
	if (own == NULL)
		return true;
	at = append(rule, size, at, "; ");
	at = append(rule, size, at, section);
	at = append(rule, size, at, ": ");
	(void)append(rule, size, at, text_escape(shown, sizeof(shown), own, strlen(own)));
	return true;
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
