/* One connection to the control socket. */
#ifndef MOCK_IDP_CONTROL_CONTROL_CONN_H
#define MOCK_IDP_CONTROL_CONTROL_CONN_H

#include "mock_idp/control/control.h"

struct control_conn;

/* Takes a nonblocking fd over, also when it fails (NULL). */
struct control_conn *control_conn_new(int fd);
void control_conn_free(struct control_conn *c);

int control_conn_fd(const struct control_conn *c);
short control_conn_events(const struct control_conn *c);
/* When it wants to be stepped without an event (boot ms); INT64_MAX: never. */
int64_t control_conn_deadline(const struct control_conn *c);

/* Goes on as far as it can without blocking; false: it is over, free it. */
bool control_conn_step(struct control_conn *c, struct world *w, bool *quit);

#endif
