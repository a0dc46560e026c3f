/* The provider's side of a login: the worker is started, shows a code or an address, and is asked.
 * Design section 6. */
#ifndef HELPER_CONSULT_H
#define HELPER_CONSULT_H

#include "helper/login_state.h"

/* Starts the worker with its job. Failures of all of them are in l->err too. */
enum errcode consult_start(struct login *l) __attribute__((warn_unused_result));

/* l->code and l->prepare_ms, checked; a worker that says nothing in its time is E_SYS sys.stalled.
 */
enum errcode consult_code(struct login *l) __attribute__((warn_unused_result));

/* l->browse, checked; else as consult_code. */
enum errcode consult_browse(struct login *l) __attribute__((warn_unused_result));

/* approval's ask: one POLL, one answer; *done with l->facts. login is a struct login; e is its err.
 */
enum errcode consult_ask(void *login, bool *done, struct err *e)
    __attribute__((warn_unused_result));

/* The same in the loopback flow, whose facts come by themselves. */
enum errcode consult_await(void *login, bool *done, struct err *e)
    __attribute__((warn_unused_result));

#endif
