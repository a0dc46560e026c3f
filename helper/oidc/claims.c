/* Typed access to a claim set. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/num.h"
#include "helper/oidc/check.h"
#include "helper/oidc/claims.h"
#include "helper/oidc/json.h"

#define CLAIMS_MAX (256 * 1024) /* the largest document that holds claims: UserInfo */
#define TOKEN_NAME_MAX 256      /* of one step of a JSON pointer */

struct claims {
	json_t *object;
};

enum errcode
claims_parse(struct claims **out, const void *json, size_t len, struct err *e)
{
	struct claims *c;
	enum errcode r;

	if ((c = calloc(1, sizeof(*c))) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if ((r = json_read(&c->object, json, len, CLAIMS_MAX, E_TOK, "idt", e)) != E_OK) {
		free(c);
		return r;
	}
	*out = c;
	return E_OK;
}

void
claims_free(struct claims *c)
{
	if (c == NULL)
		return;
	json_decref(c->object);
	free(c);
}

/* One reference token: ~1 is '/', ~0 is '~'. RFC 6901 section 4. */
static bool
unescape(char dst[TOKEN_NAME_MAX + 1], const char *src, size_t len)
{
	size_t at = 0;

	if (len > TOKEN_NAME_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (src[i] != '~')
			dst[at++] = src[i];
		else if (++i < len && (src[i] == '0' || src[i] == '1'))
			dst[at++] = src[i] == '0' ? '~' : '/';
		else
			return false;
	}
	dst[at] = '\0';
	return true;
}

static const json_t *
follow(const json_t *v, const char *pointer)
{
	char step[TOKEN_NAME_MAX + 1];
	uint64_t i;

	while (v != NULL && *pointer == '/') {
		size_t len = strcspn(++pointer, "/");

		if (!unescape(step, pointer, len))
			return NULL;
		if (json_is_object(v))
			v = json_object_get(v, step);
		else if (json_is_array(v) && num_parse(step, 0, UINT32_MAX, &i))
			v = json_array_get(v, i);
		else
			return NULL;
		pointer += len;
	}
	return v;
}

static const json_t *
look_up(const struct claims *c, const char *name)
{
	const json_t *v = json_object_get(c->object, name);

	return v == NULL && name[0] == '/' ? follow(c->object, name) : v;
}

static enum claims_found
found(enum json_found f)
{
	return f == JSON_GOOD ? CLAIMS_OK : f == JSON_ABSENT ? CLAIMS_ABSENT : CLAIMS_BAD;
}

bool
claims_lack(const struct claims *c, const char *name)
{
	const json_t *v = look_up(c, name);

	return v == NULL || json_is_null(v);
}

enum claims_found
claims_str(const struct claims *c, const char *name, size_t max, const char **out)
{
	return found(json_as_str(look_up(c, name), max, out));
}

enum claims_found
claims_num(const struct claims *c, const char *name, int64_t *out)
{
	return found(json_as_num(look_up(c, name), false, out));
}

enum claims_found
claims_strings(const struct claims *c, const char *name, struct strlist *out)
{
	return found(
	    json_as_strings(look_up(c, name), CLAIMS_GROUPS_MAX, CLAIMS_GROUPS_BYTES, out));
}

/* One more group, within the limits of them all. */
static bool
add_group(struct strlist *l, size_t *bytes, const char *s, size_t len)
{
	*bytes += len;
	if (CHECK(H_43) && *bytes > CLAIMS_GROUPS_BYTES)
		return false;
	return strlen(s) == len && strlist_add(l, s, len, CLAIMS_GROUPS_MAX) == E_OK;
}

static bool
add_keys(struct strlist *l, json_t *o)
{
	size_t bytes = 0;
	const char *key;
	json_t *v;

	if (!json_is_object(o))
		return false;
	json_object_foreach(o, key, v) if (!add_group(l, &bytes, key, strlen(key))) return false;
	return true;
}

static bool
add_members(struct strlist *l, const json_t *list, const char *member)
{
	size_t bytes = 0;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *v = json_object_get(json_array_get(list, i), member);

		if (!json_is_string(v) ||
		    !add_group(l, &bytes, json_string_value(v), json_string_length(v)))
			return false;
	}
	return json_is_array(list);
}

enum claims_found
claims_groups(const struct claims *c, const char *name, const char *format, struct strlist *out)
{
	static const char objects[] = "objects:";
	const json_t *v = look_up(c, name);
	struct strlist l = { .n = 0 };
	bool ok;

	if (strcmp(format, "array") == 0)
		return claims_strings(c, name, out);
	if (claims_lack(c, name))
		return CLAIMS_ABSENT;
	if (strncmp(format, objects, sizeof(objects) - 1) == 0)
		ok = add_members(&l, v, format + sizeof(objects) - 1);
	else /* jansson walks an object through a pointer that is not const */
		ok = strcmp(format, "object_keys") == 0 && add_keys(&l, (json_t *)(uintptr_t)v);
	if (!ok) {
		strlist_clear(&l);
		return CLAIMS_BAD;
	}
	*out = l;
	return CLAIMS_OK;
}
