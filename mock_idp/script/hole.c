/* One placeholder. */
#include "config.h"

#include <string.h>

#include "common/num.h"
#include "mock_idp/script/derive.h"
#include "mock_idp/script/hole.h"

#define NOW_FAR 1000000000000 /* seconds: past the year 9999, and no overflow */

static const char *const facts[] = { "client_id", "user_code", "device_code", "access_token",
	"nonce", "state", "sub", "user", "redirect_uri" };

static const char *
origin(const struct hole_world *w, const char *name)
{
	static const char https[] = "https://";

	if (strcmp(name, "issuer") == 0)
		return w->issuer;
	if (strcmp(name, "host") == 0)
		return strncmp(w->origin, https, sizeof(https) - 1) == 0
		    ? w->origin + sizeof(https) - 1
		    : w->origin;
	if (strcmp(name, "origin2") == 0)
		return w->origin2;
	if (strcmp(name, "evil_http") == 0)
		return w->evil_http;
	return strcmp(name, "evil_https") == 0 ? w->evil_https : NULL;
}

/* "now", "now+300", "now-300" */
static bool
parse_now(struct hole *h)
{
	const char *sign = h->inside + 3;
	uint64_t n = 0;

	if (strncmp(h->inside, "now", 3) != 0)
		return false;
	if (*sign != '\0' &&
	    ((*sign != '+' && *sign != '-') || !num_parse(sign + 1, 0, NOW_FAR, &n)))
		return false;
	h->shift = *sign == '-' ? -(int64_t)n : (int64_t)n;
	return true;
}

/* "repeat:1000:a"; what it comes to has a maximum before it has memory. */
static bool
parse_repeat(struct hole *h)
{
	static const char word[] = "repeat:";
	char *count = h->inside + sizeof(word) - 1, *colon;

	if (strncmp(h->inside, word, sizeof(word) - 1) != 0 || (colon = strchr(count, ':')) == NULL)
		return false;
	*colon = '\0';
	h->text = colon + 1;
	return num_parse(count, 0, HOLE_TEXT_MAX, &h->n) &&
	    (h->n == 0 || strlen(h->text) <= HOLE_TEXT_MAX / h->n);
}

/* "nonce", "nonce!case" */
static bool
is_fact(struct hole *h)
{
	size_t n = strcspn(h->inside, "!");

	h->how = h->inside[n] == '!' ? h->inside + n + 1 : NULL;
	if (h->how != NULL && !derive_is(h->how))
		return false;
	for (size_t i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		if (strlen(facts[i]) == n && strncmp(facts[i], h->inside, n) == 0) {
			h->inside[n] = '\0';
			return true;
		}
	return false;
}

static enum hole_kind
kind_of(struct hole *h)
{
	static const struct hole_world nowhere = { "", "", "", "", "", 0, NULL, NULL };

	if (strcmp(h->inside, "uuid") == 0)
		return HOLE_UUID;
	if (origin(&nowhere, h->inside) != NULL)
		return HOLE_ORIGIN;
	if (strcmp(h->inside, "port") == 0)
		return HOLE_PORT;
	if (is_fact(h))
		return HOLE_FACT;
	if (parse_now(h))
		return HOLE_NOW;
	return parse_repeat(h) ? HOLE_REPEAT : HOLE_NONE;
}

bool
hole_parse(struct hole *h, const char *s, size_t len)
{
	const char *end = memchr(s, '}', len);
	size_t n = end == NULL ? 0 : (size_t)(end - s) - 2;

	h->kind = HOLE_NONE;
	if (end == NULL || n > HOLE_INSIDE_MAX || memchr(s, '\0', n + 2) != NULL)
		return false;
	memcpy(h->inside, s + 2, n);
	h->inside[n] = '\0';
	h->used = n + 3;
	h->kind = kind_of(h);
	return h->kind != HOLE_NONE;
}

static bool
repeat(const struct hole *h, struct buf *out)
{
	bool ok = true;

	for (uint64_t i = 0; i < h->n && ok; i++)
		ok = buf_puts(out, h->text) == E_OK;
	return ok;
}

static bool
put_uuid(const struct hole_world *w, struct buf *out)
{
	char uuid[IDS_UUID_SIZE];

	return ids_uuid(w->ids, uuid) && buf_puts(out, uuid) == E_OK;
}

/* Of "https://127.0.0.1:8443/path" the digits. */
static bool
put_port(const struct hole_world *w, struct buf *out)
{
	const char *host = strstr(w->issuer, "://"), *colon;
	size_t len = host == NULL ? 0 : strcspn(host + 3, "/");

	if (host == NULL || (colon = memrchr(host + 3, ':', len)) == NULL)
		return true;
	return buf_put(out, colon + 1, (size_t)(host + 3 + len - colon - 1)) == E_OK;
}

bool
hole_fill(const struct hole *h, const struct hole_world *w, struct buf *out)
{
	const char *fact;

	switch (h->kind) {
	case HOLE_NONE:
		return true;
	case HOLE_NOW:
		return buf_printf(out, "%lld", (long long)(w->now + h->shift)) == E_OK;
	case HOLE_UUID:
		return put_uuid(w, out);
	case HOLE_REPEAT:
		return repeat(h, out);
	case HOLE_ORIGIN:
		return buf_puts(out, origin(w, h->inside)) == E_OK;
	case HOLE_FACT:
		fact = json_string_value(json_object_get(w->known, h->inside));
		if (fact == NULL)
			fact = "";
		return h->how == NULL ? buf_puts(out, fact) == E_OK : derive_put(h->how, fact, out);
	case HOLE_PORT:
		return put_port(w, out);
	}
	return false;
}
