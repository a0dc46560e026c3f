/* How often something may happen. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "helper/policy/budget.h"

#define FORMAT 1

static struct budget_entry *
find(const struct budget *b, const char *key)
{
	for (size_t i = 0; i < b->n; i++)
		if (strcmp(b->v[i].key, key) == 0)
			return &b->v[i];
	return NULL;
}

static int64_t
busy_until(const struct budget *b, const char *key, int64_t now)
{
	const struct budget_entry *e = find(b, key);

	return e == NULL || e->busy_until < now ? now : e->busy_until;
}

/* What one costs, in time. */
static int64_t
price(const struct budget_rate *rate, uint64_t cost)
{
	return (int64_t)(rate->window_ms / rate->count * cost);
}

bool
budget_allows(const struct budget *b, const char *key, const struct budget_rate *rate,
    uint64_t cost, int64_t now)
{
	if (rate->count == 0)
		return true;
	return busy_until(b, key, now) + price(rate, cost) - now <= (int64_t)rate->window_ms;
}

/* The place of the key that is nearest to being forgotten. */
static struct budget_entry *
least(const struct budget *b)
{
	struct budget_entry *e = &b->v[0];

	for (size_t i = 1; i < b->n; i++)
		if (b->v[i].busy_until < e->busy_until)
			e = &b->v[i];
	return e;
}

static enum errcode
add(struct budget *b, const char *key, int64_t until)
{
	struct budget_entry *v;
	char *copy = strdup(key);

	if (copy == NULL)
		return E_NOMEM;
	if (b->n == BUDGET_KEYS) {
		v = least(b);
		free(v->key);
	} else if ((v = reallocarray(b->v, b->n + 1, sizeof(*v))) == NULL) {
		free(copy);
		return E_NOMEM;
	} else {
		b->v = v;
		v += b->n++;
	}
	v->key = copy; /* -fanalyzer: budget_clear frees it */
	v->busy_until = until;
	return E_OK;
}

enum errcode
budget_spend(
    struct budget *b, const char *key, const struct budget_rate *rate, uint64_t cost, int64_t now)
{
	struct budget_entry *e = find(b, key);
	int64_t until, most = now + 2 * (int64_t)rate->window_ms;

	if (rate->count == 0 || strlen(key) >= BUDGET_KEY_MAX)
		return E_OK;
	/* who goes on over the limit waits at most a window longer than who stops */
	until = busy_until(b, key, now) + price(rate, cost);
	if (until > most)
		until = most;
	if (e == NULL)
		return add(b, key, until);
	e->busy_until = until;
	return E_OK;
}

enum errcode
budget_encode(struct buf *to, const struct budget *b, int64_t now)
{
	enum errcode r = buf_put_u8(to, FORMAT);

	for (size_t i = 0; i < b->n && r == E_OK; i++)
		if (b->v[i].busy_until > now && (r = buf_put_str(to, b->v[i].key)) == E_OK)
			r = buf_put_u64(to, (uint64_t)b->v[i].busy_until);
	return r;
}

enum errcode
budget_decode(struct budget *b, const void *p, size_t len, int64_t now, int64_t horizon)
{
	struct budget found = { .n = 0 };
	enum errcode r = E_OK;
	char key[BUDGET_KEY_MAX];
	struct rd in;

	rd_init(&in, p, len);
	if (rd_u8(&in) != FORMAT)
		r = E_FORMAT;
	while (r == E_OK && in.left > 0) {
		bool named = rd_str_into(&in, key, sizeof(key));
		int64_t until = (int64_t)rd_u64(&in);

		if (!named || in.bad || found.n == BUDGET_KEYS)
			r = E_FORMAT;
		else if (until > now && until <= now + horizon)
			r = add(&found, key, until);
	}
	if (r != E_OK)
		budget_clear(&found);
	else
		*b = found;
	return r;
}

void
budget_clear(struct budget *b)
{
	for (size_t i = 0; i < b->n; i++)
		free(b->v[i].key);
	free(b->v);
	*b = (struct budget){ .n = 0 };
}
