/* Client authentication, as strictly as the provider takes it. */
#include "config.h"

#include <string.h>

#include "common/secmem.h"
#include "mock_idp/basic.h"
#include "mock_idp/ep/assertion.h"
#include "mock_idp/ep/client_auth.h"

/* Everything by which the request says who it comes from. */
struct shown {
	struct basic basic;                       /* empty: there is none */
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
	return (size_t)there(s->post) + (s->basic.name != NULL) +
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
	const char *id = s->basic.name == NULL ? s->id : s->basic.name;

	if (methods(s) > 1)
		return "two_methods";
	if (there(s->type) || there(s->assertion))
		return judge_assertion(w, x, s, c);
	if (s->basic.name != NULL && s->id != NULL && strcmp(s->id, s->basic.name) != 0)
		return "two_ids";
	if (id == NULL)
		return "no_client_id";
	*c = people_client(&w->people, id);
	if (s->basic.name != NULL)
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
	const struct pairs *form = &x->req.form;
	const char *header = pairs_get(&x->req.headers, "authorization"), *why = NULL;
	const struct client *c = NULL;
	struct shown s = { .id = pairs_get(form, "client_id"),
		.post = pairs_get(form, "client_secret"),
		.type = pairs_get(form, "client_assertion_type"),
		.assertion = pairs_get(form, "client_assertion") };

	if (header != NULL && !basic_read(&s.basic, header))
		why = "authorization_header";
	if (why == NULL)
		why = judge(w, x, &s, how, &c);
	if (why != NULL) {
		msg_violation(x, "client_auth", why);
		*error = error_of(why);
	}
	basic_clear(&s.basic);
	return why == NULL ? c : NULL;
}

const struct client *
client_auth(struct world *w, struct exchange *x, enum oauth_error *error)
{
	return client_auth_as(w, x, w->profile->device->other, error);
}
