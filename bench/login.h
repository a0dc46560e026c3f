/* A device login as a relying party does it: three requests on one connection of its own. */
#ifndef BENCH_LOGIN_H
#define BENCH_LOGIN_H

#include <stdbool.h>

#include "bench/provider.h"

#define LOGIN_WHY_SIZE 320

struct login;

/* NULL when out of memory. p is borrowed, and no request is made yet. */
struct login *login_new(const struct provider *p);
/* Closes the connection. */
void login_free(struct login *l);

/* Device authorization. */
bool login_begin(struct login *l);

/* One poll, which brings the tokens, and UserInfo, which names alice. The time of early polls has
 * to be over, which the command clock can bring about. */
bool login_finish(struct login *l);

/* Milliseconds that all requests took. */
double login_ms(const struct login *l);

/* What went wrong. */
const char *login_why(const struct login *l);

#endif
