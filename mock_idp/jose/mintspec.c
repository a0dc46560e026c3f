/* The grammar of a script's `token` object. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/jsontext.h"
#include "mock_idp/jose/mintkey.h"
#include "mock_idp/jose/mintspec.h"
#include "mock_idp/jose/mutate_b64.h"
#include "mock_idp/jose/mutate_seg.h"
#include "mock_idp/jose/mutate_sig.h"

static const struct row {
	const char *name, *args;
} rows[] = {
	{ "pss.salt", "number" },
	{ "pss.mgf1", "sha1|sha256|sha384|sha512" },
	{ "rs.pad", "type2|nonull|bare|junk" },
	{ "sig.covers", "reencoded|clean" },
	{ "sig.leading0", "" },
	{ "token.pad", "number" },
	{ "jwt.nest", "" },
};

static const char *
own_args(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, name) == 0)
			return rows[i].args;
	return NULL;
}

/* Where mutators stand, and what stands before their own arguments. */
static const struct stage {
	const char *before;
	const char *(*args)(const char *name);
} stages[] = {
	{ MINTSPEC_PART, jsontext_args },
	{ "", mutate_sig_args },
	{ "", mutate_b64_args },
	{ "", mutate_seg_args },
	{ "", own_args },
};

static enum errcode
judge(const struct mutate *m, struct err *e)
{
	for (size_t i = 0; i < sizeof(stages) / sizeof(stages[0]); i++) {
		const char *args = stages[i].args(m->name);

		if (args != NULL)
			return mutate_check(m, stages[i].before, args, e);
	}
	return err_set(e, E_CFG, NULL, ": unknown mutator %.64s", m->name);
}

static bool
all_strings(const json_t *list)
{
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!json_is_string(json_array_get(list, i)))
			return false;
	return json_is_array(list);
}

/* `header` and `claims`. */
static enum errcode
check_part(const json_t *spec, const char *name, struct err *e)
{
	const json_t *part = json_object_get(spec, name), *set = json_object_get(part, "set"),
	             *drop = json_object_get(part, "drop"), *text = json_object_get(part, "text");
	size_t known = (size_t)(set != NULL) + (drop != NULL) + (text != NULL);

	if (part == NULL)
		return E_OK;
	if (!json_is_object(part))
		return err_set(e, E_CFG, NULL, ".%s: must be an object", name);
	if (json_object_size(part) != known)
		return err_set(e, E_CFG, NULL, ".%s: has set, drop and text, nothing else", name);
	if (set != NULL && !json_is_object(set))
		return err_set(e, E_CFG, NULL, ".%s.set: must be an object", name);
	if (drop != NULL && !all_strings(drop))
		return err_set(e, E_CFG, NULL, ".%s.drop: must be an array of names", name);
	if (text != NULL && (!json_is_string(text) || known > 1))
		return err_set(e, E_CFG, NULL, ".%s.text: must be a text, and alone", name);
	return E_OK;
}

static const char *const members[] = { "alg", "key", "kid_of", "sign", "header", "claims", "mutate",
	"text" };

/* Only a copy's members can be told one after the other. */
static enum errcode
check_members(const json_t *spec, struct err *e)
{
	json_t *rest = json_deep_copy(spec);
	const char *name;
	enum errcode r = E_OK;

	if (rest == NULL)
		return err_set(e, E_NOMEM, NULL, ": out of memory");
	for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		(void)json_object_del(rest, members[i]);
	if ((name = json_object_iter_key(json_object_iter(rest))) != NULL)
		r = err_set(e, E_CFG, NULL, ": unknown member %.64s", name);
	json_decref(rest);
	return r;
}

enum errcode
mintspec_check(const json_t *spec, struct err *e)
{
	const json_t *text = json_object_get(spec, "text"), *list = json_object_get(spec, "mutate");
	enum errcode r;

	if (!json_is_object(spec))
		return err_set(e, E_CFG, NULL, ": must be an object");
	if ((r = check_members(spec, e)) != E_OK)
		return r;
	if (text != NULL && (!json_is_string(text) || json_object_size(spec) > 1))
		return err_set(e, E_CFG, NULL, ".text: must be a text, and alone");
	if ((r = mintkey_check(spec, e)) != E_OK || (r = check_part(spec, "header", e)) != E_OK ||
	    (r = check_part(spec, "claims", e)) != E_OK)
		return r;
	return list == NULL ? E_OK : mutate_check_list(list, ".mutate", judge, e);
}

bool
mintspec_next(const json_t *spec, size_t *i, struct mutate *m)
{
	const json_t *list = json_object_get(spec, "mutate");

	return *i < json_array_size(list) &&
	    mutate_read(m, json_array_get(list, (*i)++), NULL) == E_OK;
}

bool
mintspec_find(const json_t *spec, const char *name, struct mutate *m)
{
	size_t i = 0;

	while (mintspec_next(spec, &i, m))
		if (strcmp(m->name, name) == 0)
			return true;
	return false;
}
