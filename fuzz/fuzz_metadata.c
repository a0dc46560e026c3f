/* Metadata: any bytes, one issuer; and where the metadata of any issuer would be. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "helper/oidc/metadata.h"

static void
must(int holds)
{
	if (!holds)
		abort();
}

static void
as_issuer(const uint8_t *data, size_t size)
{
	char *issuer = strndup((const char *)data, size), *url;

	must(issuer != NULL && (url = metadata_url(issuer)) != NULL);
	must(strstr(url, "/.well-known/") != NULL);
	free(url);
	free(issuer);
}

static void
read_for(enum metadata_flow flow, const uint8_t *data, size_t size)
{
	struct metadata *m = NULL;
	struct err e = { .code = E_OK };

	must(metadata_parse(&m, data, size, "http://idp.example", NULL, flow, &e) != E_OK);
	must(m == NULL);
	e = (struct err){ .code = E_OK };
	if (metadata_parse(&m, data, size, "https://idp.example", NULL, flow, &e) != E_OK)
		return;
	must(strcmp(m->issuer, "https://idp.example") == 0 && m->jwks_uri != NULL);
	must(flow != METADATA_LOOPBACK || m->authorization_endpoint != NULL);
	metadata_free(m);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	as_issuer(data, size);
	read_for(METADATA_DEVICE, data, size);
	read_for(METADATA_LOOPBACK, data, size);
	return 0;
}
