/* To whom an account belongs once its first login is over: issuer and subject, not a name. Pure. */
#ifndef HELPER_POLICY_PIN_H
#define HELPER_POLICY_PIN_H

#include <stdbool.h>
#include <stdint.h>

#include "common/buf.h"
#include "common/err.h"
#include "common/url.h"
#include "helper/identity.h"

#define PIN_FILE_MAX (URL_MAX + IDENTITY_SUB_MAX + 64)

/* What is on record of an account; zeroed: nothing. OpenID Connect Core 5.7, C-098. */
struct pin {
	bool approved; /* by latchkey pin: the account may be root-equivalent */
	bool bound;    /* issuer and sub count */
	char issuer[URL_MAX + 1];
	char sub[IDENTITY_SUB_MAX];
	int64_t since; /* wall clock, of the last change */
};

enum pin_judgement {
	PIN_FREE, /* bound to nobody yet */
	PIN_SAME,
	PIN_OTHER_SUB,
	PIN_OTHER_ISSUER,
};

enum pin_judgement pin_judge(const struct pin *p, const char *issuer, const char *sub);

/* Whether two records say the same; when does not matter. */
bool pin_is_same(const struct pin *a, const struct pin *b);

/* A record as it is on disk: its format's version first. */
enum errcode pin_encode(struct buf *b, const struct pin *p) __attribute__((warn_unused_result));

/* Fills *p whole or leaves it. E_SYS pin.format: another version, or not a record at all. */
enum errcode pin_decode(struct pin *p, const uint8_t *data, size_t len, struct err *e)
    __attribute__((warn_unused_result));

#endif
