/* What goes out and was not sent yet. */
#include "config.h"

#include "mock_idp/wire/outbox.h"

void
outbox_fill(struct outbox *o, struct buf *bytes, size_t again, const struct fault *f, int64_t now)
{
	outbox_clear(o);
	o->bytes = bytes;
	o->again = again;
	pace_start(&o->pace, f, buf_len(bytes), again < buf_len(bytes), now);
}

void
outbox_clear(struct outbox *o)
{
	buf_free(o->bytes);
	*o = (struct outbox){ .bytes = NULL };
}

size_t
outbox_ready(const struct outbox *o, int64_t now, const uint8_t **p)
{
	size_t n = pace_now(&o->pace, now), at = o->pace.sent, len;

	if (n == 0)
		return 0;
	len = buf_len(o->bytes);
	if (at >= len)
		at = o->again + (at - len) % (len - o->again);
	*p = buf_data(o->bytes) + at;
	return n < len - at ? n : len - at;
}

void
outbox_went(struct outbox *o, size_t n, int64_t now)
{
	pace_went(&o->pace, n, now);
}

int64_t
outbox_next(const struct outbox *o)
{
	return o->pace.next;
}

bool
outbox_done(const struct outbox *o, int64_t now)
{
	return pace_done(&o->pace, now);
}
