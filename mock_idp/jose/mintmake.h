/*
 * One token as a script wants it, by code of our own. Stages: texts of header and payload, json.*;
 * their segments, b64.*; the signature over what is on the wire, sig.*; its segment, b64.*; the
 * whole. RFC 7515 section 5.1.
 */
#ifndef MOCK_IDP_JOSE_MINTMAKE_H
#define MOCK_IDP_JOSE_MINTMAKE_H

#include "common/buf.h"
#include "mock_idp/ids.h"
#include "mock_idp/jose/mintkey.h"

#define MINTMAKE_MAX ((size_t)64 * 1024 * 1024) /* bytes on the way */

struct mintmake {
	const json_t *spec; /* or NULL */
	const struct mintkey *key;
	const struct ids *ids;
	const json_t *claims;
	const char *inner; /* a token that is the payload instead; or NULL */
	size_t pad;        /* characters of a member that makes the payload long; 0: none */
	unsigned attempt;  /* 0, or the number of another token of the same */
};

/* Appends the token. *again: the next attempt has to be made instead. E_FORMAT and others: the text
 * begins with the place, or with ": ". */
enum errcode mintmake_token(const struct mintmake *how, struct buf *token, bool *again,
    struct err *e) __attribute__((warn_unused_result));

#endif
