/* The verification of an ID token: one path, in the order of OpenID Connect Core 3.1.3.7. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "common/text.h"
#include "helper/oidc/athash.h"
#include "helper/oidc/check.h"
#include "helper/oidc/compact.h"
#include "helper/oidc/idtoken.h"

#define ISSUER_MAX 2048
#define SUB_MAX 255 /* Core 2 */
#define NONCE_MAX 512
#define ATHASH_MAX 88
#define AMR_MAX 16
#define AMR_LEN_MAX 31

/* Core 3.1.3.7 (2), C-068. */
static enum errcode
check_iss(struct idtoken *t, const struct idtoken_expect *x, struct err *e)
{
	char found[128];

	if (claims_str(t->claims, "iss", ISSUER_MAX, &t->iss) != CLAIMS_OK)
		return err_set(e, E_CLM, "idt.iss", "the token names no issuer");
	if (CHECK(C_068, C_171) && strcmp(t->iss, x->issuer) != 0)
		return err_set(e, E_CLM, "idt.iss", "the token is of issuer %s, not of %.120s",
		    text_escape(found, sizeof(found), t->iss, strlen(t->iss)), x->issuer);
	return E_OK;
}

/* Core 2, C-082. */
static enum errcode
check_sub(struct idtoken *t, const struct idtoken_expect *x, struct err *e)
{
	(void)x;
	if (claims_str(t->claims, "sub", SUB_MAX, &t->sub) != CLAIMS_OK ||
	    (CHECK(C_082) && (t->sub[0] == '\0' || !text_is_ascii(t->sub, strlen(t->sub), true))))
		return err_set(e, E_CLM, "idt.sub",
		    "sub is not a text of 1 to %d printable ASCII characters", SUB_MAX);
	return E_OK;
}

/* Everybody in the list is this client or trusted; *others: it is not this client alone. */
static bool
all_trusted(const struct strlist *aud, const struct idtoken_expect *x, bool *others)
{
	bool trusted = true;

	for (size_t i = 0; i < aud->n; i++)
		if (strcmp(aud->v[i], x->client_id) != 0)
			trusted =
			    trusted && x->trusted != NULL && strlist_has(x->trusted, aud->v[i]);
	*others = aud->n > 1;
	return trusted;
}

/* Core 3.1.3.7 (3): this client, and beside it nobody whom trusted_audiences does not name. C-069
 * to C-071. */
static enum errcode
check_aud(struct idtoken *t, const struct idtoken_expect *x, struct err *e)
{
	struct strlist many = { .n = 0 };
	const char *one = NULL;
	bool ours, trusted = true;

	if (claims_str(t->claims, "aud", ISSUER_MAX, &one) == CLAIMS_OK) {
		ours = strcmp(one, x->client_id) == 0;
	} else {
		(void)claims_strings(t->claims, "aud", &many);
		ours = strlist_has(&many, x->client_id);
		trusted = all_trusted(&many, x, &t->shared);
		strlist_clear(&many);
	}
	if (CHECK(C_070, C_171) && !ours)
		return err_set(e, E_CLM, "idt.aud", "the token's audience is not this client");
	if (CHECK(C_071) && (!trusted || (t->shared && x->trusted == NULL)))
		return err_set(e, E_CLM, "idt.aud.multi",
		    "the token has other audiences beside this client; does one belong in "
		    "trusted_audiences?");
	return E_OK;
}

/* Core 3.1.3.7 (4, 5), C-072: where others are addressed too, it must say whom it was issued to. */
static enum errcode
check_azp(struct idtoken *t, const struct idtoken_expect *x, struct err *e)
{
	enum claims_found f = claims_str(t->claims, "azp", ISSUER_MAX, &t->azp);

	if (CHECK(C_072) &&
	    (f == CLAIMS_BAD || (f == CLAIMS_OK && strcmp(t->azp, x->client_id) != 0)))
		return err_set(e, E_CLM, "idt.azp", "the token was issued to another client (azp)");
	if (CHECK(C_072) && f == CLAIMS_ABSENT && t->shared)
		return err_set(e, E_CLM, "idt.azp",
		    "the token has several audiences, and no azp that says whose it is");
	return E_OK;
}

