/* A TLS server that answers what a test scripts, byte for byte: broken answers included. */
#ifndef TESTS_SUPPORT_TLSSERVER_H
#define TESTS_SUPPORT_TLSSERVER_H

#include <stddef.h>
#include <sys/types.h>

#include "tests/support/tmpdir.h"

/* What follows the bytes of an answer. */
enum tlsserver_then {
	TLSSERVER_KEEP,    /* the next request on the same connection */
	TLSSERVER_CLOSE,   /* close_notify, close */
	TLSSERVER_CUT,     /* close without close_notify (H-05) */
	TLSSERVER_HANG,    /* nothing, for ever */
	TLSSERVER_ENDLESS, /* the bytes again and again */
	TLSSERVER_TAIL,    /* what follows their first line again and again */
};

struct tlsserver_answer {
	const char *target; /* what the request's target begins with; "" for any */
	const char *bytes;
	enum tlsserver_then then;
};

struct tlsserver {
	struct tmpdir dir;
	char ca[TMPDIR_PATH];      /* PEM of the CA that signed it */
	char journal[TMPDIR_PATH]; /* every request as it came, each connection begins with "TLS\n"
	                            */
	char url[64];              /* "https://127.0.0.1:PORT" */
	int listener;
	pid_t pid; /* -1: none */
};

/* Listens with a certificate for 127.0.0.1 and localhost; nobody answers yet. */
void tlsserver_listen(struct tlsserver *s);

/*
 * Answers from a child until tlsserver_stop: for each request the first answer whose target fits
 * and that was not used yet; the last that fits is used again. None fits: 404.
 */
void tlsserver_serve(struct tlsserver *s, const struct tlsserver_answer *a, size_t n);

/* "HTTP/1.1 STATUS", application/json, Content-Length and the body: free. */
char *tlsserver_json(const char *status, const char *body);

/* How often the journal holds a text. */
size_t tlsserver_count(const struct tlsserver *s, const char *text);

void tlsserver_stop(struct tlsserver *s);

#endif
