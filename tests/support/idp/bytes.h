/* Bytes as a text that can be looked at with a regular expression. */
#ifndef TESTS_SUPPORT_IDP_BYTES_H
#define TESTS_SUPPORT_IDP_BYTES_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

/* Printable ASCII as it is, everything else \xNN. */
json_t *bytes_text(const void *p, size_t len);
/* Two hexadecimal digits a byte. */
json_t *bytes_hex(const void *p, size_t len);

/* POSIX extended; false too when the expression is none (with a sentence on standard output). */
bool bytes_match(const char *ere, const char *text);

#endif
