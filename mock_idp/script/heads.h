/* The heads of scenarios: what each is called, which rows it is for, what is served, what is
 * expected. latchkey-mock-script(5). */
#ifndef MOCK_IDP_SCRIPT_HEADS_H
#define MOCK_IDP_SCRIPT_HEADS_H

#include <jansson.h>

#include "common/err.h"
#include "mock_idp/script/texts.h"

/*
 * Every scenario of the texts (each an array of them), whole, sorted by name: a fresh array. Heads
 * are checked, the scripts behind them are not. E_CFG "FILE: [3].class: ..."; two of one name; a
 * hostile one whose twin is not there, or is hostile too (neither OK nor REQ).
 */
enum errcode heads_read(json_t **out, const struct text *texts, struct err *e)
    __attribute__((warn_unused_result));

/* Those of the one file where a scenario of that name would stand ("a.json" for "a.b.c"), for a
 * quick start: twins are not looked for. A fresh array, empty when there is no such file. */
enum errcode heads_read_file(json_t **out, const struct text *texts, const char *name,
    struct err *e) __attribute__((warn_unused_result));

/* The one of that name, borrowed, or NULL. */
json_t *heads_find(const json_t *list, const char *name);

/* A member that is text; "" where there is none. */
const char *heads_text(const json_t *head, const char *name);

#endif
