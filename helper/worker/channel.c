/* The worker's end of [B]. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/fdio.h"
#include "common/text.h"
#include "helper/worker/channel.h"
#include "proto/chan.h"

#define SEND_MS 2000

enum errcode
channel_send(const struct channel *c, const struct ipc_msg *m, struct err *e)
{
	struct buf *b = buf_new(IPC_MAX);
	enum errcode r;

	if (b == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for a message");
	if ((r = ipc_encode(b, m, e)) == E_OK)
		r = chan_send(c->fd, b, c->clock, clock_boot_ms(c->clock) + SEND_MS, e);
	buf_free(b);
	return r;
}

enum errcode
channel_recv(
    const struct channel *c, enum ipc_type type, struct ipc_msg *m, int64_t deadline, struct err *e)
{
	struct buf *b = buf_new(IPC_MAX);
	struct ipc_msg got = { 0 };
	enum errcode r;

	if (b == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for a message");
	if ((r = chan_recv(c->fd, b, IPC_MAX, c->clock, deadline, e)) == E_OK)
		r = ipc_decode(buf_data(b), buf_len(b), &got, e);
	buf_free(b);
	if (r == E_OK && got.type != type) {
		ipc_clear(&got);
		return err_set(e, E_FORMAT, "b.order", "message out of order on [B]");
	}
	if (r == E_OK)
		*m = got;
	return r;
}

enum errcode
channel_sleep(const struct channel *c, int64_t until, struct err *e)
{
	struct pollfd p = { .fd = c->fd, .events = POLLIN };
	enum errcode r = fdio_wait(&p, 1, c->clock, until);

	if (r == E_TIMEOUT)
		return E_OK;
	return err_set(e, r == E_OK ? E_CLOSED : r, "b.gone", "the monitor hung up");
}

void
channel_fail(const struct channel *c, enum errcode code, const struct err *why)
{
	char reason[ERR_REASON_MAX], text[ERR_TEXT_MAX];
	struct ipc_msg m = { .type = IPC_FAILED,
		.failed = { .code = code, .reason = reason, .text = text } };
	struct err named = *why;

	named.code = code;
	(void)snprintf(reason, sizeof(reason), "%s", err_reason(&named));
	(void)text_escape(text, sizeof(text), why->text, strlen(why->text));
	(void)!channel_send(c, &m, NULL);
}
