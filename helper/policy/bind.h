/* Whose a personal account is: by its name, its uid, its own local groups, and its pin. Pure. */
#ifndef HELPER_POLICY_BIND_H
#define HELPER_POLICY_BIND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/err.h"
#include "common/strlist.h"
#include "helper/identity.h"
#include "helper/policy/pin.h"
#include "helper/settings.h"

/* What this host knows of the account; all borrowed. Zeroed: an account that does not exist. */
struct bind_account {
	bool exists;
	uint32_t uid;
	const struct strlist *groups;  /* names of its own local groups; NULL: none */
	const struct pin *pin;         /* NULL: nothing is on record */
	const struct err *pin_failure; /* why the record cannot be known; NULL: it can */
	const char *elsewhere; /* another account that is on record as this person's; NULL: none */
};

enum bind_state {
	BIND_PINNED, /* nothing to be done: the pin's own person, or no pins here */
	BIND_FIRST,  /* the pin must be written before the login counts */
	BIND_WARNED, /* another subject, and pin = warn */
};

/*
 * The person's name, without "@domain" where strip_domain is set: that must be there, last and
 * exactly, or the name is that of somebody outside the domain. NULL: there is no name, or not such
 * a one. local has IDENTITY_NAME_MAX bytes; the result is it or id's.
 */
const char *bind_person(const struct settings *s, const struct identity *id, char *local);

/* Any user of the provider can approve any code, so the name must be the account's, byte for byte,
 * and one that accounts can have (C-099, H-39, H-40). E_NAME usr.none, usr.form, usr.other. */
enum errcode bind_name(const struct settings *s, const struct identity *id, const char *account,
    struct err *e) __attribute__((warn_unused_result));

/* No name opens root, a uid below min_uid or one that is nobody's (H-41). E_NAME usr.system. */
enum errcode bind_uid(const struct settings_login *l, const char *account,
    const struct bind_account *a, struct err *e) __attribute__((warn_unused_result));

/* Nor an account that is as good as root by its own local groups, unless latchkey pin approved it
 * (H-44). E_POL pol.ceiling; what pin_failure says. */
enum errcode bind_ceiling(const struct settings *s, const char *account,
    const struct bind_account *a, struct err *e) __attribute__((warn_unused_result));

/*
 * Issuer and subject are those on record (C-098), and a person whose account is another one does
 * not get a second by a new name (H-42). pin = no and pin = warn do not hold for an account that is
 * root-equivalent. E_NAME pin.sub, pin.issuer, pin.elsewhere; what pin_failure says.
 */
enum errcode bind_pin(enum bind_state *out, const struct settings *s,
    const struct settings_login *l, const struct identity *id, const char *account,
    const struct bind_account *a, struct err *e) __attribute__((warn_unused_result));

#endif
