/* UserInfo: any bytes; then every kind of access to a few claims. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "helper/oidc/userinfo.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const names[] = { "sub", "groups", "/realm_access/roles", "/a/0/~1" };
	const struct userinfo_expect x = { .sub = "s-1" };
	struct claims *c = NULL;
	struct err e = { .code = E_OK };

	if (userinfo_parse(&c, 200, "application/json", data, size, &x, &e) != E_OK)
		return 0;
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct strlist l = { .n = 0 };
		const char *s = NULL;
		int64_t n = 0;

		if (claims_str(c, names[i], 64, &s) == CLAIMS_OK && strlen(s) > 64)
			abort();
		if (claims_num(c, names[i], &n) == CLAIMS_OK && n < 0)
			abort();
		if (claims_strings(c, names[i], &l) != CLAIMS_OK && l.n > 0)
			abort();
		strlist_clear(&l);
	}
	claims_free(c);
	return 0;
}
