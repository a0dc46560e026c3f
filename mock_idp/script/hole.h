/* One placeholder: ${issuer}, ${now+300}, ${nonce!case}, ${repeat:1000:a} and the others of
 * latchkey-mock-script(5). */
#ifndef MOCK_IDP_SCRIPT_HOLE_H
#define MOCK_IDP_SCRIPT_HOLE_H

#include <stdbool.h>

#include <jansson.h>

#include "common/buf.h"
#include "mock_idp/ids.h"

#define HOLE_TEXT_MAX ((size_t)16 * 1024 * 1024) /* bytes that one comes to */
#define HOLE_INSIDE_MAX 4096                     /* bytes between "${" and "}" */

/* What placeholders stand for. */
struct hole_world {
	const char *issuer, *origin, *origin2, *evil_http, *evil_https;
	int64_t now;   /* wall seconds */
	json_t *known; /* object: client_id, sub and their like; one that is not there is "" */
	const struct ids *ids;
};

enum hole_kind {
	HOLE_NONE, /* no placeholder of ours */
	HOLE_NOW,
	HOLE_UUID,
	HOLE_REPEAT,
	HOLE_ORIGIN,
	HOLE_FACT,
	HOLE_PORT,
};

struct hole {
	enum hole_kind kind;
	char inside[HOLE_INSIDE_MAX + 1];
	size_t used;      /* bytes of the source, "${" and "}" too */
	const char *text; /* repeat: this, */
	uint64_t n;       /* so many times */
	int64_t shift;    /* now: seconds from it */
	const char *how;  /* fact: what is made of it (derive.h), NULL: nothing */
};

/* Reads the one at s, which begins with "${"; false: HOLE_NONE. */
bool hole_parse(struct hole *h, const char *s, size_t len);

/* Appends what it stands for. False: the buffer is full, no memory, no random bytes. */
bool hole_fill(const struct hole *h, const struct hole_world *w, struct buf *out);

#endif
