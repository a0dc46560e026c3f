/* Tokens to facts. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "helper/oidc/idtoken.h"
#include "helper/oidc/userinfo.h"
#include "helper/worker/facts.h"
#include "helper/worker/identify.h"

/* The keys of this login, and what they are asked about. */
struct state {
	const struct rp *rp;
	const struct token *token;
	const char *code; /* NULL: none */
	struct jwks *keys;
	bool cached_keys;
};

static enum errcode
fetch_userinfo(const struct state *s, const char *sub, struct claims **out, struct err *e)
{
	const struct ipc_job *job = s->rp->job;
	const char *url = s->rp->metadata->userinfo_endpoint;
	const struct userinfo_expect x = { .sub = sub,
		.issuer = job->issuer,
		.client_id = job->client_id,
		.keys = s->keys,
		.algorithms = &job->algorithms };
	struct http_response a = { 0 };
	struct buf *header = buf_new(TOKEN_ACCESS_MAX + 64);
	enum errcode r = E_NOMEM;

	if (url == NULL) {
		buf_free(header);
		return err_set(e, E_PROTO, "disc.ep.noui",
		    "the ID token lacks a needed claim, and the provider has no userinfo_endpoint");
	}
	if (header == NULL ||
	    buf_printf(header, "Authorization: Bearer %s", s->token->access_token) != E_OK ||
	    buf_cstr(header) == NULL)
		(void)err_set(e, r, NULL, "no memory for a request");
	else
		r = http_request(
		    s->rp->http, url, NULL, buf_cstr(header), USERINFO_MAX, job->deadline, &a, e);
	if (r == E_OK)
		r = userinfo_parse(
		    out, a.status, a.content_type, buf_data(a.body), buf_len(a.body), &x, e);
	http_response_clear(&a);
	buf_free(header);
	return r;
}

static struct idtoken_expect
expectation(const struct state *s)
{
	const struct ipc_job *j = s->rp->job;

	return (struct idtoken_expect){ .issuer = j->issuer,
		.client_id = j->client_id,
		.algorithms = &j->algorithms,
		.trusted = j->trusted_audiences.n > 0 ? &j->trusted_audiences : NULL,
		.nonce = j->nonce,
		.nonce_required = j->nonce_required,
		.access_token = s->token->access_token,
		.code = s->code,
		.started = j->started,
		.now = clock_wall(s->rp->channel->clock),
		.skew = j->skew,
		.iat_leeway = j->iat_leeway };
}

/* Once more, under keys that are fetched now. */
static enum errcode
verify_anew(struct state *s, struct idtoken **out, const struct idtoken_expect *x, struct err *e)
{
	struct jwks *keys = NULL;
	enum errcode r;

	if ((r = discover_keys_anew(&keys, &s->rp->discover, s->rp->metadata, e)) != E_OK)
		return r;
	jwks_free(s->keys);
	s->keys = keys;
	s->cached_keys = false;
	return idtoken_verify(out, s->token->id_token, s->keys, x, e);
}

static enum errcode
verify(struct state *s, struct idtoken **out, struct err *e)
{
	const struct discover *d = &s->rp->discover;
	const struct idtoken_expect x = expectation(s);
	struct err why = { .code = E_OK };
	enum errcode r;

	if ((r = discover_keys(&s->keys, &s->cached_keys, d, s->rp->metadata, e)) != E_OK)
		return r;
	r = idtoken_verify(out, s->token->id_token, s->keys, &x, &why);
	if (r == E_KEYS && strcmp(why.reason, "jws.kid.unknown") == 0 && s->rp->job->may_refetch)
		return verify_anew(s, out, &x, e);
	if ((r == E_KEYS || r == E_TOK) && s->cached_keys)
		discover_forget(d, IPC_KEYS);
	return r == E_OK ? E_OK : err_set(e, r, why.reason, "%s", why.text);
}

/* The ID token says most of it; UserInfo the rest. */
static enum errcode
gather(struct state *s, struct identity *id, struct err *e)
{
	struct idtoken *t = NULL;
	struct claims *ui = NULL;
	enum errcode r;

	if ((r = verify(s, &t, e)) != E_OK)
		return r;
	if (!facts_need_userinfo(t, s->rp->job) || (r = fetch_userinfo(s, t->sub, &ui, e)) == E_OK)
		r = facts_fill(id, t, ui, s->rp->job, e);
	claims_free(ui);
	idtoken_free(t);
	return r;
}

enum errcode
identify(const struct rp *p, const struct token *token, const char *code, struct identity **out,
    struct err *e)
{
	struct state s = { .rp = p, .token = token, .code = code };
	struct identity *id = calloc(1, sizeof(*id));
	enum errcode r;

	if (id == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for the facts");
	if ((r = gather(&s, id, e)) == E_OK) {
		*out = id;
		id = NULL;
	}
	free(id);
	jwks_free(s.keys);
	return r;
}
