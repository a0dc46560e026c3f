/* Where the browser goes back to. */
#include "config.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "common/text.h"
#include "common/url.h"
#include "mock_idp/form.h"
#include "mock_idp/ep/redirect.h"

#define LOCATION_MAX 8192

static const char http[] = "http://", https[] = "https://";

/* "http://HOST:PORT/rest" in pieces; brackets belong to the host. */
struct plain {
	const char *host;
	size_t hostlen;
	const char *rest; /* path and query */
};

static bool
split_plain(const char *uri, struct plain *p)
{
	const char *at = uri + sizeof(http) - 1;
	size_t n;

	if (strncmp(uri, http, sizeof(http) - 1) != 0)
		return false;
	p->host = at;
	n = *at == '[' ? strcspn(at, "]") + 1 : strcspn(at, ":/?");
	if (n > strlen(at))
		return false;
	p->hostlen = n;
	at += n;
	if (*at == ':') {
		n = strspn(at + 1, "0123456789");
		if (n == 0 || n > 5)
			return false;
		at += n + 1;
	}
	p->rest = at;
	return *at == '\0' || *at == '/' || *at == '?';
}

static bool
is_loopback(const struct plain *p)
{
	char text[32];
	struct in_addr a;

	if (p->hostlen == 5 && strncmp(p->host, "[::1]", 5) == 0)
		return true;
	if (p->hostlen >= sizeof(text))
		return false;
	memcpy(text, p->host, p->hostlen);
	text[p->hostlen] = '\0';
	return inet_pton(AF_INET, text, &a) == 1 && ntohl(a.s_addr) >> 24 == 127;
}

bool
redirect_matches(const char *registered, const char *asked)
{
	struct plain r, a;

	if (strcmp(registered, asked) == 0)
		return true;
	return split_plain(registered, &r) && split_plain(asked, &a) && is_loopback(&r) &&
	    r.hostlen == a.hostlen && strncmp(r.host, a.host, r.hostlen) == 0 &&
	    strcmp(r.rest, a.rest) == 0;
}

bool
redirect_registrable(const char *uri)
{
	struct plain p;

	if (!text_is_ascii(uri, strlen(uri), false) || strchr(uri, '#') != NULL)
		return false;
	if (strncmp(uri, https, sizeof(https) - 1) == 0)
		return uri[sizeof(https) - 1] != '\0' && uri[sizeof(https) - 1] != '/';
	return split_plain(uri, &p) &&
	    (is_loopback(&p) || (p.hostlen == 9 && strncmp(p.host, "localhost", 9) == 0));
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(((const struct pair *)a)->name, ((const struct pair *)b)->name);
}

static bool
collect(struct pairs *all, const char *query, const struct pairs *more)
{
	if (query != NULL && form_parse(all, query + 1, strlen(query + 1)) != E_OK)
		return false;
	for (size_t i = 0; i < more->n; i++)
		if (pairs_add(all, more->v[i].name, more->v[i].value) != E_OK)
			return false;
	qsort(all->v, all->n, sizeof(all->v[0]), by_name);
	return true;
}

char *
redirect_build(const char *uri, const struct pairs *more)
{
	struct pairs all = { .n = 0 };
	const char *query = strchr(uri, '?'), *text;
	struct buf *b = buf_new(LOCATION_MAX), *params = buf_new(LOCATION_MAX);
	char *out = NULL;
	bool ok = b != NULL && params != NULL && collect(&all, query, more);

	for (size_t i = 0; i < all.n && ok; i++)
		ok = url_put_param(params, all.v[i].name, all.v[i].value) == E_OK;
	if (ok && (text = buf_cstr(params)) != NULL &&
	    buf_put(b, uri, query == NULL ? strlen(uri) : (size_t)(query - uri)) == E_OK &&
	    buf_printf(b, "?%s", text) == E_OK && (text = buf_cstr(b)) != NULL)
		out = strdup(text);
	pairs_clear(&all);
	buf_free(params);
	buf_free(b);
	return out;
}
