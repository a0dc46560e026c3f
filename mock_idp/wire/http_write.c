/* HTTP/1.1 replies into bytes. */
#include "config.h"

#include <time.h>

#include "mock_idp/wire/http_write.h"

static const char *
phrase(int status)
{
	static const struct {
		int status;
		const char *text;
	} known[] = {
		{ 200, "OK" },
		{ 302, "Found" },
		{ 303, "See Other" },
		{ 400, "Bad Request" },
		{ 401, "Unauthorized" },
		{ 403, "Forbidden" },
		{ 404, "Not Found" },
		{ 405, "Method Not Allowed" },
		{ 411, "Length Required" },
		{ 413, "Content Too Large" },
		{ 431, "Request Header Fields Too Large" },
		{ 500, "Internal Server Error" },
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

enum errcode
http_write(const struct reply *rep, int64_t wall, struct buf *out)
{
	size_t len = rep->body == NULL ? 0 : buf_len(rep->body);
	enum errcode r;

	r = buf_printf(out, "HTTP/1.1 %d %s\r\n", rep->status, phrase(rep->status));
	if (r == E_OK)
		r = put_date(out, wall);
	for (size_t i = 0; i < rep->headers.n && r == E_OK; i++)
		r = buf_printf(out, "%s: %s\r\n", rep->headers.v[i].name, rep->headers.v[i].value);
	if (r == E_OK)
		r = buf_printf(out, "Content-Length: %zu\r\n%s\r\n", len,
		    rep->close ? "Connection: close\r\n" : "");
	if (r == E_OK && len > 0)
		r = buf_put(out, buf_data(rep->body), len);
	return r;
}
