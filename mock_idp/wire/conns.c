/* The connections there are. */
#include "config.h"

#include <stdlib.h>

#include "mock_idp/wire/conns.h"

#define FIRST ((size_t)16)

static bool
grow(struct conns *s)
{
	size_t alloc = s->alloc == 0 ? FIRST : s->alloc * 2;
	struct conn **v = realloc(s->v, alloc * sizeof(*v));

	if (v == NULL)
		return false;
	s->v = v;
	s->alloc = alloc;
	return true;
}

static void
take_out(struct conns *s, size_t i)
{
	conn_free(s->v[i]);
	s->v[i] = s->v[--s->n];
}

/* The one that gives way; s->n: all are at work. */
static size_t
idlest(const struct conns *s)
{
	int64_t soonest = INT64_MAX;
	size_t at = s->n;

	for (size_t i = 0; i < s->n; i++)
		if (conn_idle_until(s->v[i]) < soonest) {
			soonest = conn_idle_until(s->v[i]);
			at = i;
		}
	return at;
}

bool
conns_has_room(const struct conns *s)
{
	return s->n < CONNS_MAX || idlest(s) < s->n;
}

bool
conns_make_room(struct conns *s)
{
	size_t victim;

	if (s->n < CONNS_MAX)
		return s->n < s->alloc || grow(s);
	if ((victim = idlest(s)) == s->n)
		return false;
	take_out(s, victim);
	return true;
}

void
conns_add(struct conns *s, struct conn *c)
{
	if (c != NULL)
		s->v[s->n++] = c;
}

int64_t
conns_poll(const struct conns *s, struct pollfd *p)
{
	int64_t next = INT64_MAX;

	for (size_t i = 0; i < s->n; i++) {
		int64_t deadline = conn_deadline(s->v[i]);

		p[i] = (struct pollfd){ .fd = conn_fd(s->v[i]), .events = conn_events(s->v[i]) };
		if (deadline < next)
			next = deadline;
	}
	return next;
}

void
conns_step(struct conns *s, struct world *w, const struct pollfd *p, size_t n)
{
	int64_t now = clock_boot_ms(&w->clock);

	/* backwards: who takes the place of one that is over has had its step */
	for (size_t i = n; i-- > 0;)
		if ((p[i].revents != 0 || now >= conn_deadline(s->v[i])) && !conn_step(s->v[i], w))
			take_out(s, i);
}

void
conns_clear(struct conns *s)
{
	while (s->n > 0)
		take_out(s, s->n - 1);
	free(s->v);
	*s = (struct conns){ .v = NULL };
}
