/* Headers of compact tokens: any text. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "helper/oidc/jwthead.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char rs256[] = "RS256", es256[] = "ES256", *names[] = { rs256, es256 };
	const struct strlist algorithms = { .v = names, .n = 2 };
	struct err e = { .code = E_OK };
	struct jwthead h;
	char *token;

	if ((token = calloc(1, size + 1)) == NULL)
		return 0;
	if (size > 0)
		memcpy(token, data, size);
	if (jwthead_parse(&h, token, &algorithms, &e) == E_OK &&
	    (h.alg == NULL || h.input_len + 1 + h.sig_len != strlen(token)))
		abort();
	free(token);
	return 0;
}
