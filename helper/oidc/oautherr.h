/* The error object of OAuth endpoints. RFC 6749 section 5.2. Pure. */
#ifndef HELPER_OIDC_OAUTHERR_H
#define HELPER_OIDC_OAUTHERR_H

#include <stddef.h>

#include "helper/oidc/json.h"

#define OAUTHERR_WORDS 200 /* room for oautherr_words, with the NUL */

/* The error member: bad when it is no string of the alphabet %x20-21 / %x23-5B / %x5D-7E (C-064).
 * o may be NULL. */
enum json_found oautherr_code(const json_t *o, const char **code);

/*
 * The error and its description, cut and made safe for a log. Only for errors about the client's
 * registration: what a provider writes about a code may repeat the code.
 */
const char *oautherr_words(char dst[OAUTHERR_WORDS], const json_t *o);

#endif
