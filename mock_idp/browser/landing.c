/* At the loopback redirect. */
#include "config.h"

#include <string.h>
#include <time.h>

#include "common/clock.h"
#include "mock_idp/browser/crowd.h"
#include "mock_idp/browser/junk.h"
#include "mock_idp/browser/landing.h"
#include "mock_idp/browser/tell.h"

#define JUNK_MS 2000   /* nobody waits long for an answer to that */
#define CLOSED_MS 3000 /* how long a listener may take to go after its answer */
#define AGAIN_MS 50
#define SENT_MAX 4096 /* of a request, in the report */

struct landing {
	const struct errand *a;
	const struct loopurl *u;
	FILE *out;
	int64_t timeout;     /* ms */
	struct rawquery q;   /* as the provider wrote it */
	struct buf *request; /* as the errand wants it */
	struct crowd idle;
};

static void
tell_request(
    const struct landing *l, const char *as, const struct buf *request, const struct crowd *c)
{
	size_t n = buf_len(request), shown = n < SENT_MAX ? n : SENT_MAX;

	(void)tell_line(l->out,
	    json_pack("{s:s, s:s, s:o, s:I, s:o}", "hop", "loopback", "as", as, "sent",
	        tell_bytes(buf_data(request), shown), "bytes", (json_int_t)n, "answers",
	        crowd_tell(c)));
}

/* One request more, told as that; its crowd is open until crowd_close. */
static bool
ask(struct landing *l, const char *as, size_t n, const struct buf *request, size_t slow,
    int64_t timeout, struct crowd *c)
{
	bool head = buf_len(request) >= 5 && memcmp(buf_data(request), "HEAD ", 5) == 0;

	if (!crowd_open(c, n, l->u, timeout))
		return false;
	crowd_ask(c, request, head, slow, timeout);
	tell_request(l, as, request, c);
	return true;
}

static void
throw_junk(struct landing *l, const struct junk *j)
{
	const struct shape shape = { .raw = j->raw == NULL ? "" : j->raw };
	struct buf *b = buf_new(SHAPE_MAX);
	struct crowd c = { .n = 0 };

	if (b != NULL && shape_request(&shape, l->u, &l->q, b, NULL) == E_OK) {
		if (j->raw != NULL)
			(void)ask(l, j->kind, 1, b, 0, JUNK_MS, &c);
		else if (crowd_open(&c, 1, l->u, JUNK_MS))
			tell_request(l, j->kind, b, &c);
	}
	crowd_close(&c);
	buf_free(b);
}

static bool
bring_others(struct landing *l)
{
	if (l->a->idle > 0) {
		if (!crowd_open(&l->idle, l->a->idle, l->u, l->timeout))
			return false;
		(void)tell_line(l->out,
		    json_pack("{s:s, s:s, s:I}", "hop", "loopback", "as", "idle", "open",
		        (json_int_t)crowd_size(&l->idle)));
	}
	for (size_t i = 0; i < l->a->junk; i++)
		throw_junk(l, junk_pick(i, l->a->junk_kind));
	return true;
}

static void
wait_a_little(void)
{
	const struct timespec t = { .tv_nsec = AGAIN_MS * 1000000L };

	(void)nanosleep(&t, NULL);
}

/*
 * RFC 8252 section 8.3: the port is closed after the answer. Closing may take a moment, so it is
 * tried until nobody is there; a second 200 ends that at once.
 */
static bool
refused_now(struct landing *l)
{
	int64_t end = clock_boot_ms(&clock_system) + CLOSED_MS;
	bool refused = false, over = false;

	while (!over) {
		struct crowd c;
		const struct answer *best;

		if (!crowd_open(&c, 1, l->u, l->timeout))
			return false;
		refused = crowd_why(&c)->code == E_NET;
		if (!refused)
			crowd_ask(&c, l->request, false, 0, JUNK_MS);
		best = crowd_best(&c);
		over = refused || clock_left(&clock_system, end) == 0 ||
		    (best != NULL && best->status == 200);
		if (over)
			tell_request(l, "again", l->request, &c);
		else
			wait_a_little();
		crowd_close(&c);
	}
	return refused;
}

/* The request as it should be. */
static bool
put_things_right(struct landing *l)
{
	static const struct shape good = { .method = NULL };

	buf_reset(l->request);
	return shape_request(&good, l->u, &l->q, l->request, NULL) == E_OK;
}

static bool
act(struct landing *l)
{
	struct crowd c = { .n = 0 };
	const struct answer *best;
	bool ok = bring_others(l) &&
	    ask(l, "callback", l->a->parallel, l->request, l->a->slow, l->timeout, &c);

	if (ok && l->a->then_good) {
		crowd_close(&c);
		ok = put_things_right(l) && ask(l, "good", 1, l->request, 0, l->timeout, &c);
	}
	best = ok ? crowd_best(&c) : NULL;
	ok = best != NULL && best->status == 200 && (!l->a->twice || refused_now(l));
	if (best != NULL)
		(void)tell_answer(l->out, ok, best);
	else if (c.n > 0)
		(void)tell_failure(l->out, crowd_why(&c));
	crowd_close(&c);
	return ok;
}

static enum errcode
prepare(struct landing *l, struct err *e)
{
	const char *query = strchr(l->u->target, '?');
	struct rawquery odd = { .n = 0 };
	enum errcode r;

	query = query == NULL ? "" : query + 1;
	if ((l->request = buf_new(SHAPE_MAX)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	r = rawquery_split(query, &l->q);
	if (r == E_OK)
		r = rawquery_split(query, &odd);
	for (size_t i = 0; i < l->a->nchanges && r == E_OK; i++)
		r = rawquery_change(&odd, &l->a->changes[i], e);
	if (r == E_OK)
		r = shape_request(&l->a->shape, l->u, &odd, l->request, e);
	rawquery_clear(&odd);
	return r == E_OK ? E_OK
	                 : err_set(e, r, NULL, "the request cannot be made: %s", err_name(r));
}

bool
landing_run(const struct errand *a, const struct loopurl *u, FILE *out)
{
	struct landing l = { .a = a, .u = u, .out = out, .timeout = (int64_t)a->timeout * 1000 };
	struct err e = { .code = E_OK };
	bool ok = prepare(&l, &e) == E_OK;

	if (ok)
		ok = act(&l);
	else
		(void)tell_failure(out, &e);
	crowd_close(&l.idle);
	rawquery_clear(&l.q);
	buf_free(l.request);
	return ok;
}
