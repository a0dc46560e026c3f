/* application/x-www-form-urlencoded text, read. */
#ifndef MOCK_IDP_FORM_H
#define MOCK_IDP_FORM_H

#include <stddef.h>

#include "mock_idp/pairs.h"

/* One name or value: '+' is a blank, %XX a byte. NULL for a broken %XX, a NUL byte, or no memory.
 */
char *form_decode(const char *s, size_t len);

/* "a=b&c=d" into out; a piece without '=' has the empty value. E_FORMAT leaves what came before it
 * in out. */
enum errcode form_parse(struct pairs *out, const char *s, size_t len)
    __attribute__((warn_unused_result));

#endif
