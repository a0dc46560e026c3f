/* A host of its own for one login: nothing that another one left, and its own system log. */
#ifndef TESTS_HELPER_HOSTILE_WORLD_H
#define TESTS_HELPER_HOSTILE_WORLD_H

#include <stdbool.h>

#include "common/buf.h"

#define WORLD_DIR "/run/hostile" /* the login's own files; gone with its process */

/*
 * This process leaves the mounts of its parent: /run, /var/lib and /var/cache are empty, and
 * /dev/log (a link to /run/log, which the caller has made) is a socket of ours. *log is that
 * socket. Wants root. False with a sentence on standard output.
 */
bool world_enter(int *log);

/* Appends every message that came until now, a line each. */
bool world_log(int log, struct buf *out);

/* A file of WORLD_DIR, root's, with this mode. */
bool world_file(const char *name, const char *text, unsigned mode);

#endif
