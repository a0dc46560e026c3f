/* Users and clients from a JSON file (latchkey-mock-idp(1) describes it). */
#ifndef MOCK_IDP_STORE_PEOPLE_FILE_H
#define MOCK_IDP_STORE_PEOPLE_FILE_H

#include "mock_idp/store/people.h"

#define PEOPLE_FILE_MAX ((size_t)1024 * 1024)

/*
 * Adds what text says to p, which holds the built-in ones; they go when it says "builtin": false.
 * E_CFG names the member that is wrong. name stands in the sentence.
 */
enum errcode people_file_parse(struct people *p, const struct ids *ids, const char *text,
    size_t len, const char *name, struct err *e) __attribute__((warn_unused_result));

enum errcode people_file_load(struct people *p, const struct ids *ids, const char *path,
    struct err *e) __attribute__((warn_unused_result));

#endif
