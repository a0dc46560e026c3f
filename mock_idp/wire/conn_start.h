/* How a connection begins: with TLS, or with something else. */
#ifndef MOCK_IDP_WIRE_CONN_START_H
#define MOCK_IDP_WIRE_CONN_START_H

#include "mock_idp/wire/conn_state.h"

/* Everything is borrowed. */
struct conn_setup {
	const struct listener *from; /* outlives the connection */
	conn_answer_fn *answer;
	SSL_CTX *ctx;
	const struct fault *fault; /* of ep connect, or NULL: not needed afterwards */
	uint64_t id;               /* stands in the journal, counted from 1 */
};

/* Takes fd over, also when it fails; c is then good for nothing but being freed. */
bool conn_start(struct conn *c, const struct conn_setup *how, int fd, int64_t now);

enum conn_went conn_step_waiting(struct conn *c, int64_t now);
enum conn_went conn_step_greeting(struct conn *c, int64_t now);
enum conn_went conn_step_handshake(struct conn *c, int64_t now);

#endif
