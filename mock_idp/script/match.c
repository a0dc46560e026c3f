/* Which requests a rule is about. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/num.h"
#include "mock_idp/basic.h"
#include "mock_idp/msg.h"
#include "mock_idp/script/match.h"
#include "mock_idp/script/shape.h"

#define NTH_MAX 1000000000

/* What the requests of an endpoint say. */
enum { GRANT = 1, CLIENT = 2 };

static const struct place {
	const char *ep;
	unsigned says;
} places[] = {
	{ MATCH_CONNECT, 0 },
	{ "discovery", 0 },
	{ "oauth-metadata", 0 },
	{ "jwks", 0 },
	{ "device", CLIENT },
	{ "token", GRANT | CLIENT },
	{ "userinfo", 0 },
	{ "authorization", CLIENT },
	{ "par", CLIENT },
	{ "introspection", CLIENT },
	{ "revocation", CLIENT },
	{ "page", 0 },
	{ MATCH_ANY, GRANT | CLIENT },
};

static const struct place *
find_place(const char *ep)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (strcmp(places[i].ep, ep) == 0)
			return &places[i];
	return NULL;
}

static enum errcode
unknown_ep(const char *ep, const struct where *at, struct err *e)
{
	char known[160] = "";
	size_t len = 0;

	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]) && len < sizeof(known); i++)
		len += (size_t)snprintf(
		    known + len, sizeof(known) - len, "%s%s", i == 0 ? "" : ", ", places[i].ep);
	return where_err(at, e, "unknown endpoint %.40s; known: %s", ep, known);
}

static enum errcode
take_ep(void *arg, json_t *v, const struct where *at, struct err *e)
{
	const struct place *p = find_place(json_string_value(v));

	if (p == NULL)
		return unknown_ep(json_string_value(v), at, e);
	((struct match *)arg)->ep = p->ep;
	return E_OK;
}

static enum errcode
take_grant(void *arg, json_t *v, const struct where *at, struct err *e)
{
	static const char *const grants[][2] = {
		{ "device_code", "urn:ietf:params:oauth:grant-type:device_code" },
		{ "authorization_code", "authorization_code" },
		{ "refresh_token", "refresh_token" },
	};
	struct match *m = arg;

	for (size_t i = 0; i < sizeof(grants) / sizeof(grants[0]); i++)
		if (strcmp(grants[i][0], json_string_value(v)) == 0)
			m->grant = grants[i][1];
	return m->grant != NULL
	    ? E_OK
	    : where_err(at, e,
	          "unknown grant %.40s; known: device_code, authorization_code, refresh_token",
	          json_string_value(v));
}

static enum errcode
take_client(void *arg, json_t *v, const struct where *at, struct err *e)
{
	((struct match *)arg)->client = json_string_value(v);
	return json_string_length(v) > 0 ? E_OK : where_err(at, e, "is empty");
}

static enum errcode
take_method(void *arg, json_t *v, const struct where *at, struct err *e)
{
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	const char *s = json_string_value(v);

	((struct match *)arg)->method = s;
	return *s != '\0' && s[strspn(s, letters)] == '\0' ? E_OK
	                                                   : where_err(at, e, "is not a method");
}

/* "2-4", "3-" */
static bool
parse_range(const char *s, uint64_t *first, uint64_t *last)
{
	char text[32];
	const char *dash = strchr(s, '-');

	if (dash == NULL || (size_t)(dash - s) >= sizeof(text))
		return false;
	(void)snprintf(text, sizeof(text), "%.*s", (int)(dash - s), s);
	if (!num_parse(text, 1, NTH_MAX, first))
		return false;
	*last = UINT64_MAX;
	return dash[1] == '\0' || num_parse(dash + 1, *first, NTH_MAX, last);
}

static enum errcode
take_nth(void *arg, json_t *v, const struct where *at, struct err *e)
{
	static const char wanted[] = "must be a number from 1 on, \"2-4\", \"3-\", \"odd\" or "
	                             "\"even\"";
	struct match *m = arg;
	const char *s = json_string_value(v);

	if (json_is_integer(v)) {
		m->first = m->last = (uint64_t)json_integer_value(v);
		return json_integer_value(v) >= 1 ? E_OK : where_err(at, e, wanted);
	}
	if (strcmp(s, "odd") == 0 || strcmp(s, "even") == 0) {
		m->first = *s == 'o' ? 1 : 2;
		m->step = 2;
		return E_OK;
	}
	return parse_range(s, &m->first, &m->last) ? E_OK : where_err(at, e, wanted);
}

enum errcode
match_parse(struct match *m, json_t *spec, const struct where *at, struct err *e)
{
	static const struct shape_member members[] = {
		{ "ep", SHAPE_TEXT, true, take_ep },
		{ "nth", SHAPE_INTEGER | SHAPE_TEXT, false, take_nth },
		{ "grant", SHAPE_TEXT, false, take_grant },
		{ "client", SHAPE_TEXT, false, take_client },
		{ "method", SHAPE_TEXT, false, take_method },
		{ NULL, 0, false, NULL },
	};
	const struct place *p;
	enum errcode r;

	*m = (struct match){ .first = 1, .last = UINT64_MAX, .step = 1 };
	if ((r = shape_object(spec, members, m, at, e)) != E_OK)
		return r;
	if ((p = find_place(m->ep)) == NULL)
		return unknown_ep(m->ep, at, e);
	if (m->grant != NULL && (p->says & GRANT) == 0)
		return where_err(at, e, "requests of %s have no grant", m->ep);
	if (m->client != NULL && (p->says & CLIENT) == 0)
		return where_err(at, e, "requests of %s do not say which client", m->ep);
	if (m->method != NULL && strcmp(m->ep, MATCH_CONNECT) == 0)
		return where_err(at, e, "a connection has no method");
	return E_OK;
}

/* The name of Basic authentication. */
static const char *
basic_name(const char *header, char *out, size_t size)
{
	struct basic b;
	bool fits = basic_read(&b, header) && strlen(b.name) < size;

	if (fits)
		(void)snprintf(out, size, "%s", b.name);
	basic_clear(&b);
	return fits ? out : NULL;
}

const char *
match_client(const struct exchange *x, char *out, size_t size)
{
	const char *id = pairs_get(&x->req.form, "client_id"),
	           *header = pairs_get(&x->req.headers, "authorization");

	if (id == NULL)
		id = pairs_get(&x->req.query, "client_id");
	return id != NULL || header == NULL ? id : basic_name(header, out, size);
}

static bool
same(const char *wanted, const char *is)
{
	return wanted == NULL || (is != NULL && strcmp(wanted, is) == 0);
}

bool
match_request(struct match *m, const struct exchange *x)
{
	bool connection = x->ep != NULL && strcmp(x->ep, MATCH_CONNECT) == 0;
	char id[256];

	if (strcmp(m->ep, MATCH_ANY) == 0 ? connection : !same(m->ep, x->ep))
		return false;
	if (!same(m->method, x->req.method) ||
	    !same(m->grant, pairs_get(&x->req.form, "grant_type")) ||
	    (m->client != NULL && !same(m->client, match_client(x, id, sizeof(id)))))
		return false;
	m->seen++;
	return m->seen >= m->first && m->seen <= m->last && (m->seen - m->first) % m->step == 0;
}
