/* The listeners and the one loop. */
#ifndef MOCK_IDP_WIRE_SERVER_H
#define MOCK_IDP_WIRE_SERVER_H

#include "mock_idp/control/control_conn.h"
#include "mock_idp/wire/certs.h"
#include "mock_idp/wire/conns.h"
#include "mock_idp/wire/listener.h"

#define SERVER_CTLS 16

struct server {
	struct listener listeners[LISTENER_KINDS]; /* by kind */
	int control;                               /* listens on the control socket */
	int sig;                                   /* signalfd: SIGTERM, SIGINT */
	int leash; /* borrowed: when it ends, so does the server; -1: none */
	struct certs *certs;
	SSL_CTX *ctx; /* for everybody whom no rule wants to have another */
	struct conns conns;
	struct control_conn *ctls[SERVER_CTLS];
	uint64_t nconns; /* so far */
	int64_t rest;    /* boot ms before which nobody is accepted: there is no room for another */
	bool quit;
};

/*
 * Binds all listeners (at: the issuer's address and port; the others take any port of that
 * address), blocks the two signals, raises the limit on descriptors. certs is borrowed.
 */
enum errcode server_open(struct server *s, struct certs *certs, const struct address *at,
    const char *control, struct err *e) __attribute__((warn_unused_result));
void server_close(struct server *s);

/* Writes the listeners' origins into the world. */
void server_tell(const struct server *s, struct world *w);

/* Serves until a signal or the command quit. */
enum errcode server_run(struct server *s, struct world *w, struct err *e)
    __attribute__((warn_unused_result));

#endif
