/* A query in its pieces, and changes of it. */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/num.h"
#include "mock_idp/browser/rawquery.h"

struct rawquery_row {
	const char *option;
	bool takes_value;
	bool pair; /* the value is NAME=SOMETHING */
	enum errcode (*apply)(struct rawquery *, const char *arg, struct err *);
};

static size_t
name_len(const char *piece)
{
	return strcspn(piece, "=");
}

/* The first piece of the name that s begins with, up to its '=' if it has one; NULL. */
static char **
find(struct rawquery *q, const char *s)
{
	size_t n = name_len(s);

	for (size_t i = 0; i < q->n; i++)
		if (name_len(q->v[i]) == n && strncmp(q->v[i], s, n) == 0)
			return &q->v[i];
	return NULL;
}

/* Takes piece over, also when it fails. */
static enum errcode
insert(struct rawquery *q, size_t at, char *piece, struct err *e)
{
	if (piece == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	if (q->n >= RAWQUERY_MAX) {
		free(piece);
		return err_set(e, E_LIMIT, NULL, "more than %d parameters", RAWQUERY_MAX);
	}
	memmove(&q->v[at + 1], &q->v[at], (q->n - at) * sizeof(q->v[0]));
	q->v[at] = piece;
	q->n++;
	return E_OK;
}

/* Takes piece over. */
static enum errcode
replace(char **at, char *piece, struct err *e)
{
	if (piece == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	free(*at);
	*at = piece; /* -fanalyzer: rawquery_clear frees it */
	return E_OK;
}

static enum errcode
missing(const char *name, struct err *e)
{
	return err_set(
	    e, E_CFG, NULL, "the redirect has no parameter %.*s", (int)name_len(name), name);
}

static enum errcode
nothing(const char *name, struct err *e)
{
	return err_set(e, E_CFG, NULL, "the value of %.64s has nothing to change", name);
}

static enum errcode
set(struct rawquery *q, const char *arg, struct err *e)
{
	char **at = find(q, arg);

	return at == NULL ? insert(q, q->n, strdup(arg), e) : replace(at, strdup(arg), e);
}

static enum errcode
drop(struct rawquery *q, const char *arg, struct err *e)
{
	char **at = find(q, arg);

	if (at == NULL)
		return missing(arg, e);
	for (; at != NULL; at = find(q, arg)) {
		free(*at);
		q->n--;
		memmove(at, at + 1, (size_t)(&q->v[q->n] - at) * sizeof(*at));
	}
	return E_OK;
}

static enum errcode
duplicate(struct rawquery *q, const char *arg, struct err *e)
{
	char **at = find(q, arg);

	if (at == NULL)
		return missing(arg, e);
	return insert(q, q->n, strdup(strchr(arg, '=') == NULL ? *at : arg), e);
}

/* In front: whoever takes the first of two takes this one. */
static enum errcode
prepend(struct rawquery *q, const char *arg, struct err *e)
{
	return insert(q, 0, strdup(arg), e);
}

/* Letters of the value alone: those of "%2F" mean the same in either case. */
static enum errcode
swap_case(struct rawquery *q, const char *arg, struct err *e)
{
	char **at = find(q, arg);
	bool changed = false;

	if (at == NULL)
		return missing(arg, e);
	for (char *s = *at + name_len(*at); *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;

		if (c == '%' && s[1] != '\0' && s[2] != '\0')
			s += 2;
		else if (isalpha(c)) {
			*s = (char)(islower(c) ? toupper(c) : tolower(c));
			changed = true;
		}
	}
	return changed ? E_OK : nothing(arg, e);
}

/* One character less: what a comparison takes for equal that stops at the shorter end. */
static enum errcode
cut(struct rawquery *q, const char *arg, struct err *e)
{
	char **at = find(q, arg), *value;
	size_t n;

	if (at == NULL)
		return missing(arg, e);
	value = *at + name_len(*at);
	n = strlen(value);
	if (n < 2)
		return nothing(arg, e);
	n -= n > 3 && value[n - 3] == '%' ? 3 : 1;
	value[n] = '\0';
	return E_OK;
}

static enum errcode
rename_to(struct rawquery *q, const char *arg, struct err *e)
{
	const char *to = arg + name_len(arg) + 1;
	char **at = find(q, arg), *piece = NULL;

	if (at == NULL)
		return missing(arg, e);
	if (asprintf(&piece, "%s%s", to, *at + name_len(*at)) < 0)
		piece = NULL;
	return replace(at, piece, e);
}

/* NAME=N: the value over and over, N characters of it. */
static enum errcode
stretch(struct rawquery *q, const char *arg, struct err *e)
{
	size_t n = name_len(arg), old;
	char **at = find(q, arg), *piece;
	uint64_t want = 0;

	if (at == NULL)
		return missing(arg, e);
	old = strlen(*at + name_len(*at));
	if (old < 2)
		return nothing(arg, e);
	(void)num_parse(arg + n + 1, 1, RAWQUERY_BYTES / 2, &want);
	if ((piece = malloc(n + 2 + (size_t)want)) != NULL) {
		memcpy(piece, *at, n + 1);
		for (size_t i = 0; i < want; i++)
			piece[n + 1 + i] = (*at)[n + 1 + i % (old - 1)];
		piece[n + 1 + want] = '\0';
	}
	return replace(at, piece, e);
}

static enum errcode
percent(struct rawquery *q, const char *arg, struct err *e)
{
	(void)arg;
	return insert(q, q->n, strdup("x=%zz"), e);
}

static const struct rawquery_row rows[] = {
	{ "--set", true, false, set },
	{ "--drop", true, false, drop },
	{ "--duplicate", true, false, duplicate },
	{ "--prepend", true, false, prepend },
	{ "--case", true, false, swap_case },
	{ "--prefix", true, false, cut },
	{ "--rename", true, true, rename_to },
	{ "--stretch", true, true, stretch },
	{ "--percent", false, false, percent },
};

const struct rawquery_row *
rawquery_row(const char *option)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].option, option) == 0)
			return &rows[i];
	return NULL;
}

bool
rawquery_takes_value(const struct rawquery_row *row)
{
	return row->takes_value;
}

bool
rawquery_good_value(const struct rawquery_row *row, const char *arg)
{
	uint64_t v;

	if (!row->takes_value)
		return true;
	if (row->pair && arg[name_len(arg)] != '=')
		return false;
	return row->apply != stretch ||
	    num_parse(arg + name_len(arg) + 1, 1, RAWQUERY_BYTES / 2, &v);
}

enum errcode
rawquery_split(const char *query, struct rawquery *q)
{
	enum errcode r = E_OK;
	bool more = *query != '\0';

	memset(q, 0, sizeof(*q));
	while (more && r == E_OK) {
		size_t n = strcspn(query, "&");

		r = insert(q, q->n, strndup(query, n), NULL);
		more = query[n] == '&';
		query += more ? n + 1 : n;
	}
	return r;
}

enum errcode
rawquery_change(struct rawquery *q, const struct rawquery_change *c, struct err *e)
{
	return c->row->apply(q, c->arg, e);
}

enum errcode
rawquery_put(const struct rawquery *q, struct buf *b)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < q->n && r == E_OK; i++)
		if (i == 0 || (r = buf_put_u8(b, '&')) == E_OK)
			r = buf_puts(b, q->v[i]);
	return r;
}

void
rawquery_clear(struct rawquery *q)
{
	for (size_t i = 0; i < q->n; i++)
		free(q->v[i]);
	q->n = 0;
}
