/* The head of one HTTP request. */
#include "config.h"

#include <string.h>
#include <strings.h>

#include "common/text.h"
#include "helper/oidc/check.h"
#include "helper/oidc/reqhead.h"

#define METHOD_MAX 16

/* What is left to read; each line is cut off at its front. */
struct lines {
	const char *p;
	size_t left;
};

/* The next line without its CRLF; false when there is none. */
static bool
next_line(struct lines *l, const char **line, size_t *n)
{
	const char *end = memmem(l->p, l->left, "\r\n", 2);

	if (end == NULL)
		return false;
	*line = l->p;
	*n = (size_t)(end - l->p);
	l->left -= *n + 2;
	l->p = end + 2;
	return true;
}

/* What stands there of the first line can still become a request. */
static bool
may_become_one(const char *p, size_t len)
{
	size_t line = 0;

	while (line < len && p[line] != '\r')
		line++;
	return (len == 0 || (p[0] >= 'A' && p[0] <= 'Z')) && text_is_ascii(p, line, true);
}

/* The text before the next blank, cut off with it; NULL when there is none or it is too long. */
static const char *
cut_word(const char **p, size_t *left, size_t max, size_t *n)
{
	const char *word = *p, *blank = memchr(word, ' ', *left);

	if (blank == NULL || blank == word || (size_t)(blank - word) > max)
		return NULL;
	*n = (size_t)(blank - word);
	*p = blank + 1;
	*left -= *n + 1;
	return word;
}

/* "METHOD /target HTTP/1.x"; 0, or the status. */
static int
read_line(struct reqhead *h, const char *p, size_t n)
{
	if (!text_is_ascii(p, n, true) ||
	    (h->method = cut_word(&p, &n, METHOD_MAX, &h->method_len)) == NULL ||
	    (h->target = cut_word(&p, &n, REQHEAD_LINE_MAX, &h->target_len)) == NULL ||
	    memchr(p, ' ', n) != NULL)
		return 400;
	if (CHECK(C_031) && h->target[0] != '/')
		return 400;
	if (n != 8 || memcmp(p, "HTTP/", 5) != 0)
		return 400;
	return memcmp(p + 5, "1.1", 3) == 0 || memcmp(p + 5, "1.0", 3) == 0 ? 0 : 505;
}

/* Blanks, tabs and what is visible, in whatever alphabet; no control character, CR and LF above
 * all. */
static bool
is_value(const char *p, size_t n)
{
	for (; n > 0; p++, n--)
		if ((unsigned char)*p < 0x20 ? *p != '\t' : *p == 0x7f)
			return false;
	return true;
}

static bool
is_name(const char *p, size_t n, const char *name)
{
	return n == strlen(name) && strncasecmp(p, name, n) == 0;
}

/* One field: Host is taken, once; a body is not for us, whose length two readers may see
 * differently. */
static int
read_field(struct reqhead *h, const char *p, size_t n)
{
	const char *colon = memchr(p, ':', n), *value;
	size_t name, len;

	if (colon == NULL || colon == p || !text_is_ascii(p, (size_t)(colon - p), false))
		return 400;
	name = (size_t)(colon - p);
	for (value = colon + 1, len = n - name - 1; len > 0 && (*value == ' ' || *value == '\t');
	     len--)
		value++;
	while (len > 0 && (value[len - 1] == ' ' || value[len - 1] == '\t'))
		len--;
	if (!is_value(value, len) || is_name(p, name, "content-length") ||
	    is_name(p, name, "transfer-encoding"))
		return 400;
	if (!is_name(p, name, "host"))
		return 0;
	if (CHECK(C_031) && h->host != NULL)
		return 400;
	h->host = value;
	h->host_len = len;
	return 0;
}

/* The whole head, its empty line included. */
static int
read_head(struct reqhead *h, const char *p, size_t len)
{
	struct lines l = { p, len };
	const char *line;
	size_t n;
	int status = next_line(&l, &line, &n) ? read_line(h, line, n) : 400;

	while (status == 0 && next_line(&l, &line, &n) && n > 0)
		status = read_field(h, line, n);
	return status == 0 && h->host == NULL ? 400 : status;
}

enum reqhead_found
reqhead_read(struct reqhead *h, const char *p, size_t len, int *status)
{
	struct reqhead found = { .host = NULL };
	const char *end = memmem(p, len, "\r\n\r\n", 4),
	           *line = memmem(p, len < REQHEAD_LINE_MAX ? len : REQHEAD_LINE_MAX, "\r\n", 2);
	size_t whole = end == NULL ? len : (size_t)(end - p) + 4;

	*status = 0;
	if (!may_become_one(p, len))
		*status = 400;
	else if (line == NULL && len >= REQHEAD_LINE_MAX)
		*status = 414;
	else if (whole > REQHEAD_MAX || (end == NULL && len == REQHEAD_MAX))
		*status = 431;
	else if (end != NULL)
		*status = read_head(&found, p, whole);
	if (*status != 0)
		return REQHEAD_BAD;
	if (end == NULL)
		return REQHEAD_MORE;
	found.len = whole;
	*h = found;
	return REQHEAD_DONE;
}

bool
reqhead_method_is(const struct reqhead *h, const char *method)
{
	return h->method_len == strlen(method) && memcmp(h->method, method, h->method_len) == 0;
}
