/* The signature of a token that a script asks for: what it covers, how it is made, what is done to
 * it. */
#ifndef MOCK_IDP_JOSE_MINTSIGN_H
#define MOCK_IDP_JOSE_MINTSIGN_H

#include "common/buf.h"
#include "mock_idp/ids.h"
#include "mock_idp/jose/mintkey.h"

struct mintsign {
	const json_t *spec; /* or NULL */
	const struct mintkey *key;
	const struct ids *ids;
	unsigned attempt; /* 0, or the number of another signature of the same */
};

/* What can be signed: header and payload joined by a dot. */
struct mintsign_input {
	struct buf *wire;           /* their segments as they are sent */
	struct buf *clean;          /* before b64.* */
	const struct buf *texts[2]; /* the JSON in them */
};

/*
 * Appends the signature, after the sig.* mutators. *again: it is not as a mutator needs it
 * (sig.strip, sig.leading0, b64.plus): to be made again with the next attempt. E_FORMAT and others:
 * the text begins with the place, or with ": ".
 */
enum errcode mintsign_make(const struct mintsign *how, const struct mintsign_input *in,
    struct buf *sig, bool *again, struct err *e) __attribute__((warn_unused_result));

/* Does another attempt sign the same input otherwise? Else the input has to change. */
bool mintsign_varies(const struct mintkey *key);

#endif
