/* Where the CA certificate, a client's key and the control socket lie while the server runs. */
#ifndef MOCK_IDP_STATEDIR_H
#define MOCK_IDP_STATEDIR_H

#include <stdbool.h>

#include "common/err.h"

#define STATEDIR_MAX 1024 /* a path with its NUL */

struct statedir {
	char dir[STATEDIR_MAX];
	char ca[STATEDIR_MAX];
	char client_key[STATEDIR_MAX];
	char control[STATEDIR_MAX];
	bool made; /* the directory is ours and goes with us */
};

/*
 * dir: an existing directory, or one to make; NULL: a fresh one under $TMPDIR or /tmp, open to
 * readers (0755), since whoever trusts the CA may be another user. control: NULL for one in the
 * directory. E_CFG when a file of ours is there already.
 */
enum errcode statedir_open(struct statedir *s, const char *dir, const char *control, struct err *e)
    __attribute__((warn_unused_result));

/* Removes the files, and the directory if it was made. */
void statedir_close(struct statedir *s);

#endif
