/* What an expectation holds the journal up to: how many, in which order, how long between. */
#include "config.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "common/num.h"
#include "mock_idp/control/hold.h"
#include "mock_idp/control/pick.h"

#define COUNT_MAX 1000000
#define GAP_MAX 3600000

bool
hold_no(const struct hold *h, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	(void)vsnprintf(h->why, EXPECT_WHY_SIZE, fmt, ap);
	va_end(ap);
	return false;
}

/* word[1], compared with what there is; sense: -1 at most, 0 exactly, 1 at least. */
static bool
bound(const struct hold *h, int sense)
{
	static const char *const how[] = { "at most ", "", "at least " };
	uint64_t want, got = pick_count(h->j, h->word[0]);

	if (!num_parse(h->word[1], 0, COUNT_MAX, &want))
		return hold_no(h, "%.32s is not a number of requests", h->word[1]);
	if (got == want || (sense != 0 && (got > want) == (sense > 0)))
		return true;
	return hold_no(h, "%.64s: %llu request%s, expected %s%llu", h->word[0],
	    (unsigned long long)got, got == 1 ? "" : "s", how[sense + 1], (unsigned long long)want);
}

bool
hold_count(const struct hold *h)
{
	return bound(h, 0);
}

bool
hold_at_least(const struct hold *h)
{
	return bound(h, 1);
}

bool
hold_at_most(const struct hold *h)
{
	return bound(h, -1);
}

bool
hold_never(const struct hold *h)
{
	size_t at = 0;
	const struct entry *e = pick_next(h->j, h->word[0], &at);

	return e == NULL ||
	    hold_no(h, "%.64s: seq %llu is one, expected none", h->word[0], pick_seq(h->j, e));
}

/* word[i], behind that seq; 0: behind nothing. */
static bool
missing(const struct hold *h, size_t i, unsigned long long last)
{
	if (i == 0)
		return hold_no(h, "no request to %.64s, expected it first", h->word[0]);
	return hold_no(h, "no request to %.64s behind seq %llu (%.64s), expected it as number %zu",
	    h->word[i], last, h->word[i - 1], i + 1);
}

bool
hold_order(const struct hold *h)
{
	size_t at = 0;
	unsigned long long last = 0;

	for (size_t i = 0; i < h->n; i++) {
		const struct entry *e = pick_next(h->j, h->word[i], &at);

		if (e == NULL)
			return missing(h, i, last);
		last = pick_seq(h->j, e);
	}
	return true;
}

/* From the end of the answer; one that is still on its way, or never came, has none. */
static int64_t
pause_between(const struct entry *before, const struct entry *e)
{
	return e->us - (before->answered < 0 ? before->us : before->answered);
}

bool
hold_gap(const struct hold *h)
{
	const struct entry *e, *before = NULL, *worst = NULL;
	int64_t least = INT64_MAX;
	uint64_t want;
	size_t at = 0;

	if (!num_parse(h->word[1], 0, GAP_MAX, &want))
		return hold_no(h, "%.32s is not a number of milliseconds", h->word[1]);
	for (; (e = pick_next(h->j, h->word[0], &at)) != NULL; before = e)
		if (before != NULL && pause_between(before, e) < least) {
			least = pause_between(before, e);
			worst = e;
		}
	if (worst == NULL)
		return hold_no(h, "%.64s: %s request, expected two or more", h->word[0],
		    before == NULL ? "no" : "one");
	return least >= (int64_t)want * 1000 ||
	    hold_no(h, "%.64s: %.3f ms before seq %llu, expected %llu or more", h->word[0],
	        (double)least / 1000, pick_seq(h->j, worst), (unsigned long long)want);
}
