/* Memory for secrets: wiped before it is freed, compared without leaking where it differs. */
#ifndef COMMON_SECMEM_H
#define COMMON_SECMEM_H

#include <stdbool.h>
#include <stddef.h>

/* Wipes len bytes at p, then frees p. p may be NULL. explicit_bzero(3). */
void secmem_free(void *p, size_t len);

/* Wipes and frees a string. s may be NULL. */
void secmem_freestr(char *s);

/* Equality in time that depends on len alone. */
bool secmem_equal(const void *a, const void *b, size_t len);

/* Fills p from the kernel's generator (getrandom(2)); false when it cannot. */
bool secmem_random(void *p, size_t len);

#endif
