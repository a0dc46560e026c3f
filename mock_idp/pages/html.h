/* A page on its way out: text is escaped on the way in, and the frame and its headers are one. */
#ifndef MOCK_IDP_PAGES_HTML_H
#define MOCK_IDP_PAGES_HTML_H

#include "mock_idp/msg.h"

#define HTML_ICON_PATH "/icon.svg"

struct html {
	struct buf *b;
	bool bad; /* it did not fit, or memory was out: the page will be a 500 */
};

/* The frame up to the card. title stands in the window, and is no markup. */
void html_begin(struct html *h, const char *title);

/* fmt is markup; each %s is replaced by text, of which no byte is markup. No other conversion. */
void html_put(struct html *h, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* Closes the frame, and makes it x's reply with the headers of a page. */
void html_send(struct html *h, struct exchange *x, int status);

#endif
