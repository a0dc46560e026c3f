/* The members of a JSON object in a file that a person wrote. */
#include "config.h"

#include <string.h>

#include "common/text.h"
#include "mock_idp/store/members.h"

#define STRINGS_MAX 1000

enum errcode
members_only(json_t *o, const char *const known[], const char *what, struct err *e)
{
	char shown[64];

	for (void *it = json_object_iter(o); it != NULL; it = json_object_iter_next(o, it)) {
		const char *name = json_object_iter_key(it);
		size_t i = 0;

		while (known[i] != NULL && strcmp(known[i], name) != 0)
			i++;
		if (known[i] == NULL)
			return err_set(e, E_CFG, NULL, "unknown member %s in %s",
			    text_escape(shown, sizeof(shown), name, strlen(name)), what);
	}
	return E_OK;
}

enum errcode
members_string(const json_t *o, const char *name, const char *otherwise, char **out, struct err *e)
{
	const json_t *v = json_object_get(o, name);
	const char *s = v == NULL ? otherwise : json_string_value(v);

	if (v != NULL && (s == NULL || *s == '\0'))
		return err_set(e, E_CFG, NULL, "\"%s\" must be a string that is not empty", name);
	if (s != NULL && (*out = strdup(s)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	return E_OK;
}

enum errcode
members_check_strings(const json_t *v, const char *name, struct err *e)
{
	bool ok = json_is_array(v);

	for (size_t i = 0; ok && i < json_array_size(v); i++)
		ok = json_is_string(json_array_get(v, i));
	return ok ? E_OK : err_set(e, E_CFG, NULL, "\"%s\" must be an array of strings", name);
}

enum errcode
members_strings(const json_t *o, const char *name, const char *const otherwise[],
    struct strlist *out, struct err *e)
{
	const json_t *v = json_object_get(o, name);
	enum errcode r = E_OK;

	for (size_t i = 0; v == NULL && otherwise[i] != NULL && r == E_OK; i++)
		r = strlist_add(out, otherwise[i], strlen(otherwise[i]), STRINGS_MAX);
	if (v != NULL)
		r = members_check_strings(v, name, e);
	for (size_t i = 0; r == E_OK && i < json_array_size(v); i++) {
		const json_t *s = json_array_get(v, i);

		r = strlist_add(out, json_string_value(s), json_string_length(s), STRINGS_MAX);
	}
	return r == E_OK ? r : err_set(e, r, NULL, "cannot take \"%s\"", name);
}

enum errcode
members_bool(const json_t *o, const char *name, bool *out, struct err *e)
{
	const json_t *v = json_object_get(o, name);

	if (v != NULL && !json_is_boolean(v))
		return err_set(e, E_CFG, NULL, "\"%s\" must be true or false", name);
	*out = json_is_true(v);
	return E_OK;
}
