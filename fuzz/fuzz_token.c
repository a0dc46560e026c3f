/* Answers of the token endpoint under three statuses; only a 200 brings tokens. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "fuzz/fuzz.h"
#include "helper/oidc/token.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const long status[] = { 200, 400, 500 };

	for (size_t i = 0; i < sizeof(status) / sizeof(status[0]); i++) {
		struct err e = { .code = E_OK };
		struct token *t = NULL;
		enum token_outcome r = token_parse(&t, status[i], data, size, &e);

		if ((r == TOKEN_SUCCESS) != (t != NULL) || (t != NULL && status[i] != 200) ||
		    (r == TOKEN_REFUSED) != (e.code != E_OK) ||
		    !text_is_ascii(e.text, strlen(e.text), true))
			abort();
		token_free(t);
	}
	return 0;
}
