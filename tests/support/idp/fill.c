/* The placeholders of scenarios. */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>

#include "common/b64url.h"
#include "common/buf.h"
#include "tests/support/idp/fill.h"

#define TEXT_MAX ((size_t)16 * 1024 * 1024)

static void
put(struct buf *b, const char *s, size_t len)
{
	if (buf_put(b, s, len) != E_OK)
		abort();
}

static void
put_case(struct buf *b, const char *s)
{
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;
		char swapped = (char)(isupper(c) ? tolower(c) : toupper(c));

		put(b, &swapped, 1);
	}
}

/* "sha256" the whole hash, "half384" the left half. */
static void
put_hash(struct buf *b, const char *how, const char *s)
{
	bool half = strncmp(how, "half", 4) == 0;
	char digest[16], text[B64URL_ENCODED(EVP_MAX_MD_SIZE) + 1];
	uint8_t md[EVP_MAX_MD_SIZE];
	size_t len = 0;

	(void)snprintf(digest, sizeof(digest), "SHA%s", half ? how + 4 : how + 3);
	if (EVP_Q_digest(NULL, digest, NULL, s, strlen(s), md, &len) != 1)
		abort();
	b64url_encode(text, md, half ? len / 2 : len);
	put(b, text, strlen(text));
}

static void
put_known(struct buf *b, const char *name, const json_t *known)
{
	char *how = strchr(name, '!');
	const char *s;

	if (how != NULL)
		*how++ = '\0';
	if ((s = json_string_value(json_object_get(known, name))) == NULL)
		return;
	if (how == NULL)
		put(b, s, strlen(s));
	else if (strcmp(how, "case") == 0)
		put_case(b, s);
	else if (strcmp(how, "cut") == 0)
		put(b, s, *s == '\0' ? 0 : strlen(s) - 1);
	else
		put_hash(b, how, s);
}

static json_int_t
now(const char *offset, const json_t *known)
{
	return json_integer_value(json_object_get(known, "now")) + strtoll(offset, NULL, 10);
}

static void
put_placeholder(struct buf *b, const char *p, size_t len, const json_t *known)
{
	char *name = strndup(p, len), number[24];

	if (name == NULL)
		abort();
	if (strncmp(name, "now", 3) == 0) {
		(void)snprintf(number, sizeof(number), "%lld", (long long)now(name + 3, known));
		put(b, number, strlen(number));
	} else if (strncmp(name, "repeat:", 7) == 0) {
		char *text;
		unsigned long n = strtoul(name + 7, &text, 10);

		for (; n > 0; n--)
			put(b, text + 1, strlen(text + 1));
	} else {
		put_known(b, name, known);
	}
	free(name);
}

static json_t *
fill_text(const char *s, size_t len, const json_t *known)
{
	struct buf *b = buf_new(TEXT_MAX);
	const char *end = s + len, *close;
	json_t *v;

	if (strncmp(s, "${now", 5) == 0 && strchr(s, '}') == end - 1) {
		buf_free(b);
		return json_integer(now(s + 5, known));
	}
	while (s < end)
		if (s[0] == '$' && s[1] == '{' && (close = strchr(s, '}')) != NULL) {
			put_placeholder(b, s + 2, (size_t)(close - s - 2), known);
			s = close + 1;
		} else {
			put(b, s++, 1);
		}
	v = json_stringn_nocheck((const char *)buf_data(b), buf_len(b));
	buf_free(b);
	return v == NULL ? json_string("") : v;
}

json_t *
fill(const json_t *v, const json_t *known)
{
	const char *name;
	json_t *one, *out;

	if (json_is_string(v))
		return fill_text(json_string_value(v), json_string_length(v), known);
	if (json_is_array(v)) {
		out = json_array();
		for (size_t i = 0; i < json_array_size(v); i++)
			(void)json_array_append_new(out, fill(json_array_get(v, i), known));
		return out;
	}
	if (!json_is_object(v))
		return json_deep_copy(v);
	out = json_object();
	json_object_foreach((json_t *)(uintptr_t)v, name, one)(void)
	    json_object_set_new(out, name, fill(one, known));
	return out;
}
