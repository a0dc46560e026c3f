/* URLs: what is accepted leads libcurl to the host and port that we read in it, and nowhere else;
 * any text survives form encoding. */
#include "config.h"

#include <arpa/inet.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <curl/curl.h>

#include "common/url.h"
#include "fuzz/fuzz.h"

static void
must(int holds)
{
	if (!holds)
		abort();
}

/* libcurl rewrites addresses: 127.1 is 127.0.0.1, and zeros go from IPv6. */
static int
is_same_host(const char *ours, const char *theirs)
{
	char a[URL_HOST_MAX], b[URL_HOST_MAX];
	struct in6_addr six_a, six_b;
	struct in_addr four_a, four_b;

	if (strcasecmp(ours, theirs) == 0)
		return 1;
	if (inet_aton(ours, &four_a) != 0 && inet_aton(theirs, &four_b) != 0)
		return four_a.s_addr == four_b.s_addr;
	if (sscanf(ours, "[%255[^]]]", a) != 1 || sscanf(theirs, "[%255[^]]]", b) != 1)
		return 0;
	return inet_pton(AF_INET6, a, &six_a) == 1 && inet_pton(AF_INET6, b, &six_b) == 1 &&
	    memcmp(&six_a, &six_b, sizeof(six_a)) == 0;
}

static char *
part(CURLU *c, CURLUPart which)
{
	char *s = NULL;

	return curl_url_get(c, which, &s, CURLU_DEFAULT_PORT) == CURLUE_OK ? s : NULL;
}

/* A second reading, by the parser that will use it. What libcurl refuses goes nowhere. */
static void
ask_curl(const char *s, const struct url *u)
{
	CURLU *c = curl_url();

	must(c != NULL);
	if (curl_url_set(c, CURLUPART_URL, s, CURLU_PATH_AS_IS) == CURLUE_OK) {
		char *host = part(c, CURLUPART_HOST), *port = part(c, CURLUPART_PORT);
		char *scheme = part(c, CURLUPART_SCHEME), *user = part(c, CURLUPART_USER);

		must(scheme != NULL && strcmp(scheme, "https") == 0 && user == NULL);
		must(host != NULL && is_same_host(u->host, host));
		must(port != NULL && strtoul(port, NULL, 10) == u->port);
		curl_free(host);
		curl_free(port);
		curl_free(scheme);
		curl_free(user);
	}
	curl_url_cleanup(c);
}

/* Put together again from its parts it is the same place. */
static void
read_again(const struct url *u)
{
	char text[URL_MAX + 16];
	struct url v;
	int n = snprintf(text, sizeof(text), "https://%s:%u%s", u->host, u->port, u->path);

	must(n > 0 && (size_t)n < sizeof(text));
	if (n > URL_MAX)
		return;
	must(url_parse(text, &v, NULL) == E_OK && url_same_origin(u, &v));
	must(strcmp(u->path, v.path) == 0 && strcmp(u->host, v.host) == 0);
	v.port ^= 1;
	must(!url_same_origin(u, &v));
}

static void
as_url(const char *s)
{
	struct err e = { .code = E_OK };
	struct url u = { .path = NULL };

	if (url_parse(s, &u, &e) != E_OK) {
		must(u.path == NULL && e.code == E_FORMAT && e.text[0] != '\0');
		return;
	}
	must(u.path >= s && u.path <= s + strlen(s) && u.port > 0 && u.host[0] != '\0');
	must(*u.path == '\0' || *u.path == '/' || *u.path == '?');
	ask_curl(s, &u);
	read_again(&u);
}

/* The two values of "v=a&v=b", each of them s. */
static void
as_form(const char *s)
{
	struct buf *b = buf_new(2 * (3 * strlen(s) + 3));
	const char *at;
	int n = 0;

	must(b != NULL);
	must(url_put_param(b, "v", s) == E_OK && url_put_param(b, "v", s) == E_OK);
	must((at = buf_cstr(b)) != NULL && strncmp(at, "v=", 2) == 0);
	for (at += 2; n < 2; n++) {
		const char *end = strchr(at, '&');
		char *copy = strndup(at, end == NULL ? strlen(at) : (size_t)(end - at)), *plain;

		must(copy != NULL && (end == NULL) == (n == 1));
		for (char *p = copy; (p = strchr(p, '+')) != NULL;)
			*p = ' ';
		must((plain = curl_easy_unescape(NULL, copy, 0, NULL)) != NULL);
		must(strcmp(plain, s) == 0);
		curl_free(plain);
		free(copy);
		at = n == 0 ? end + 3 : at;
	}
	buf_free(b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *s = strndup((const char *)data, size);

	must(s != NULL);
	as_url(s);
	as_form(s);
	free(s);
	return 0;
}
