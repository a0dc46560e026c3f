/* The administrator's rules over a verified person: who may come in, which local groups they earn.
 * Pure. */
#ifndef HELPER_POLICY_RULES_H
#define HELPER_POLICY_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "common/err.h"
#include "common/strlist.h"
#include "helper/identity.h"
#include "helper/settings.h"

#define RULES_WORDS_MAX 160

/* Who asks for what; all borrowed. */
struct rules_ask {
	const struct settings *s;
	const struct identity *id;
	const char *person; /* the name as bind_person has it, NULL: none */
	const char *service;
	const struct settings_account *shared; /* NULL: a personal account */
};

/*
 * Whether the person is in no group of deny_groups, neither [login]'s nor the service's own; where
 * there are any, a person of whom the provider sent no groups is refused, since nobody can tell.
 * E_POL pol.denied, and words say which rule it was.
 */
enum errcode rules_deny(const struct rules_ask *a, char words[RULES_WORDS_MAX], struct err *e)
    __attribute__((warn_unused_result));

/*
 * Whether the person is named by allow_groups or allow_users of [login], or in their place by the
 * [account] section; and by those of the service's section too, where it has any (it narrows).
 * words say what decided: "[login] allow_groups" on a refusal (E_POL pol.group), "[login]
 * allow_groups: linux-users" on a pass, and the service's part behind "; " where it narrows.
 * Without has_groups nobody is in a group.
 */
enum errcode rules_allow(const struct rules_ask *a, char words[RULES_WORDS_MAX], struct err *e)
    __attribute__((warn_unused_result));

/* The local groups of [group] sections that the person earned; *out is empty before. */
enum errcode rules_groups(const struct settings *s, const struct identity *id, struct strlist *out)
    __attribute__((warn_unused_result));

#endif
