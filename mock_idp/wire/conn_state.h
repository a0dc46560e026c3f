/* A connection from inside: where it stands and how it goes on. For the conn_ files alone. */
#ifndef MOCK_IDP_WIRE_CONN_STATE_H
#define MOCK_IDP_WIRE_CONN_STATE_H

#include "mock_idp/wire/fault.h"
#include "mock_idp/wire/inbox.h"
#include "mock_idp/wire/listener.h"
#include "mock_idp/wire/outbox.h"
#include "mock_idp/wire/records.h"
#include "mock_idp/wire/stream.h"
#include "mock_idp/world.h"

#define CONN_IDLE_MS 30000  /* Authelia closes idle connections then */
#define CONN_IO_MS 6000     /* a handshake, a request that has begun, a pause of the reader */
#define CONN_HOLD_MS 600000 /* a connection that is to hang, unless the client goes before */

enum conn_at {
	CONN_WAITING,   /* for the delay of a greeting */
	CONN_GREETING,  /* for the client's first bytes, which get no TLS in return */
	CONN_HANDSHAKE, /* TLS, if this listener has it */
	CONN_READING,
	CONN_WRITING,
	CONN_CLOSING,   /* says goodbye */
	CONN_RESETTING, /* when the last bytes have arrived */
	CONN_DRAINING,  /* until the client closes, but not for long */
	CONN_HOLDING,   /* hears everything and says nothing */
	CONN_MUTE,      /* does not even hear */
};

/* What one step of a state came to. */
enum conn_went { CONN_AGAIN, CONN_BLOCKED, CONN_OVER };

/* Fills x->rep; bad: the status to refuse with what was no request, 0 for a request. */
typedef void conn_answer_fn(struct world *w, struct exchange *x, int bad);

struct conn {
	struct stream stream;
	const struct listener *from;
	conn_answer_fn *answer;
	uint64_t id;
	char alpn[16];
	struct records records;
	size_t flood;             /* empty records after the handshake */
	enum conn_at state, next; /* next: after CONN_WAITING */
	short events;
	int64_t deadline; /* boot ms at which it is over */
	int64_t wake;     /* boot ms of the next step without an event */
	struct inbox in;
	struct outbox out;
	bool spoke;     /* one request at least was answered */
	uint64_t entry; /* of the journal, that is being answered; 0: none */

	/* after what goes out now */
	enum fault_end end;
	bool close, notify;
	size_t drained;
};

/* Waits for events, or for boot ms wake. */
enum conn_went conn_blocked(struct conn *c, short events, int64_t wake);
/* What a step of the stream means for the connection. */
enum conn_went conn_judge(struct conn *c, enum stream_went r);
/* A new state, which may last until boot ms deadline. */
enum conn_went conn_enter(struct conn *c, enum conn_at state, int64_t deadline);

/* What is known of an exchange before its request: connection, listener, moment, TLS. */
void conn_tell(const struct conn *c, const struct world *w, struct exchange *x);

#endif
