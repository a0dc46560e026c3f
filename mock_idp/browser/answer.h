/* HTTP/1.1 answers out of bytes. RFC 9112. */
#ifndef MOCK_IDP_BROWSER_ANSWER_H
#define MOCK_IDP_BROWSER_ANSWER_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buf.h"
#include "mock_idp/pairs.h"

#define ANSWER_HEAD_MAX ((size_t)64 * 1024) /* with every interim answer before it */
#define ANSWER_BODY_MAX ((size_t)1024 * 1024)
#define ANSWER_MAX (ANSWER_HEAD_MAX + 2 * ANSWER_BODY_MAX) /* chunks have frames */

struct answer {
	int status;           /* 0: none */
	char version[9];      /* "HTTP/1.1" */
	char reason[64];      /* cut short */
	struct pairs headers; /* names as they came */
	struct buf *body;     /* NULL: no answer; empty when it has none */
};

enum answer_result { ANSWER_MORE, ANSWER_DONE, ANSWER_BAD };

/*
 * The first answer in the bytes that is not an interim one (1xx). eof: no more will come, which
 * ends a body without a length. head: it answers a HEAD, and has no body whatever it says. out is
 * filled when the result is DONE; then answer_clear.
 */
enum answer_result answer_read(const char *in, size_t len, bool eof, bool head, struct answer *out);

/* The first header of that name in whatever case; NULL when there is none. */
const char *answer_header(const struct answer *a, const char *name);

/* The body as text; "" when there is none or no memory. */
const char *answer_text(const struct answer *a);

void answer_clear(struct answer *a);

#endif
