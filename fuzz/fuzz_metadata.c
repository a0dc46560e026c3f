/* Metadata: any bytes, one issuer. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "helper/oidc/metadata.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct metadata *m = NULL;
	struct err e = { .code = E_OK };

	if (metadata_parse(&m, data, size, "https://idp.example", NULL, &e) == E_OK &&
	    (strcmp(m->issuer, "https://idp.example") != 0 || m->jwks_uri == NULL))
		abort();
	metadata_free(m);
	return 0;
}
