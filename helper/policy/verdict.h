/* Facts, settings and the account in; the decision, what the session gets, and the rule that
 * decided out. Pure. Design section 7. */
#ifndef HELPER_POLICY_VERDICT_H
#define HELPER_POLICY_VERDICT_H

#include <stdbool.h>
#include <stdint.h>

#include "common/err.h"
#include "common/strlist.h"
#include "helper/identity.h"
#include "helper/policy/bind.h"
#include "helper/policy/rules.h"
#include "helper/settings.h"

#define VERDICT_ENV_MAX 2
#define VERDICT_ENV_LINE_MAX 512 /* a variable with its NUL; proto/grant takes as much */

/* What the monitor itself knows of this login; all borrowed. */
struct verdict_login {
	const char *login_id;
	const char *service;
	const char *account;     /* PAM_USER */
	const char *nonce;       /* the one it made, NULL if none was sent */
	enum identity_flow flow; /* the one it asked for */
	int64_t started;         /* wall clock when the flow began */
	int64_t now;             /* wall clock */
};

/* Far-apart values: zeroed memory is no verdict, one flipped bit is none. */
enum verdict_decision { VERDICT_REFUSE = 0x51c3, VERDICT_ALLOW = 0x2e9a };

/* The rules, in the order in which they are asked; those marked P not of a shared account. */
enum verdict_step {
	VERDICT_FACTS,      /* the monitor's own second look */
	VERDICT_NAME,       /* P: the username claim is the account */
	VERDICT_EXISTS,     /* this host has the account */
	VERDICT_UID,        /* P: no system account */
	VERDICT_DEMANDS,    /* require_acr, require_amr, max_auth_age */
	VERDICT_DENY,       /* deny_groups */
	VERDICT_ALLOW_RULE, /* allow_groups, allow_users, or [account]; and the service's own */
	VERDICT_CEILING,    /* P: not root-equivalent, or approved */
	VERDICT_PIN,        /* P: issuer and sub are those on record */
};

struct verdict {
	enum verdict_decision decision;
	enum verdict_step step;      /* the last rule asked: the one that refused */
	enum errcode code;           /* E_OK, or the class of the refusal */
	char reason[ERR_REASON_MAX]; /* "ok", "pin.warn", or the stable reason id of the refusal */
	char text[ERR_TEXT_MAX];     /* one sentence for the log */
	char rule[RULES_WORDS_MAX];  /* the entry that decided: "[login] allow_groups: users" */
	struct strlist groups;       /* local group names that the person earned */
	struct strlist env;          /* NAME=VALUE in printable ASCII, of the session */
	enum bind_state pin;         /* BIND_FIRST: to be written before the login counts */
};

/*
 * Judges. The second look: login id and flow echoed, issuer equal, audience and azp this client,
 * nonce equal where one is present (required with device_nonce = require), exp > now - skew, iat <=
 * now + skew and >= started - skew, nbf <= now + skew, sub of 1 to 255 printable ASCII. Then the
 * rules above, as their own headers say them. An account with an [account] section is decided by
 * that section, and the person's name counts for nothing but in users. Always fills *v whole; free
 * with verdict_clear.
 */
void verdict_judge(struct verdict *v, const struct settings *s, const struct identity *id,
    const struct verdict_login *login, const struct bind_account *account);
void verdict_clear(struct verdict *v);

/* Whether the rule is one of those marked P. */
bool verdict_is_personal(enum verdict_step step);

/* "facts", "name", ... for people; static. */
const char *verdict_step_name(enum verdict_step step);

#endif
