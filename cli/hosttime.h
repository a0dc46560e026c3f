/* How long this host waits for a login to be done: sshd's LoginGraceTime, login's LOGIN_TIMEOUT. */
#ifndef CLI_HOSTTIME_H
#define CLI_HOSTTIME_H

#include <stdint.h>

#define HOSTTIME_NONE 0 /* it waits as long as it takes */

/* Seconds, from sshd_config(5) and what it includes, where the first value counts; sshd's own
 * default without one. dir: where a relative Include begins. */
uint64_t hosttime_sshd(const char *path, const char *dir);

/* Seconds, from login.defs(5); login's own default without one. */
uint64_t hosttime_login(const char *path);

#endif
