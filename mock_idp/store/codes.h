/* Device codes: what was asked, what became of it. RFC 8628. */
#ifndef MOCK_IDP_STORE_CODES_H
#define MOCK_IDP_STORE_CODES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "mock_idp/ids.h"

#define CODES_MAX 1000 /* the oldest makes room */

enum code_state { CODE_PENDING, CODE_APPROVED, CODE_DENIED, CODE_USED };

struct code {
	char device[IDS_OPAQUE_SIZE];
	char user[IDS_USER_CODE_SIZE];
	char *client_id;
	char *scope;
	char *nonce; /* NULL: none was sent */
	enum code_state state;
	char *username;    /* who approved it */
	int64_t auth_time; /* wall seconds of the approval */
	int64_t issued;    /* ms on the world's clock, like the next two */
	int64_t expires;
	int64_t last_answer; /* the device response, or the last poll's answer */
	unsigned polls;
	unsigned slowed; /* how often it was told to slow down: 5 seconds more each, RFC 8628 3.5 */
	unsigned early;  /* polls that came too soon, as the provider counts them */
	int64_t fast;    /* ms that they added to the provider's interval */
	int64_t in_time; /* when the last poll came that was not too soon; like issued */
	bool doomed;     /* whatever becomes of it, polls will not learn it */
	bool over;       /* an answer was final, as any client knows */
	unsigned troubles; /* server errors in a row, the first of which is not final */
	char *challenge;   /* S256; NULL: none was sent */
	char *answer;      /* the token answer, where a provider repeats it; NULL: none yet */
};

struct codes {
	const struct ids_form *form; /* NULL: ids_form_default; stays when they are cleared */
	struct code **v;             /* oldest first */
	size_t n;
};

/* A fresh pending code, owned by codes; nonce may be NULL. NULL when out of memory or random bytes.
 */
struct code *codes_new(struct codes *codes, const struct ids *ids, const char *client_id,
    const char *scope, const char *nonce);
void codes_clear(struct codes *codes);

struct code *codes_by_device(const struct codes *codes, const char *device);
/* Compared as the form says; Authelia's, exactly: a dash or lower case finds nothing. */
struct code *codes_by_user(const struct codes *codes, const char *user);
/* The newest in one of the states whose bits (1 << state) are set that has not expired by now (ms).
 */
struct code *codes_last(const struct codes *codes, unsigned states, int64_t now);

/* Pending to approved; E_NOMEM. */
enum errcode codes_approve(struct code *c, const char *username, int64_t wall)
    __attribute__((warn_unused_result));

#endif
