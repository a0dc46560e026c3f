/* What a scenario says is on the wire, held against what was seen. */
#include "config.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/idp/bytes.h"
#include "tests/support/idp/shows.h"

static const json_t *
at_pointer(const json_t *v, const char *p)
{
	while (v != NULL && *p == '/') {
		char step[64];
		size_t n = strcspn(++p, "/");

		if (n >= sizeof(step))
			return NULL;
		memcpy(step, p, n);
		step[n] = '\0';
		v = json_is_array(v) ? json_array_get(v, strtoul(step, NULL, 10))
		                     : json_object_get(v, step);
		p += n;
	}
	return v;
}

static bool contains(const json_t *all, const json_t *part);

static bool
has_members(const json_t *all, const json_t *part)
{
	const char *name;
	json_t *v;

	json_object_foreach((json_t *)(uintptr_t)part, name, v)
	{
		const json_t *found =
		    name[0] == '/' ? at_pointer(all, name) : json_object_get(all, name);

		if (json_is_null(v) ? found != NULL && !json_is_null(found)
		                    : found == NULL || !contains(found, v))
			return false;
	}
	return json_is_object(all);
}

static bool
contains(const json_t *all, const json_t *part)
{
	if (json_is_object(part))
		return has_members(all, part);
	if (!json_is_array(part))
		return json_equal(all, part) == 1;
	if (!json_is_array(all) || json_array_size(all) != json_array_size(part))
		return false;
	for (size_t i = 0; i < json_array_size(part); i++)
		if (!contains(json_array_get(all, i), json_array_get(part, i)))
			return false;
	return true;
}

static bool
equal(const json_t *found, const json_t *wanted)
{
	if (json_is_null(wanted))
		return found == NULL;
	if (json_is_array(wanted)) {
		for (size_t i = 0; i < json_array_size(wanted); i++)
			if (json_equal(found, json_array_get(wanted, i)) == 1)
				return true;
		return false;
	}
	return json_equal(found, wanted) == 1;
}

static bool
matches(const json_t *found, const json_t *ere)
{
	const char *s = json_string_value(found);

	return s != NULL && bytes_match(json_string_value(ere), s);
}

/* null: there is none. */
static bool
typed(const json_t *found, const json_t *wanted)
{
	return json_is_null(wanted) ? found == NULL : matches(found, wanted);
}

static bool
lacks(const json_t *found, const json_t *ere)
{
	return json_is_string(found) && !matches(found, ere);
}

static bool
at_least(const json_t *found, const json_t *n)
{
	return json_is_integer(found) && json_integer_value(found) >= json_integer_value(n);
}

static bool
matches_each(const json_t *found, const json_t *wanted)
{
	const char *name;
	json_t *ere;

	json_object_foreach((json_t *)(uintptr_t)wanted, name,
	    ere) if (!matches(json_object_get(found, name), ere)) return false;
	return true;
}

static bool
same_tls(const json_t *found, const json_t *wanted)
{
	const char *name;
	json_t *v;

	json_object_foreach((json_t *)(uintptr_t)wanted, name, v)
	{
		const json_t *is = json_object_get(found, name);

		if (strcmp(name, "verify") == 0 ? !matches(is, v) : !equal(is, v))
			return false;
	}
	return true;
}

static bool
has_keys(const json_t *found, const json_t *n)
{
	return (json_int_t)json_array_size(json_object_get(found, "keys")) == json_integer_value(n);
}

static bool
is_among(const json_t *found, const json_t *wanted)
{
	for (size_t i = 0; i < json_array_size(found); i++)
		if (json_equal(json_array_get(found, i), wanted) == 1)
			return true;
	return false;
}

/* Which fact is asked of which part of what was seen; "." parts the levels. */
static const struct fact {
	const char *name, *of;
	bool (*holds)(const json_t *found, const json_t *wanted);
} facts[] = {
	{ "curl", "curl", equal },
	{ "status", "status", equal },
	{ "type", "type", typed },
	{ "header", "headers", matches_each },
	{ "location", "location", matches },
	{ "json", "json", contains },
	{ "keys", "json", has_keys },
	{ "body", "body", matches },
	{ "lacks", "body", lacks },
	{ "bytes", "bytes", at_least },
	{ "ms", "ms", at_least },
	{ "raw", "raw", matches },
	{ "raw_lacks", "raw", lacks },
	{ "raw_bytes", "raw_bytes", at_least },
	{ "records", "records", at_least },
	{ "tls", "tls", same_tls },
	{ "jose", "look/jose", contains },
	{ "claims", "look/claims", contains },
	{ "jose_text", "look/jose_text", matches },
	{ "claims_text", "look/claims_text", matches },
	{ "token", "look/text", matches },
	{ "sig", "look/sig", matches },
	{ "trailing", "look/trailing", is_among },
	{ "verifies", "verifies", equal },
};

static const json_t *
part(const json_t *seen, const char *of)
{
	if (strncmp(of, "look/", 5) == 0)
		return json_object_get(json_object_get(seen, "look"), of + 5);
	return json_object_get(seen, of);
}

static bool
where_only(const char *name)
{
	return strcmp(name, "at") == 0 || strcmp(name, "nth") == 0 || strcmp(name, "grant") == 0;
}

/* What was found in place of what was wanted, as far as there is room. */
static void
say(char why[256], const char *name, const json_t *wanted, const json_t *found)
{
	char *w = json_dumps(wanted, JSON_ENCODE_ANY | JSON_COMPACT);
	char *f = json_dumps(found, JSON_ENCODE_ANY | JSON_COMPACT);

	(void)snprintf(why, 256, "%s: wanted %.100s, found %.120s", name, w == NULL ? "?" : w,
	    f == NULL ? "nothing" : f);
	free(w);
	free(f);
}

bool
shows_hold(const json_t *entry, const json_t *seen, char why[256])
{
	const char *name;
	json_t *wanted;

	json_object_foreach((json_t *)(uintptr_t)entry, name, wanted)
	{
		size_t i = 0;

		if (where_only(name))
			continue;
		while (i < sizeof(facts) / sizeof(facts[0]) && strcmp(facts[i].name, name) != 0)
			i++;
		if (i == sizeof(facts) / sizeof(facts[0])) {
			(void)snprintf(why, 256, "%.40s is no fact that can be shown", name);
			return false;
		}
		if (!facts[i].holds(part(seen, facts[i].of), wanted)) {
			say(why, name, wanted, part(seen, facts[i].of));
			return false;
		}
	}
	return true;
}
