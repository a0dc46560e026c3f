/* Where the browser may go: http and https URLs of this machine's loopback, and no others. */
#ifndef MOCK_IDP_BROWSER_LOOPURL_H
#define MOCK_IDP_BROWSER_LOOPURL_H

#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"

#define LOOPURL_MAX 65536    /* characters */
#define LOOPURL_AUTHORITY 64 /* "host:port" with the NUL */
#define LOOPURL_TARGET_MAX (3 * LOOPURL_MAX + 1)

struct loopurl {
	bool tls;
	char host[48]; /* "127.0.0.1", "[::1]", "localhost"; lower case */
	uint16_t port;
	char *target; /* path and query as a browser sends them: '/' first, no fragment */
};

/* E_FORMAT says what is wrong; a host that is not loopback is. Then u holds nothing. */
enum errcode loopurl_parse(const char *s, struct loopurl *u, struct err *e)
    __attribute__((warn_unused_result));

/* Where "Location: text" leads that came from base: an absolute URL, "/path" or "?query". */
enum errcode loopurl_follow(const struct loopurl *base, const char *text, struct loopurl *u,
    struct err *e) __attribute__((warn_unused_result));

/* "host:port", without the scheme's own port: what a browser's Host header says. */
void loopurl_authority(const struct loopurl *u, char out[LOOPURL_AUTHORITY]);

/* Appends the whole URL. */
enum errcode loopurl_put(const struct loopurl *u, struct buf *b)
    __attribute__((warn_unused_result));

bool loopurl_same_origin(const struct loopurl *a, const struct loopurl *b);

void loopurl_clear(struct loopurl *u);

#endif
