/* A connection to something on loopback, plain or TLS; every wait has its end. */
#ifndef MOCK_IDP_BROWSER_PEER_H
#define MOCK_IDP_BROWSER_PEER_H

#include <stddef.h>
#include <stdint.h>

#include <openssl/ssl.h>

#include "mock_idp/browser/loopurl.h"

struct peer;

/* Trusts the CAs of that PEM file; NULL: anybody. Free with SSL_CTX_free. */
enum errcode peer_trust(const char *ca, SSL_CTX **out, struct err *e)
    __attribute__((warn_unused_result));

/*
 * Connects to u's host and port; TLS with the host's name or address checked when u says so, and
 * then tls must not be NULL. "localhost" is 127.0.0.1. Deadlines are boot ms. E_NET: refused;
 * E_TIMEOUT; E_TLS; E_CLOSED: the other end went away; E_SYS.
 */
enum errcode peer_open(struct peer **out, const struct loopurl *u, SSL_CTX *tls, int64_t deadline,
    struct err *e) __attribute__((warn_unused_result));

/* Everything, or E_TIMEOUT, E_CLOSED. */
enum errcode peer_send(struct peer *p, const void *bytes, size_t len, int64_t deadline)
    __attribute__((warn_unused_result));

/* What is there, at least one byte; *n is 0 at the end, with or without TLS's goodbye. */
enum errcode peer_recv(struct peer *p, void *bytes, size_t size, size_t *n, int64_t deadline)
    __attribute__((warn_unused_result));

/* Nothing for NULL. */
void peer_close(struct peer *p);

#endif
