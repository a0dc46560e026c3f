/* What is wrong with TLS on a fresh connection: a rule's `tls`. All zero is nothing. */
#ifndef MOCK_IDP_WIRE_TLSFAULT_H
#define MOCK_IDP_WIRE_TLSFAULT_H

#include <stdbool.h>

#include <jansson.h>

#include "common/err.h"

enum tlsfault_cert {
	TLSFAULT_GOOD,
	TLSFAULT_EXPIRED,    /* a day ago */
	TLSFAULT_NOT_YET,    /* from tomorrow on */
	TLSFAULT_WRONG_NAME, /* only of names and addresses that are not ours */
	TLSFAULT_CN_ONLY,    /* the name in the subject, no subjectAltName */
	TLSFAULT_STAR,       /* DNS:*, and nothing else */
	TLSFAULT_NO_IP,      /* DNS:localhost and DNS:127.0.0.1, no IP */
	TLSFAULT_CLIENT_EKU, /* clientAuth only */
	TLSFAULT_WEAK,       /* RSA of 1024 bits */
	TLSFAULT_SELF_SIGNED,
	TLSFAULT_OTHER_CA,        /* a CA of the same name and another key */
	TLSFAULT_NO_INTERMEDIATE, /* under an intermediate that is not sent */
	TLSFAULT_CHAIN,           /* under an intermediate that is sent: good */
};

#define TLSFAULT_CERTS (TLSFAULT_CHAIN + 1)

struct tlsfault {
	enum tlsfault_cert cert;
	int min, max; /* TLS1_VERSION ... TLS1_3_VERSION; 0: as always */
	bool h2;      /* ALPN chooses h2, offered or not */
};

/*
 * An object; strict. E_CFG's text begins with the position inside it: ".cert: unknown certificate
 * expird", ": unknown member crt". out is overwritten, and zero on failure; it owns nothing.
 */
enum errcode tlsfault_parse(json_t *o, struct tlsfault *out, struct err *e)
    __attribute__((warn_unused_result));

/* "expired": as a script writes it. */
const char *tlsfault_cert_name(enum tlsfault_cert cert);

#endif
