/* Metadata: any bytes, one issuer. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "helper/oidc/metadata.h"

static void
read_for(enum metadata_flow flow, const uint8_t *data, size_t size)
{
	struct metadata *m = NULL;
	struct err e = { .code = E_OK };

	if (metadata_parse(&m, data, size, "https://idp.example", NULL, flow, &e) == E_OK &&
	    (strcmp(m->issuer, "https://idp.example") != 0 || m->jwks_uri == NULL ||
	        (flow == METADATA_LOOPBACK && m->authorization_endpoint == NULL)))
		abort();
	metadata_free(m);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	read_for(METADATA_DEVICE, data, size);
	read_for(METADATA_LOOPBACK, data, size);
	return 0;
}
