/* A place in a JSON document. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/num.h"
#include "mock_idp/script/pointer.h"

/* The next name of a pointer, with "~1" and "~0" undone; fresh. *rest is behind it. */
static char *
take_name(const char *s, const char **rest)
{
	size_t n = strcspn(s, "/");
	char *name = malloc(n + 1), *at = name;

	*rest = s + n;
	for (size_t i = 0; name != NULL && i < n; i++) {
		*at = s[i];
		if (s[i] == '~') {
			i++;
			if (i >= n || (s[i] != '0' && s[i] != '1')) {
				free(name);
				return NULL;
			}
			*at = s[i] == '0' ? '~' : '/';
		}
		at++;
	}
	if (name != NULL)
		*at = '\0';
	return name;
}

/* What is there, borrowed; NULL: nothing. */
static json_t *
child(json_t *parent, const char *name)
{
	uint64_t i;

	if (json_is_array(parent))
		return num_parse(name, 0, UINT32_MAX, &i) ? json_array_get(parent, (size_t)i)
		                                          : NULL;
	return json_object_get(parent, name);
}

static bool
put(json_t *parent, const char *name, json_t *value)
{
	uint64_t i;

	if (json_is_object(parent))
		return json_object_set_new(parent, name, value) == 0;
	if (json_is_array(parent) && strcmp(name, "-") == 0)
		return json_array_append_new(parent, value) == 0;
	if (json_is_array(parent) && num_parse(name, 0, UINT32_MAX, &i))
		return json_array_set_new(parent, (size_t)i, value) == 0;
	json_decref(value);
	return false;
}

/* One step down the way; an object is made where there is nothing. */
static json_t *
step(json_t *parent, const char *name)
{
	json_t *next = child(parent, name);

	if (next == NULL && put(parent, name, json_object()))
		next = json_is_array(parent) ? json_array_get(parent, json_array_size(parent) - 1)
		                             : json_object_get(parent, name);
	return next;
}

bool
pointer_set(json_t *doc, const char *place, json_t *value)
{
	const char *rest = place;
	bool ok = true;

	if (*place != '/')
		return put(doc, place, value);
	while (ok) {
		char *name = take_name(rest + 1, &rest);

		if (name != NULL && *rest == '\0') {
			ok = put(doc, name, value);
			free(name);
			return ok;
		}
		ok = name != NULL && (doc = step(doc, name)) != NULL;
		free(name);
	}
	json_decref(value);
	return false;
}

static void
drop(json_t *parent, const char *name)
{
	uint64_t i;

	if (json_is_object(parent))
		(void)json_object_del(parent, name);
	else if (json_is_array(parent) && num_parse(name, 0, UINT32_MAX, &i))
		(void)json_array_remove(parent, (size_t)i);
}

void
pointer_drop(json_t *doc, const char *place)
{
	const char *rest = place;

	if (*place != '/') {
		drop(doc, place);
		return;
	}
	while (doc != NULL) {
		char *name = take_name(rest + 1, &rest);

		if (name == NULL)
			return;
		if (*rest == '\0') {
			drop(doc, name);
			doc = NULL;
		} else {
			doc = child(doc, name);
		}
		free(name);
	}
}
