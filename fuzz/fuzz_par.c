/* Answers to pushed authorization requests, good and bad; what passes adds no parameter to a URL.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "fuzz/fuzz.h"
#include "helper/oidc/par.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const long statuses[] = { 200, 201, 302, 400, 401, 429, 500 };

	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++) {
		struct par p = { .expires_in = 0 };
		struct err e = { .code = E_OK };
		enum errcode r = par_parse(&p, statuses[i], data, size, &e);
		size_t len = strlen(p.request_uri);

		if ((r == E_OK) != (len > 0) || (r == E_OK && statuses[i] != 201) ||
		    (r == E_OK && p.expires_in == 0) || strpbrk(p.request_uri, "&?#") != NULL ||
		    !text_is_ascii(p.request_uri, len, false) ||
		    !text_is_ascii(e.text, strlen(e.text), true))
			abort();
	}
	return 0;
}
