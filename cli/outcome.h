/* What a login would come to, and why: the monitor's own gate and verdict over facts that are only
 * thought of. Nothing is changed. */
#ifndef CLI_OUTCOME_H
#define CLI_OUTCOME_H

#include <stdbool.h>
#include <stdio.h>

#include "cli/person.h"
#include "common/clock.h"
#include "helper/gate.h"
#include "helper/policy/pin.h"
#include "proto/msg.h"

#define OUTCOME_RULES (VERDICT_PIN + 1)

struct outcome_ask {
	struct person_ask person;
	const char *service;
	const char *account; /* NULL: the person's name */
	const char *pins;    /* folder of the records */
	const struct clock *clock;
};

enum outcome_answer {
	OUTCOME_YES,
	OUTCOME_NO,
	OUTCOME_UNKNOWN, /* the record is root's, and the caller is not */
	OUTCOME_SPARED,  /* not asked of a shared account */
	OUTCOME_UNASKED, /* something before it decided */
};

struct outcome {
	struct identity id;
	char account[IDENTITY_NAME_MAX];
	const char *service;      /* borrowed from what was asked */
	const struct settings *s; /* borrowed */
	struct account host;      /* what this host knows of the account */
	struct strlist own;       /* its local groups without us */
	bool shared;              /* it has an [account] section */
	bool sub_known;           /* else id.sub is taken from the record, or made up */
	bool record_unseen;       /* the folder of records is closed to the caller */
	struct pin pin;           /* what is on record */
	bool judged;              /* verdict counts: the rules were asked */
	struct verdict verdict;
	enum msg_verdict end; /* what the module is told */
	char reason[ERR_REASON_MAX], text[ERR_TEXT_MAX];
};

/*
 * Fills *o (outcome_clear, also after a failure). E_OK where there is an answer, a refusal too;
 * E_FORMAT: a word of the command line is wrong; E_SYS, E_LIMIT, E_NOMEM: nobody can tell.
 */
enum errcode outcome_find(struct outcome *o, const struct outcome_ask *a, const struct settings *s,
    struct err *e) __attribute__((warn_unused_result));
void outcome_clear(struct outcome *o);

/* What the rule answered, and that in words (static, or of o). */
enum outcome_answer outcome_answer(
    const struct outcome *o, enum verdict_step step, const char **words);

/* The entry of the configuration that decided, "[login] allow_groups: users"; NULL: none did. */
const char *outcome_entry(const struct outcome *o);

/* "PAM_SUCCESS", ...: what pam_authenticate(3) would return. Static. */
const char *outcome_pam(enum msg_verdict end);

/* The groups of the provider's that the person has and the policy mentions; *out is empty before.
 * E_NOMEM. */
enum errcode outcome_groups(struct strlist *out, const struct outcome *o)
    __attribute__((warn_unused_result));

/* To a stream: for people, and as one JSON object (latchkey(8)). False: no memory. */
bool outcome_print(const struct outcome *o, FILE *f);
bool outcome_print_json(const struct outcome *o, FILE *f);

#endif
