/* Whether the requests that came were those that should come. */
#include "config.h"

#include <string.h>

#include "mock_idp/control/expect.h"
#include "mock_idp/control/hold.h"
#include "mock_idp/control/pick.h"

#define ALL 32

static const struct row {
	struct expect_kind kind;
	size_t eps; /* how many of the words are endpoints */
	bool (*hold)(const struct hold *);
} rows[] = {
	{ { "count", 2, 2, "EP N", "N requests came to it" }, 1, hold_count },
	{ { "at-least", 2, 2, "EP N", "N or more" }, 1, hold_at_least },
	{ { "at-most", 2, 2, "EP N", "N or fewer" }, 1, hold_at_most },
	{ { "never", 1, 1, "EP", "none" }, 1, hold_never },
	{ { "order", 2, ALL, "EP EP...", "in this order, others in between" }, ALL, hold_order },
	{ { "gap", 2, 2, "EP MS", "least pause between an answer and the next request" }, 1,
	    hold_gap },
	{ { "header", 3, ALL, "EP NAME VALUE...", "each request has that header" }, 1,
	    hold_header },
	{ { "no-header", 2, 2, "EP NAME", "no request has it" }, 1, hold_header },
	{ { "param", 3, ALL, "EP NAME VALUE...", "each has that parameter, of query or form" }, 1,
	    hold_param },
	{ { "no-param", 2, 2, "EP NAME", "no request has it" }, 1, hold_param },
	{ { "clean", 0, 0, "", "no violation at all" }, 0, hold_clean },
	{ { "violation", 1, 1, "ID", "a violation of that name" }, 0, hold_violation },
};

const struct expect_kind *
expect_kind(size_t index)
{
	return index < sizeof(rows) / sizeof(rows[0]) ? &rows[index].kind : NULL;
}

static bool
hold_row(const struct row *r, const struct hold *h)
{
	if (h->n < r->kind.min || h->n > r->kind.max)
		return hold_no(h, "%s wants %s", r->kind.name,
		    *r->kind.usage == '\0' ? "no more words" : r->kind.usage);
	for (size_t i = 0; i < h->n && i < r->eps; i++)
		if (!pick_is_ep(h->word[i]))
			return hold_no(h, "%.64s is no endpoint", h->word[i]);
	if (h->j->n < h->j->seq)
		return hold_no(h, "the journal has lost its oldest entries (%llu)",
		    (unsigned long long)(h->j->seq - h->j->n));
	return r->hold(h);
}

bool
expect_holds(const struct journal *j, size_t n, char *const word[], char why[EXPECT_WHY_SIZE])
{
	const struct hold h = { j, word + (n > 0), n - (n > 0), why };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && n > 0; i++)
		if (strcmp(rows[i].kind.name, word[0]) == 0)
			return hold_row(&rows[i], &h);
	return hold_no(&h, "%.64s is no expectation", n == 0 ? "nothing" : word[0]);
}
