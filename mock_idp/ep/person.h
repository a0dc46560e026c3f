/* A person's name and groups, in the form that the provider gives them. */
#ifndef MOCK_IDP_EP_PERSON_H
#define MOCK_IDP_EP_PERSON_H

#include "mock_idp/profile/profile.h"
#include "mock_idp/store/people.h"

#define PERSON_DOMAIN "example.test" /* of name@domain */

/* preferred_username, a new reference; NULL: the provider has none for this user. */
json_t *person_name(const struct user *u, enum profile_name form);

/* Adds the claim of that name, and what the provider puts beside it. */
void person_add_groups(
    json_t *claims, const char *name, const struct profile_claims *how, const struct user *u);

#endif
