/* The person that an administrator asks about: the facts that a login would find, from a saved
 * document or from the command line. */
#ifndef CLI_PERSON_H
#define CLI_PERSON_H

#include "common/err.h"
#include "helper/identity.h"
#include "helper/policy/verdict.h"
#include "helper/settings.h"

#define PERSON_CLAIMS_MAX 8

/* All borrowed; NULL: not said. */
struct person_ask {
	const char *name;   /* the username claim */
	const char *groups; /* the provider's, apart by commas; "": none at all */
	const char *from;   /* a UserInfo document, or the claims of an ID token, in JSON; "-":
	                       standard input */
	const char
	    *claim[PERSON_CLAIMS_MAX]; /* NAME=VALUE: acr, amr, auth_time, sub, or the name's */
};

/*
 * Reads the document as the worker does (an ID token's claims by idtoken_judge, then facts_fill),
 * and puts over it what else is said. When it was made and for which nonce does not count.
 * auth_time is a time since 1970, "now", or "-90s", so long ago. sub stays "" where nobody says it.
 * E_FORMAT: a word of the command line is wrong; E_SYS, E_LIMIT: the file cannot be read, or is no
 * such document; else what the worker would refuse it for, with its reason.
 */
enum errcode person_make(struct identity *id, const struct person_ask *a, const struct settings *s,
    const struct verdict_login *login, struct err *e) __attribute__((warn_unused_result));

#endif
