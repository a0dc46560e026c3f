/* HTTP/1.1 replies into bytes. */
#include "config.h"

#include <string.h>
#include <time.h>

#include "mock_idp/wire/encode.h"
#include "mock_idp/wire/http_frame.h"
#include "mock_idp/wire/http_write.h"

static const char *
phrase(int status)
{
	static const struct {
		int status;
		const char *text;
	} known[] = {
		{ 200, "OK" },
		{ 201, "Created" },
		{ 204, "No Content" },
		{ 301, "Moved Permanently" },
		{ 302, "Found" },
		{ 303, "See Other" },
		{ 304, "Not Modified" },
		{ 307, "Temporary Redirect" },
		{ 308, "Permanent Redirect" },
		{ 400, "Bad Request" },
		{ 401, "Unauthorized" },
		{ 403, "Forbidden" },
		{ 404, "Not Found" },
		{ 405, "Method Not Allowed" },
		{ 411, "Length Required" },
		{ 413, "Content Too Large" },
		{ 428, "Precondition Required" },
		{ 429, "Too Many Requests" },
		{ 431, "Request Header Fields Too Large" },
		{ 500, "Internal Server Error" },
		{ 502, "Bad Gateway" },
		{ 503, "Service Unavailable" },
		{ 504, "Gateway Timeout" },
		{ 505, "HTTP Version Not Supported" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].status == status)
			return known[i].text;
	return "Unknown";
}

/* RFC 9110 section 5.6.7; strftime's names would follow the locale. */
static enum errcode
put_date(struct buf *out, int64_t wall)
{
	static const char day[] = "SunMonTueWedThuFriSat",
	                  month[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t t = (time_t)wall;
	struct tm tm;

	if (gmtime_r(&t, &tm) == NULL)
		return E_FORMAT;
	return buf_printf(out, "Date: %.3s, %02d %.3s %d %02d:%02d:%02d GMT\r\n",
	    day + tm.tm_wday * 3, tm.tm_mday, month + tm.tm_mon * 3, tm.tm_year + 1900, tm.tm_hour,
	    tm.tm_min, tm.tm_sec);
}

static enum errcode
put_line(struct buf *out, const struct fault_text *line)
{
	enum errcode r = buf_put(out, line->p, line->len);

	return r == E_OK ? buf_puts(out, "\r\n") : r;
}

/* The bytes that are sent for ever, where headers or interim answers have no end. */
static enum errcode
put_endless(const struct fault *f, struct http_bytes *to)
{
	static const char line[] = "X-Endless: this is neither the last line nor the last but one"
	                           "\r\n",
	                  interim[] = "HTTP/1.1 103 Early Hints\r\n"
	                              "Link: </style.css>; rel=preload\r\n\r\n";
	enum errcode r = E_OK;

	to->again = buf_len(to->out);
	for (int i = 0; i < 100 && r == E_OK; i++)
		r = buf_puts(to->out, f->endless == FAULT_ENDLESS_103 ? interim : line);
	return r;
}

static enum errcode
put_big_header(struct buf *out, size_t len)
{
	char some[4096];
	enum errcode r = buf_puts(out, "X-Big: ");

	memset(some, 'x', sizeof(some));
	for (size_t n; len > 0 && r == E_OK; len -= n) {
		n = len < sizeof(some) ? len : sizeof(some);
		r = buf_put(out, some, n);
	}
	return r == E_OK ? buf_puts(out, "\r\n") : r;
}

static enum errcode
put_faulty_lines(const struct fault *f, struct buf *out)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < f->nheader_raw && r == E_OK; i++)
		r = put_line(out, &f->header_raw[i]);
	if (r == E_OK && f->big_header > 0)
		r = put_big_header(out, f->big_header);
	if (r == E_OK && f->encoding != FAULT_IDENTITY)
		r = buf_printf(out, "Content-Encoding: %s\r\n", encode_name(f->encoding));
	return r;
}

/* All lines but those of the framing. */
static enum errcode
put_lines(const struct reply *rep, const struct fault *f, int64_t wall, struct buf *out)
{
	enum errcode r;

	if (f != NULL && f->status_line.p != NULL)
		r = put_line(out, &f->status_line);
	else
		r = buf_printf(out, "HTTP/1.1 %d %s\r\n", rep->status, phrase(rep->status));
	if (r == E_OK)
		r = put_date(out, wall);
	for (size_t i = 0; i < rep->headers.n && r == E_OK; i++)
		r = buf_printf(out, "%s: %s\r\n", rep->headers.v[i].name, rep->headers.v[i].value);
	return r == E_OK && f != NULL ? put_faulty_lines(f, out) : r;
}

static enum errcode
put_answer(const struct reply *rep, const struct fault *f, int64_t wall, const struct buf *body,
    struct http_bytes *to)
{
	const uint8_t *p = body == NULL ? NULL : buf_data(body);
	size_t len = body == NULL ? 0 : buf_len(body);
	enum errcode r = put_lines(rep, f, wall, to->out);

	if (r == E_OK && f != NULL && f->endless == FAULT_ENDLESS_HEADERS)
		return put_endless(f, to);
	if (r == E_OK)
		r = http_frame_head(f, len, rep->close, to->out);
	if (r == E_OK)
		r = buf_puts(to->out, "\r\n");
	return r == E_OK ? http_frame_body(f, p, len, to->out, &to->again) : r;
}

/* The same with the body behind an encoding. */
static enum errcode
put_encoded(const struct reply *rep, const struct fault *f, int64_t wall, struct http_bytes *to)
{
	const uint8_t *p = rep->body == NULL ? NULL : buf_data(rep->body);
	size_t len = rep->body == NULL ? 0 : buf_len(rep->body);
	struct buf *body = buf_new(HTTP_WRITE_MAX);
	enum errcode r = body == NULL ? E_NOMEM : encode_put(body, f->encoding, p, len);

	if (r == E_OK)
		r = put_answer(rep, f, wall, body, to);
	buf_free(body);
	return r;
}

enum errcode
http_write(const struct reply *rep, const struct fault *f, int64_t wall, struct http_bytes *to)
{
	enum errcode r;

	to->again = SIZE_MAX;
	to->close = rep->close || rep->raw || (f != NULL && http_frame_closes(f));
	if (rep->raw)
		r = rep->body == NULL ? E_OK
		                      : buf_put(to->out, buf_data(rep->body), buf_len(rep->body));
	else if (f != NULL && f->endless == FAULT_ENDLESS_103)
		r = put_endless(f, to);
	else if (f != NULL && f->encoding != FAULT_IDENTITY)
		r = put_encoded(rep, f, wall, to);
	else
		r = put_answer(rep, f, wall, rep->body, to);
	if (r == E_OK && f != NULL && f->extra.p != NULL && to->again == SIZE_MAX)
		r = buf_put(to->out, f->extra.p, f->extra.len);
	return r;
}
