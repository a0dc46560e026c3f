/* How a connection ends, or does not. */
#include "config.h"

#include <poll.h>

#include "mock_idp/wire/conn_end.h"

#define DRAIN_MS 1000
#define DRAIN_MAX ((size_t)1024 * 1024)
#define LOOK_MS 5 /* until it is looked again whether the bytes have arrived */

/* Closes only after the client: unread input would turn close(2) into a reset that overtakes the
 * answer. RFC 9112 section 9.6. */
enum conn_went
conn_step_closing(struct conn *c, int64_t now)
{
	enum conn_went r = conn_judge(c, stream_goodbye(&c->stream, c->notify));

	return r == CONN_AGAIN ? conn_enter(c, CONN_DRAINING, now + DRAIN_MS) : r;
}

enum conn_went
conn_step_resetting(struct conn *c, int64_t now)
{
	stream_reset(&c->stream);
	return stream_flushed(&c->stream) ? CONN_OVER : conn_blocked(c, 0, now + LOOK_MS);
}

enum conn_went
conn_step_draining(struct conn *c)
{
	size_t n;
	enum conn_went r = conn_judge(c, stream_discard(&c->stream, &n));

	c->drained += n;
	return c->drained > DRAIN_MAX ? CONN_OVER : r;
}

enum conn_went
conn_step_holding(struct conn *c)
{
	size_t n;

	return conn_judge(c, stream_discard(&c->stream, &n));
}

enum conn_went
conn_step_mute(struct conn *c)
{
	return stream_hung_up(&c->stream) ? CONN_OVER : conn_blocked(c, POLLRDHUP, INT64_MAX);
}
