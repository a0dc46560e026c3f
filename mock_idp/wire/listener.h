/* The sockets that wait for clients: the provider's two, and the two where nobody may ever go. */
#ifndef MOCK_IDP_WIRE_LISTENER_H
#define MOCK_IDP_WIRE_LISTENER_H

#include <stdbool.h>

#include "common/err.h"
#include "mock_idp/wire/address.h"

#define LISTENER_ORIGIN_MAX 80 /* with the NUL */

enum listener_kind {
	LISTENER_ISSUER,
	LISTENER_ORIGIN2, /* the same world under another port */
	LISTENER_EVIL_HTTP,
	LISTENER_EVIL_HTTPS,
};

#define LISTENER_KINDS (LISTENER_EVIL_HTTPS + 1)

struct listener {
	enum listener_kind kind;
	int fd;
	struct address at;
	char origin[LISTENER_ORIGIN_MAX]; /* "https://127.0.0.1:PORT" */
};

/* Listens at that address; port 0: any that is free, and at has it afterwards. */
enum errcode listener_open(struct listener *l, enum listener_kind kind, const struct address *at,
    struct err *e) __attribute__((warn_unused_result));
void listener_close(struct listener *l);

/* A nonblocking descriptor; -1 with errno. */
int listener_accept(const struct listener *l);

/* "issuer", "origin2", "evil_http", "evil_https". */
const char *listener_name(enum listener_kind kind);
bool listener_is_evil(enum listener_kind kind);
bool listener_has_tls(enum listener_kind kind);

#endif
