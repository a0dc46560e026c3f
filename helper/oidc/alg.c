/* The signature algorithms that a login may use. */
#include "config.h"

#include <string.h>

#include "helper/oidc/alg.h"

static const struct alg table[] = {
	{ "RS256", "RSA", "", "", 0, "SHA256", false },
	{ "ES256", "EC", "P-256", "prime256v1", 32, "SHA256", false },
};

#define ROWS (sizeof(table) / sizeof(table[0]))

const struct alg *
alg_find(const char *name)
{
	for (size_t i = 0; i < ROWS; i++)
		if (strcmp(table[i].name, name) == 0)
			return &table[i];
	return NULL;
}

const struct alg *
alg_for_curve(const char *crv)
{
	for (size_t i = 0; i < ROWS && crv[0] != '\0'; i++)
		if (strcmp(table[i].crv, crv) == 0)
			return &table[i];
	return NULL;
}
