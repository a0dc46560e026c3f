/* HTTP/1.1 requests out of bytes. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/num.h"
#include "common/text.h"
#include "mock_idp/form.h"
#include "mock_idp/wire/http_read.h"

/* RFC 9110 section 5.6.2 */
static bool
is_token(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!isalnum((unsigned char)s[i]) &&
		    (s[i] == '\0' || strchr("!#$%&'*+-.^_`|~", s[i]) == NULL))
			return false;
	return len > 0;
}

static bool
is_value(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] < 0x20 ? s[i] != '\t' : s[i] == 0x7f)
			return false;
	return true;
}

/* Splits "/path?query"; 0, or the status to refuse with. */
static int
read_target(const char *s, size_t len, struct request *req)
{
	const char *q = memchr(s, '?', len);
	size_t plen = q == NULL ? len : (size_t)(q - s);

	if ((req->target = strndup(s, len)) == NULL)
		return 500;
	if (len == 0 || s[0] != '/' || !text_is_ascii(s, len, false))
		return 400;
	if ((req->path = strndup(s, plen)) == NULL)
		return 500;
	if (q != NULL && form_parse(&req->query, q + 1, len - plen - 1) != E_OK)
		req->bad_params = true;
	return 0;
}

static int
read_request_line(const char *s, size_t len, struct request *req)
{
	const char *sp = memchr(s, ' ', len), *sp2;
	size_t mlen;

	if (sp == NULL)
		return 400;
	mlen = (size_t)(sp - s);
	if (mlen >= sizeof(req->method) || !is_token(s, mlen))
		return 400;
	memcpy(req->method, s, mlen);
	req->method[mlen] = '\0';
	if ((sp2 = memchr(sp + 1, ' ', len - mlen - 1)) == NULL || s + len - sp2 != 9)
		return 400;
	if (strncmp(sp2, " HTTP/1.", 8) != 0 || (sp2[8] != '0' && sp2[8] != '1'))
		return strncmp(sp2, " HTTP/", 6) == 0 ? 505 : 400;
	req->close = sp2[8] == '0';
	return read_target(sp + 1, (size_t)(sp2 - sp) - 1, req);
}

static int
read_header(const char *s, size_t len, struct request *req)
{
	const char *colon = memchr(s, ':', len), *v, *end = s + len;
	char *name;

	if (colon == NULL || !is_token(s, (size_t)(colon - s)))
		return 400;
	for (v = colon + 1; v < end && (*v == ' ' || *v == '\t');)
		v++;
	while (end > v && (end[-1] == ' ' || end[-1] == '\t'))
		end--;
	if (!is_value(v, (size_t)(end - v)))
		return 400;
	if ((name = strndup(s, (size_t)(colon - s))) == NULL)
		return 500;
	for (char *c = name; *c != '\0'; c++)
		*c = (char)tolower((unsigned char)*c);
	return pairs_take(&req->headers, name, strndup(v, (size_t)(end - v))) == E_OK ? 0 : 431;
}

static int
read_head(const char *s, size_t len, struct request *req)
{
	int status = 0;

	for (bool first = true; len > 0 && status == 0; first = false) {
		const char *nl = memmem(s, len, "\r\n", 2);
		size_t n = nl == NULL ? len : (size_t)(nl - s);

		status = first ? read_request_line(s, n, req) : read_header(s, n, req);
		n += nl == NULL ? 0 : 2;
		s += n;
		len -= n;
	}
	return status;
}

/* What the headers say about the body and the connection. RFC 9112 section 6.3: two lengths, or a
 * length and a coding, are how requests are smuggled. */
static int
read_framing(struct request *req)
{
	const char *length = pairs_get(&req->headers, "content-length"),
	           *connection = pairs_get(&req->headers, "connection");
	uint64_t v = 0;

	if (pairs_count(&req->headers, "host") != 1)
		return 400;
	if (pairs_get(&req->headers, "transfer-encoding") != NULL)
		return 411;
	if (pairs_count(&req->headers, "content-length") > 1 ||
	    (length != NULL && !num_parse(length, 0, UINT64_MAX, &v)))
		return 400;
	if (v > MSG_BODY_MAX)
		return 413;
	req->bodylen = (size_t)v;
	if (connection != NULL && strcasecmp(connection, "close") == 0)
		req->close = true;
	return 0;
}

static void
forget(struct request *req)
{
	free(req->target);
	free(req->path);
	pairs_clear(&req->headers);
	pairs_clear(&req->query);
	memset(req, 0, sizeof(*req));
}

enum http_read_result
http_read(const char *in, size_t len, struct request *req, size_t *used, int *status)
{
	const char *end = memmem(in, len < MSG_HEAD_MAX ? len : MSG_HEAD_MAX, "\r\n\r\n", 4);
	size_t head = end == NULL ? 0 : (size_t)(end - in) + 4;

	if (end == NULL && len < MSG_HEAD_MAX)
		return HTTP_READ_MORE;
	req->raw_head = in;
	req->raw_head_len = end == NULL ? MSG_HEAD_MAX : head;
	*status = 431;
	if (end == NULL || (*status = read_head(in, head - 4, req)) != 0 ||
	    (*status = read_framing(req)) != 0)
		return HTTP_READ_BAD;
	if (len - head < req->bodylen) {
		forget(req);
		return HTTP_READ_MORE;
	}
	req->raw_body = in + head;
	req->raw_body_len = req->bodylen;
	if (msg_is_form(req) && form_parse(&req->form, in + head, req->bodylen) != E_OK)
		req->bad_params = true;
	*used = head + req->bodylen;
	return HTTP_READ_DONE;
}
