/* Where a browser on this machine brings an answer: a loopback redirect URI. RFC 8252 sections 7.3
 * and 8.3. Pure. */
#ifndef COMMON_REDIRECT_H
#define COMMON_REDIRECT_H

#include <stdint.h>

#include "common/err.h"

#define REDIRECT_PATH_MAX 256
#define REDIRECT_AUTHORITY_SIZE 16 /* "localhost:65535" and the NUL */
#define REDIRECT_URI_SIZE (7 + REDIRECT_AUTHORITY_SIZE + REDIRECT_PATH_MAX)

enum redirect_host { REDIRECT_V4, REDIRECT_V6, REDIRECT_LOCALHOST };

struct redirect {
	enum redirect_host host;
	uint16_t port; /* 0: none is written, so any */
	char path[REDIRECT_PATH_MAX + 1];
};

/*
 * "http://127.0.0.1[:port]/path", "http://[::1]..." or, where a provider takes nothing else,
 * "http://localhost..."; the path of unreserved characters and '/', so that it has one spelling.
 * The failure is E_FORMAT without a reason id.
 */
enum errcode redirect_parse(const char *uri, struct redirect *r, struct err *e)
    __attribute__((warn_unused_result));

/* What a browser puts into Host there; browsers leave out port 80. */
void redirect_authority(const struct redirect *r, char dst[REDIRECT_AUTHORITY_SIZE]);

/* The URI with its port. */
void redirect_uri(const struct redirect *r, char dst[REDIRECT_URI_SIZE]);

#endif
