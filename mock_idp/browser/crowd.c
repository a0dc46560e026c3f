/* The same request on several connections at once. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "common/clock.h"
#include "mock_idp/browser/crowd.h"
#include "mock_idp/browser/tell.h"
#include "mock_idp/browser/visit.h"

static int64_t
in(int64_t ms)
{
	return clock_boot_ms(&clock_system) + ms;
}

bool
crowd_open(struct crowd *c, size_t n, const struct loopurl *u, int64_t timeout)
{
	c->n = 0;
	if ((c->v = calloc(n, sizeof(c->v[0]))) == NULL)
		return false;
	c->n = n;
	for (size_t i = 0; i < n; i++)
		c->v[i].r = peer_open(&c->v[i].peer, u, NULL, in(timeout), &c->v[i].e);
	return true;
}

size_t
crowd_size(const struct crowd *c)
{
	size_t open = 0;

	for (size_t i = 0; i < c->n; i++)
		open += c->v[i].peer != NULL;
	return open;
}

/* Whoever was closed already may have an answer to read: sending alone decides nothing. */
static bool
send_to_all(struct crowd *c, const uint8_t *bytes, size_t len, int64_t timeout)
{
	bool any = false;

	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].peer != NULL &&
		    peer_send(c->v[i].peer, bytes, len, in(timeout)) == E_OK)
			any = true;
	return any;
}

static void
pause_for(size_t ms)
{
	struct timespec t = { .tv_sec = (time_t)(ms / 1000),
		.tv_nsec = (long)(ms % 1000) * 1000000 };

	(void)nanosleep(&t, NULL);
}

void
crowd_ask(struct crowd *c, const struct buf *request, bool head, size_t slow, int64_t timeout)
{
	size_t len = buf_len(request), part = slow > 0 ? 1 : len;
	bool any = true;

	for (size_t sent = 0; sent < len && any; sent += part) {
		if (sent > 0)
			pause_for(slow);
		any = send_to_all(c, buf_data(request) + sent, part, timeout);
	}
	for (size_t i = 0; i < c->n; i++)
		if (c->v[i].peer != NULL)
			c->v[i].r = visit_hear(
			    c->v[i].peer, head, in(timeout), &c->v[i].answer, &c->v[i].e);
}

const struct answer *
crowd_best(const struct crowd *c)
{
	const struct answer *best = NULL;

	for (size_t i = 0; i < c->n; i++) {
		const struct answer *a = &c->v[i].answer;

		if (a->status != 0 && (best == NULL || (a->status == 200 && best->status != 200)))
			best = a;
	}
	return best;
}

const struct err *
crowd_why(const struct crowd *c)
{
	return &c->v[0].e;
}

json_t *
crowd_tell(const struct crowd *c)
{
	json_t *all = json_array();

	for (size_t i = 0; i < c->n; i++)
		(void)json_array_append_new(all,
		    c->v[i].answer.status != 0 ? json_integer(c->v[i].answer.status)
		                               : json_string(tell_word(c->v[i].r)));
	return all;
}

void
crowd_close(struct crowd *c)
{
	for (size_t i = 0; i < c->n; i++) {
		peer_close(c->v[i].peer);
		answer_clear(&c->v[i].answer);
	}
	free(c->v);
	c->v = NULL;
	c->n = 0;
}
