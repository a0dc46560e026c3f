/* Requests and answers on a connection. */
#ifndef MOCK_IDP_WIRE_CONN_HTTP_H
#define MOCK_IDP_WIRE_CONN_HTTP_H

#include "mock_idp/wire/conn_state.h"

enum conn_went conn_step_reading(struct conn *c, struct world *w, int64_t now);
enum conn_went conn_step_writing(struct conn *c, struct world *w, int64_t now);

/* Records what came to a listener where nobody may go, and never was a whole request. */
void conn_leave_evil(struct conn *c, struct world *w);

#endif
