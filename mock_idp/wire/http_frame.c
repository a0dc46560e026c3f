/* Where a body ends, said truly or not. */
#include "config.h"

#include <string.h>

#include "mock_idp/wire/http_frame.h"

#define CHUNK 8192 /* of an endless body */

static const struct fault none;

static bool
is_chunked(const struct fault *f)
{
	return f->chunked || f->chunk_size.p != NULL || f->no_last_chunk ||
	    f->endless == FAULT_ENDLESS_BODY;
}

/* Only the end of the connection ends the body. A missing close_notify is nothing to a client that
 * has counted the bytes, so it brings this along, unless the script says how long the body is. */
static bool
is_open(const struct fault *f)
{
	return !is_chunked(f) &&
	    (f->length == FAULT_LENGTH_NONE ||
	        (f->length == FAULT_LENGTH_RIGHT && f->no_close_notify && f->end != FAULT_CUT));
}

bool
http_frame_closes(const struct fault *f)
{
	return f->end != FAULT_KEEP || f->no_close_notify || f->length != FAULT_LENGTH_RIGHT ||
	    f->length_twice.p != NULL || f->chunk_size.p != NULL || f->no_last_chunk ||
	    f->endless != FAULT_FINITE;
}

static enum errcode
put_text(struct buf *out, const char *name, const struct fault_text *value)
{
	enum errcode r = buf_puts(out, name);

	if (r == E_OK)
		r = buf_put(out, value->p, value->len);
	return r == E_OK ? buf_puts(out, "\r\n") : r;
}

static enum errcode
put_length(const struct fault *f, size_t len, struct buf *out)
{
	switch (f->length) {
	case FAULT_LENGTH_RIGHT:
		return is_chunked(f) || is_open(f)
		    ? E_OK
		    : buf_printf(out, "Content-Length: %zu\r\n", len);
	case FAULT_LENGTH_OFF:
		return buf_printf(out, "Content-Length: %ld\r\n", (long)len + f->length_off);
	case FAULT_LENGTH_NONE:
		return E_OK;
	case FAULT_LENGTH_TEXT:
		return put_text(out, "Content-Length: ", &f->length_text);
	}
	return E_FORMAT;
}

enum errcode
http_frame_head(const struct fault *f, size_t len, bool close, struct buf *out)
{
	enum errcode r;

	if (f == NULL)
		f = &none;
	r = put_length(f, len, out);
	if (r == E_OK && f->length_twice.p != NULL)
		r = put_text(out, "Content-Length: ", &f->length_twice);
	if (r == E_OK && is_chunked(f))
		r = buf_puts(out, "Transfer-Encoding: chunked\r\n");
	if (r == E_OK && (close || f->end == FAULT_CLOSE || is_open(f)))
		r = buf_puts(out, "Connection: close\r\n");
	return r;
}

/* A chunk of that size, or of the size that the fault claims. An empty one would be the last. */
static enum errcode
put_chunk(const struct fault_text *size, const uint8_t *p, size_t len, struct buf *out)
{
	enum errcode r = E_OK;

	if (size->p != NULL)
		r = put_text(out, "", size);
	else if (len > 0)
		r = buf_printf(out, "%zx\r\n", len);
	else
		return E_OK;
	if (r == E_OK)
		r = buf_put(out, p, len);
	return r == E_OK ? buf_puts(out, "\r\n") : r;
}

enum errcode
http_frame_body(
    const struct fault *f, const uint8_t *body, size_t len, struct buf *out, size_t *again)
{
	uint8_t blanks[CHUNK];
	enum errcode r;

	if (f == NULL)
		f = &none;
	if (!is_chunked(f))
		return buf_put(out, body, len);
	if ((r = put_chunk(&f->chunk_size, body, len, out)) != E_OK)
		return r;
	if (f->endless != FAULT_ENDLESS_BODY)
		return f->no_last_chunk ? E_OK : buf_puts(out, "0\r\n\r\n");
	/* blanks: whoever stops reading somewhere has a whole JSON text */
	memset(blanks, ' ', sizeof(blanks));
	*again = buf_len(out);
	return put_chunk(&none.chunk_size, blanks, sizeof(blanks), out);
}
