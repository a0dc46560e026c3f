/* Device authorization responses, good and bad; what passes can be shown. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "fuzz/fuzz.h"
#include "helper/oidc/devauth.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct devauth *d = NULL;
	struct err e = { .code = E_OK };

	if (devauth_parse(&d, data, size, "https://idp.example", NULL, &e) == E_OK &&
	    (!text_is_ascii(d->user_code, strlen(d->user_code), true) ||
	        !text_is_ascii(d->verification_uri, strlen(d->verification_uri), false)))
		abort();
	devauth_free(d);
	e = (struct err){ .code = E_OK };
	if (devauth_refusal(400, data, size, &e) == E_OK ||
	    !text_is_ascii(e.text, strlen(e.text), true))
		abort();
	return 0;
}
