/*
 * JSON as no JSON library writes it: changes to the text of an object. For token headers, payloads
 * and whole answers.
 *
 *   json.dup NAME VALUE [first|last]   a member that is there already once more (last)
 *   json.dup-escaped NAME VALUE [...]  the same, the first letter of its name as \u00XX
 *   json.raw NAME TEXT                 that member's value is this text: 1e400, NaN, "\ud800", 01
 *   json.hex NAME HEX                  that member's value is a string of these bytes
 *   json.latin1 NAME, json.badutf8 NAME  the string of that member ends in bytes that are no UTF-8
 *   json.depth N                       a member "x" of N arrays, each in the other
 *   json.keys N                        N members more
 *   json.pad N                         blanks behind it until it has N bytes
 *   json.ws                            spread over lines, as for people
 *   json.wrap-array                    in an array
 *   json.lead TEXT, json.trail TEXT    before it, behind it
 *   json.nul [TEXT]                    a NUL and junk (or TEXT) behind it
 *   json.bom, json.utf16               a byte order mark before it; as UTF-16 with one
 */
#ifndef MOCK_IDP_JOSE_JSONTEXT_H
#define MOCK_IDP_JOSE_JSONTEXT_H

#include <jansson.h>

#include "common/buf.h"
#include "common/err.h"
#include "mock_idp/jose/mutate.h"

#define JSONTEXT_MAX ((size_t)64 * 1024 * 1024) /* bytes, on the way */

/* An array of [name, arg ...] or bare names. E_CFG: the text begins with the place in the array,
 * "[2]: unknown mutator json.dupp". */
enum errcode jsontext_check(const json_t *list, struct err *e) __attribute__((warn_unused_result));

/* One after the other on text. E_FORMAT when one does not fit the text (no such member, no
 * object), E_LIMIT when the buffer is full, E_NOMEM; the text is then worth nothing. */
enum errcode jsontext_apply(const json_t *list, struct buf *text, struct err *e)
    __attribute__((warn_unused_result));

/* For those who have arguments of their own before them. What a mutator takes; NULL: none of that
 * name. */
const char *jsontext_args(const char *name);
/* One, behind the argument that `before` describes (mutate.h), or "". Errors as of jsontext_apply,
 * and E_CFG: arguments that mutate_check refuses; the text without a place, ": json.dup: ..." */
enum errcode jsontext_one(const struct mutate *m, const char *before, struct buf *text,
    struct err *e) __attribute__((warn_unused_result));

/* Adds a member as it is to be written, "name":value, at the end of the object; E_FORMAT: no
 * object. */
enum errcode jsontext_add(struct buf *text, const char *member) __attribute__((warn_unused_result));

#endif
