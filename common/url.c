/* https URLs and form encoding. */
#include "config.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "common/num.h"
#include "common/text.h"
#include "common/url.h"

static const char scheme[] = "https://";

/* A bracketed IPv6 literal, or labels of letters, digits and '-' none of which is empty. */
static bool
is_host(const char *host, size_t n)
{
	struct in6_addr ip;
	char inside[INET6_ADDRSTRLEN];

	if (host[0] != '[')
		return host[0] != '-' && host[0] != '.' && strstr(host, "..") == NULL &&
		    strspn(host, "abcdefghijklmnopqrstuvwxyz0123456789.-") == n;
	if (n < 4 || host[n - 1] != ']' || n - 2 >= sizeof(inside))
		return false;
	memcpy(inside, host + 1, n - 2);
	inside[n - 2] = '\0';
	return inet_pton(AF_INET6, inside, &ip) == 1;
}

/* Copies the host of an authority lower-cased; returns the text behind it, NULL if it is not a
 * host. */
static const char *
parse_host(const char *s, struct url *u)
{
	size_t n = *s == '[' ? strcspn(s, "]") + 1 : strcspn(s, ":/?");

	if (n == 0 || n >= sizeof(u->host) || n > strlen(s))
		return NULL;
	for (size_t i = 0; i < n; i++)
		u->host[i] = (char)(s[i] >= 'A' && s[i] <= 'Z' ? s[i] - 'A' + 'a' : s[i]);
	u->host[n] = '\0';
	return is_host(u->host, n) ? s + n : NULL;
}

/* An optional ":port"; returns the text behind it, NULL if it is not one. */
static const char *
parse_port(const char *s, struct url *u)
{
	size_t n;
	char digits[6];
	uint64_t v;

	u->port = 443;
	if (*s != ':')
		return s;
	n = strcspn(++s, "/?");
	if (n == 0 || n >= sizeof(digits))
		return NULL;
	memcpy(digits, s, n);
	digits[n] = '\0';
	if (!num_parse(digits, 1, 65535, &v))
		return NULL;
	u->port = (uint16_t)v;
	return s + n;
}

enum errcode
url_parse(const char *s, struct url *u, struct err *e)
{
	struct url out;
	const char *at;
	size_t len = strlen(s);

	if (len > URL_MAX)
		return err_set(e, E_FORMAT, NULL, "longer than %d characters", URL_MAX);
	if (!text_is_ascii(s, len, false) || strpbrk(s, "\"<>\\^`{|}") != NULL)
		return err_set(e, E_FORMAT, NULL, "holds a character that no URL may hold");
	if (strncmp(s, scheme, sizeof(scheme) - 1) != 0)
		return err_set(e, E_FORMAT, NULL, "does not begin with https://");
	if (strchr(s, '#') != NULL)
		return err_set(e, E_FORMAT, NULL, "has a fragment");
	if ((at = parse_host(s + sizeof(scheme) - 1, &out)) == NULL)
		return err_set(e, E_FORMAT, NULL, "has no host name, or a user name before it");
	if ((at = parse_port(at, &out)) == NULL)
		return err_set(e, E_FORMAT, NULL, "has no valid port behind its host");
	if (*at != '\0' && *at != '/' && *at != '?')
		return err_set(e, E_FORMAT, NULL, "has no valid host name");
	out.path = at;
	*u = out;
	return E_OK;
}

bool
url_same_origin(const struct url *a, const struct url *b)
{
	return strcmp(a->host, b->host) == 0 && a->port == b->port;
}

static bool
is_unreserved(unsigned char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    c == '-' || c == '.' || c == '_' || c == '~';
}

enum errcode
url_put_form(struct buf *b, const char *s)
{
	enum errcode r = E_OK;

	for (; *s != '\0' && r == E_OK; s++) {
		unsigned char c = (unsigned char)*s;

		if (is_unreserved(c))
			r = buf_put_u8(b, c);
		else if (c == ' ')
			r = buf_put_u8(b, '+');
		else
			r = buf_printf(b, "%%%02X", c);
	}
	return r;
}

enum errcode
url_put_param(struct buf *b, const char *name, const char *value)
{
	enum errcode r;

	if (buf_len(b) > 0 && (r = buf_put_u8(b, '&')) != E_OK)
		return r;
	if ((r = url_put_form(b, name)) != E_OK || (r = buf_put_u8(b, '=')) != E_OK)
		return r;
	return url_put_form(b, value);
}
