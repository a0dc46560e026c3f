/* How a connection ends, or does not. */
#ifndef MOCK_IDP_WIRE_CONN_END_H
#define MOCK_IDP_WIRE_CONN_END_H

#include "mock_idp/wire/conn_state.h"

enum conn_went conn_step_closing(struct conn *c, int64_t now);
enum conn_went conn_step_resetting(struct conn *c, int64_t now);
enum conn_went conn_step_draining(struct conn *c);
enum conn_went conn_step_holding(struct conn *c);
enum conn_went conn_step_mute(struct conn *c);

#endif
