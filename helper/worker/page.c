/* The pages of the loopback redirect. */
#include "config.h"

#include <string.h>

#include "helper/worker/page.h"

/* Of the text between <style> and </style>, as CSP level 2 wants it; a test makes it anew. */
#define STYLE_HASH "sha256-vizfvRoKIwsz7dfgqdq1Lwn5GrF1DaIqyafRQZJzmpE="

static const char common[] =
    "Cache-Control: no-store\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "X-Content-Type-Options: nosniff\r\n"
    "Content-Security-Policy: default-src 'none'; style-src '" STYLE_HASH "'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'\r\n"
    "Connection: close\r\n";

static const char page[] =
    "<!DOCTYPE html>\n"
    "<html lang=\"en\">\n"
    "<head>\n"
    "<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n"
    "<title>You can close this window</title>\n"
    "<style>\n"
    ":root { --page: #f3f4f6; --card: #fff; --text: #1c2330; --soft: #566072; --line: #dfe3e9;\n"
    "  --mark: #2563c9; --halo: #e4edfb }\n"
    "@media (prefers-color-scheme: dark) {\n"
    "  :root { --page: #12151b; --card: #1b2029; --text: #e8ebf0; --soft: #9aa5b5;\n"
    "    --line: #2b323e; --mark: #8ab6ff; --halo: #1f2c42 }\n"
    "}\n"
    "* { box-sizing: border-box }\n"
    "body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem;\n"
    "  background: var(--page); color: var(--text);\n"
    "  font: 1.0625rem/1.55 system-ui, sans-serif }\n"
    "main { max-width: 27rem; padding: 2.5rem 2.25rem; text-align: center;\n"
    "  background: var(--card); border: 1px solid var(--line); border-radius: 1rem }\n"
    "svg { width: 3.5rem; height: 3.5rem; fill: none; stroke: var(--mark); stroke-width: 2.5;\n"
    "  stroke-linecap: round; stroke-linejoin: round }\n"
    "circle { fill: var(--halo); stroke: none }\n"
    "h1 { margin: 1.25rem 0 .5rem; font-size: 1.375rem; line-height: 1.3; font-weight: 600 }\n"
    "p { margin: 0; color: var(--soft) }\n"
    "</style>\n"
    "</head>\n"
    "<body>\n"
    "<main>\n"
    "<svg viewBox=\"0 0 32 32\" aria-hidden=\"true\"><circle cx=\"16\" cy=\"16\" r=\"16\"/>"
    "<path d=\"M10 16.5l4.2 4.2L22.5 12\"/></svg>\n"
    "<h1>You can close this window</h1>\n"
    "<p>Your answer has arrived. Everything else happens where you started the login.</p>\n"
    "</main>\n"
    "</body>\n"
    "</html>\n";

static const char refusal[] = "This is not the answer to a login. Nothing was done.\n";

static const struct {
	int status;
	const char *phrase, *more;
} rows[] = {
	{ 400, "Bad Request", "" },
	{ 404, "Not Found", "" },
	{ 405, "Method Not Allowed", "Allow: GET\r\n" },
	{ 414, "URI Too Long", "" },
	{ 431, "Request Header Fields Too Large", "" },
	{ 505, "HTTP Version Not Supported", "" },
};
#define NROWS (sizeof(rows) / sizeof(rows[0]))

static enum errcode
put_body(struct buf *b, const char *media, const char *body, bool head)
{
	enum errcode r =
	    buf_printf(b, "%sContent-Type: %s; charset=utf-8\r\nContent-Length: %zu\r\n\r\n",
	        common, media, strlen(body));

	return r == E_OK && !head ? buf_puts(b, body) : r;
}

enum errcode
page_put(struct buf *b, int status, bool head)
{
	size_t i = 0;
	enum errcode r;

	if (status == 200)
		r = buf_puts(b, "HTTP/1.1 200 OK\r\n");
	else {
		while (i < NROWS - 1 && rows[i].status != status)
			i++;
		if (rows[i].status != status)
			i = 0;
		r = buf_printf(
		    b, "HTTP/1.1 %d %s\r\n%s", rows[i].status, rows[i].phrase, rows[i].more);
	}
	if (r != E_OK)
		return r;
	return status == 200 ? put_body(b, "text/html", page, head)
	                     : put_body(b, "text/plain", refusal, head);
}
