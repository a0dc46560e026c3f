/* Where the browser may go. */
#include "config.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/num.h"
#include "mock_idp/browser/loopurl.h"

static const struct scheme {
	const char *text;
	bool tls;
	uint16_t port;
} schemes[] = {
	{ "https://", true, 443 },
	{ "http://", false, 80 },
};

static const struct scheme *
find_scheme(const char *s)
{
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (strncasecmp(s, schemes[i].text, strlen(schemes[i].text)) == 0)
			return &schemes[i];
	return NULL;
}

static bool
is_loopback(const char *host)
{
	char inside[INET6_ADDRSTRLEN];
	struct in6_addr six;
	struct in_addr four;
	size_t n = strlen(host);

	if (strcmp(host, "localhost") == 0)
		return true;
	if (inet_pton(AF_INET, host, &four) == 1)
		return ntohl(four.s_addr) >> 24 == 127;
	if (host[0] != '[' || host[n - 1] != ']' || n - 2 >= sizeof(inside))
		return false;
	memcpy(inside, host + 1, n - 2);
	inside[n - 2] = '\0';
	return inet_pton(AF_INET6, inside, &six) == 1 && IN6_IS_ADDR_LOOPBACK(&six);
}

/* The host at s, lower-cased; what stands behind it, NULL when it is none of ours. */
static const char *
read_host(const char *s, struct loopurl *u)
{
	size_t n = *s == '[' ? strcspn(s, "]") + 1 : strcspn(s, ":/?#");

	if (n == 0 || n >= sizeof(u->host) || n > strlen(s))
		return NULL;
	for (size_t i = 0; i < n; i++)
		u->host[i] = (char)(s[i] >= 'A' && s[i] <= 'Z' ? s[i] - 'A' + 'a' : s[i]);
	u->host[n] = '\0';
	return is_loopback(u->host) ? s + n : NULL;
}

static const char *
read_port(const char *s, struct loopurl *u)
{
	char digits[6] = "";
	uint64_t v;
	size_t n;

	if (*s != ':')
		return s;
	n = strcspn(++s, "/?#");
	if (n >= sizeof(digits))
		return NULL;
	memcpy(digits, s, n);
	if (!num_parse(digits, 1, 65535, &v))
		return NULL;
	u->port = (uint16_t)v;
	return s + n;
}

/* What would end the request line or the header never goes out as it is; browsers encode it too. */
static bool
must_encode(unsigned char c)
{
	return c <= ' ' || c >= 0x7f || c == '"' || c == '<' || c == '>';
}

/* Path and query up to a fragment, which no browser sends. */
static char *
read_target(const char *s)
{
	size_t n = strcspn(s, "#");
	struct buf *b = buf_new(LOOPURL_TARGET_MAX);
	const char *text;
	char *out = NULL;
	bool ok = b != NULL && (*s == '/' || buf_put_u8(b, '/') == E_OK);

	for (size_t i = 0; i < n && ok; i++)
		ok = (must_encode((unsigned char)s[i])
		             ? buf_printf(b, "%%%02X", (unsigned)(unsigned char)s[i])
		             : buf_put_u8(b, (uint8_t)s[i])) == E_OK;
	if (ok && (text = buf_cstr(b)) != NULL)
		out = strdup(text);
	buf_free(b);
	return out;
}

enum errcode
loopurl_parse(const char *s, struct loopurl *u, struct err *e)
{
	const struct scheme *scheme = find_scheme(s);
	struct loopurl out = { .target = NULL };
	const char *at;

	memset(u, 0, sizeof(*u));
	if (strlen(s) > LOOPURL_MAX)
		return err_set(e, E_FORMAT, NULL, "a URL of more than %d characters", LOOPURL_MAX);
	if (scheme == NULL)
		return err_set(e, E_FORMAT, NULL, "no http or https URL: %.128s", s);
	out.tls = scheme->tls;
	out.port = scheme->port;
	if ((at = read_host(s + strlen(scheme->text), &out)) == NULL)
		return err_set(e, E_FORMAT, NULL, "not a loopback host: %.128s", s);
	if ((at = read_port(at, &out)) == NULL || (*at != '\0' && strchr("/?#", *at) == NULL))
		return err_set(e, E_FORMAT, NULL, "no port behind the host: %.128s", s);
	if ((out.target = read_target(at)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	*u = out;
	return E_OK; /* -fanalyzer: u has the target now */
}

enum errcode
loopurl_follow(const struct loopurl *base, const char *text, struct loopurl *u, struct err *e)
{
	size_t path = *text == '?' ? strcspn(base->target, "?") : 0;
	struct buf *b = buf_new(LOOPURL_TARGET_MAX + LOOPURL_MAX);
	char host[LOOPURL_AUTHORITY];
	const char *whole = NULL;
	enum errcode r;

	memset(u, 0, sizeof(*u));
	loopurl_authority(base, host);
	if ((*text == '/' && text[1] != '/') || *text == '?') {
		if (b != NULL &&
		    buf_printf(b, "%s://%s%.*s%s", base->tls ? "https" : "http", host, (int)path,
		        base->target, text) == E_OK)
			whole = buf_cstr(b);
	} else {
		whole = text;
	}
	r = whole == NULL ? err_set(e, E_NOMEM, NULL, "out of memory") : loopurl_parse(whole, u, e);
	buf_free(b);
	return r;
}

void
loopurl_authority(const struct loopurl *u, char out[LOOPURL_AUTHORITY])
{
	if (u->port == (u->tls ? 443 : 80))
		(void)snprintf(out, LOOPURL_AUTHORITY, "%s", u->host);
	else
		(void)snprintf(out, LOOPURL_AUTHORITY, "%s:%u", u->host, (unsigned)u->port);
}

enum errcode
loopurl_put(const struct loopurl *u, struct buf *b)
{
	char host[LOOPURL_AUTHORITY];

	loopurl_authority(u, host);
	return buf_printf(b, "%s://%s%s", u->tls ? "https" : "http", host, u->target);
}

bool
loopurl_same_origin(const struct loopurl *a, const struct loopurl *b)
{
	return a->tls == b->tls && a->port == b->port && strcmp(a->host, b->host) == 0;
}

void
loopurl_clear(struct loopurl *u)
{
	free(u->target);
	memset(u, 0, sizeof(*u));
}
