/* JSON as no JSON library writes it. */
#include "config.h"

#include <string.h>

#include "mock_idp/jose/jsonmember.h"
#include "mock_idp/jose/jsontext.h"
#include "mock_idp/jose/jsonwhole.h"

static const struct row {
	const char *name, *args;
	jsonchange_fn *fn;
} rows[] = {
	{ "json.dup", "text value [first|last]", jsonmember_dup },
	{ "json.dup-escaped", "text value [first|last]", jsonmember_dup_escaped },
	{ "json.raw", "text text", jsonmember_raw },
	{ "json.hex", "text hex", jsonmember_hex },
	{ "json.latin1", "text", jsonmember_latin1 },
	{ "json.badutf8", "text", jsonmember_badutf8 },
	{ "json.depth", "number", jsonmember_depth },
	{ "json.keys", "number", jsonmember_keys },
	{ "json.pad", "number", jsonwhole_pad },
	{ "json.ws", "", jsonwhole_ws },
	{ "json.wrap-array", "", jsonwhole_wrap_array },
	{ "json.lead", "text", jsonwhole_lead },
	{ "json.trail", "text", jsonwhole_trail },
	{ "json.nul", "[text]", jsonwhole_nul },
	{ "json.bom", "", jsonwhole_bom },
	{ "json.utf16", "", jsonwhole_utf16 },
};

static const struct row *
find(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

const char *
jsontext_args(const char *name)
{
	const struct row *r = find(name);

	return r == NULL ? NULL : r->args;
}

static enum errcode
judge(const struct mutate *m, struct err *e)
{
	const char *args = jsontext_args(m->name);

	return args == NULL ? err_set(e, E_CFG, NULL, ": unknown mutator %.64s", m->name)
	                    : mutate_check(m, "", args, e);
}

enum errcode
jsontext_check(const json_t *list, struct err *e)
{
	return mutate_check_list(list, "", judge, e);
}

/* The change's result in the place of the text. */
static enum errcode
replace(struct buf *text, const struct buf *out)
{
	buf_reset(text);
	return buf_put(text, buf_data(out), buf_len(out));
}

enum errcode
jsontext_one(const struct mutate *m, const char *before, struct buf *text, struct err *e)
{
	const struct row *row = find(m->name);
	struct jsonchange c = { m, *before != '\0', (const char *)buf_data(text), buf_len(text),
		buf_new(JSONTEXT_MAX), buf_new(JSONTEXT_MAX) };
	enum errcode r = row == NULL ? E_FORMAT : mutate_check(m, before, row->args, e);

	if (r == E_OK && (c.out == NULL || c.piece == NULL))
		r = E_NOMEM;
	if (r == E_OK)
		r = row->fn(&c);
	if (r == E_OK)
		r = replace(text, c.out);
	buf_free(c.out);
	buf_free(c.piece);
	return r == E_OK ? r : err_set(e, r, NULL, ": %.64s does not fit the text", m->name);
}

enum errcode
jsontext_apply(const json_t *list, struct buf *text, struct err *e)
{
	for (size_t i = 0; i < json_array_size(list); i++) {
		struct err inner = { .code = E_OK };
		struct mutate m;
		enum errcode r = mutate_read(&m, json_array_get(list, i), &inner);

		if (r == E_OK)
			r = jsontext_one(&m, "", text, &inner);
		if (r != E_OK)
			return err_set(e, r, NULL, "[%zu]%s", i, inner.text);
	}
	return E_OK;
}

enum errcode
jsontext_add(struct buf *text, const char *member)
{
	struct jsonchange c = { NULL, 0, (const char *)buf_data(text), buf_len(text),
		buf_new(JSONTEXT_MAX), buf_new(JSONTEXT_MAX) };
	enum errcode r = E_NOMEM;

	if (c.out != NULL && c.piece != NULL && (r = buf_puts(c.piece, member)) == E_OK)
		r = jsonmember_add(&c, false);
	if (r == E_OK)
		r = replace(text, c.out);
	buf_free(c.out);
	buf_free(c.piece);
	return r;
}
