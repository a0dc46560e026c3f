/* An answer replaced, or changed. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/script/body.h"
#include "mock_idp/script/headers.h"
#include "mock_idp/script/patch.h"

/* Each of them is the whole answer, so there is one. */
static const char *const sources[] = { "json", "text", "file", "error", "raw", "hex" };

static enum errcode
check_status(void *arg, json_t *v, const struct where *at, struct err *e)
{
	json_int_t n = json_integer_value(v);

	(void)arg;
	return n >= 100 && n <= 999 ? E_OK : where_err(at, e, "must be a number from 100 to 999");
}

static enum errcode
check_type(void *arg, json_t *v, const struct where *at, struct err *e)
{
	(void)arg;
	return json_is_null(v) || strpbrk(json_string_value(v), "\r\n") == NULL
	    ? E_OK
	    : where_err(at, e, "a line end: that is for wire header-raw");
}

static enum errcode
check_headers(void *arg, json_t *v, const struct where *at, struct err *e)
{
	(void)arg;
	return headers_check(v, at, e);
}

static enum errcode
check_hex(void *arg, json_t *v, const struct where *at, struct err *e)
{
	const char *s = json_string_value(v);

	(void)arg;
	return strlen(s) % 2 == 0 && s[strspn(s, "0123456789abcdefABCDEF")] == '\0'
	    ? E_OK
	    : where_err(at, e, "must be pairs of hex digits");
}

static enum errcode
check_not_empty(void *arg, json_t *v, const struct where *at, struct err *e)
{
	(void)arg;
	return json_string_length(v) > 0 ? E_OK : where_err(at, e, "is empty");
}

/* An OAuth error code has no placeholders: the journal shows it as it stands. */
static enum errcode
check_error(void *arg, json_t *v, const struct where *at, struct err *e)
{
	return strstr(json_string_value(v), "${") == NULL
	    ? check_not_empty(arg, v, at, e)
	    : where_err(at, e, "has a placeholder: that is for json");
}

static enum errcode
check_sources(json_t *spec, const struct where *at, struct err *e)
{
	const char *found = NULL;

	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		if (json_object_get(spec, sources[i]) == NULL)
			continue;
		if (found != NULL)
			return where_err(at, e, "%s and %s exclude each other", found, sources[i]);
		found = sources[i];
	}
	if (found != NULL && (strcmp(found, "raw") == 0 || strcmp(found, "hex") == 0) &&
	    json_object_size(spec) > 1)
		return where_err(
		    at, e, "%s is the whole answer: nothing may stand beside it", found);
	return json_object_size(spec) > 0 ? E_OK : where_err(at, e, "says nothing");
}

enum errcode
patch_check(json_t *spec, const struct where *at, struct err *e)
{
	static const struct shape_member members[] = {
		{ "json", SHAPE_ANY, false, NULL },
		{ "text", SHAPE_TEXT, false, NULL },
		{ "file", SHAPE_TEXT, false, check_not_empty },
		{ "error", SHAPE_TEXT, false, check_error },
		{ "raw", SHAPE_TEXT, false, NULL },
		{ "hex", SHAPE_TEXT, false, check_hex },
		{ "status", SHAPE_INTEGER, false, check_status },
		{ "type", SHAPE_TEXT | SHAPE_NULL, false, check_type },
		{ "headers", SHAPE_OBJECT, false, check_headers },
		{ "set", SHAPE_OBJECT, false, NULL },
		{ "drop", SHAPE_ARRAY, false, body_check_drop },
		{ "mutate", SHAPE_ARRAY, false, body_check_mutate },
		{ NULL, 0, false, NULL },
	};
	enum errcode r = shape_object(spec, members, NULL, at, e);

	if (r == E_OK)
		r = check_sources(spec, at, e);
	return r == E_OK ? expand_check(spec, at, e) : r;
}

bool
patch_replaces(const json_t *spec)
{
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (json_object_get(spec, sources[i]) != NULL)
			return true;
	return false;
}

/* The status that raw bytes show, for the journal; 0: they show none. */
static int
shown_status(const char *text)
{
	static const char http[] = "HTTP/1.1 ";

	return strncmp(text, http, sizeof(http) - 1) == 0 ? atoi(text + sizeof(http) - 1) : 0;
}

static void
replace_whole(struct reply *rep, struct buf *bytes)
{
	msg_reply_text(rep, 200, "", "");
	pairs_clear(&rep->headers);
	buf_free(rep->body);
	rep->body = bytes;
	rep->raw = rep->close = true;
	rep->status = buf_cstr(bytes) == NULL ? 0 : shown_status(buf_cstr(bytes));
}

