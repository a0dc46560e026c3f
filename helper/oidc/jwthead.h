/* A compact token cut into its segments, and its header, before anything is believed. RFC 7515
 * sections 4 and 7.1, RFC 8725. Pure. */
#ifndef HELPER_OIDC_JWTHEAD_H
#define HELPER_OIDC_JWTHEAD_H

#include <stddef.h>

#include "common/err.h"
#include "common/strlist.h"
#include "helper/oidc/alg.h"

#define JWTHEAD_TOKEN_MAX (16 * 1024)
#define JWTHEAD_KID_MAX 256

/* Segments are borrowed from the token, still in base64url, and each decodes. */
struct jwthead {
	const struct alg *alg;
	char kid[JWTHEAD_KID_MAX + 1]; /* "" when the header has none */
	const char *input;             /* what was signed: header "." payload */
	size_t input_len;
	const char *payload;
	size_t payload_len;
	const char *sig;
	size_t sig_len;
};

/*
 * Strict (C-100 to C-111): three segments that are not empty, canonical base64url; one header
 * object, an algorithm both known here and named in algorithms, typ absent or JWT, nothing
 * critical, no key or address of a key inside. E_TOK: jws.*, idt.alg, idt.typ, idt.jwe, idt.nested,
 * idt.zip.
 */
enum errcode jwthead_parse(struct jwthead *out, const char *token, const struct strlist *algorithms,
    struct err *e) __attribute__((warn_unused_result));
/* The same for a token that is no JWT: its payload may be empty (RFC 7515 section 5.1). */
enum errcode jwthead_parse_any(struct jwthead *out, const char *token,
    const struct strlist *algorithms, struct err *e) __attribute__((warn_unused_result));

#endif
