/* One HTTPS request by libcurl, and what came of it. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "tests/support/idp/bytes.h"
#include "tests/support/idp/fetch.h"

#define BODY_MAX ((size_t)16 * 1024 * 1024)

CURL *
fetch_new(const char *ca_file)
{
	CURL *c = curl_easy_init();

	if (c == NULL)
		return NULL;
	(void)curl_easy_setopt(c, CURLOPT_CAINFO, ca_file);
	(void)curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	(void)curl_easy_setopt(c, CURLOPT_PROXY, "");
	(void)curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	return c;
}

static size_t
on_body(char *p, size_t size, size_t n, void *arg)
{
	(void)size;
	return buf_put(arg, p, n) == E_OK ? n : 0;
}

/* Of an answer with interim ones before it, the last head counts. */
static size_t
on_header(char *p, size_t size, size_t n, void *arg)
{
	json_t *headers = arg;
	char name[64];
	size_t len = 0, to = n;

	(void)size;
	if (n >= 5 && memcmp(p, "HTTP/", 5) == 0)
		(void)json_object_clear(headers);
	for (; len < n && p[len] != ':' && len < sizeof(name) - 1; len++)
		name[len] = (char)tolower((unsigned char)p[len]);
	name[len] = '\0';
	if (len == n || p[len] != ':' || json_object_get(headers, name) != NULL)
		return n;
	for (len++; len < n && p[len] == ' '; len++)
		;
	while (to > len && (p[to - 1] == '\r' || p[to - 1] == '\n'))
		to--;
	(void)json_object_set_new(headers, name, bytes_text(p + len, to - len));
	return n;
}

/* The member of a body, whether the body is JSON as a whole or not. */
static json_t *
text_member(const json_t *body, const char *text, const char *name)
{
	json_t *v = json_object_get(body, name);
	char wanted[64];
	const char *p;

	if (v != NULL)
		return json_is_string(v) ? json_incref(v) : NULL;
	(void)snprintf(wanted, sizeof(wanted), "\"%s\":\"", name);
	if (body != NULL || (p = strstr(text, wanted)) == NULL)
		return NULL;
	p += strlen(wanted);
	return json_stringn_nocheck(p, strcspn(p, "\""));
}

static void
add_body(json_t *seen, struct buf *b)
{
	const char *text = buf_cstr(b);
	json_t *body = text == NULL
	    ? NULL
	    : json_loadb(text, buf_len(b), JSON_DECODE_ANY | JSON_ALLOW_NUL, NULL);

	if (text == NULL)
		return;
	(void)json_object_set_new(seen, "bytes", json_integer((json_int_t)buf_len(b)));
	(void)json_object_set_new(seen, "body", bytes_text(text, buf_len(b)));
	(void)json_object_set_new(seen, "token", text_member(body, text, "id_token"));
	(void)json_object_set_new(seen, "at", text_member(body, text, "access_token"));
	(void)json_object_set_new(seen, "json", body);
}

static json_t *
describe(CURL *c, CURLcode rc, json_t *headers, struct buf *b)
{
	json_t *seen = json_pack("{s:i, s:O}", "curl", (int)rc, "headers", headers);
	curl_off_t us = 0;
	long status = 0;

	(void)curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
	(void)curl_easy_getinfo(c, CURLINFO_TOTAL_TIME_T, &us);
	(void)json_object_set_new(seen, "status", json_integer(status));
	(void)json_object_set_new(seen, "ms", json_integer(us / 1000));
	if (json_object_get(headers, "content-type") != NULL)
		(void)json_object_set(seen, "type", json_object_get(headers, "content-type"));
	if (json_object_get(headers, "location") != NULL)
		(void)json_object_set(seen, "location", json_object_get(headers, "location"));
	add_body(seen, b);
	return seen;
}

json_t *
fetch(CURL *c, const struct fetch *f)
{
	struct buf *b = buf_new(BODY_MAX);
	json_t *headers = json_object(), *seen;
	struct curl_slist *list = curl_slist_append(NULL, "Accept: application/json");
	char *line = NULL;

	if (f->bearer != NULL && asprintf(&line, "Authorization: Bearer %s", f->bearer) > 0)
		list = curl_slist_append(list, line);
	(void)curl_easy_setopt(c, CURLOPT_URL, f->url);
	if (f->form != NULL)
		(void)curl_easy_setopt(c, CURLOPT_POSTFIELDS, f->form);
	else
		(void)curl_easy_setopt(c, CURLOPT_HTTPGET, 1L);
	(void)curl_easy_setopt(c, CURLOPT_HTTPHEADER, list);
	(void)curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, f->timeout_ms);
	(void)curl_easy_setopt(c, CURLOPT_FRESH_CONNECT, f->fresh ? 1L : 0L);
	(void)curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, on_body);
	(void)curl_easy_setopt(c, CURLOPT_WRITEDATA, b);
	(void)curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, on_header);
	(void)curl_easy_setopt(c, CURLOPT_HEADERDATA, headers);
	seen = describe(c, curl_easy_perform(c), headers, b);
	curl_slist_free_all(list);
	json_decref(headers);
	buf_free(b);
	free(line);
	return seen;
}
