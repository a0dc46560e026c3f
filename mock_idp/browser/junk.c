/* What else knocks at an open port. */
#include "config.h"

#include <string.h>

#include "mock_idp/browser/junk.h"

#define TAIL " HTTP/1.1\r\nHost: ${host}\r\n\r\n"

static const struct junk rows[] = {
	{ "favicon", "GET /favicon.ico" TAIL },
	{ "query", "GET /?x" TAIL },
	{ "state", "GET ${path}?code=junk&state=junk" TAIL },
	{ "scan", NULL },
	{ "bare", "GET ${path}?&" TAIL },
	{ "tls", "\\x16\\x03\\x01\\0\\x05\\x01\\0\\0\\x01\\x03\r\n\r\n" },
};
#define NROWS (sizeof(rows) / sizeof(rows[0]))

const struct junk *
junk_pick(size_t i, const char *kind)
{
	if (kind == NULL)
		return &rows[i % NROWS];
	for (i = 0; i < NROWS - 1 && strcmp(rows[i].kind, kind) != 0;)
		i++;
	return &rows[i];
}

bool
junk_known(const char *kind)
{
	return strcmp(junk_pick(0, kind)->kind, kind) == 0;
}
