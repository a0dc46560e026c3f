/* The worker's end of [B]. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/fdio.h"
#include "common/text.h"
#include "helper/link.h"
#include "helper/worker/channel.h"

#define SEND_MS 2000

enum errcode
channel_send(const struct channel *c, const struct ipc_msg *m, struct err *e)
{
	return link_send(c->fd, m, c->clock, clock_boot_ms(c->clock) + SEND_MS, e);
}

enum errcode
channel_recv(
    const struct channel *c, enum ipc_type type, struct ipc_msg *m, int64_t deadline, struct err *e)
{
	struct ipc_msg got = { 0 };
	enum errcode r = link_recv(c->fd, &got, c->clock, deadline, e);

	if (r != E_OK)
		return r;
	if (got.type != type) {
		ipc_clear(&got);
		return err_set(e, E_FORMAT, "b.order", "message out of order on [B]");
	}
	*m = got;
	return E_OK;
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
