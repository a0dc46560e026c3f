/* What came, as JSON, with nothing hidden. */
#include "config.h"

#include <string.h>

#include "common/buf.h"
#include "common/text.h"
#include "mock_idp/control/raw.h"
#include "mock_idp/msg.h"

#define ESCAPED_MAX (4 * (MSG_HEAD_MAX + MSG_BODY_MAX))

/* The character that begins there, or the byte. */
static size_t
character(const char *s, size_t left)
{
	size_t n = 1;

	while (n < 4 && n < left && !text_is_utf8(s, n))
		n++;
	return n;
}

json_t *
raw_text(const char *s, size_t len)
{
	struct buf *b = buf_new(ESCAPED_MAX);
	bool fits = b != NULL;
	json_t *text = NULL;

	for (size_t i = 0, n; i < len && fits; i += n) {
		n = character(s + i, len - i);
		if (s[i] != '\\' && text_is_utf8(s + i, n)) {
			fits = buf_put(b, s + i, n) == E_OK;
		} else {
			n = 1;
			fits = buf_printf(b, "\\x%02x", (unsigned char)s[i]) == E_OK;
		}
	}
	if (fits)
		text = json_stringn(buf_len(b) == 0 ? "" : (const char *)buf_data(b), buf_len(b));
	buf_free(b);
	return text;
}

json_t *
raw_headers(const char *head, size_t len)
{
	json_t *list = json_array();
	const char *end = head + len, *first = memmem(head, len, "\r\n", 2), *nl;

	/* the request line stands above them */
	for (head = first == NULL ? end : first + 2;
	     list != NULL && (nl = memmem(head, (size_t)(end - head), "\r\n", 2)) != NULL;
	     head = nl + 2) {
		const char *colon = memchr(head, ':', (size_t)(nl - head)), *value = colon;
		json_t *name;

		if (nl == head)
			break;
		name = raw_text(head, (size_t)((colon == NULL ? nl : colon) - head));
		for (value += value != NULL; value != NULL && (*value == ' ' || *value == '\t');)
			value++;
		(void)json_array_append_new(list,
		    json_pack("[o, o]", name,
		        value == NULL ? json_null() : raw_text(value, (size_t)(nl - value))));
	}
	return list;
}

json_t *
raw_pairs(const struct pairs *p)
{
	json_t *list = json_array();

	for (size_t i = 0; i < p->n; i++) {
		const char *name = p->v[i].name, *value = p->v[i].value;

		(void)json_array_append_new(list,
		    json_pack(
		        "[o, o]", raw_text(name, strlen(name)), raw_text(value, strlen(value))));
	}
	return list;
}
