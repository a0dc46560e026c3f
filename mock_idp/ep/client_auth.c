/* Client authentication, as strictly as the provider takes it. */
#include "config.h"

#include <string.h>
#include <strings.h>

#include <openssl/evp.h>

#include "common/secmem.h"
#include "mock_idp/ep/assertion.h"
#include "mock_idp/ep/client_auth.h"
#include "mock_idp/form.h"

#define BASIC_MAX 1024 /* characters of base64 */

struct claimed {
	char *id;     /* from Basic, NULL: no Basic */
	char *secret; /* idem */
};

/* "id:secret", each form-encoded, in padded base64. */
static bool
parse_basic(const char *text, struct claimed *c)
{
	unsigned char raw[BASIC_MAX];
	size_t len = strlen(text), pad = 0;
	const char *colon;
	int n;

	if (len == 0 || len % 4 != 0 || len > BASIC_MAX)
		return false;
	while (pad < 2 && text[len - 1 - pad] == '=')
		pad++;
	if ((n = EVP_DecodeBlock(raw, (const unsigned char *)text, (int)len)) < (int)pad)
		return false;
	len = (size_t)n - pad;
	if ((colon = memchr(raw, ':', len)) != NULL) {
		const char *start = (const char *)raw;
		size_t idlen = (size_t)(colon - start);

		c->id = form_decode(start, idlen);
		c->secret = form_decode(colon + 1, len - idlen - 1);
	}
	explicit_bzero(raw, sizeof(raw));
	return c->id != NULL && c->secret != NULL;
}

/* Everything by which the request says who it comes from. */
struct shown {
	struct claimed basic;
	const char *id, *post, *type, *assertion; /* of the body, NULL or empty: not there */
};

static bool
there(const char *s)
{
	return s != NULL && *s != '\0';
}

static size_t
methods(const struct shown *s)
{
	return (size_t)there(s->post) + (s->basic.id != NULL) +
	    (there(s->type) || there(s->assertion));
}

/* Is the registered method, or the other with a secret, one that does? */
static bool
right_method(const struct client *c, enum auth_method used, enum profile_proof how)
{
	bool by_secret = c->method == AUTH_BASIC || c->method == AUTH_POST;

	switch (how) {
	case PROOF_EXACT:
		return c->method == used;
	case PROOF_ANY:
		return by_secret ? used == AUTH_BASIC || used == AUTH_POST : c->method == used;
	case PROOF_BODY:
	case PROOF_NONE:
		return by_secret ? used == AUTH_POST : c->method == used;
	case PROOF_ID:
		return true;
	}
	return false;
}

/* The reason why method and secret do not fit the client, NULL when they do. */
static const char *
mismatch(const struct client *c, enum auth_method used, const char *secret, enum profile_proof how)
{
	if (c == NULL)
		return "unknown_client";
	if (!right_method(c, used, how))
		return "method";
	if (how == PROOF_ID)
		return NULL;
	if (used != AUTH_NONE &&
	    (strlen(secret) != strlen(c->secret) ||
	        !secmem_equal(secret, c->secret, strlen(c->secret))))
		return "secret";
	return NULL;
}

static const char *
judge_assertion(struct world *w, struct exchange *x, const struct shown *s, const struct client **c)
{
	bool far;
	const char *why = assertion_judge(w, s->type, s->assertion, c, &far);

	/* RFC 7521 section 4.2: it need not be there, and is the same if it is */
	if (why == NULL && s->id != NULL && strcmp(s->id, (*c)->id) != 0)
		return "two_ids";
	if (far)
		msg_violation(x, "client_auth", "assertion_exp_far");
	return why;
}

static const char *
judge(struct world *w, struct exchange *x, const struct shown *s, enum profile_proof how,
    const struct client **c)
{
	const char *id = s->basic.id == NULL ? s->id : s->basic.id;

	if (methods(s) > 1)
		return "two_methods";
	if (there(s->type) || there(s->assertion))
		return judge_assertion(w, x, s, c);
	if (s->basic.id != NULL && s->id != NULL && strcmp(s->id, s->basic.id) != 0)
		return "two_ids";
	if (id == NULL)
		return "no_client_id";
	*c = people_client(&w->people, id);
	if (s->basic.id != NULL)
		return mismatch(*c, AUTH_BASIC, s->basic.secret, how);
	return mismatch(*c, there(s->post) ? AUTH_POST : AUTH_NONE, s->post, how);
}

/* What Authelia 4.39 answers; everything else is invalid_client. */
static enum oauth_error
error_of(const char *why)
{
	static const struct {
		const char *why;
		enum oauth_error error;
	} others[] = {
		{ "authorization_header", OAUTH_INVALID_REQUEST },
		{ "two_methods", OAUTH_INVALID_REQUEST },
		{ "no_client_id", OAUTH_INVALID_REQUEST },
		{ "assertion_type", OAUTH_INVALID_REQUEST },
		{ "assertion_missing", OAUTH_INVALID_REQUEST },
		{ "assertion_replay", OAUTH_JTI_KNOWN },
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (strcmp(others[i].why, why) == 0)
			return others[i].error;
	return OAUTH_INVALID_CLIENT;
}

const struct client *
client_auth_as(struct world *w, struct exchange *x, enum profile_proof how, enum oauth_error *error)
{
	static const char scheme[] = "Basic ";
	const struct pairs *form = &x->req.form;
	const char *header = pairs_get(&x->req.headers, "authorization"), *why = NULL;
	const struct client *c = NULL;
	struct shown s = { .basic = { NULL, NULL },
		.id = pairs_get(form, "client_id"),
		.post = pairs_get(form, "client_secret"),
		.type = pairs_get(form, "client_assertion_type"),
		.assertion = pairs_get(form, "client_assertion") };

	if (header != NULL &&
	    (strncasecmp(header, scheme, sizeof(scheme) - 1) != 0 ||
	        !parse_basic(header + sizeof(scheme) - 1, &s.basic)))
		why = "authorization_header";
	if (why == NULL)
		why = judge(w, x, &s, how, &c);
	if (why != NULL) {
		msg_violation(x, "client_auth", why);
		*error = error_of(why);
	}
	secmem_freestr(s.basic.id);
	secmem_freestr(s.basic.secret);
	return why == NULL ? c : NULL;
}

const struct client *
client_auth(struct world *w, struct exchange *x, enum oauth_error *error)
{
	return client_auth_as(w, x, w->profile->device->other, error);
}
