/* Where in a document something stands, for what is said about it: "FILE: rules[3].match.nth". */
#ifndef MOCK_IDP_SCRIPT_WHERE_H
#define MOCK_IDP_SCRIPT_WHERE_H

#include <stddef.h>

#include "common/err.h"

#define WHERE_SIZE 200 /* with the NUL */

/* One link, on the stack of who walks the document; the last one up is the document itself. */
struct where {
	const struct where *up; /* NULL: the document */
	const char *name;       /* of a member, or of the document; NULL: an element */
	size_t index;           /* of the element */
};

/* The position, cut where it does not fit: a long file name loses its beginning, a path its end. */
const char *where_text(const struct where *at, char out[WHERE_SIZE]);

/* E_CFG "POSITION: what is wrong". Returns it. */
enum errcode where_err(const struct where *at, struct err *e, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same for what another part said, whose text begins with a position inside (".cert: ..."). */
enum errcode where_inside(const struct where *at, struct err *e, const struct err *inner);

#endif
