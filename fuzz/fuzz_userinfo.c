/* UserInfo: any bytes, as JSON; behind a J any text as a signed answer, behind a P any payload
 * under a good signature, behind an S any status. Then every kind of access to a few claims. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "helper/oidc/jwk.h"
#include "helper/oidc/userinfo.h"
#include "tests/support/mint.h"

static EVP_PKEY *own_key;
static struct jwks *own;

static void
must(int holds)
{
	if (!holds)
		abort();
}

static void
make_keys(void)
{
	char *jwk, *set;

	own_key = mint_ec("prime256v1");
	jwk = mint_jwk(own_key, "P-256", NULL);
	set = mint_jwks(jwk, NULL);
	must(jwks_parse(&own, set, strlen(set), NULL) == E_OK);
	free(set);
	free(jwk);
}

static void
look_for(const struct claims *c, const char *name)
{
	static const char *const formats[] = { "array", "object_keys", "objects:name", "none" };
	struct strlist l = { .n = 0 };
	const char *s = NULL;
	int64_t n = 0;

	must(claims_str(c, name, 64, &s) != CLAIMS_OK || strlen(s) <= 64);
	must(claims_num(c, name, &n) != CLAIMS_OK || n >= 0);
	must(claims_strings(c, name, &l) == CLAIMS_OK || l.n == 0);
	strlist_clear(&l);
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++) {
		must(claims_groups(c, name, formats[i], &l) == CLAIMS_OK || l.n == 0);
		strlist_clear(&l);
	}
}

static void
judge(long status, const char *type, const void *body, size_t len)
{
	static const char *const names[] = { "sub", "groups", "/realm_access/roles", "/a/0/~1",
		"a" };
	char es256[] = "ES256", *algorithms[] = { es256 };
	const struct strlist list = { .v = algorithms, .n = 1 };
	const struct userinfo_expect x = { "s-1", "https://idp.example", "linux-login", own,
		&list };
	struct claims *c = NULL;
	struct err e = { .code = E_OK };
	const char *sub = NULL;

	if (userinfo_parse(&c, status, type, body, len, &x, &e) != E_OK) {
		must(c == NULL && e.code != E_OK);
		return;
	}
	must(status == 200 && claims_str(c, "sub", 64, &sub) == CLAIMS_OK);
	must(strcmp(sub, "s-1") == 0);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		look_for(c, names[i]);
	claims_free(c);
}

static void
sign(const uint8_t *data, size_t size)
{
	char *payload = strndup((const char *)data, size), *token;

	must(payload != NULL);
	token = mint_token(own_key, "{\"alg\":\"ES256\"}", payload);
	judge(200, "application/jwt", token, strlen(token));
	free(token);
	free(payload);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char json[] = "application/json", jwt[] = "application/jwt";

	if (own_key == NULL)
		make_keys();
	if (size > 0 && data[0] == 'P')
		sign(data + 1, size - 1);
	else if (size > 0 && data[0] == 'J')
		judge(200, jwt, data + 1, size - 1);
	else if (size > 1 && data[0] == 'S')
		judge(data[1] * 2 + 100, data[1] % 2 == 0 ? json : "text/html", data + 2, size - 2);
	else
		judge(200, json, data, size);
	return 0;
}
