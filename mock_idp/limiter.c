/* Authelia's rate limiter. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/num.h"
#include "mock_idp/limiter.h"

#define AUTHELIA "60/30,120/40,600/50,3600/100"
#define SECONDS_MAX 86400
#define REQUESTS_MAX 100000

/* "60/30" up to the next comma; the text behind it, or NULL. */
static const char *
parse_bucket(const char *s, struct limiter_bucket *b)
{
	char text[24];
	size_t n = strcspn(s, ",");
	uint64_t period, requests;
	char *slash;

	if (n >= sizeof(text))
		return NULL;
	memcpy(text, s, n);
	text[n] = '\0';
	if ((slash = strchr(text, '/')) == NULL)
		return NULL;
	*slash = '\0';
	if (!num_parse(text, 1, SECONDS_MAX, &period) ||
	    !num_parse(slash + 1, 1, REQUESTS_MAX, &requests))
		return NULL;
	*b = (struct limiter_bucket){ (uint32_t)period, (uint32_t)requests };
	/* nothing may stand behind the last comma but a bucket */
	return s[n] == ',' ? s + n + 1 : s + n;
}

bool
limiter_set(struct limiter *l, const char *text)
{
	struct limiter_bucket b[LIMITER_BUCKETS] = { { 0 } };
	const char *at = strcmp(text, "on") == 0 ? AUTHELIA : text;
	bool more = strcmp(text, "off") != 0;
	size_t n = 0;

	while (more) {
		const char *next = n < LIMITER_BUCKETS ? parse_bucket(at, &b[n]) : NULL;

		if (next == NULL)
			return false;
		n++;
		more = next > at && next[-1] == ',';
		at = next;
	}
	memcpy(l->bucket, b, n * sizeof(b[0]));
	l->buckets = n;
	limiter_reset(l);
	return true;
}

void
limiter_reset(struct limiter *l)
{
	l->n = 0;
}

void
limiter_clear(struct limiter *l)
{
	free(l->v);
	memset(l, 0, sizeof(*l));
}

static int64_t
price(const struct limiter_bucket *b)
{
	return (int64_t)b->period * 1000;
}

static struct limiter_visitor *
find(struct limiter *l, const char *endpoint, const char *address)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i].endpoint, endpoint) == 0 &&
		    strncmp(l->v[i].address, address, LIMITER_ADDRESS - 1) == 0)
			return &l->v[i];
	return NULL;
}

/* With all buckets full, in a place of its own or of who stayed away for longest. */
static struct limiter_visitor *
welcome(struct limiter *l, const char *endpoint, const char *address, int64_t now)
{
	struct limiter_visitor *v;

	if (l->v == NULL && (l->v = calloc(LIMITER_VISITORS, sizeof(*v))) == NULL)
		return NULL;
	v = &l->v[0];
	for (size_t i = 1; i < l->n; i++)
		if (l->v[i].came < v->came)
			v = &l->v[i];
	if (l->n < LIMITER_VISITORS)
		v = &l->v[l->n++];
	v->endpoint = endpoint;
	(void)snprintf(v->address, sizeof(v->address), "%s", address);
	v->came = now;
	for (size_t i = 0; i < l->buckets; i++)
		v->credit[i] = price(&l->bucket[i]) * l->bucket[i].requests;
	return v;
}

/* Credit grows with time, up to what the bucket holds. */
static void
earn(const struct limiter *l, struct limiter_visitor *v, int64_t now)
{
	int64_t gone = now > v->came ? now - v->came : 0;

	for (size_t i = 0; i < l->buckets; i++) {
		int64_t most = price(&l->bucket[i]) * l->bucket[i].requests;

		v->credit[i] = most - v->credit[i] < gone ? most : v->credit[i] + gone;
	}
	v->came = now;
}

int64_t
limiter_charge(struct limiter *l, const char *endpoint, const char *address, int64_t now)
{
	struct limiter_visitor *v;
	int64_t wait = 0;

	if (l->buckets == 0)
		return 0;
	if ((v = find(l, endpoint, address)) == NULL &&
	    (v = welcome(l, endpoint, address, now)) == NULL)
		return 0;
	earn(l, v, now);
	for (size_t i = 0; i < l->buckets; i++) {
		int64_t lack = price(&l->bucket[i]) - v->credit[i];

		if (lack <= 0)
			v->credit[i] -= price(&l->bucket[i]);
		else if (lack > wait)
			wait = lack;
	}
	return wait;
}

void
limiter_refund(struct limiter *l, const char *endpoint, const char *address)
{
	struct limiter_visitor *v = l->buckets == 0 ? NULL : find(l, endpoint, address);

	for (size_t i = 0; v != NULL && i < l->buckets; i++)
		v->credit[i] += price(&l->bucket[i]);
}
