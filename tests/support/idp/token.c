/* A token looked at leniently, and its signature judged by OpenSSL. */
#include "config.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/idp/bytes.h"
#include "tests/support/idp/key.h"
#include "tests/support/idp/token.h"

struct segment {
	const char *p;
	size_t len;
};

/* Bytes of a segment; extra bits that were left over at its end. */
struct decoded {
	uint8_t *p;
	size_t len;
	unsigned rest;
};

static int
value_of(char c)
{
	static const char alphabet[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	const char *at = c == '\0' ? NULL : strchr(alphabet, c);

	if (c == '+' || c == '/')
		return c == '+' ? 62 : 63;
	return at == NULL ? -1 : (int)(at - alphabet);
}

static int
hex_of(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c == '\0' ? NULL : strchr(digits, c | 0x20);

	return at == NULL ? -1 : (int)(at - digits);
}

/* Both alphabets, padded or not, percent-encoded or not; what belongs to none is passed over. */
static struct decoded
decode(struct segment s)
{
	struct decoded d = { .p = malloc(s.len + 1) };
	unsigned bits = 0, n = 0;

	for (size_t i = 0; d.p != NULL && i < s.len; i++) {
		char c = s.p[i];
		int v;

		if (c == '%' && i + 2 < s.len && hex_of(s.p[i + 1]) >= 0 &&
		    hex_of(s.p[i + 2]) >= 0) {
			c = (char)(hex_of(s.p[i + 1]) << 4 | hex_of(s.p[i + 2]));
			i += 2;
		}
		if ((v = value_of(c)) < 0)
			continue;
		bits = (bits << 6 | (unsigned)v) & 0xffff;
		n += 6;
		if (n >= 8) {
			n -= 8;
			d.p[d.len++] = (uint8_t)(bits >> n);
		}
	}
	d.rest = bits & ((1U << n) - 1);
	return d;
}

/* How many segments there are, the first three in seg. */
static size_t
split(struct segment seg[3], const char *p, size_t len)
{
	size_t n = 0;

	memset(seg, 0, 3 * sizeof(*seg));
	for (size_t i = 0, from = 0; i <= len; i++)
		if (i == len || p[i] == '.') {
			if (n < 3)
				seg[n] = (struct segment){ p + from, i - from };
			n++;
			from = i + 1;
		}
	return n;
}

static json_t *
object_of(const struct decoded *d)
{
	json_t *v = json_loadb((const char *)d->p, d->len, JSON_ALLOW_NUL, NULL);

	if (json_is_object(v))
		return v;
	json_decref(v);
	return NULL;
}

json_t *
token_look(const json_t *token)
{
	static const char *const name[] = { "header", "payload", "signature" };
	static const char *const member[][2] = { { "jose_text", "jose" },
		{ "claims_text", "claims" } };
	const char *p = json_string_value(token);
	json_t *seen, *trailing = json_array();
	struct segment seg[3];
	struct decoded d;

	if (p == NULL) {
		json_decref(trailing);
		return NULL;
	}
	(void)split(seg, p, json_string_length(token));
	seen = json_pack(
	    "{s:o, s:o}", "text", bytes_text(p, json_string_length(token)), "trailing", trailing);
	for (size_t i = 0; i < 3; i++) {
		d = decode(seg[i]);
		if (d.rest != 0)
			(void)json_array_append_new(trailing, json_string(name[i]));
		if (i == 2) {
			(void)json_object_set_new(seen, "sig", bytes_hex(d.p, d.len));
		} else {
			(void)json_object_set_new(seen, member[i][0], bytes_text(d.p, d.len));
			(void)json_object_set_new(seen, member[i][1], object_of(&d));
		}
		free(d.p);
	}
	return seen;
}

static bool
has_kid(const json_t *jwks, const char *kid)
{
	const json_t *keys = json_object_get(jwks, "keys");

	for (size_t i = 0; kid != NULL && i < json_array_size(keys); i++) {
		const char *s = json_string_value(json_object_get(json_array_get(keys, i), "kid"));

		if (s != NULL && strcmp(s, kid) == 0)
			return true;
	}
	return false;
}

static bool
try_keys(const json_t *jwks, const char *kid, const char *alg, const struct key_signed *s)
{
	const json_t *keys = json_object_get(jwks, "keys");

	for (size_t i = 0; i < json_array_size(keys); i++) {
		const json_t *jwk = json_array_get(keys, i);
		const char *own = json_string_value(json_object_get(jwk, "alg"));
		const char *name = json_string_value(json_object_get(jwk, "kid"));

		if (kid != NULL && (name == NULL || strcmp(name, kid) != 0))
			continue;
		if (key_verifies(jwk, alg != NULL && key_knows(alg) ? alg : own, s))
			return true;
	}
	return false;
}

bool
token_verifies(const json_t *token, const json_t *jwks)
{
	const char *p = json_string_value(token), *kid, *alg;
	struct segment seg[3];
	struct decoded head, sig;
	json_t *jose;
	bool ok = false;

	if (p == NULL || split(seg, p, json_string_length(token)) < 3)
		return false;
	head = decode(seg[0]);
	sig = decode(seg[2]);
	jose = object_of(&head);
	alg = json_string_value(json_object_get(jose, "alg"));
	kid = json_string_value(json_object_get(jose, "kid"));
	if (alg == NULL || strncmp(alg, "HS", 2) != 0)
		ok = try_keys(jwks, has_kid(jwks, kid) ? kid : NULL, alg,
		    &(struct key_signed){ p, (size_t)(seg[1].p + seg[1].len - p), sig.p, sig.len });
	json_decref(jose);
	free(head.p);
	free(sig.p);
	return ok;
}
