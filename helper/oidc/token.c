/* Answers of the token endpoint. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "common/secmem.h"
#include "common/text.h"
#include "helper/oidc/check.h"
#include "helper/oidc/json.h"
#include "helper/oidc/jwthead.h"
#include "helper/oidc/oautherr.h"
#include "helper/oidc/token.h"

_Static_assert(TOKEN_ID_MAX == JWTHEAD_TOKEN_MAX, "what is taken here is read there");

static const struct {
	const char *code;
	enum token_outcome outcome;
	enum errcode class;
	const char *reason, *sentence;
} known[] = {
	{ "authorization_pending", TOKEN_PENDING, E_OK, NULL, NULL },
	{ "slow_down", TOKEN_SLOW_DOWN, E_OK, NULL, NULL },
	{ "server_error", TOKEN_SERVER_ERROR, E_OK, NULL, NULL },
	{ "temporarily_unavailable", TOKEN_RETRY, E_OK, NULL, NULL },
	{ "access_denied", TOKEN_REFUSED, E_DENY, "dev.denied", "the request was denied" },
	{ "authorization_declined", TOKEN_REFUSED, E_DENY, "dev.denied",
	    "the request was denied" }, /* Entra */
	{ "expired_token", TOKEN_REFUSED, E_EXP, "dev.expired", "the code has expired" },
};

static enum token_outcome
refused_client(const json_t *o, long status, struct err *e)
{
	char words[OAUTHERR_WORDS];

	(void)err_set(e, E_CFG, "tok.client",
	    "the token endpoint refuses this client: HTTP %ld, %s", status,
	    oautherr_words(words, o));
	return TOKEN_REFUSED;
}

/* The error member decides, not the status: 400, 401, 403, 428 and 429 carry the same codes
 * somewhere. A 200 is the exception: it is final, and what it says with an error is nonsense. */
static enum token_outcome
judge_error(const json_t *o, const char *code, long status, struct err *e)
{
	char safe[80];

	if (CHECK(C_061) && status == 200) {
		(void)err_set(e, E_PROTO, "tok.200err", "HTTP 200 with an error member");
		return TOKEN_REFUSED;
	}
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(code, known[i].code) != 0)
			continue;
		if (known[i].outcome == TOKEN_REFUSED)
			(void)err_set(e, known[i].class, known[i].reason, "%s (%s)",
			    known[i].sentence, known[i].code);
		return known[i].outcome;
	}
	if (CHECK(C_063) &&
	    (status == 401 || strcmp(code, "invalid_client") == 0 ||
	        strcmp(code, "unauthorized_client") == 0))
		return refused_client(o, status, e);
	if (CHECK(D_13) && (status == 429 || status >= 500))
		return TOKEN_RETRY;
	(void)err_set(e, E_DENY, "tok.err.other", "the token endpoint refuses: HTTP %ld, %s",
	    status, text_escape(safe, sizeof(safe), code, strlen(code)));
	return TOKEN_REFUSED;
}

static enum token_outcome
judge_status(const json_t *o, long status, struct err *e)
{
	if (CHECK(C_050) && status >= 300 && status <= 399) {
		(void)err_set(e, E_PROTO, "tok.redir",
		    "the token endpoint redirects (HTTP %ld), which is never followed", status);
		return TOKEN_REFUSED;
	}
	if (CHECK(C_063) && status == 401)
		return refused_client(o, status, e);
	if (CHECK(D_13) && (status == 429 || status >= 500 || (o == NULL && status >= 400)))
		return TOKEN_RETRY;
	(void)err_set(e, E_PROTO, "tok.status", "HTTP %ld without an error code", status);
	return TOKEN_REFUSED;
}

/* RFC 6750 section 2.1: what may stand in a header without forging another (C-055, H-49). */
static bool
is_b64token(const char *s)
{
	size_t n =
	    strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/");

	return n > 0 && s[n + strspn(s + n, "=")] == '\0';
}

static enum errcode
check_rest(const json_t *o, struct err *e)
{
	const char *type = "";
	int64_t life;

	if (CHECK(C_056) &&
	    (json_as_str(json_object_get(o, "token_type"), 64, &type) != JSON_GOOD ||
	        strcasecmp(type, "bearer") != 0))
		return err_set(e, E_PROTO, "tok.type", "token_type is not bearer");
	if (CHECK(C_058) && json_as_num(json_object_get(o, "expires_in"), false, &life) == JSON_BAD)
		return err_set(e, E_PROTO, "tok.exp", "expires_in is no number of seconds");
	return E_OK;
}

static enum errcode
take_tokens(struct token *t, const json_t *o, struct err *e)
{
	const char *at = "", *idt = "";
	enum json_found f;

	if (json_as_str(json_object_get(o, "access_token"), TOKEN_ACCESS_MAX, &at) != JSON_GOOD ||
	    (CHECK(C_055) && !is_b64token(at)))
		return err_set(e, E_PROTO, "tok.at",
		    "access_token is absent, too long, or holds what no token may hold");
	f = json_as_str(json_object_get(o, "id_token"), TOKEN_ID_MAX, &idt);
	if (CHECK(C_057) && f == JSON_ABSENT)
		return err_set(e, E_PROTO, "tok.noidt",
		    "no id_token: is the scope openid registered for this client?");
	if (CHECK(C_057, H_33) && f == JSON_BAD)
		return err_set(e, E_PROTO, "tok.idt",
		    "id_token is no text, or longer than %d bytes", TOKEN_ID_MAX);
	if ((t->access_token = strdup(at)) == NULL || (t->id_token = strdup(idt)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	return E_OK;
}

static enum token_outcome
judge_success(struct token **out, const json_t *o, struct err *e)
{
	struct token *t;

	if (check_rest(o, e) != E_OK)
		return TOKEN_REFUSED;
	if ((t = calloc(1, sizeof(*t))) == NULL) {
		(void)err_set(e, E_NOMEM, NULL, "out of memory");
		return TOKEN_REFUSED;
	}
	if (take_tokens(t, o, e) != E_OK) {
		token_free(t);
		return TOKEN_REFUSED;
	}
	*out = t;
	return TOKEN_SUCCESS;
}

enum token_outcome
token_parse(struct token **out, long status, const void *body, size_t len, struct err *e)
{
	struct err why = { .code = E_OK };
	enum token_outcome r;
	const char *code = "";
	json_t *o = NULL;

	if (json_read(&o, body, len, TOKEN_MAX, E_PROTO, "tok", &why) != E_OK) {
		if (status != 200 && why.code != E_NOMEM)
			return judge_status(NULL, status, e);
		(void)err_set(e, why.code, why.reason, "%s", why.text);
		return TOKEN_REFUSED;
	}
	switch (oautherr_code(o, &code)) {
	case JSON_GOOD:
		r = judge_error(o, code, status, e);
		break;
	case JSON_BAD:
	case JSON_NOMEM:
		(void)err_set(e, E_PROTO, "tok.err.ctl",
		    "HTTP %ld with an error member that is no "
		    "error code",
		    status);
		r = TOKEN_REFUSED;
		break;
	case JSON_ABSENT:
	default:
		r = CHECK(C_054) && status != 200 ? judge_status(o, status, e)
		                                  : judge_success(out, o, e);
		break;
	}
	json_decref(o);
	return r;
}

void
token_free(struct token *t)
{
	if (t == NULL)
		return;
	secmem_freestr(t->access_token);
	secmem_freestr(t->id_token);
	secmem_free(t, sizeof(*t));
}
