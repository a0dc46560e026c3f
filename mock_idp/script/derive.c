/* What a placeholder's "!" makes of a text. */
#include "config.h"

#include <string.h>

#include <openssl/evp.h>

#include "common/b64url.h"
#include "mock_idp/script/derive.h"

enum way { SWAP, CUT, HASH, HALF };

static const struct row {
	const char *how;
	enum way way;
	const char *digest;
} rows[] = {
	{ "case", SWAP, NULL },
	{ "cut", CUT, NULL },
	{ "sha256", HASH, "SHA256" },
	{ "sha384", HASH, "SHA384" },
	{ "sha512", HASH, "SHA512" },
	{ "half256", HALF, "SHA256" },
	{ "half384", HALF, "SHA384" },
	{ "half512", HALF, "SHA512" },
};

static const struct row *
find(const char *how)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].how, how) == 0)
			return &rows[i];
	return NULL;
}

bool
derive_is(const char *how)
{
	return find(how) != NULL;
}

/* ASCII alone: in other alphabets a letter may have no other case. */
static bool
put_swapped(const char *s, struct buf *out)
{
	bool ok = true;

	for (; *s != '\0' && ok; s++) {
		bool letter = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z');
		char c = letter ? (char)(*s ^ 0x20) : *s;

		ok = buf_put(out, &c, 1) == E_OK;
	}
	return ok;
}

static bool
put_hash(const char *digest, bool half, const char *s, struct buf *out)
{
	char text[B64URL_ENCODED(EVP_MAX_MD_SIZE) + 1];
	uint8_t md[EVP_MAX_MD_SIZE];
	size_t len = 0;

	if (EVP_Q_digest(NULL, digest, NULL, s, strlen(s), md, &len) != 1)
		return false;
	b64url_encode(text, md, half ? len / 2 : len);
	return buf_puts(out, text) == E_OK;
}

bool
derive_put(const char *how, const char *text, struct buf *out)
{
	const struct row *r = find(how);
	size_t len = strlen(text);

	if (r == NULL)
		return false;
	switch (r->way) {
	case SWAP:
		return put_swapped(text, out);
	case CUT:
		return len == 0 || buf_put(out, text, len - 1) == E_OK;
	case HASH:
		return put_hash(r->digest, false, text, out);
	case HALF:
		return put_hash(r->digest, true, text, out);
	}
	return false;
}
