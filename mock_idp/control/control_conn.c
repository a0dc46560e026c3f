/* One connection to the control socket. */
#include "config.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "common/fdio.h"
#include "mock_idp/control/control_conn.h"

#define OUT_MAX ((size_t)64 * 1024 * 1024)

struct control_conn {
	int fd;
	char in[CONTROL_LINE_MAX];
	size_t inlen;
	struct buf *out;
	size_t sent;
	struct control_wait wait;
};

struct control_conn *
control_conn_new(int fd)
{
	struct control_conn *c = calloc(1, sizeof(*c));

	if (c == NULL || (c->out = buf_new(OUT_MAX)) == NULL) {
		fdio_close(&fd);
		free(c);
		return NULL;
	}
	c->fd = fd;
	return c;
}

void
control_conn_free(struct control_conn *c)
{
	if (c == NULL)
		return;
	fdio_close(&c->fd);
	buf_free(c->out);
	free(c);
}

int
control_conn_fd(const struct control_conn *c)
{
	return c->fd;
}

static bool
has_output(const struct control_conn *c)
{
	return c->sent < buf_len(c->out);
}

/* For something to happen, and not only for all its lines to be told. */
static bool
waits(const struct control_conn *c)
{
	return c->wait.what != WAIT_NOTHING && c->wait.what < TELL_JOURNAL;
}

short
control_conn_events(const struct control_conn *c)
{
	if (has_output(c))
		return POLLOUT;
	/* while a command waits, only a hang-up (which poll reports unasked) matters */
	return c->wait.what != WAIT_NOTHING ? 0 : POLLIN;
}

int64_t
control_conn_deadline(const struct control_conn *c)
{
	/* who does not read has no deadline: a step would come to nothing, again and again */
	return has_output(c) || !waits(c) ? INT64_MAX : c->wait.deadline;
}

static bool
put_answer(struct control_conn *c, json_t *answer)
{
	char *text = json_dumps(answer, JSON_COMPACT);
	bool fits =
	    text != NULL && buf_puts(c->out, text) == E_OK && buf_puts(c->out, "\n") == E_OK;

	free(text);
	json_decref(answer);
	return fits;
}

/* Runs the first whole line, if there is one; *ran says so. */
static bool
run_line(struct control_conn *c, struct world *w, bool *quit, bool *ran)
{
	char *nl = memchr(c->in, '\n', c->inlen);
	json_t *answer;
	size_t used;

	*ran = nl != NULL;
	if (nl == NULL)
		return c->inlen < sizeof(c->in);
	*nl = '\0';
	used = (size_t)(nl - c->in) + 1;
	answer = control_run(w, c->in, &c->wait, quit);
	memmove(c->in, c->in + used, c->inlen - used);
	c->inlen -= used;
	/* without an answer, and with nothing to wait for, there was no memory for one */
	return answer == NULL ? c->wait.what != WAIT_NOTHING : put_answer(c, answer);
}

/* What a command that is not over says next; *blocked: nothing yet. */
static bool
go_on(struct control_conn *c, const struct world *w, bool *blocked)
{
	json_t *answer;

	if (!waits(c))
		return control_tell(w, &c->wait, c->out);
	answer = control_check(w, &c->wait);
	*blocked = answer == NULL;
	return *blocked || put_answer(c, answer);
}

/* One send; false when the connection is lost. *blocked: the socket takes no more now. */
static bool
push(struct control_conn *c, bool *blocked)
{
	ssize_t n =
	    send(c->fd, buf_data(c->out) + c->sent, buf_len(c->out) - c->sent, MSG_NOSIGNAL);

	*blocked = n < 0 && errno == EAGAIN;
	if (n < 0)
		return *blocked || errno == EINTR;
	c->sent += (size_t)n;
	if (!has_output(c)) {
		buf_reset(c->out);
		c->sent = 0;
	}
	return true;
}

static bool
pull(struct control_conn *c, bool *blocked)
{
	ssize_t n = recv(c->fd, c->in + c->inlen, sizeof(c->in) - c->inlen, 0);

	*blocked = n < 0 && errno == EAGAIN;
	if (n < 0)
		return *blocked || errno == EINTR;
	c->inlen += (size_t)n;
	return n > 0;
}

bool
control_conn_step(struct control_conn *c, struct world *w, bool *quit)
{
	bool alive = true, blocked = false;

	while (alive && !blocked) {
		bool ran = false;

		if (has_output(c)) {
			alive = push(c, &blocked);
		} else if (c->wait.what != WAIT_NOTHING) {
			alive = go_on(c, w, &blocked);
		} else {
			alive = run_line(c, w, quit, &ran);
			if (alive && !ran)
				alive = pull(c, &blocked);
		}
	}
	return alive;
}
