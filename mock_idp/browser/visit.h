/* One request and its answer. */
#ifndef MOCK_IDP_BROWSER_VISIT_H
#define MOCK_IDP_BROWSER_VISIT_H

#include "mock_idp/browser/answer.h"
#include "mock_idp/browser/peer.h"

/*
 * Reads an answer to its end. E_CLOSED: the other end went away without a byte; E_PROTO: in the
 * middle of it, or it is none; E_LIMIT: too large; E_TIMEOUT. head: it answers a HEAD.
 */
enum errcode visit_hear(struct peer *p, bool head, int64_t deadline, struct answer *out,
    struct err *e) __attribute__((warn_unused_result));

/* A connection for that request alone. Errors as peer_open and visit_hear have them. */
enum errcode visit_ask(const struct loopurl *u, SSL_CTX *tls, const struct buf *request, bool head,
    int64_t deadline, struct answer *out, struct err *e) __attribute__((warn_unused_result));

#endif
