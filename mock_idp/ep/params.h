/* Which parameters an endpoint knows, and which it cannot do without. */
#ifndef MOCK_IDP_EP_PARAMS_H
#define MOCK_IDP_EP_PARAMS_H

#include "mock_idp/msg.h"

/*
 * Notes, by the endpoint's word (x->ep) and what the request asks for, each parameter that no
 * standard has there (unknown_parameter:NAME), that stands beside a request_uri
 * (beside_request_uri:NAME), that is in the address of an endpoint that takes forms alone
 * (parameter_in_query:NAME), or is not there (missing_parameter:NAME). Endpoints without a row are
 * not judged.
 */
void params_judge(struct exchange *x);

#endif
