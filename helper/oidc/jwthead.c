/* A compact token cut into its segments, and its header. */
#include "config.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/b64url.h"
#include "common/text.h"
#include "helper/oidc/check.h"
#include "helper/oidc/json.h"
#include "helper/oidc/jwthead.h"

#define HEADER_MAX 4096 /* decoded */

struct segment {
	const char *s;
	size_t len;
};

static enum errcode
split(struct segment seg[3], const char *token, bool empty, struct err *e)
{
	size_t len = strnlen(token, JWTHEAD_TOKEN_MAX + 1), dots = 0;

	if (CHECK(H_33) && len > JWTHEAD_TOKEN_MAX)
		return err_set(
		    e, E_TOK, "jws.size", "the token is longer than %d bytes", JWTHEAD_TOKEN_MAX);
	if (CHECK(C_109) && token[0] == '{')
		return err_set(e, E_TOK, "jws.json", "JSON serialization, not a compact token");
	seg[0] = (struct segment){ .s = token };
	for (const char *p = token; *p != '\0'; p++) {
		if (*p != '.')
			seg[dots < 3 ? dots : 2].len++;
		else if (++dots < 3)
			seg[dots] = (struct segment){ .s = p + 1 };
	}
	if (CHECK(C_067) && dots == 4)
		return err_set(e, E_TOK, "idt.jwe",
		    "an encrypted token (five segments): turn ID token encryption off for this "
		    "client");
	if (CHECK(C_100) &&
	    (dots != 2 || seg[0].len == 0 || (seg[1].len == 0 && !empty) || seg[2].len == 0))
		return err_set(e, E_TOK, "jws.segs",
		    "the token has not three segments with something in each");
	return E_OK;
}

/* All three, so that one token has one spelling even where a segment is not looked at yet. */
static enum errcode
check_b64(const struct segment seg[3], struct err *e)
{
	uint8_t *scratch = malloc(JWTHEAD_TOKEN_MAX);
	enum errcode r = E_OK;
	size_t n;

	if (scratch == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	for (size_t i = 0; i < 3 && r == E_OK; i++)
		if (CHECK(C_101, C_102) &&
		    !b64url_decode(scratch, JWTHEAD_TOKEN_MAX, &n, seg[i].s, seg[i].len))
			r = err_set(e, E_TOK, "jws.b64",
			    "segment %zu of the token is not canonical base64url", i + 1);
	free(scratch);
	return r;
}

/* Members whose mere presence refuses: each would change what the rest means, or bring a key. */
static const struct {
	const char *name, *reason;
} forbidden[] = {
	{ "crit", "jws.crit" },    /* RFC 7515 section 4.1.11: no extension is understood */
	{ "b64", "jws.b64false" }, /* RFC 7797 */
	{ "jku", "jws.jku" },      /* RFC 8725 section 3.10, and the three below */
	{ "x5u", "jws.x5u" },
	{ "jwk", "jws.jwk" },
	{ "x5c", "jws.x5c" },
	{ "zip", "idt.zip" },
	{ "enc", "idt.jwe" },
	{ "cty", "idt.nested" },
};

static enum errcode
check_forbidden(const json_t *o, struct err *e)
{
	for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
		if (CHECK(C_106, C_107, C_108, C_128, C_129) &&
		    json_object_get(o, forbidden[i].name) != NULL)
			return err_set(e, E_TOK, forbidden[i].reason,
			    "the token's header has the member %s", forbidden[i].name);
	return E_OK;
}

/* RFC 8725 section 3.11: an access, logout or event token is no ID token. */
static enum errcode
check_typ(const json_t *o, struct err *e)
{
	const json_t *v = json_object_get(o, "typ");
	const char *typ = json_string_value(v);

	if (CHECK(C_087) && v != NULL && (typ == NULL || strcasecmp(typ, "JWT") != 0))
		return err_set(e, E_TOK, "idt.typ", "the token's typ is not JWT");
	return E_OK;
}

static enum errcode
take_alg(const struct alg **out, const json_t *o, const struct strlist *algorithms, struct err *e)
{
	const char *name = json_string_value(json_object_get(o, "alg"));
	const struct alg *a;
	char safe[40];

	if (name == NULL)
		return err_set(e, E_TOK, "idt.alg", "the token's header names no algorithm");
	(void)text_escape(safe, sizeof(safe), name, strlen(name));
	if (CHECK(C_074) && !strlist_has(algorithms, name))
		return err_set(
		    e, E_TOK, "idt.alg", "signed with %s, which is not in algorithms", safe);
	a = alg_find(name);
	if (CHECK(C_075, C_105) && a == NULL)
		return err_set(e, E_TOK, "idt.alg", "signed with %s, which no login may use", safe);
	*out = a;
	return E_OK;
}

static enum errcode
take_kid(char kid[JWTHEAD_KID_MAX + 1], const json_t *o, struct err *e)
{
	const json_t *v = json_object_get(o, "kid");
	const char *s = json_string_value(v);
	size_t len;

	if (v == NULL)
		return E_OK;
	if (s == NULL || (len = json_string_length(v)) > JWTHEAD_KID_MAX ||
	    (CHECK(C_111) && (len == 0 || !text_is_ascii(s, len, true))))
		return err_set(e, E_TOK, "jws.kid",
		    "the token's kid is no text of 1 to %d printable characters", JWTHEAD_KID_MAX);
	memcpy(kid, s, len + 1);
	return E_OK;
}

static enum errcode
read_header(
    struct jwthead *h, const struct segment *seg, const struct strlist *algorithms, struct err *e)
{
	uint8_t raw[HEADER_MAX];
	json_t *o = NULL;
	enum errcode r;
	size_t len;

	if (!b64url_decode(raw, sizeof(raw), &len, seg->s, seg->len))
		return err_set(e, E_TOK, "jws.hdr.size",
		    "the token's header is longer than %d bytes", HEADER_MAX);
	if ((r = json_read(&o, raw, len, sizeof(raw), E_TOK, "jws.hdr", e)) != E_OK)
		return r;
	if ((r = check_forbidden(o, e)) == E_OK && (r = check_typ(o, e)) == E_OK &&
	    (r = take_alg(&h->alg, o, algorithms, e)) == E_OK)
		r = take_kid(h->kid, o, e);
	json_decref(o);
	return r;
}

static enum errcode
parse(struct jwthead *out, const char *token, const struct strlist *algorithms, bool empty,
    struct err *e)
{
	struct jwthead h = { .alg = NULL };
	struct segment seg[3] = { { .s = NULL } };
	enum errcode r;

	if ((r = split(seg, token, empty, e)) != E_OK || (r = check_b64(seg, e)) != E_OK ||
	    (r = read_header(&h, &seg[0], algorithms, e)) != E_OK)
		return r;
	h.input = token;
	h.input_len = seg[0].len + 1 + seg[1].len;
	h.payload = seg[1].s;
	h.payload_len = seg[1].len;
	h.sig = seg[2].s;
	h.sig_len = seg[2].len;
	*out = h;
	return E_OK;
}

enum errcode
jwthead_parse(
    struct jwthead *out, const char *token, const struct strlist *algorithms, struct err *e)
{
	return parse(out, token, algorithms, false, e);
}

enum errcode
jwthead_parse_any(
    struct jwthead *out, const char *token, const struct strlist *algorithms, struct err *e)
{
	return parse(out, token, algorithms, true, e);
}
