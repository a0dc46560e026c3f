/* What an allowed login gives to its session: in VERDICT, in a ticket file, in the module's PAM
 * data. */
#ifndef PROTO_GRANT_H
#define PROTO_GRANT_H

#include <stddef.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/strlist.h"

#define GRANT_GROUPS_MAX 256
#define GRANT_ENV_MAX 8
#define GRANT_STRING_MAX 512 /* bytes of any string here */

struct grant {
	char *login_id; /* 8 hex digits, the same as in the log and on the user's screen */
	char *account;  /* PAM_USER that was verified */
	char *service;  /* PAM service that was asked */
	char *subject;  /* sub, printable ASCII */
	char *username; /* the person's name at the provider, escaped by the monitor to printable
	                   ASCII */
	struct strlist
	    env; /* "NAME=VALUE" for the session; NAME begins with LATCHKEY_ (checked on decode) */
	uint32_t *gids; /* supplementary groups of the session, resolved by the monitor */
	size_t gid_count;
};

/* Encode and decode stand together in grant.c; decode fills *g whole or leaves it. */
enum errcode grant_encode(struct buf *b, const struct grant *g) __attribute__((warn_unused_result));
enum errcode grant_decode(struct rd *r, struct grant *g, struct err *e)
    __attribute__((warn_unused_result));
void grant_clear(struct grant *g);

#endif
