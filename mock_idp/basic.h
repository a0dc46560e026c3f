/* The Basic scheme: a client's name and secret in one header. RFC 7617, RFC 6749 section 2.3.1. */
#ifndef MOCK_IDP_BASIC_H
#define MOCK_IDP_BASIC_H

#include <stdbool.h>

#define BASIC_MAX 1024 /* characters of base64 */

/* From Basic, each form-decoded; secmem_freestr frees them. */
struct basic {
	char *name, *secret;
};

/* The value of an Authorization header. False: another scheme, no padded base64, too long, no
 * colon, or no form text; *b is empty then. */
bool basic_read(struct basic *b, const char *header);
void basic_clear(struct basic *b);

#endif
