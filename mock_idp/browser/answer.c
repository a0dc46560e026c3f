/* HTTP/1.1 answers out of bytes. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/num.h"
#include "mock_idp/browser/answer.h"

#define CHUNK_LINE_MAX 1024

/* "HTTP/1.1 200 OK": the version is for whoever reads the report, so any minor one will do. */
static bool
read_status_line(const char *s, size_t len, struct answer *a)
{
	char digits[4];
	uint64_t v;
	size_t n;

	if (len < 12 || strncmp(s, "HTTP/1.", 7) != 0 || s[8] != ' ' || (len > 12 && s[12] != ' '))
		return false;
	memcpy(a->version, s, 8);
	memcpy(digits, s + 9, 3);
	digits[3] = '\0';
	if (!num_parse(digits, 100, 999, &v))
		return false;
	a->status = (int)v;
	n = len > 13 ? len - 13 : 0;
	if (n >= sizeof(a->reason))
		n = sizeof(a->reason) - 1;
	memcpy(a->reason, s + (n > 0 ? 13 : len), n);
	return true;
}

static bool
read_header(const char *s, size_t len, struct answer *a)
{
	const char *colon = memchr(s, ':', len), *end = s + len, *v;

	if (colon == NULL || colon == s || memchr(s, '\0', len) != NULL)
		return false;
	for (v = colon + 1; v < end && (*v == ' ' || *v == '\t');)
		v++;
	while (end > v && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	return pairs_take(&a->headers, strndup(s, (size_t)(colon - s)),
	           strndup(v, (size_t)(end - v))) == E_OK;
}

static bool
read_head(const char *s, size_t len, struct answer *a)
{
	bool ok = true;

	for (bool first = true; len > 0 && ok; first = false) {
		const char *nl = memmem(s, len, "\r\n", 2);
		size_t n = nl == NULL ? len : (size_t)(nl - s);

		ok = first ? read_status_line(s, n, a) : read_header(s, n, a);
		n += nl == NULL ? 0 : 2;
		s += n;
		len -= n;
	}
	return ok && a->status != 0;
}

/* A chunk's size in front of line end or extension. RFC 9112 section 7.1. */
static bool
chunk_size(const char *s, size_t len, size_t *out)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	size_t v = 0, i = 0;

	for (; i < len && s[i] != ';' && s[i] != ' '; i++) {
		const char *at = s[i] == '\0' ? NULL : strchr(digits, s[i]);

		if (at == NULL || v > ANSWER_BODY_MAX)
			return false;
		v = v * 16 + ((size_t)(at - digits) & 15);
	}
	*out = v;
	return i > 0;
}

static enum answer_result
read_chunks(const char *s, size_t len, struct buf *body)
{
	for (;;) {
		const char *nl = memmem(s, len, "\r\n", 2);
		size_t line = nl == NULL ? len : (size_t)(nl - s), n;

		if (nl == NULL)
			return len > CHUNK_LINE_MAX ? ANSWER_BAD : ANSWER_MORE;
		if (!chunk_size(s, line, &n))
			return ANSWER_BAD;
		s += line + 2;
		len -= line + 2;
		if (n == 0) /* trailers are nobody's concern here, but their end is */
			return (len >= 2 && memcmp(s, "\r\n", 2) == 0) ||
			        memmem(s, len, "\r\n\r\n", 4) != NULL
			    ? ANSWER_DONE
			    : ANSWER_MORE;
		if (len < n + 2)
			return n > ANSWER_BODY_MAX ? ANSWER_BAD : ANSWER_MORE;
		if (memcmp(s + n, "\r\n", 2) != 0 || buf_put(body, s, n) != E_OK)
			return ANSWER_BAD;
		s += n + 2;
		len -= n + 2;
	}
}

static size_t
count_headers(const struct answer *a, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < a->headers.n; i++)
		n += strcasecmp(a->headers.v[i].name, name) == 0;
	return n;
}

/* RFC 9112 section 6.3, in its order. */
static enum answer_result
read_body(const char *s, size_t len, bool eof, bool head, struct answer *a)
{
	const char *coding = answer_header(a, "Transfer-Encoding"),
	           *length = answer_header(a, "Content-Length");
	uint64_t n = 0;

	if (head || a->status == 204 || a->status == 304)
		return ANSWER_DONE;
	if (coding != NULL)
		return strcasecmp(coding, "chunked") == 0 ? read_chunks(s, len, a->body)
		                                          : ANSWER_BAD;
	if (length == NULL) {
		if (len > ANSWER_BODY_MAX)
			return ANSWER_BAD;
		return !eof                            ? ANSWER_MORE
		    : buf_put(a->body, s, len) == E_OK ? ANSWER_DONE
		                                       : ANSWER_BAD;
	}
	if (count_headers(a, "Content-Length") > 1 || !num_parse(length, 0, ANSWER_BODY_MAX, &n))
		return ANSWER_BAD;
	if (len < n)
		return ANSWER_MORE;
	return buf_put(a->body, s, (size_t)n) == E_OK ? ANSWER_DONE : ANSWER_BAD;
}

enum answer_result
answer_read(const char *in, size_t len, bool eof, bool head, struct answer *out)
{
	enum answer_result r = ANSWER_BAD;
	size_t left = ANSWER_HEAD_MAX;

	memset(out, 0, sizeof(*out));
	if ((out->body = buf_new(ANSWER_BODY_MAX)) == NULL)
		return ANSWER_BAD;
	for (;;) {
		const char *end = memmem(in, len < left ? len : left, "\r\n\r\n", 4);
		size_t n = end == NULL ? 0 : (size_t)(end - in);

		if (end == NULL) {
			r = len < left ? ANSWER_MORE : ANSWER_BAD;
			break;
		}
		if (!read_head(in, n, out))
			break;
		in += n + 4;
		len -= n + 4;
		left -= n + 4;
		if (out->status >= 200) {
			r = read_body(in, len, eof, head, out);
			break;
		}
		pairs_clear(&out->headers);
		out->status = 0;
	}
	if (r == ANSWER_MORE && eof)
		r = ANSWER_BAD;
	if (r != ANSWER_DONE)
		answer_clear(out);
	return r;
}

const char *
answer_header(const struct answer *a, const char *name)
{
	for (size_t i = 0; i < a->headers.n; i++)
		if (strcasecmp(a->headers.v[i].name, name) == 0)
			return a->headers.v[i].value;
	return NULL;
}

const char *
answer_text(const struct answer *a)
{
	const char *text = a->body == NULL ? NULL : buf_cstr(a->body);

	return text == NULL ? "" : text;
}

void
answer_clear(struct answer *a)
{
	pairs_clear(&a->headers);
	buf_free(a->body);
	memset(a, 0, sizeof(*a));
}
