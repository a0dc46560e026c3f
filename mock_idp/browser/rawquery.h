/* A query in its pieces, byte for byte; and the ways in which somebody may change it. */
#ifndef MOCK_IDP_BROWSER_RAWQUERY_H
#define MOCK_IDP_BROWSER_RAWQUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "common/buf.h"
#include "common/err.h"

#define RAWQUERY_MAX 128                         /* pieces */
#define RAWQUERY_BYTES ((size_t)2 * 1024 * 1024) /* of one piece */

struct rawquery {
	char *v[RAWQUERY_MAX]; /* "name=value" or "name", never decoded */
	size_t n;
};

/* A change of the command line: the row of its option, and what stood behind it. */
struct rawquery_change {
	const struct rawquery_row *row;
	const char *arg;
};

/* The change that an option of the command line means ("--set"); NULL when it means none. */
const struct rawquery_row *rawquery_row(const char *option);
bool rawquery_takes_value(const struct rawquery_row *row);
/* Whether that word can stand behind it. */
bool rawquery_good_value(const struct rawquery_row *row, const char *arg);

/* "a=b&c" into q, which need not hold anything; E_LIMIT. Always rawquery_clear it. */
enum errcode rawquery_split(const char *query, struct rawquery *q)
    __attribute__((warn_unused_result));

/* E_CFG when there is nothing that could be changed so: a test must not pass by a typing error. */
enum errcode rawquery_change(struct rawquery *q, const struct rawquery_change *c, struct err *e)
    __attribute__((warn_unused_result));

/* Appends the pieces with '&' between them. */
enum errcode rawquery_put(const struct rawquery *q, struct buf *b)
    __attribute__((warn_unused_result));

void rawquery_clear(struct rawquery *q);

#endif
