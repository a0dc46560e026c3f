/* One change of a JSON text on its way from one buffer to another; what jsontext's parts share. */
#ifndef MOCK_IDP_JOSE_JSONCHANGE_H
#define MOCK_IDP_JOSE_JSONCHANGE_H

#include "common/buf.h"
#include "mock_idp/jose/mutate.h"

struct jsonchange {
	const struct mutate *m;
	size_t first; /* own argument of m */
	const char *text;
	size_t len;
	struct buf *out;   /* empty at first */
	struct buf *piece; /* empty at first: room to put a part together */
};

/* E_OK, E_FORMAT (it does not fit the text), E_NOMEM, E_LIMIT. */
typedef enum errcode jsonchange_fn(const struct jsonchange *c);

#endif
