/* Facts and settings in; the decision, the local groups, and the rule that decided out. Pure. */
#ifndef HELPER_POLICY_VERDICT_H
#define HELPER_POLICY_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"
#include "common/strlist.h"
#include "helper/identity.h"
#include "helper/settings.h"

#define VERDICT_RULE_MAX 160

/* What the monitor itself knows of this login; all borrowed. */
struct verdict_login {
	const char *login_id;
	const char *service;
	const char *account; /* PAM_USER */
	const char *nonce;   /* the one it made, NULL if none was sent */
	int64_t started;     /* wall clock when the flow began */
	int64_t now;         /* wall clock */
};

/* Far-apart values: zeroed memory is no verdict, one flipped bit is none. */
enum verdict_decision { VERDICT_REFUSE = 0x51c3, VERDICT_ALLOW = 0x2e9a };

struct verdict {
	enum verdict_decision decision;
	enum errcode code;           /* E_OK, or the class of the refusal */
	char reason[ERR_REASON_MAX]; /* "ok", or the stable reason id */
	char text[ERR_TEXT_MAX];     /* one sentence for the log */
	char rule[VERDICT_RULE_MAX]; /* "[login] allow_groups" */
	struct strlist groups;       /* local group names that the person earned */
};

/*
 * Judges. Before any policy the monitor's own second look: login id echoed, issuer equal, audience
 * and azp this client, nonce equal where one is present (required with device_nonce = require), exp
 * > now - skew, iat <= now + skew and
 * >= started - skew, nbf <= now + skew, sub of 1 to 255 printable ASCII. Then the binding (the
 * username claim, after one exact strip_domain, equals the account byte for byte and is a possible
 * account name: C-099, H-39), then what the service demands of the sign-in, then allow_groups, then
 * the local groups. Always fills *v whole; free
 * with verdict_clear.
 */
void verdict_judge(struct verdict *v, const struct settings *s, const struct identity *id,
    const struct verdict_login *login);
void verdict_clear(struct verdict *v);

#endif
