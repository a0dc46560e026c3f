/* One TLS connection: handshake, requests one after the other, close. Never blocks. */
#ifndef MOCK_IDP_WIRE_CONN_H
#define MOCK_IDP_WIRE_CONN_H

#include <openssl/ssl.h>

#include "mock_idp/world.h"

#define CONN_IDLE_MS 30000 /* Authelia closes idle connections then */
#define CONN_IO_MS 6000    /* a handshake, a request that has begun, an answer */

struct conn;

/* Takes a nonblocking fd over, also when it fails (NULL). id stands in the journal. */
struct conn *conn_new(SSL_CTX *ctx, int fd, uint64_t id, int64_t now);
void conn_free(struct conn *c);

int conn_fd(const struct conn *c);
short conn_events(const struct conn *c);
int64_t conn_deadline(const struct conn *c); /* boot ms */

/* Goes on as far as it can without blocking; false: it is over, free it. */
bool conn_step(struct conn *c, struct world *w);

#endif
