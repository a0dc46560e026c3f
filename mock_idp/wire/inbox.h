/* What came and was not answered yet. */
#ifndef MOCK_IDP_WIRE_INBOX_H
#define MOCK_IDP_WIRE_INBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "mock_idp/msg.h"

#define INBOX_MAX (MSG_HEAD_MAX + MSG_BODY_MAX)

/* All zero is empty. */
struct inbox {
	char *p;
	size_t len;
	size_t alloc;
};

/* Where the next bytes may be put, and how many; 0: full, or out of memory. */
size_t inbox_room(struct inbox *b, char **to);
/* So many were put there. */
void inbox_came(struct inbox *b, size_t n);
/* The first n are done with. An empty inbox holds no memory. */
void inbox_drop(struct inbox *b, size_t n);
void inbox_clear(struct inbox *b);

#endif
