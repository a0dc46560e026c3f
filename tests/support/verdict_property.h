/* What holds for every verdict, whatever went in: H-39 to H-41, H-44. */
#ifndef TESTS_SUPPORT_VERDICT_PROPERTY_H
#define TESTS_SUPPORT_VERDICT_PROPERTY_H

#include <string.h>

#include "helper/policy/verdict.h"

/* The character set of accounts, said a second time. */
static inline bool
property_name_fits(const char *s)
{
	size_t n = 0;

	for (; s[n] != '\0'; n++) {
		bool letter = (s[n] >= 'a' && s[n] <= 'z') || s[n] == '_';
		bool other = (s[n] >= '0' && s[n] <= '9') || s[n] == '-' || s[n] == '.';

		if (n >= 32 || !(letter || (n > 0 && other)))
			return false;
	}
	return n > 0;
}

static inline bool
property_is_listed(const struct settings *s, const char *group)
{
	for (size_t i = 0; i < s->group_count; i++)
		if (strcmp(s->group[i].name, group) == 0)
			return true;
	return false;
}

static inline bool
property_is_printable(const char *s)
{
	for (; *s != '\0'; s++)
		if (*s < 0x20 || *s > 0x7e)
			return false;
	return true;
}

/* The account that no name opens: root, a uid that is too low, or nobody's. */
static inline bool
property_is_kept(const struct settings *s, const char *service, uint32_t uid)
{
	return uid == 0 || uid < settings_login_for(s, service)->min_uid ||
	    (uid >= 61184 && uid <= 65519) || uid == 65534 || uid == 65535 || uid > INT32_MAX;
}

/* NULL, or what was violated. */
static inline const char *
property_violated(const struct verdict *v, const struct settings *s,
    const struct verdict_login *login, const struct bind_account *a)
{
	bool shared = false;

	for (size_t i = 0; i < v->env.n; i++)
		if (!property_is_printable(v->env.v[i]) || strchr(v->env.v[i], '=') == NULL)
			return "an environment that is not NAME=VALUE in printable ASCII";
	if (!property_is_printable(v->text) || !property_is_printable(v->rule))
		return "foreign text in the words";
	if (v->decision == VERDICT_REFUSE)
		return v->code == E_OK || v->groups.n + v->env.n > 0 || v->pin != BIND_PINNED
		    ? "a refusal that gives something"
		    : NULL;
	if (v->decision != VERDICT_ALLOW || v->code != E_OK || !a->exists)
		return "neither a refusal nor an account";
	for (size_t i = 0; i < v->groups.n; i++)
		if (!property_is_listed(s, v->groups.v[i]))
			return "a local group that no section names";
	for (size_t i = 0; i < s->account_count; i++)
		shared = shared || strcmp(s->account[i].name, login->account) == 0;
	if (!property_name_fits(login->account))
		return "a name outside the character set";
	if (!shared && property_is_kept(s, login->service, a->uid))
		return "root, or a uid below the floor";
	return NULL;
}

#endif
