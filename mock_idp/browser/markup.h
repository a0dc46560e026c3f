/* The tags of a page. It is the provider's own, so no more HTML than that is understood. */
#ifndef MOCK_IDP_BROWSER_MARKUP_H
#define MOCK_IDP_BROWSER_MARKUP_H

#include <stdbool.h>
#include <stddef.h>

struct markup_tag {
	char name[12]; /* cut short when it is longer; "" for a comment or a declaration */
	bool end;      /* "</name>" */
	const char *attrs;
	size_t nattrs;
	const char *after; /* what stands behind the tag */
};

/* The first tag at or behind that place; false when there is none. */
bool markup_next(const char *at, struct markup_tag *t);

/* The value of an attribute with its entities read, "" for one without a value; NULL when there is
 * none, or no memory. Free it. */
char *markup_attr(const struct markup_tag *t, const char *name);

/* The text of the first h1 with its entities read; NULL when there is none. Free it. */
char *markup_heading(const char *page);

#endif
