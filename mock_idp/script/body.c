/* What `set`, `drop` and `mutate` make of the JSON in a body. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/jose/jsontext.h"
#include "mock_idp/msg.h"
#include "mock_idp/script/body.h"
#include "mock_idp/script/pointer.h"

#define DROPS_MAX 64

enum errcode
body_check_drop(void *arg, json_t *v, const struct where *at, struct err *e)
{
	(void)arg;
	return shape_array(v, SHAPE_TEXT, DROPS_MAX, NULL, NULL, at, e);
}

enum errcode
body_check_mutate(void *arg, json_t *v, const struct where *at, struct err *e)
{
	struct err inner = { .code = E_OK };

	(void)arg;
	return jsontext_check(v, &inner) == E_OK ? E_OK : where_inside(at, e, &inner);
}

static enum errcode
set_members(json_t *doc, json_t *set, const struct hole_world *w, struct err *e)
{
	const char *place;
	json_t *v;

	json_object_foreach(set, place, v)
	{
		json_t *filled = expand_json(w, v);

		if (filled == NULL)
			return err_set(e, E_NOMEM, NULL, "out of memory");
		if (!pointer_set(doc, place, filled))
			return err_set(e, E_FORMAT, NULL, "nothing can be set at %.64s", place);
	}
	return E_OK;
}

/* JSON in, JSON out, in a fresh buffer. */
static enum errcode
change(json_t *set, json_t *drop, const struct hole_world *w, struct buf *body, struct err *e)
{
	json_t *doc = json_loadb(
	    (const char *)buf_data(body), buf_len(body), JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);
	enum errcode r;
	char *text = NULL;

	if (doc == NULL)
		return err_set(e, E_FORMAT, NULL, "the body is no JSON");
	if ((r = set_members(doc, set, w, e)) != E_OK)
		goto out;
	for (size_t i = 0; i < json_array_size(drop); i++)
		pointer_drop(doc, json_string_value(json_array_get(drop, i)));
	buf_reset(body);
	text = json_dumps(doc, JSON_COMPACT | JSON_ENCODE_ANY);
	if (text == NULL || buf_puts(body, text) != E_OK || buf_puts(body, "\n") != E_OK)
		r = err_set(e, E_LIMIT, NULL, "the body grows too long");
out:
	free(text);
	json_decref(doc);
	return r;
}

static struct buf *
copy(const struct buf *body)
{
	struct buf *b = buf_new(MSG_REPLY_MAX);

	if (b != NULL && buf_len(body) > 0 && buf_put(b, buf_data(body), buf_len(body)) != E_OK) {
		buf_free(b);
		return NULL;
	}
	return b;
}

/* Mutators are about the text; the newline behind it is the provider's way to end a line. */
static enum errcode
mutate(json_t *list, const struct hole_world *w, struct buf **body, struct err *e)
{
	size_t len = buf_len(*body);
	struct buf *text = buf_new(MSG_REPLY_MAX);
	json_t *filled = expand_json(w, list);
	enum errcode r = E_NOMEM;

	len -= len > 0 && buf_data(*body)[len - 1] == '\n';
	if (text == NULL || filled == NULL ||
	    (len > 0 && buf_put(text, buf_data(*body), len) != E_OK))
		(void)err_set(e, r, NULL, "out of memory");
	else
		r = jsontext_apply(filled, text, e);
	json_decref(filled);
	if (r == E_OK) {
		buf_free(*body);
		*body = text;
	} else {
		buf_free(text);
	}
	return r;
}

enum errcode
body_change(json_t *set, json_t *drop, json_t *list, const struct hole_world *w, struct buf **body,
    struct err *e)
{
	struct buf *b = *body == NULL ? NULL : copy(*body);
	enum errcode r = E_OK;

	if (b == NULL)
		return *body == NULL ? err_set(e, E_FORMAT, NULL, "there is no body")
		                     : err_set(e, E_NOMEM, NULL, "out of memory");
	if (set != NULL || drop != NULL)
		r = change(set, drop, w, b, e);
	if (r == E_OK && list != NULL)
		r = mutate(list, w, &b, e);
	if (r == E_OK) {
		buf_free(*body);
		*body = b;
	} else {
		buf_free(b);
	}
	return r;
}
