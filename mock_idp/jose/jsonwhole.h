/* Changes to a JSON text as a whole; what each does stands in jsontext.h. */
#ifndef MOCK_IDP_JOSE_JSONWHOLE_H
#define MOCK_IDP_JOSE_JSONWHOLE_H

#include "mock_idp/jose/jsonchange.h"

jsonchange_fn jsonwhole_pad;
jsonchange_fn jsonwhole_ws;
jsonchange_fn jsonwhole_wrap_array;
jsonchange_fn jsonwhole_lead;
jsonchange_fn jsonwhole_trail;
jsonchange_fn jsonwhole_nul;
jsonchange_fn jsonwhole_bom;
jsonchange_fn jsonwhole_utf16;

#endif
