/* One connection: greeting or handshake, requests one after the other, close. Never blocks. */
#ifndef MOCK_IDP_WIRE_CONN_H
#define MOCK_IDP_WIRE_CONN_H

#include "mock_idp/wire/conn_start.h"

/* Takes a nonblocking fd over, also when it fails (NULL). */
struct conn *conn_new(const struct conn_setup *how, int fd, int64_t now);
void conn_free(struct conn *c);

int conn_fd(const struct conn *c);
short conn_events(const struct conn *c);
int64_t conn_deadline(const struct conn *c); /* boot ms at which conn_step wants to be called */

/* When it ends by itself if it only waits for the client, INT64_MAX if it is at work: who gives
 * way when there are too many. */
int64_t conn_idle_until(const struct conn *c);

/* Goes on as far as it can without blocking, or until others should have their turn; false: it is
 * over, free it. */
bool conn_step(struct conn *c, struct world *w);

#endif
