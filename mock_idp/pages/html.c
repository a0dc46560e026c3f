/* A page on its way out. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "mock_idp/pages/html.h"
#include "mock_idp/pages/style.h"

#define PAGE_MAX ((size_t)128 * 1024)

/*
 * No form-action: browsers apply it to where an answer redirects, and an approved authorization
 * request goes back to its client.
 */
#define POLICY                                                                                     \
	"default-src 'none'; style-src %s; img-src 'self'; base-uri 'none'; frame-ancestors "      \
	"'none'"

static void
put(struct html *h, const char *s, size_t len)
{
	if (!h->bad && buf_put(h->b, s, len) != E_OK)
		h->bad = true;
}

static void
put_text(struct html *h, const char *s)
{
	for (; *s != '\0'; s++) {
		const char *as = *s == '&' ? "&amp;"
		    : *s == '<'            ? "&lt;"
		    : *s == '>'            ? "&gt;"
		    : *s == '"'            ? "&quot;"
		    : *s == '\''           ? "&#39;"
		                           : NULL;

		put(h, as == NULL ? s : as, as == NULL ? 1 : strlen(as));
	}
}

void
html_put(struct html *h, const char *fmt, ...)
{
	const char *at;
	va_list ap;

	va_start(ap, fmt);
	while ((at = strstr(fmt, "%s")) != NULL) {
		put(h, fmt, (size_t)(at - fmt));
		put_text(h, va_arg(ap, const char *));
		fmt = at + 2;
	}
	va_end(ap);
	put(h, fmt, strlen(fmt));
}

void
html_begin(struct html *h, const char *title)
{
	h->b = buf_new(PAGE_MAX);
	h->bad = h->b == NULL;
	html_put(h,
	    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
	    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n"
	    "<meta name=\"robots\" content=\"noindex\">\n"
	    "<title>%s – Latchkey test provider</title>\n"
	    "<link rel=\"icon\" type=\"image/svg+xml\" href=\"" HTML_ICON_PATH "\">\n<style>",
	    title);
	for (size_t i = 0; style_sheet[i] != NULL; i++)
		put(h, style_sheet[i], strlen(style_sheet[i]));
	html_put(h,
	    "</style>\n</head>\n<body>\n"
	    "<p class=\"banner\" role=\"note\"><b>Test provider.</b> "
	    "Not a real sign-in: never type a password of yours here.</p>\n"
	    "<main>\n<p class=\"brand\"><img src=\"" HTML_ICON_PATH
	    "\" alt=\"\" width=\"32\" height=\"32\">Latchkey test provider</p>\n"
	    "<div class=\"card\">\n");
}

void
html_send(struct html *h, struct exchange *x, int status)
{
	char source[STYLE_SOURCE_SIZE], policy[256];
	const char *text;

	html_put(h, "</main>\n</body>\n</html>\n");
	text = h->bad ? NULL : buf_cstr(h->b);
	style_source(source);
	(void)snprintf(policy, sizeof(policy), POLICY, source);
	msg_reply_text(&x->rep, text == NULL ? 500 : status, "text/html; charset=utf-8",
	    text == NULL ? "" : text);
	msg_reply_header(&x->rep, "Content-Security-Policy", policy);
	buf_free(h->b);
	h->b = NULL;
}
