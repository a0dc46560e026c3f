/* What an expectation holds the journal up to: what was in the requests. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "common/text.h"
#include "mock_idp/control/hold.h"
#include "mock_idp/control/pick.h"

#define VALUE_SHOWN 96

/* Is value the words, with one blank between each two? */
static bool
is_words(const char *value, size_t n, char *const word[])
{
	for (size_t i = 0; i < n; i++) {
		size_t len = strlen(word[i]);

		if ((i > 0 && *value++ != ' ') || strncmp(value, word[i], len) != 0)
			return false;
		value += len;
	}
	return *value == '\0';
}

/* Headers have names in any case, parameters do not. */
typedef int name_cmp(const char *, const char *);

/* Looks for word[1] in one list, and counts; false when a value is not what was expected. */
static bool
look(const struct hold *h, unsigned long long seq, const struct pairs *p, name_cmp *cmp,
    size_t *found)
{
	char shown[VALUE_SHOWN];

	for (size_t i = 0; i < p->n; i++) {
		const char *value = p->v[i].value;

		if (cmp(p->v[i].name, h->word[1]) != 0)
			continue;
		++*found;
		(void)text_escape(shown, sizeof(shown), value, strlen(value));
		if (h->n == 2)
			return hold_no(h, "%.64s: seq %llu has %.64s \"%s\", expected none",
			    h->word[0], seq, h->word[1], shown);
		if (!is_words(value, h->n - 2, h->word + 2))
			return hold_no(h, "%.64s: seq %llu has %.64s \"%s\", expected \"%.64s%s\"",
			    h->word[0], seq, h->word[1], shown, h->word[2], h->n > 3 ? " ..." : "");
	}
	return true;
}

static bool
look_at(const struct hold *h, const struct entry *e, bool headers)
{
	unsigned long long seq = pick_seq(h->j, e);
	struct exchange x;
	size_t found = 0;
	bool good = entry_request(e, &x);

	if (!good)
		(void)hold_no(h, "%.64s: seq %llu could not be read", h->word[0], seq);
	else if (headers)
		good = look(h, seq, &x.req.headers, strcasecmp, &found);
	else
		good = look(h, seq, &x.req.query, strcmp, &found) &&
		    look(h, seq, &x.req.form, strcmp, &found);
	if (good && h->n > 2 && found == 0)
		good = hold_no(h, "%.64s: seq %llu has no %.64s, expected \"%.64s%s\"", h->word[0],
		    seq, h->word[1], h->word[2], h->n > 3 ? " ..." : "");
	msg_clear(&x);
	return good;
}

/* word[1] has that value in each request, or, without one, is in none. */
static bool
each(const struct hold *h, bool headers)
{
	const struct entry *e;
	size_t at = 0, seen = 0;

	while ((e = pick_next(h->j, h->word[0], &at)) != NULL) {
		/* somebody connected to an evil listener, and said nothing */
		if (entry_evil(e) && e->bytes == NULL)
			continue;
		if (!look_at(h, e, headers))
			return false;
		seen++;
	}
	return seen > 0 || hold_no(h, "%.64s: no request, expected one or more", h->word[0]);
}

bool
hold_header(const struct hold *h)
{
	return each(h, true);
}

bool
hold_param(const struct hold *h)
{
	return each(h, false);
}

/* Is it that id, or that id with some detail? */
static bool
is_violation(const char *text, const char *id)
{
	size_t n = strlen(id);

	return strncmp(text, id, n) == 0 && (text[n] == '\0' || text[n] == ':');
}

/* The first violation of that id, of any if NULL; false: none. */
static bool
find_violation(const struct journal *j, const char *id, char text[EXPECT_WHY_SIZE], size_t *at)
{
	bool found = false;

	for (*at = 0; !found && *at < j->n; ++*at) {
		json_t *o = journal_entry(j, *at), *v;
		size_t i;

		json_array_foreach(json_object_get(o, "violations"), i, v)
		{
			found = id == NULL || is_violation(json_string_value(v), id);
			if (found)
				(void)snprintf(text, EXPECT_WHY_SIZE, "%s", json_string_value(v));
			if (found)
				break;
		}
		json_decref(o);
	}
	return found;
}

bool
hold_clean(const struct hold *h)
{
	char text[EXPECT_WHY_SIZE];
	size_t at;

	return !find_violation(h->j, NULL, text, &at) ||
	    hold_no(h, "seq %llu: violation %.128s, expected none",
	        pick_seq(h->j, journal_at(h->j, at - 1)), text);
}

bool
hold_violation(const struct hold *h)
{
	char text[EXPECT_WHY_SIZE];
	size_t at;

	if (find_violation(h->j, h->word[0], text, &at))
		return true;
	return find_violation(h->j, NULL, text, &at)
	    ? hold_no(h, "no violation %.64s, the first is %.128s", h->word[0], text)
	    : hold_no(h, "no violation at all, expected %.64s", h->word[0]);
}
