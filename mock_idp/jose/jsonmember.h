/* Changes to a member of a JSON object's text; what each does stands in jsontext.h. */
#ifndef MOCK_IDP_JOSE_JSONMEMBER_H
#define MOCK_IDP_JOSE_JSONMEMBER_H

#include "mock_idp/jose/jsonchange.h"

jsonchange_fn jsonmember_dup;
jsonchange_fn jsonmember_dup_escaped;
jsonchange_fn jsonmember_raw;
jsonchange_fn jsonmember_hex;
jsonchange_fn jsonmember_latin1;
jsonchange_fn jsonmember_badutf8;
jsonchange_fn jsonmember_depth;
jsonchange_fn jsonmember_keys;

/* Adds c's piece, "name":value as it is, as the first or the last member. */
enum errcode jsonmember_add(const struct jsonchange *c, bool first);

#endif
