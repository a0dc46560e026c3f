/* An answer as libcurl hands it over, header lines and then the body: within the limits or refused
 * by name, and the few headers that count as a plain second reading finds them. */
#include "config.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/text.h"
#include "fuzz/fuzz.h"
#include "helper/worker/reply.h"

#define BODY_MAX 64 /* so that a small input meets it */

/* What a second reading found. */
struct seen {
	size_t lines, bytes;
	int typed, timed, framed, other;
};

static void
must(int holds)
{
	if (!holds)
		abort();
}

static int
begins(const char *line, size_t n, const char *with)
{
	return n >= strlen(with) && strncasecmp(line, with, strlen(with)) == 0;
}

static void
look(struct seen *s, const char *line, size_t n)
{
	s->lines++;
	s->bytes += n;
	if (n >= 5 && memcmp(line, "HTTP/", 5) == 0)
		s->typed = s->timed = s->framed = 0;
	s->other |= (n >= 6 && memcmp(line, "HTTP/2", 6) == 0);
	if (memchr(line, '\0', n) != NULL)
		return;
	s->typed |= begins(line, n, "content-type:");
	s->timed |= begins(line, n, "retry-after:");
	s->framed |= begins(line, n, "content-length:") || begins(line, n, "transfer-encoding:");
}

static void
judge(const struct reply *t, const struct seen *s)
{
	const struct http_response *o = t->out;
	size_t len = strnlen(o->content_type, sizeof(o->content_type));

	must(len < sizeof(o->content_type));
	must(text_is_ascii(o->content_type, len, false) && strchr(o->content_type, ';') == NULL);
	for (size_t i = 0; i < len; i++)
		must(tolower((unsigned char)o->content_type[i]) == o->content_type[i]);
	must(o->retry_after >= -1 && o->retry_after <= INT32_MAX);
	if (t->over != NULL || t->odd) /* the line that was too many was not taken */
		return;
	must(!s->other);
	must((s->typed || len == 0) && (s->timed || o->retry_after == -1));
	must(s->framed || !t->framed);
	must(s->lines <= HTTP_HEADER_LINES && s->bytes <= HTTP_HEADER_BYTES);
	must(buf_len(o->body) <= BODY_MAX);
}

/* In memory of its own, with no NUL behind it: as libcurl promises, and no more. */
static int
hand_over(
    size_t (*callback)(char *, size_t, size_t, void *), const char *p, size_t n, struct reply *t)
{
	char *copy = malloc(n > 0 ? n : 1);
	size_t took;

	must(copy != NULL);
	if (n > 0)
		memcpy(copy, p, n);
	took = callback(copy, 1, n, t);
	free(copy);
	must(n == 0 || (took == n) == (t->over == NULL && !t->odd));
	return t->over == NULL && !t->odd;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct http_response o = { .retry_after = -1, .body = buf_new(BODY_MAX) };
	struct reply t = { .out = &o };
	struct seen s = { .lines = 0 };
	const char *p = (const char *)data, *end = p + size, *nl;
	size_t n, half;
	int more = 1;

	must(o.body != NULL);
	while (more && p < end && (!t.head || begins(p, (size_t)(end - p), "HTTP/1"))) {
		nl = memchr(p, '\n', (size_t)(end - p));
		n = nl == NULL ? (size_t)(end - p) : (size_t)(nl + 1 - p);
		look(&s, p, n);
		more = hand_over(reply_header, p, n, &t);
		p += n;
	}
	half = (size_t)(end - p) / 2;
	if (more && hand_over(reply_body, p, half, &t))
		more = hand_over(reply_body, p + half, (size_t)(end - p) - half, &t);
	judge(&t, &s);
	must(t.over != NULL || t.odd || (buf_len(o.body) == (size_t)(end - p)));
	buf_free(o.body);
	return 0;
}