/* Core 3.1.3.7 (9), C-076. */
static enum errcode
check_exp(struct idtoken *t, const struct idtoken_expect *x, struct err *e)
{
	if (claims_num(t->claims, "exp", &t->exp) != CLAIMS_OK)
		return err_set(e, E_CLM, "idt.exp", "exp is absent or no number");
	if (CHECK(C_076) && x->now >= t->exp + x->skew)
		return err_set(e, E_CLM, "idt.exp",
		    "the token expired %lld s ago: is a clock wrong? (timedatectl)",
		    (long long)(x->now - t->exp));
	return E_OK;
}

/* Core 3.1.3.7 (10): made during this login, so no earlier one is replayed. C-077, C-089. */
static enum errcode
check_iat(struct idtoken *t, const struct idtoken_expect *x, struct err *e)
{
	if (claims_num(t->claims, "iat", &t->iat) != CLAIMS_OK)
		return err_set(e, E_CLM, "idt.iat", "iat is absent or no number");
	if (CHECK(C_077) && t->iat > x->now + x->skew)
		return err_set(e, E_CLM, "idt.iat",
		    "the token was issued %lld s in the future: is a clock wrong? (timedatectl)",
		    (long long)(t->iat - x->now));
	if (CHECK(C_077, C_089) &&
	    t->iat < x->started - (x->iat_leeway > x->skew ? x->iat_leeway : x->skew))
		return err_set(e, E_CLM, "idt.iat",
		    "the token was issued %lld s before this login began: is a clock wrong? "
		    "(timedatectl)",
		    (long long)(x->started - t->iat));
	return E_OK;
}

/* RFC 7519 section 4.1.5, C-078. */
static enum errcode
check_nbf(struct idtoken *t, const struct idtoken_expect *x, struct err *e)
{
	enum claims_found f = claims_num(t->claims, "nbf", &t->nbf);

	t->has_nbf = f == CLAIMS_OK;
	if ((CHECK(C_079) && f == CLAIMS_BAD) ||
	    (CHECK(C_078) && f == CLAIMS_OK && t->nbf > x->now + x->skew))
		return err_set(e, E_CLM, "idt.nbf", "the token is not valid yet, or nbf no number");
	return E_OK;
}

/* Core 3.1.3.7 (11), C-080: whoever holds a nonce holds ours. */
static enum errcode
check_nonce(struct idtoken *t, const struct idtoken_expect *x, struct err *e)
{
	enum claims_found f = claims_str(t->claims, "nonce", NONCE_MAX, &t->nonce);

	if (CHECK(C_080) && f == CLAIMS_ABSENT && x->nonce_required && x->nonce != NULL)
		return err_set(e, E_CLM, "idt.nonce", "the token has no nonce");
	if (f == CLAIMS_ABSENT)
		return E_OK;
	if (CHECK(C_080) &&
	    (f == CLAIMS_BAD || x->nonce == NULL || strlen(t->nonce) != strlen(x->nonce) ||
	        !secmem_equal(t->nonce, x->nonce, strlen(x->nonce))))
		return err_set(e, E_CLM, "idt.nonce", "the token's nonce is not this login's");
	return E_OK;
}

/* Core 3.1.3.8, C-083. */
static enum errcode
check_athash(struct idtoken *t, const struct idtoken_expect *x, struct err *e)
{
	const char *h = NULL;
	enum claims_found f = claims_str(t->claims, "at_hash", ATHASH_MAX, &h);

	if (f == CLAIMS_ABSENT || x->any_access_token)
		return E_OK;
	if (CHECK(C_083) &&
	    (f == CLAIMS_BAD || x->access_token == NULL || !athash_matches(h, x->access_token)))
		return err_set(e, E_CLM, "idt.athash",
		    "at_hash does not belong to the access token that came with it");
	return E_OK;
}

