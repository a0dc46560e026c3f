/* One client of the users file (latchkey-mock-idp(1) describes it). */
#ifndef MOCK_IDP_STORE_CLIENT_FILE_H
#define MOCK_IDP_STORE_CLIENT_FILE_H

#include "mock_idp/store/people.h"

/* *out, only on success, is people_clear_client's or people_put_client's. E_CFG names the member
 * that is wrong. */
enum errcode client_file_parse(struct client *out, json_t *o, struct err *e)
    __attribute__((warn_unused_result));

#endif
