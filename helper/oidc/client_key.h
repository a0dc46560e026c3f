/* The private key by which this client signs, judged before it is used. RFC 7518 sections 3.3 and
 * 3.4. Pure. */
#ifndef HELPER_OIDC_CLIENT_KEY_H
#define HELPER_OIDC_CLIENT_KEY_H

#include "common/err.h"

#define CLIENT_KEY_MAX (16 * 1024) /* bytes of PEM: RSA of 8192 bits takes 6,400 */

enum client_key_alg { CLIENT_KEY_RS256, CLIENT_KEY_ES256 };

struct client_key {
	enum client_key_alg alg; /* what the key's type can */
	char *pem;               /* PKCS #8 without a passphrase; a secret */
};

/*
 * Reads the first private key in pem (PKCS #1, SEC 1 or PKCS #8): RSA of 2048 to 8192 bits or EC on
 * P-256. Never asks for a passphrase. E_CFG cfg.client_key.unfit says what was found and how to
 * make a fit one. client_key_free.
 */
enum errcode client_key_read(struct client_key **out, const char *pem, struct err *e)
    __attribute__((warn_unused_result));
void client_key_free(struct client_key *k);

#endif
