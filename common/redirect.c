/* Loopback redirect URIs. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/num.h"
#include "common/redirect.h"

static const char scheme[] = "http://";

/* By enum redirect_host. */
static const char *const hosts[] = { "127.0.0.1", "[::1]", "localhost" };
#define NHOSTS (sizeof(hosts) / sizeof(hosts[0]))

/* The text behind the host; NULL when it is none of ours. */
static const char *
parse_host(const char *s, struct redirect *r)
{
	for (size_t i = 0; i < NHOSTS; i++) {
		size_t n = strlen(hosts[i]);

		if (strncmp(s, hosts[i], n) == 0 && (s[n] == ':' || s[n] == '/')) {
			r->host = (enum redirect_host)i;
			return s + n;
		}
	}
	return NULL;
}

/* The text behind an optional port; NULL when it is none. */
static const char *
parse_port(const char *s, struct redirect *r)
{
	char digits[6];
	size_t n = strcspn(s, "/");
	uint64_t v;

	if (*s != ':')
		return s;
	if (n - 1 >= sizeof(digits))
		return NULL;
	memcpy(digits, s + 1, n - 1);
	digits[n - 1] = '\0';
	if (!num_parse(digits, 1, UINT16_MAX, &v))
		return NULL;
	r->port = (uint16_t)v;
	return s + n;
}

enum errcode
redirect_parse(const char *uri, struct redirect *r, struct err *e)
{
	static const char chars[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
	struct redirect out = { .port = 0 };
	const char *s = uri;

	if (strncmp(s, scheme, sizeof(scheme) - 1) != 0 ||
	    (s = parse_host(s + sizeof(scheme) - 1, &out)) == NULL)
		return err_set(e, E_FORMAT, NULL,
		    "does not begin with http://127.0.0.1, http://[::1] or http://localhost, and a "
		    "port or a path behind it");
	if ((s = parse_port(s, &out)) == NULL)
		return err_set(e, E_FORMAT, NULL, "has no valid port behind its host");
	if (*s != '/' || strlen(s) > REDIRECT_PATH_MAX || s[strspn(s, chars)] != '\0')
		return err_set(e, E_FORMAT, NULL,
		    "has no path of at most %d letters, digits, '-', '.', '_', '~' and '/'",
		    REDIRECT_PATH_MAX);
	memcpy(out.path, s, strlen(s) + 1);
	*r = out;
	return E_OK;
}

void
redirect_authority(const struct redirect *r, char dst[REDIRECT_AUTHORITY_SIZE])
{
	int n = snprintf(dst, REDIRECT_AUTHORITY_SIZE, "%s", hosts[r->host]);

	if (r->port != 80)
		(void)snprintf(
		    dst + n, REDIRECT_AUTHORITY_SIZE - (size_t)n, ":%u", (unsigned)r->port);
}

void
redirect_uri(const struct redirect *r, char dst[REDIRECT_URI_SIZE])
{
	(void)snprintf(dst, REDIRECT_URI_SIZE, "%s%s:%u%s", scheme, hosts[r->host],
	    (unsigned)r->port, r->path);
}
