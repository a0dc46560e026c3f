/* A compact JWS that a client sent, taken apart. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/jose/compact.h"

/* The JSON object of one segment; NULL when it is none. */
static json_t *
read_object(const char *segment, size_t len)
{
	size_t size = B64URL_DECODED(len) + 1, n = 0;
	uint8_t *raw = malloc(size);
	json_t *v = NULL;

	if (raw != NULL && b64url_decode(raw, size, &n, segment, len))
		v = json_loadb((const char *)raw, n, JSON_REJECT_DUPLICATES, NULL);
	secmem_free(raw, size);
	if (json_is_object(v))
		return v;
	json_decref(v);
	return NULL;
}

bool
compact_read(struct compact *c, const char *text)
{
	const char *first = strchr(text, '.'),
	           *second = first == NULL ? NULL : strchr(first + 1, '.');

	memset(c, 0, sizeof(*c));
	/* a third dot is no base64url, and is refused with the signature */
	if (second == NULL || strlen(text) > COMPACT_MAX ||
	    !b64url_decode(c->sig, sizeof(c->sig), &c->siglen, second + 1, strlen(second + 1)))
		return false;
	c->text = text;
	c->covered = (size_t)(second - text);
	c->header = read_object(text, (size_t)(first - text));
	c->claims = read_object(first + 1, (size_t)(second - first - 1));
	if (c->header != NULL && c->claims != NULL)
		return true;
	compact_clear(c);
	return false;
}

void
compact_clear(struct compact *c)
{
	json_decref(c->header);
	json_decref(c->claims);
	memset(c, 0, sizeof(*c));
}

const char *
compact_string(const json_t *object, const char *name)
{
	return json_string_value(json_object_get(object, name));
}
