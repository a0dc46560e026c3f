/* The listeners and the one loop. */
#ifndef MOCK_IDP_WIRE_SERVER_H
#define MOCK_IDP_WIRE_SERVER_H

#include "mock_idp/wire/conn.h"
#include "mock_idp/control/control_conn.h"

#define SERVER_CONNS 64
#define SERVER_CTLS 16

struct server {
	int tls;     /* listens on 127.0.0.1, and nowhere else */
	int control; /* listens on the control socket */
	int sig;     /* signalfd: SIGTERM, SIGINT */
	uint16_t port;
	SSL_CTX *ctx;
	struct conn *conns[SERVER_CONNS];
	struct control_conn *ctls[SERVER_CTLS];
	uint64_t nconns; /* so far */
	bool quit;
};

/* Binds both listeners and blocks the two signals. ctx is borrowed. */
enum errcode server_open(struct server *s, SSL_CTX *ctx, uint16_t port, const char *control,
    struct err *e) __attribute__((warn_unused_result));
void server_close(struct server *s);

/* Serves until a signal or the command quit. */
enum errcode server_run(struct server *s, struct world *w, struct err *e)
    __attribute__((warn_unused_result));

#endif
