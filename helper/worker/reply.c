/* An HTTP answer, piece by piece. */
#include "config.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "common/num.h"
#include "common/text.h"
#include "helper/worker/reply.h"

size_t
reply_body(char *p, size_t size, size_t n, void *arg)
{
	struct reply *t = arg;
	enum errcode r = buf_put(t->out->body, p, n);

	(void)size;
	if (r == E_OK)
		return n;
	if (r == E_LIMIT)
		t->over = "body";
	else
		t->starved = true;
	return 0;
}

/* The value of a header line if it has this name, else NULL; *len without the line's end. */
static const char *
header_value(const char *line, size_t n, const char *name, size_t *len)
{
	size_t k = strlen(name);

	if (n <= k || line[k] != ':' || strncasecmp(line, name, k) != 0)
		return NULL;
	for (k++; k < n && (line[k] == ' ' || line[k] == '\t'); k++)
		;
	while (n > k && (line[n - 1] == '\r' || line[n - 1] == '\n' || line[n - 1] == ' '))
		n--;
	*len = n - k;
	return line + k;
}

static bool
is_number(const char *v, size_t len, uint64_t max, uint64_t *out)
{
	char number[24];

	if (len >= sizeof(number))
		return false;
	memcpy(number, v, len);
	number[len] = '\0';
	return num_parse(number, 0, max, out);
}

/*
 * The first line of an answer: HTTP/1, and no 101, which nobody asked for (H-07; libcurl would take
 * "HTTP/2 200" on this connection as well). What an interim answer (1xx) says is not said of the
 * one behind it.
 */
static void
take_status_line(struct reply *t, const char *line, size_t n)
{
	t->odd = n < 12 || memcmp(line, "HTTP/1.", 7) != 0 || memcmp(line + 8, " 101", 4) == 0;
	t->head = t->framed = t->sized = false;
	t->out->content_type[0] = '\0';
	t->out->retry_after = -1;
}

/* What frames the body. Of two lengths that differ libcurl takes the last one: neither can be
 * believed (RFC 9112 section 6.3); it reads on to the end where one is beyond its numbers (H-06).
 */
static void
take_framing(struct reply *t, const char *line, size_t n)
{
	const char *v;
	uint64_t s;
	size_t len;

	if ((v = header_value(line, n, "content-length", &len)) != NULL &&
	    is_number(v, len, INT64_MAX, &s)) {
		t->odd = t->sized && t->length != s;
		t->length = s;
		t->framed = t->sized = true;
	} else if ((v = header_value(line, n, "transfer-encoding", &len)) != NULL && len >= 7 &&
	    strncasecmp(v + len - 7, "chunked", 7) == 0) {
		t->framed = true;
	}
}

static void
take_header(struct reply *t, const char *line, size_t n)
{
	struct http_response *o = t->out;
	const char *v;
	uint64_t s;
	size_t len;

	if (n >= 5 && memcmp(line, "HTTP/", 5) == 0) {
		take_status_line(t, line, n);
		return;
	}
	/* RFC 9110 section 5.5: whoever reads on to a NUL only, reads another value than we do */
	if (memchr(line, '\0', n) != NULL)
		return;
	t->head = t->head || (n > 0 && (line[0] == '\r' || line[0] == '\n'));
	take_framing(t, line, n);
	if ((v = header_value(line, n, "content-type", &len)) != NULL) {
		size_t k = 0;

		while (k < len && k < sizeof(o->content_type) - 1 && v[k] != ';' && v[k] != ' ') {
			o->content_type[k] = (char)tolower((unsigned char)v[k]);
			k++;
		}
		/* RFC 9110 section 8.3.1: tokens; it may be shown */
		o->content_type[text_is_ascii(o->content_type, k, false) ? k : 0] = '\0';
	}
	if ((v = header_value(line, n, "retry-after", &len)) != NULL)
		o->retry_after = is_number(v, len, INT32_MAX, &s) ? (int64_t)s : -1;
}

size_t
reply_header(char *p, size_t size, size_t n, void *arg)
{
	struct reply *t = arg;

	(void)size;
	t->header_bytes += n;
	if (t->header_bytes > HTTP_HEADER_BYTES || ++t->header_lines > HTTP_HEADER_LINES) {
		t->over = "headers";
		return 0;
	}
	take_header(t, p, n);
	return t->odd ? 0 : n;
}
