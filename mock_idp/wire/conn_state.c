/* A connection from inside. */
#include "config.h"

#include <netdb.h>
#include <sys/socket.h>

#include "mock_idp/wire/conn_state.h"

enum conn_went
conn_blocked(struct conn *c, short events, int64_t wake)
{
	c->events = events;
	c->wake = wake;
	return CONN_BLOCKED;
}

/* What a step of the stream means here; OK is CONN_AGAIN. */
enum conn_went
conn_judge(struct conn *c, enum stream_went r)
{
	switch (r) {
	case STREAM_OK:
		return CONN_AGAIN;
	case STREAM_BLOCKED:
		return conn_blocked(c, c->stream.events, INT64_MAX);
	case STREAM_OVER:
		return CONN_OVER;
	}
	return CONN_OVER;
}

enum conn_went
conn_enter(struct conn *c, enum conn_at state, int64_t deadline)
{
	c->state = state;
	c->deadline = deadline;
	return CONN_AGAIN;
}

static void
tell_peer(int fd, char out[48])
{
	struct sockaddr_storage a;
	socklen_t len = sizeof(a);

	if (getpeername(fd, (struct sockaddr *)&a, &len) != 0 ||
	    getnameinfo((struct sockaddr *)&a, len, out, 48, NULL, 0, NI_NUMERICHOST) != 0)
		out[0] = '\0';
}

void
conn_tell(const struct conn *c, const struct world *w, struct exchange *x)
{
	x->conn = c->id;
	tell_peer(c->stream.fd, x->peer);
	x->arrived = clock_boot_ms(&w->clock);
	x->arrived_us = world_us(w);
	x->listener = listener_name(c->from->kind);
	x->origin = c->from->origin;
	if (c->stream.ssl == NULL || c->state == CONN_HANDSHAKE)
		return;
	x->tls_version = SSL_get_version(c->stream.ssl);
	x->alpn = c->alpn[0] == '\0' ? NULL : c->alpn;
	x->sni = SSL_get_servername(c->stream.ssl, TLSEXT_NAMETYPE_host_name);
}
