/* The one style sheet of the pages. */
#ifndef MOCK_IDP_PAGES_STYLE_H
#define MOCK_IDP_PAGES_STYLE_H

#define STYLE_SOURCE_SIZE 64

/* In pieces (C compilers need not take all of it as one), ended by NULL. */
extern const char *const style_sheet[];

/* The sheet's name for Content-Security-Policy: 'sha256-...' with its quotes. */
void style_source(char out[STYLE_SOURCE_SIZE]);

#endif
