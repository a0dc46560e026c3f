/* What goes wrong on the wire: the faults of one rule. All zero is a faultless answer. */
#ifndef MOCK_IDP_WIRE_FAULT_H
#define MOCK_IDP_WIRE_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "common/err.h"

#define FAULT_MS_MAX 600000                         /* delay, and between two slices */
#define FAULT_BYTES_MAX ((size_t)64 * 1024 * 1024)  /* cut, reset, and what endless comes to */
#define FAULT_TEXT_MAX ((size_t)64 * 1024)          /* of each text */
#define FAULT_HEADER_MAX ((size_t)16 * 1024 * 1024) /* big-header */
#define FAULT_RECORDS_MAX 100000
#define FAULT_LINES_MAX 16 /* header-raw may stand there more than once, nothing else may */

/* Which list it is: of an answer, or of a fresh connection (ep connect). */
enum fault_place { FAULT_OF_ANSWER, FAULT_OF_CONNECTION };

/* Bytes as the script has them, NULs included, or as its "hex:0d0a" says; p NULL: not set. */
struct fault_text {
	char *p;
	size_t len;
};

enum fault_end {
	FAULT_KEEP,  /* as HTTP says */
	FAULT_CLOSE, /* after this answer, which says so */
	FAULT_CUT,   /* after end_at bytes of it, with close_notify */
	FAULT_RESET, /* after end_at bytes of it; of a connection: at once, before the handshake */
	FAULT_HANG,  /* no answer, the connection stays */
	FAULT_DROP,  /* no answer, the connection is closed */
};

enum fault_length {
	FAULT_LENGTH_RIGHT,
	FAULT_LENGTH_OFF, /* by length_off bytes */
	FAULT_LENGTH_NONE,
	FAULT_LENGTH_TEXT, /* length_text */
};

enum fault_endless { FAULT_FINITE, FAULT_ENDLESS_HEADERS, FAULT_ENDLESS_BODY, FAULT_ENDLESS_103 };

enum fault_encoding {
	FAULT_IDENTITY,
	FAULT_GZIP,
	FAULT_BR,
	FAULT_GZIP_BOMB, /* instead of the body: 256 MiB of zeros */
};

/* What a fresh connection meets instead of a TLS handshake. */
enum fault_greeting {
	FAULT_TLS,     /* a handshake */
	FAULT_STALL,   /* the client's hello is read and never answered */
	FAULT_SILENT,  /* nothing is read */
	FAULT_PLAIN,   /* greeting_text once something came, then close */
	FAULT_GARBAGE, /* greeting_n bytes that are no TLS, then close */
	FAULT_RECORDS, /* a handshake, then greeting_n empty TLS records and nothing more */
};

struct fault {
	int64_t delay_ms; /* before the first byte; of a connection: before the handshake */
	size_t drip;      /* bytes a slice, 0: all at once */
	int64_t drip_ms;  /* between slices */

	enum fault_end end;
	size_t end_at;
	bool no_close_notify;

	enum fault_length length;
	long length_off;
	struct fault_text length_text;
	struct fault_text length_twice; /* value of a second Content-Length */
	bool chunked;
	struct fault_text chunk_size; /* instead of the first chunk's size */
	bool no_last_chunk;

	enum fault_endless endless;
	size_t big_header;                             /* bytes of one header's value; 0: none */
	struct fault_text status_line;                 /* without CRLF */
	struct fault_text header_raw[FAULT_LINES_MAX]; /* lines without CRLF */
	size_t nheader_raw;
	enum fault_encoding encoding;
	struct fault_text extra; /* behind the answer */

	/* of a connection only */
	struct fault_text early; /* sent right after the handshake */
	enum fault_greeting greeting;
	struct fault_text greeting_text;
	size_t greeting_n;
};

/*
 * A list of [name, argument...] or bare names. Strict: an unknown name, a wrong argument, a name
 * that does not belong to that place, two that exclude each other are E_CFG, and the error's text
 * begins with the position inside the list: "[0]: unknown fault dripp", "[1][2]: ...". out is
 * overwritten, and empty on failure; fault_clear.
 */
enum errcode fault_parse(const json_t *list, enum fault_place place, struct fault *out,
    struct err *e) __attribute__((warn_unused_result));
void fault_clear(struct fault *f);

#endif