static struct buf *
from_hex(const char *s)
{
	struct buf *b = buf_new(MSG_REPLY_MAX);
	char pair[3] = { 0 };

	for (; b != NULL && *s != '\0'; s += 2) {
		memcpy(pair, s, 2);
		if (buf_put_u8(b, (uint8_t)strtoul(pair, NULL, 16)) != E_OK) {
			buf_free(b);
			b = NULL;
		}
	}
	return b;
}

/* The body's text, taken over, or the bytes of a file. */
static bool
replace_body(struct reply *rep, struct buf *text, const struct buf *content)
{
	const struct buf *from = text != NULL ? text : content;
	bool ok = from != NULL;

	msg_reply_text(rep, 200, "text/plain; charset=utf-8", "");
	if (ok && buf_len(from) > 0)
		ok = rep->body != NULL && buf_put(rep->body, buf_data(from), buf_len(from)) == E_OK;
	buf_free(text);
	return ok;
}

static bool
replace_json(struct reply *rep, int status, json_t *v, const struct hole_world *w)
{
	json_t *filled = expand_json(w, v);
	char *text = filled == NULL ? NULL : json_dumps(filled, JSON_COMPACT | JSON_ENCODE_ANY);

	msg_reply_text(rep, status, "application/json; charset=utf-8", text == NULL ? "" : text);
	json_decref(filled);
	free(text);
	return text != NULL && rep->body != NULL && buf_puts(rep->body, "\n") == E_OK;
}

static bool
replace_error(struct reply *rep, const json_t *error)
{
	json_t *body = json_pack("{s:s}", "error", json_string_value(error));

	msg_reply_json(rep, 400, body);
	json_decref(body);
	rep->error = json_string_value(error);
	return true;
}

enum errcode
patch_replace(json_t *spec, const struct buf *content, const struct hole_world *w,
    struct reply *rep, struct err *e)
{
	json_t *json = json_object_get(spec, "json"), *text = json_object_get(spec, "text"),
	       *error = json_object_get(spec, "error"), *raw = json_object_get(spec, "raw"),
	       *hex = json_object_get(spec, "hex");
	bool ok = true;

	rep->error = NULL;
	if (raw != NULL || hex != NULL) {
		struct buf *bytes =
		    raw != NULL ? expand_string(w, raw) : from_hex(json_string_value(hex));

		if ((ok = bytes != NULL))
			replace_whole(rep, bytes);
	} else if (error != NULL) {
		ok = replace_error(rep, error);
	} else if (json != NULL) {
		ok = replace_json(rep, 200, json, w);
	} else {
		ok = replace_body(rep, text == NULL ? NULL : expand_string(w, text), content);
	}
	return ok ? E_OK : err_set(e, E_LIMIT, NULL, "the answer grows too long");
}

static enum errcode
change_type(const json_t *type, const struct hole_world *w, struct reply *rep, struct err *e)
{
	struct buf *b = json_is_null(type) ? NULL : expand_string(w, type);
	const char *text = b == NULL ? NULL : buf_cstr(b);
	enum errcode r = E_OK;

	headers_drop(&rep->headers, "Content-Type");
	if (text != NULL && strpbrk(text, "\r\n") == NULL)
		r = pairs_add(&rep->headers, "Content-Type", text);
	else if (!json_is_null(type))
		r = E_FORMAT;
	buf_free(b);
	return r == E_OK ? r : err_set(e, r, NULL, "cannot set the type");
}

enum errcode
patch_change(json_t *spec, const struct hole_world *w, struct reply *rep, struct err *e)
{
	json_t *status = json_object_get(spec, "status"), *type = json_object_get(spec, "type"),
	       *headers = json_object_get(spec, "headers"), *set = json_object_get(spec, "set"),
	       *drop = json_object_get(spec, "drop"), *mutate = json_object_get(spec, "mutate");
	enum errcode r = E_OK, r2;

	if (set != NULL || drop != NULL || mutate != NULL)
		r = body_change(set, drop, mutate, w, &rep->body, e);
	if (status != NULL)
		rep->status = (int)json_integer_value(status);
	if (type != NULL && (r2 = change_type(type, w, rep, e)) != E_OK)
		r = r2;
	if (headers != NULL && (r2 = headers_change(headers, w, &rep->headers, e)) != E_OK)
		r = r2;
	return r;
}
