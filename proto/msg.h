/*
 * The messages of [A], module and helper. One message a packet; first byte type, even from the
 * module, odd from the helper. Strings are u32 length and bytes without NUL. Unknown types,
 * trailing bytes, anything over its limit: E_FORMAT. doc/protocol.md says the same byte by byte and
 * changes in the same commit.
 */
#ifndef PROTO_MSG_H
#define PROTO_MSG_H

#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "proto/grant.h"

#define MSG_VERSION 2
#define MSG_ADDRESS_MAX 64 /* an IPv6 address with a scope */
#define MSG_ITEM_MAX 512   /* service, user, ruser, rhost, tty, locale */
#define MSG_ANSWER_MAX                                                                             \
	512 /* an answer's content is never used but for the junk that sshd makes of it */
#define MSG_TEXT_MAX 16384 /* a QR code in UTF-8 is about 2 KiB */
#define MSG_FIRST_PATIENCE_MS                                                                      \
	45000 /* START to the helper's first packet: discovery and one request, each to a deadline \
	       */

enum msg_type {
	MSG_START = 2,
	MSG_ANSWER = 4,
	MSG_CANCEL = 6,
	MSG_TEXT = 1,
	MSG_PROMPT = 3,
	MSG_VERDICT = 5,
};

enum msg_cancel { MSG_CANCEL_INTERRUPT = 1, MSG_CANCEL_CONVERSATION = 2 };

enum msg_text_kind { MSG_TEXT_INFO = 1, MSG_TEXT_ERROR = 2 };

/* Far-apart values: one flipped bit is no other verdict. Design section 6 has the PAM code of each.
 */
enum msg_verdict {
	MSG_ALLOW = 0xa7,
	MSG_IGNORE = 0x13,       /* exempt */
	MSG_USER_UNKNOWN = 0x25, /* no mapping for this name */
	MSG_UNAVAILABLE = 0x39,  /* provider, network, TLS, configuration */
	MSG_SYSTEM = 0x4a,       /* no descriptors, memory, processes; ticket not writable */
	MSG_REFUSED = 0x56,      /* by user, provider, verification; another identity; expired */
	MSG_FORBIDDEN = 0x6c,    /* verified, but in no allowed group */
	MSG_CANCELLED = 0x85,
	MSG_TOO_OFTEN = 0xd1,
};

struct msg_start {
	char *service, *user, *ruser, *rhost,
	    *tty;       /* user: never empty; the others "" where PAM has none */
	char *locale;   /* by name, "" unknown */
	char *address;  /* the peer's as sshd has it, numeric; "" elsewhere */
	uint32_t flags; /* PAM flags of the call */
	bool factor;    /* sshd has had another proof of this person on this connection */
};

struct msg_text {
	enum msg_text_kind kind;
	uint32_t patience_ms; /* the next packet comes within this time, else the helper counts as
	                         mute */
	char *text;
};

struct msg_prompt {
	bool echo;
	uint32_t patience_ms; /* counted from the ANSWER */
	char *text;
};

struct msg_verdict_body {
	enum msg_verdict verdict;
	char *reason;       /* reason id, [a-z0-9._-] */
	char *login_id;     /* for every verdict */
	char *ticket;       /* 32 hex digits, or "" */
	struct grant grant; /* filled with MSG_ALLOW alone; else nothing in it */
};

struct msg {
	enum msg_type type;
	union {
		struct msg_start start;
		char *answer;
		enum msg_cancel cancel;
		struct msg_text text;
		struct msg_prompt prompt;
		struct msg_verdict_body verdict;
	};
};

/* Encode and decode stand together in msg.c. b is emptied first. Decode fills *m whole or leaves
 * it; msg_clear frees. */
enum errcode msg_encode(struct buf *b, const struct msg *m, struct err *e)
    __attribute__((warn_unused_result));
enum errcode msg_decode(const void *p, size_t len, struct msg *m, struct err *e)
    __attribute__((warn_unused_result));
/* Frees what decode made and wipes answers; leaves *m zeroed. */
void msg_clear(struct msg *m);

#endif
