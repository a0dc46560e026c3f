/* What one word of a setting may look like. Pure; the bytes are UTF-8 without control characters
 * already. */
#ifndef HELPER_SETTINGS_VALUE_H
#define HELPER_SETTINGS_VALUE_H

#include <stdbool.h>

bool settings_value_shown(const char *s);     /* ASCII, 1 to 64: stands in prompts */
bool settings_value_issuer(const char *s);    /* https, no query; a trailing slash is kept */
bool settings_value_endpoint(const char *s);  /* https, no fragment, no user name */
bool settings_value_redirect(const char *s);  /* http on the loopback; RFC 8252 section 7.3 */
bool settings_value_proxy(const char *s);     /* http://host:port, no user name: no secret here */
bool settings_value_format(const char *s);    /* of a groups claim */
bool settings_value_origin(const char *s);    /* https://host[:port] and nothing behind it */
bool settings_value_client(const char *s);    /* ASCII without blanks, 1 to 255 */
bool settings_value_claim(const char *s);     /* the same, 1 to 128 */
bool settings_value_scope(const char *s);     /* RFC 6749 section 3.3, 1 to 128 */
bool settings_value_algorithm(const char *s); /* one of the worker's (oidc/alg) */
bool settings_value_acr(const char *s);
bool settings_value_amr(const char *s);
bool settings_value_path(const char *s);    /* absolute, 1 to 1024 */
bool settings_value_domain(const char *s);  /* letters, digits, '.', '-', 1 to 253 */
bool settings_value_service(const char *s); /* a family; PAM lower-cases them; 1 to 64 */
bool settings_value_user(const char *s);    /* any account name that a host may have, 1 to 256 */
bool settings_value_group(const char *s);   /* a provider's group, any text, 1 to 256 */
bool settings_value_person(const char *s);  /* a provider's user, any text, 1 to 256 */

#endif
