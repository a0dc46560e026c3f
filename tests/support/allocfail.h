/*
 * The n-th allocation that our own objects ask for fails: libc's, and those of libcurl and OpenSSL
 * that hand out an object. For a program that is linked with allocfail_ldflags (ld --wrap);
 * jansson's own count too after json_harden, which gives it our malloc. H-53
 */
#ifndef TESTS_SUPPORT_ALLOCFAIL_H
#define TESTS_SUPPORT_ALLOCFAIL_H

#include <stdbool.h>
#include <stddef.h>

/* From now on the n-th fails, counted from 1; and all behind it with it. */
void allocfail_from(size_t n, bool all_behind);

/* No more; true when one failed. */
bool allocfail_end(void);

/* The function that asked for the one that failed first. */
const char *allocfail_what(void);

/* Whether a function with external linkage was among its callers; wants -rdynamic. */
bool allocfail_through(const char *function);

/* For wrappers: whether this one fails. */
bool allocfail_now(const char *name);

/* Defines the wrapper of a function that returns NULL where it fails. */
#define ALLOCFAIL_WRAP(type, name, args, call)                                                     \
	type __real_##name args;                                                                   \
	type __wrap_##name args;                                                                   \
	type __wrap_##name args                                                                    \
	{                                                                                          \
		return allocfail_now(#name) ? NULL : __real_##name call;                           \
	}

#endif
