/* ID tokens: any text against fixed keys; behind a 'P', any payload under a good signature. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "helper/oidc/idtoken.h"
#include "tests/support/mint.h"

/* Public; nobody has the private halves. */
static const char fixed_keys[] =
    "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"vj9MVucc7-F82_CK6YliBy3QeTX26rxMGdN1ssDRDDt12qdK"
    "fEAWgD-8Fw_oOQ5dTN0mfCzOu_AVGJ39oWTHS5cRs7foUxJXnKSFYxjx3-NRN2uIXbtwSjko-x8RO2rsN2f3"
    "ZsAsr2a5zTlAB1Nwl9fgJf6bl7Q_zQQD4PfS9mieLEOKdOb2g4M3eSNDCJCwBRvj50kmS_DBtGAAJR-2M9kZ"
    "wjbJXfFLFM0kP7QPoLAp_6brbZnPj6FPSYgsihPigKpjsOgjgUrIXQPzJEubaxNPJ_iqXml8ThLHbF8KSIoN"
    "TvgOn9mjC6euO6y0fyIj14hoDx-4gwUBGk7EJgiJow\",\"e\":\"AQAB\",\"kid\":\"r\",\"use\":\""
    "sig\",\"alg\":\"RS256\"},{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"UaKoMuPXr7nCEMPDd"
    "vyGDrFRrCFTiK4OJjDMF1LA6Y4\",\"y\":\"aIA9PJZKN_JscZvkcR2SGEOqVfxKmnpCY3cK8MdPEZs\",\""
    "kid\":\"e\"}]}";

static void
judge(const char *token, const struct jwks *keys)
{
	char rs256[] = "RS256", es256[] = "ES256", *names[] = { rs256, es256 };
	const struct strlist algorithms = { .v = names, .n = 2 };
	const struct idtoken_expect x = { .issuer = "https://idp.example",
		.client_id = "linux-login",
		.algorithms = &algorithms,
		.nonce = "n-0123456789",
		.access_token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxi0z9K3vx5KF0Y0",
		.started = 1800000000,
		.now = 1800000000,
		.skew = 60 };
	struct err e = { .code = E_OK };
	struct idtoken *t = NULL;

	if (idtoken_verify(&t, token, keys, &x, &e) == E_OK &&
	    (strcmp(t->iss, x.issuer) != 0 || t->exp <= x.now - x.skew || t->sub[0] == '\0' ||
	        t->amr.n > 16))
		abort();
	idtoken_free(t);
}

static char *
text(const uint8_t *data, size_t size)
{
	char *s = calloc(1, size + 1);

	if (s == NULL)
		abort();
	if (size > 0)
		memcpy(s, data, size);
	return s;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static EVP_PKEY *own_key;
	static struct jwks *fixed, *own;
	char *s, *token;

	if (own_key == NULL) {
		own_key = mint_ec("prime256v1");
		s = mint_jwk(own_key, "P-256", NULL);
		token = mint_jwks(s, NULL);
		if (jwks_parse(&fixed, fixed_keys, sizeof(fixed_keys) - 1, NULL) != E_OK ||
		    jwks_parse(&own, token, strlen(token), NULL) != E_OK)
			abort();
		free(token);
		free(s);
	}
	if (size > 0 && data[0] == 'P') {
		s = text(data + 1, size - 1);
		token = mint_token(own_key, "{\"alg\":\"ES256\"}", s);
		judge(token, own);
		free(token);
	} else {
		s = text(data, size);
		judge(s, fixed);
	}
	free(s);
	return 0;
}
