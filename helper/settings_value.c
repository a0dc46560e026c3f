/* What one word of a setting may look like. */
#include "config.h"

#include <string.h>

#include "common/num.h"
#include "common/redirect.h"
#include "common/text.h"
#include "common/url.h"
#include "helper/identity.h"
#include "helper/settings.h"
#include "helper/settings_value.h"

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGIT "0123456789"

static bool
is_long(const char *s, size_t max)
{
	size_t n = strlen(s);

	return n >= 1 && n <= max;
}

static bool
is_graph(const char *s, size_t max)
{
	return is_long(s, max) && text_is_ascii(s, strlen(s), false);
}

bool
settings_value_shown(const char *s)
{
	return is_long(s, 64) && text_is_ascii(s, strlen(s), true);
}

bool
settings_value_issuer(const char *s)
{
	struct url u;

	return url_parse(s, &u, NULL) == E_OK && strchr(u.path, '?') == NULL;
}

bool
settings_value_endpoint(const char *s)
{
	return url_parse(s, &(struct url){ .port = 0 }, NULL) == E_OK;
}

/* No port that a worker without rights cannot listen at. */
bool
settings_value_redirect(const char *s)
{
	struct redirect r;

	return redirect_parse(s, &r, NULL) == E_OK && (r.port == 0 || r.port >= 1024);
}

bool
settings_value_proxy(const char *s)
{
	static const char http[] = "http://";
	const char *host = s + sizeof(http) - 1, *port;
	uint64_t n;

	if (strncmp(s, http, sizeof(http) - 1) != 0 || (port = strrchr(host, ':')) == NULL)
		return false;
	return port > host && port - host <= 253 &&
	    strspn(host, LOWER UPPER DIGIT ".-[]:") == strlen(host) &&
	    num_parse(port + 1, 1, UINT16_MAX, &n);
}

bool
settings_value_format(const char *s)
{
	static const char objects[] = "objects:";

	if (strncmp(s, objects, sizeof(objects) - 1) == 0)
		return is_graph(s + sizeof(objects) - 1, 64);
	return strcmp(s, "array") == 0 || strcmp(s, "object_keys") == 0;
}

bool
settings_value_origin(const char *s)
{
	struct url u;

	return url_parse(s, &u, NULL) == E_OK && u.path[0] == '\0';
}

bool
settings_value_client(const char *s)
{
	return is_graph(s, 255);
}

bool
settings_value_claim(const char *s)
{
	return is_graph(s, 128);
}

bool
settings_value_scope(const char *s)
{
	return is_graph(s, 128) && strpbrk(s, "\"\\") == NULL;
}

bool
settings_value_algorithm(const char *s)
{
	static const char *const known[] = { "RS256", "RS384", "RS512", "PS256", "PS384", "PS512",
		"ES256", "ES384", "ES512", "EdDSA" };

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i], s) == 0)
			return true;
	return false;
}

bool
settings_value_acr(const char *s)
{
	return is_graph(s, IDENTITY_ACR_MAX - 1);
}

bool
settings_value_amr(const char *s)
{
	return is_graph(s, IDENTITY_AMR_LEN - 1);
}

bool
settings_value_path(const char *s)
{
	return s[0] == '/' && is_long(s, 1024);
}

bool
settings_value_domain(const char *s)
{
	return is_long(s, 253) && s[0] != '.' && s[0] != '-' &&
	    s[strspn(s, LOWER UPPER DIGIT ".-")] == '\0';
}

bool
settings_value_service(const char *s)
{
	return is_long(s, 64) && s[0] != '.' && s[strspn(s, LOWER DIGIT "._-")] == '\0' &&
	    strcmp(settings_family(s), s) == 0;
}

/* No @group, %group or -name: they would look as if they meant something. */
bool
settings_value_user(const char *s)
{
	return is_graph(s, 256) && strchr(LOWER UPPER DIGIT "_", s[0]) != NULL &&
	    strpbrk(s, ":/,*") == NULL;
}

bool
settings_value_group(const char *s)
{
	return is_long(s, 256);
}

bool
settings_value_person(const char *s)
{
	return is_long(s, IDENTITY_NAME_MAX - 1);
}
