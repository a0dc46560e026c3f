/* One request and its answer. */
#include "config.h"

#include <string.h>

#include "mock_idp/browser/visit.h"

/* One more piece of it; *eof when there is none. */
static enum errcode
more(struct peer *p, struct buf *in, int64_t deadline, bool *eof, struct err *e)
{
	char chunk[8192];
	size_t n = 0;
	enum errcode r = peer_recv(p, chunk, sizeof(chunk), &n, deadline);

	if (r == E_TIMEOUT)
		return err_set(e, E_TIMEOUT, NULL, "no answer in time");
	/* a reset is an end too: what came before it may be a whole answer */
	*eof = r != E_OK || n == 0;
	if (buf_put(in, chunk, n) != E_OK)
		return err_set(e, E_LIMIT, NULL, "the answer is too large");
	return E_OK;
}

enum errcode
visit_hear(struct peer *p, bool head, int64_t deadline, struct answer *out, struct err *e)
{
	struct buf *in = buf_new(ANSWER_MAX);
	enum answer_result got = ANSWER_MORE;
	enum errcode r = in == NULL ? err_set(e, E_NOMEM, NULL, "out of memory") : E_OK;
	bool eof = false;

	memset(out, 0, sizeof(*out));
	while (r == E_OK && got == ANSWER_MORE) {
		if ((r = more(p, in, deadline, &eof, e)) != E_OK)
			break;
		if (eof && buf_len(in) == 0)
			r = err_set(e, E_CLOSED, NULL, "closed without an answer");
		else
			got = answer_read(buf_cstr(in), buf_len(in), eof, head, out);
	}
	if (r == E_OK && got == ANSWER_BAD)
		r = err_set(e, E_PROTO, NULL, "the answer is broken or cut short");
	buf_free(in);
	return r;
}

enum errcode
visit_ask(const struct loopurl *u, SSL_CTX *tls, const struct buf *request, bool head,
    int64_t deadline, struct answer *out, struct err *e)
{
	struct peer *p = NULL;
	enum errcode r;

	memset(out, 0, sizeof(*out));
	if ((r = peer_open(&p, u, tls, deadline, e)) != E_OK)
		return r;
	r = peer_send(p, buf_data(request), buf_len(request), deadline);
	/* who closes early may have answered */
	if (r == E_OK || r == E_CLOSED)
		r = visit_hear(p, head, deadline, out, e);
	else
		(void)err_set(e, r, NULL, "the request cannot be sent: %s", err_name(r));
	peer_close(p);
	return r;
}
