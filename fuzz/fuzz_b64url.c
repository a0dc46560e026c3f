/* base64url: one byte string has one spelling, so what decodes encodes to the same text; and every
 * byte string has one. C-102. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/b64url.h"
#include "fuzz/fuzz.h"

static void
must(int holds)
{
	if (!holds)
		abort();
}

/* As small as it may be, so that a byte too far is seen. */
static void *
room(size_t n)
{
	void *p = calloc(1, n > 0 ? n : 1);

	must(p != NULL);
	return p;
}

static void
as_text(const char *text, size_t len)
{
	size_t most = B64URL_DECODED(len), n = most + 1, none = n;
	uint8_t *bytes = room(most);
	char *again = room(len + 1);

	if (b64url_decode(bytes, most, &n, text, len)) {
		must(n == most && B64URL_ENCODED(n) == len);
		must(n == 0 || !b64url_decode(bytes, most - 1, &none, text, len));
		b64url_encode(again, bytes, n);
		must(memcmp(again, text, len) == 0 && again[len] == '\0');
	} else
		must(n == most + 1);
	free(again);
	free(bytes);
}

static void
as_bytes(const uint8_t *bytes, size_t len)
{
	size_t n = B64URL_ENCODED(len), back = 0;
	char *text = room(n + 1);
	uint8_t *again = room(len);

	b64url_encode(text, bytes, len);
	must(strlen(text) == n && strpbrk(text, "+/=") == NULL);
	must(b64url_decode(again, len, &back, text, n) && back == len);
	must(len == 0 || memcmp(again, bytes, len) == 0);
	free(again);
	free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	as_text((const char *)data, size);
	as_bytes(data, size);
	return 0;
}
