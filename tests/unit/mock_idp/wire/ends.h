/* Both ends of a connection in one thread, over TCP, with faults as a script says them. */
#ifndef TESTS_UNIT_MOCK_IDP_WIRE_ENDS_H
#define TESTS_UNIT_MOCK_IDP_WIRE_ENDS_H

#include "mock_idp/wire/conn.h"
#include "mock_idp/wire/tlsctx.h"
#include "tests/unit/mock_idp/fixture.h"

#define ENDS_BODY "Hello.\n"
#define ENDS_ASK "GET / HTTP/1.1\r\nHost: " FIXTURE_HOST "\r\n"

struct ends {
	struct fixture *f;
	struct certs certs;
	SSL_CTX *server_ctx, *client_ctx;
	struct listener from;
	struct conn *conn; /* NULL: over */
	SSL *client;       /* NULL: no TLS */
	int fd;
	char got[12288]; /* what came since ends_say, with a NUL behind */
	size_t ngot;
	bool eof;   /* close_notify came; without TLS: FIN */
	int broken; /* errno of a read, EPIPE for an end without close_notify; 0: none */

	/* what the answers are like, and what was asked */
	struct fault fault;
	int asked, bad;
	char alpn[16], sni[64], version[16];
};

/* A connection to that kind of listener, meeting those faults (JSON; NULL: none). */
void ends_open(struct ends *e, struct fixture *f, enum listener_kind kind, const char *faults);
void ends_close(struct ends *e);

/* A client's handshake; false: it came to nothing. */
bool ends_shake(struct ends *e);
/* ends_open of the issuer without faults, and ends_shake. */
void ends_meet(struct ends *e, struct fixture *f);

/* All answers from now on: ENDS_BODY, with those faults. */
void ends_faults(struct ends *e, const char *faults);

/* The client says it, and both go on until nothing moves any more. */
const char *ends_say(struct ends *e, const char *text);
/* The same without a word, ms later. */
const char *ends_wait(struct ends *e, int64_t ms);

#endif
