/* The cookies of one origin. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mock_idp/browser/jar.h"

#define HOST_PREFIX "__Host-"

/* A piece of "a=b; c" without the blanks around it. */
struct piece {
	const char *name, *value;
	size_t nlen, vlen;
};

struct attributes {
	bool secure, domain, whole_host, ended;
};

/* The next piece; where the one after it begins. */
static const char *
read_piece(const char *s, struct piece *p)
{
	size_t n = strcspn(s, ";"), lead = strspn(s, " "), name;
	const char *eq;

	lead = lead > n ? n : lead;
	p->name = s + lead;
	eq = memchr(p->name, '=', n - lead);
	name = eq == NULL ? n - lead : (size_t)(eq - p->name);
	p->nlen = name;
	p->value = eq == NULL ? s + n : eq + 1;
	p->vlen = (size_t)(s + n - p->value);
	return s[n] == ';' ? s + n + 1 : s + n;
}

static bool
is(const struct piece *p, const char *name)
{
	return p->nlen == strlen(name) && strncasecmp(p->name, name, p->nlen) == 0;
}

static void
read_attributes(const char *s, struct attributes *a)
{
	struct piece p;

	while (*s != '\0') {
		s = read_piece(s, &p);
		a->secure = a->secure || is(&p, "secure");
		a->domain = a->domain || is(&p, "domain");
		if (is(&p, "path"))
			a->whole_host = p.vlen == 1 && *p.value == '/';
		if (is(&p, "max-age"))
			a->ended = p.vlen == 0 || *p.value == '-' || *p.value == '0';
	}
}

/* Takes the cookie of that name out; the last one fills its place. */
static void
forget(struct jar *j, const char *name)
{
	for (size_t i = 0; i < j->cookies.n; i++) {
		struct pairs last = { .n = 1 };

		if (strcmp(j->cookies.v[i].name, name) != 0)
			continue;
		last.v[0] = j->cookies.v[i];
		j->cookies.v[i] = j->cookies.v[--j->cookies.n];
		pairs_clear(&last);
		return;
	}
}

static enum errcode
take_one(struct jar *j, const char *text)
{
	struct attributes a = { false };
	struct piece p;
	char *name;

	read_attributes(read_piece(text, &p), &a);
	if (p.nlen == 0 ||
	    (strncmp(p.name, HOST_PREFIX, sizeof(HOST_PREFIX) - 1) == 0 &&
	        (!a.secure || a.domain || !a.whole_host)))
		return E_OK;
	if ((name = strndup(p.name, p.nlen)) == NULL)
		return E_NOMEM;
	forget(j, name);
	if (!a.ended)
		return pairs_take(&j->cookies, name, strndup(p.value, p.vlen));
	free(name);
	return E_OK;
}

enum errcode
jar_take(struct jar *j, const struct answer *a)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < a->headers.n && r == E_OK; i++)
		if (strcasecmp(a->headers.v[i].name, "Set-Cookie") == 0)
			r = take_one(j, a->headers.v[i].value);
	return r;
}

enum errcode
jar_put(const struct jar *j, struct buf *b)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < j->cookies.n && r == E_OK; i++)
		r = buf_printf(b, "%s%s=%s", i == 0 ? "Cookie: " : "; ", j->cookies.v[i].name,
		    j->cookies.v[i].value);
	return r == E_OK && j->cookies.n > 0 ? buf_puts(b, "\r\n") : r;
}

void
jar_clear(struct jar *j)
{
	pairs_clear(&j->cookies);
}
