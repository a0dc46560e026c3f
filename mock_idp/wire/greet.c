/* What a client meets where it expects TLS. */
#include "config.h"

#include "mock_idp/drbg.h"
#include "mock_idp/wire/greet.h"

static enum errcode
put_garbage(struct buf *b, size_t n, uint64_t id)
{
	enum errcode r = E_OK;
	struct drbg d;
	uint8_t some[32];

	drbg_init(&d, id, "garbage");
	for (size_t at = 0; at < n && r == E_OK; at += sizeof(some)) {
		(void)drbg_fill(&d, some, sizeof(some));
		/* RFC 8446 section 5.1: types are 20 to 24 */
		if (at == 0)
			some[0] |= 0x80;
		r = buf_put(b, some, n - at < sizeof(some) ? n - at : sizeof(some));
	}
	return r;
}

struct buf *
greet_bytes(const struct fault *f, uint64_t id)
{
	struct buf *b = buf_new(FAULT_TEXT_MAX);
	enum errcode r = b == NULL ? E_NOMEM : E_OK;

	if (r == E_OK && f->greeting == FAULT_GARBAGE)
		r = put_garbage(b, f->greeting_n, id);
	else if (r == E_OK)
		r = buf_put(b, f->greeting_text.p, f->greeting_text.len);
	if (r == E_OK)
		return b;
	buf_free(b);
	return NULL;
}
