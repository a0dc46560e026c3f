/* One rule of a script, read. */
#ifndef MOCK_IDP_SCRIPT_RULE_H
#define MOCK_IDP_SCRIPT_RULE_H

#include "mock_idp/script/script.h"

/*
 * out is empty before; it takes a reference to doc. index names it where it has no name of its own.
 * dir: where the file of a reply lies, NULL: there may be none. rule_clear, also on failure.
 */
enum errcode rule_parse(struct rule *out, json_t *doc, size_t index, const char *dir,
    const struct where *at, struct err *e) __attribute__((warn_unused_result));
void rule_clear(struct rule *r);

#endif