/* Core 3.3.2.11, C-084: optional where a code was redeemed, and without meaning where none was. */
static enum errcode
check_chash(struct idtoken *t, const struct idtoken_expect *x, struct err *e)
{
	const char *h = NULL;
	enum claims_found f = claims_str(t->claims, "c_hash", ATHASH_MAX, &h);

	if (f == CLAIMS_ABSENT || x->code == NULL)
		return E_OK;
	if (CHECK(C_084) && (f == CLAIMS_BAD || !athash_matches(h, x->code)))
		return err_set(e, E_CLM, "idt.chash",
		    "c_hash does not belong to the code that the token was given for");
	return E_OK;
}

/* Back-Channel Logout 2.4 and RFC 8417: a token about an event is no ID token. C-087. */
static enum errcode
check_events(struct idtoken *t, const struct idtoken_expect *x, struct err *e)
{
	const char *s = NULL;

	(void)x;
	if (CHECK(C_087, C_088) && claims_str(t->claims, "events", 0, &s) != CLAIMS_ABSENT)
		return err_set(e, E_CLM, "idt.events", "a logout or event token, no ID token");
	return E_OK;
}

/* An amr that does not fit is left out, which can only refuse. C-081. */
enum errcode
idtoken_context(struct idtoken *t, struct err *e)
{
	struct strlist amr = { .n = 0 };
	enum claims_found f = claims_num(t->claims, "auth_time", &t->auth_time);
	enum errcode r = E_OK;

	t->has_auth_time = f == CLAIMS_OK;
	if (CHECK(C_079, C_081) && f == CLAIMS_BAD)
		return err_set(e, E_CLM, "idt.authtime", "auth_time is no number");
	f = claims_str(t->claims, "acr", SUB_MAX, &t->acr);
	if (CHECK(C_081) && f == CLAIMS_BAD)
		return err_set(e, E_CLM, "idt.acr", "acr is no text, or too long");
	f = claims_strings(t->claims, "amr", &amr);
	if (CHECK(C_081) && f == CLAIMS_BAD)
		return err_set(e, E_CLM, "idt.amr", "amr is no list of texts");
	for (size_t i = 0; i < amr.n && t->amr.n < AMR_MAX && r == E_OK; i++)
		if (strlen(amr.v[i]) <= AMR_LEN_MAX)
			r = strlist_add(&t->amr, amr.v[i], strlen(amr.v[i]), AMR_MAX);
	strlist_clear(&amr);
	return r == E_OK ? E_OK : err_set(e, E_NOMEM, NULL, "out of memory");
}

static enum errcode
take_context(struct idtoken *t, const struct idtoken_expect *x, struct err *e)
{
	(void)x;
	return idtoken_context(t, e);
}

enum errcode
idtoken_judge(struct idtoken *t, const struct idtoken_expect *x, struct err *e)
{
	static enum errcode (*const steps[])(struct idtoken *, const struct idtoken_expect *,
	    struct err *) = { check_iss, check_sub, check_aud, check_azp, check_exp, check_iat,
		check_nbf, check_nonce, check_athash, check_chash, check_events, take_context };
	enum errcode r = E_OK;

	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]) && r == E_OK; i++)
		r = steps[i](t, x, e);
	return r;
}

enum errcode
idtoken_verify(struct idtoken **out, const char *token, const struct jwks *keys,
    const struct idtoken_expect *x, struct err *e)
{
	struct compact c = { .payload = NULL };
	struct idtoken *t = NULL;
	enum errcode r;

	if ((r = compact_open(&c, token, keys, x->algorithms, e)) != E_OK)
		return r;
	if ((t = calloc(1, sizeof(*t))) == NULL) {
		r = err_set(e, E_NOMEM, NULL, "out of memory");
		goto out;
	}
	memcpy(t->alg, c.head.alg->name, strlen(c.head.alg->name) + 1);
	memcpy(t->kid, c.head.kid, sizeof(t->kid));
	if ((r = claims_parse(&t->claims, c.payload, c.len, e)) != E_OK ||
	    (r = idtoken_judge(t, x, e)) != E_OK)
		goto out;
	*out = t;
	t = NULL;
out:
	idtoken_free(t);
	compact_clear(&c);
	return r;
}

void
idtoken_free(struct idtoken *t)
{
	if (t == NULL)
		return;
	claims_free(t->claims);
	strlist_clear(&t->amr);
	free(t);
}
