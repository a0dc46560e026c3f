/* Codes, tokens and identifiers. */
#include "config.h"

#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/ids.h"

static bool
system_fill(void *arg, void *p, size_t len)
{
	(void)arg;
	return secmem_random(p, len);
}

const struct ids_form ids_form_default = { "BCDFGHJKLMNPQRSTVWXZ", "########", "authelia_dc_",
	false, false };

const struct ids ids_system = { system_fill, NULL };

bool
ids_opaque(const struct ids *ids, const char *prefix, char out[IDS_OPAQUE_SIZE])
{
	uint8_t raw[64];
	char half[2][B64URL_ENCODED(32) + 1];

	if (!ids->fill(ids->arg, raw, sizeof(raw)))
		return false;
	b64url_encode(half[0], raw, 32);
	b64url_encode(half[1], raw + 32, 32);
	(void)snprintf(out, IDS_OPAQUE_SIZE, "%.12s%s.%s", prefix, half[0], half[1]);
	return true;
}

/* One character of the alphabet, none likelier than another. */
static bool
draw(const struct ids *ids, const char *alphabet, size_t n, char *out)
{
	uint8_t b;

	do
		if (!ids->fill(ids->arg, &b, 1))
			return false;
	while (b >= 256 - 256 % n);
	*out = alphabet[b % n];
	return true;
}

bool
ids_user_code(const struct ids *ids, const struct ids_form *form, char out[IDS_USER_CODE_SIZE])
{
	size_t n = strlen(form->alphabet), i;

	for (i = 0; i < IDS_USER_CODE_SIZE - 1 && form->pattern[i] != '\0'; i++) {
		out[i] = form->pattern[i];
		if (out[i] == '#' && !draw(ids, form->alphabet, n, &out[i]))
			return false;
	}
	out[i] = '\0';
	return true;
}

bool
ids_same_code(const struct ids_form *form, const char *code, const char *typed)
{
	if (!form->loose)
		return strcmp(code, typed) == 0;
	for (;; code++, typed++) {
		code += strspn(code, "-");
		typed += strspn(typed, "-");
		if (toupper((unsigned char)*code) != toupper((unsigned char)*typed))
			return false;
		if (*code == '\0')
			return true;
	}
}

void
ids_make_odd(char *code)
{
	static const char odd[] = "+/=&%25\"";
	size_t n = sizeof(odd) - 1, len = strlen(code);

	if (len > n)
		memcpy(code + len - n, odd, n);
}

bool
ids_random(const struct ids *ids, char out[IDS_RANDOM_SIZE])
{
	uint8_t raw[32];

	if (!ids->fill(ids->arg, raw, sizeof(raw)))
		return false;
	b64url_encode(out, raw, sizeof(raw));
	return true;
}

bool
ids_uuid(const struct ids *ids, char out[IDS_UUID_SIZE])
{
	uint8_t r[16];

	if (!ids->fill(ids->arg, r, sizeof(r)))
		return false;
	r[6] = (uint8_t)((r[6] & 0x0f) | 0x40);
	r[8] = (uint8_t)((r[8] & 0x3f) | 0x80);
	(void)snprintf(out, IDS_UUID_SIZE,
	    "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x", r[0], r[1],
	    r[2], r[3], r[4], r[5], r[6], r[7], r[8], r[9], r[10], r[11], r[12], r[13], r[14],
	    r[15]);
	return true;
}
