/* One end of [B]. */
#include "config.h"

#include "helper/link.h"
#include "proto/chan.h"

enum errcode
link_send(int fd, const struct ipc_msg *m, const struct clock *c, int64_t deadline, struct err *e)
{
	struct buf *b = buf_new(IPC_MAX);
	enum errcode r;

	if (b == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for a message");
	if ((r = ipc_encode(b, m, e)) == E_OK)
		r = chan_send(fd, b, c, deadline, e);
	buf_free(b);
	return r;
}

enum errcode
link_recv(int fd, struct ipc_msg *m, const struct clock *c, int64_t deadline, struct err *e)
{
	struct buf *b = buf_new(IPC_MAX);
	enum errcode r;

	if (b == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for a message");
	if ((r = chan_recv(fd, b, IPC_MAX, c, deadline, e)) == E_OK)
		r = ipc_decode(buf_data(b), buf_len(b), m, e);
	buf_free(b);
	return r;
}
