/* What comes in and what goes out: one request, its reply, and what was wrong with the request. */
#ifndef MOCK_IDP_MSG_H
#define MOCK_IDP_MSG_H

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "common/buf.h"
#include "mock_idp/pairs.h"

#define MSG_HEAD_MAX ((size_t)16 * 1024)
#define MSG_BODY_MAX ((size_t)64 * 1024)
#define MSG_REPLY_MAX ((size_t)16 * 1024 * 1024) /* huge tokens and key sets are answers too */

struct rule;     /* script/script.h */
struct fault;    /* wire/fault.h */
struct tlsfault; /* wire/tlsfault.h */

struct request {
	char method[16];
	char *target;         /* as it came, with the query; NULL: none was understood */
	char *path;           /* without the query */
	struct pairs headers; /* names in lower case */
	struct pairs query;
	struct pairs form;
	size_t bodylen;
	bool bad_params; /* the query or the body is no form text */
	bool close;      /* the client wants the connection closed */

	/* as it came, borrowed while it is answered; NULL without a wire */
	const char *raw_head; /* with the empty line; of a malformed one all there is */
	size_t raw_head_len;
	const char *raw_body;
	size_t raw_body_len;
};

struct reply {
	int status; /* 0: nothing answered yet */
	struct pairs headers;
	struct buf *body;  /* NULL: none */
	const char *error; /* OAuth error code for the journal, static text or NULL */
	bool close;
	bool raw; /* the body is the whole answer, status line included; the connection closes */
};

/* What the rule of a script that matched wants of the endpoint; all empty without one. */
struct played {
	const struct rule
	    *rule;     /* script/script.h; borrowed: no rule goes away under its request */
	bool instead;  /* it answers: judge and complain, hand out and consume nothing */
	json_t *known; /* object: what placeholders stand for; NULL: nothing yet */
};

/* One request on its way through the server. Endpoints read req, fill rep, add violations. */
struct exchange {
	struct request req;
	struct reply rep;
	json_t *violations; /* array of strings "id" or "id:detail" */

	/* how it came */
	uint64_t conn;           /* which connection it came by, counted from 1 */
	char peer[48];           /* the other end's address, "" without a wire */
	int64_t arrived;         /* boot ms */
	int64_t arrived_us;      /* the same moment in microseconds */
	const char *listener;    /* "issuer", "origin2", "evil_http", "evil_https"; NULL: no wire */
	const char *origin;      /* the listener's: "https://127.0.0.1:4711"; NULL: no wire */
	const char *tls_version; /* "TLSv1.3"; NULL: no TLS */
	const char *alpn;        /* what both agreed on; NULL: nothing */
	const char *sni;         /* NULL: none, as for addresses */
	const char *ep;          /* the endpoint's word ("token"), static; NULL: none of ours */
	uint64_t entry;          /* its number in the journal, once it is there; 0: it is not */

	/* how it is answered, of the rule that matched; borrowed until the answer is bytes */
	const char *rule;           /* its name; NULL: no rule */
	const struct fault *fault;  /* NULL: none */
	const struct tlsfault *tls; /* ep connect; NULL: none */

	struct played by;
};

/* False when out of memory. */
bool msg_init(struct exchange *x);
void msg_clear(struct exchange *x);

/* Does it say that its body is a form? RFC 6749 appendix B. */
bool msg_is_form(const struct request *req);

/* Adds to the journal's complaint about this request. */
void msg_violation(struct exchange *x, const char *id, const char *detail);

/* What ${name} stands for in this exchange from now on; NULL changes nothing. */
void msg_known(struct exchange *x, const char *name, const char *value);

/* Each sets status, content type and body; a failure of memory makes it a bare 500. */
void msg_reply_json(struct reply *rep, int status, const json_t *body);
void msg_reply_text(struct reply *rep, int status, const char *type, const char *text);
void msg_reply_empty(struct reply *rep, int status);
/* "303 See Other" and its like, with a text for whoever does not follow. */
void msg_reply_redirect(struct reply *rep, int status, const char *location);
void msg_reply_header(struct reply *rep, const char *name, const char *value);

#define MSG_JSON "application/json; charset=utf-8" /* what msg_reply_json says */

#endif
