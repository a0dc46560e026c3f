/* The texts of header and payload. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/jose/jsontext.h"
#include "mock_idp/jose/mintspec.h"
#include "mock_idp/jose/minttext.h"

enum errcode
minttext_put(struct buf *out, const json_t *members, const json_t *part)
{
	const char *own = json_string_value(json_object_get(part, "text"));
	json_t *o, *set = json_object_get(part, "set"), *drop = json_object_get(part, "drop");
	char *text = NULL;
	enum errcode r;

	if (own != NULL)
		return buf_puts(out, own);
	o = json_deep_copy(members);
	for (size_t i = 0; i < json_array_size(drop); i++)
		(void)json_object_del(o, json_string_value(json_array_get(drop, i)));
	if (o != NULL && (set == NULL || json_object_update(o, set) == 0))
		text = json_dumps(o, JSON_COMPACT | JSON_SORT_KEYS);
	r = text == NULL ? E_NOMEM : buf_puts(out, text);
	secmem_freestr(text);
	json_decref(o);
	return r;
}

enum errcode
minttext_mutate(struct buf *text, const json_t *spec, const char *part, struct err *e)
{
	struct mutate m;

	for (size_t i = 0; mintspec_next(spec, &i, &m);) {
		struct err inner = { .code = E_OK };
		enum errcode r = E_OK;

		if (jsontext_args(m.name) != NULL && mutate_says(&m, 0, part))
			r = jsontext_one(&m, MINTSPEC_PART, text, &inner);
		if (r != E_OK)
			return err_set(e, r, NULL, ".mutate[%zu]%s", i - 1, inner.text);
	}
	return E_OK;
}

/* Is there a mutator of that name for the part? */
static bool
wants(const json_t *spec, const char *name, const char *part)
{
	struct mutate m;

	for (size_t i = 0; mintspec_next(spec, &i, &m);)
		if (strcmp(m.name, name) == 0 && mutate_says(&m, 0, part))
			return true;
	return false;
}

/* Has the text's base64url one of its own two letters? */
static bool
has_letter(const struct buf *text)
{
	size_t len = buf_len(text);
	char *b64 = malloc(B64URL_ENCODED(len) + 1);
	bool has;

	if (b64 == NULL)
		return false;
	b64url_encode(b64, buf_data(text), len);
	has = strpbrk(b64, "-_") != NULL;
	secmem_freestr(b64);
	return has;
}

static enum errcode
add(struct buf *text, const char *member)
{
	enum errcode r = jsontext_add(text, member);

	return r == E_FORMAT ? E_OK : r;
}

enum errcode
minttext_force(struct buf *text, const json_t *spec, const char *part)
{
	enum errcode r = E_OK;

	if (wants(spec, "b64.plus", part) && !has_letter(text))
		r = add(text, "\"plus\":\"???\"");
	if (r == E_OK && wants(spec, "b64.trail", part) && buf_len(text) % 3 == 0)
		r = add(text, "\"tail\":\"\"");
	return r;
}
