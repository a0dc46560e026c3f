/* The loopback flow from start to facts. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/url.h"
#include "helper/oidc/authreq.h"
#include "helper/oidc/par.h"
#include "helper/oidc/pkce.h"
#include "helper/oidc/token.h"
#include "helper/worker/flow_loopback.h"
#include "helper/worker/farewell.h"
#include "helper/worker/identify.h"
#include "helper/worker/loopback.h"

_Static_assert(AUTHREQ_URL_MAX == IPC_BROWSE_MAX, "what is made here goes over [B]");

struct flow {
	const struct channel *channel;
	const struct ipc_job *job;
	struct rp rp;
	struct loopback *loopback;
	struct pkce pkce;
	char state[AUTHREQ_STATE_SIZE];
	char code[CALLBACK_CODE_MAX + 1]; /* a secret */
	struct token *token;
	struct identity *facts;
};

/* Required by the metadata, or by the job (C-016). */
static bool
is_pushed(const struct flow *f)
{
	return f->job->par || f->rp.metadata->par_required;
}

static enum errcode
check_offer(const struct flow *f, struct err *e)
{
	if (is_pushed(f) && f->rp.metadata->par_endpoint == NULL)
		return err_set(e, E_CFG, "disc.par",
		    "par = require, and the provider offers no "
		    "pushed_authorization_request_endpoint");
	return E_OK;
}

/*
 * With known metadata nothing is asked before it is the browser's turn, and that none comes back
 * says nothing: its person may have done that. An outage must show now, for break-glass is for it.
 */
static enum errcode
check_presence(const struct flow *f, struct err *e)
{
	return f->rp.cached_metadata && !is_pushed(f) ? discover_reach(&f->rp.discover, e) : E_OK;
}

/* All that the answer will be held against is made here, anew for each login. */
static enum errcode
put_request(struct flow *f, struct buf *params)
{
	const struct ipc_job *j = f->job;

	if (!pkce_make(&f->pkce) || !authreq_state(f->state))
		return E_SYS;
	return authreq_put(params,
	    &(struct authreq){ .redirect_uri = loopback_uri(f->loopback),
	        .scopes = j->scopes,
	        .state = f->state,
	        .nonce = j->nonce,
	        .challenge = f->pkce.challenge,
	        .acr_values = j->acr_values,
	        .login_hint = j->login_hint,
	        .max_age = j->max_age });
}

/* The request goes to the provider itself; in params a name for it is left (C-051). */
static enum errcode
push(const struct flow *f, struct buf *params, struct err *e)
{
	struct http_response a = { 0 };
	struct par par;
	enum errcode r;

	if ((r = rp_post(&f->rp, f->rp.metadata->par_endpoint, params, PAR_MAX, &a, e)) == E_OK)
		r = rp_explain(
		    &f->rp, par_parse(&par, a.status, buf_data(a.body), buf_len(a.body), e), e);
	http_response_clear(&a);
	if (r != E_OK)
		return r;
	buf_reset(params);
	r = url_put_param(params, "request_uri", par.request_uri);
	return r == E_OK ? E_OK : err_set(e, r, NULL, "no memory for a request");
}

/* One that is too long is the operator's to mend; a lack of memory is nobody's. */
static enum errcode
join_url(const struct flow *f, struct buf *url, struct buf *params, struct err *e)
{
	enum errcode r = url_put_param(params, "client_id", f->job->client_id);

	if (r == E_OK)
		r = authreq_url(url, f->rp.metadata->authorization_endpoint, params);
	if (r == E_OK)
		return E_OK;
	return r == E_NOMEM
	    ? err_set(e, r, NULL, "no memory for a request")
	    : err_set(e, E_CFG, "cfg.size",
	          "the address to sign in at would be longer than %d characters; name fewer "
	          "scopes, or set par = require",
	          AUTHREQ_URL_MAX);
}

/* Where the browser goes: the whole request, or its name. */
static enum errcode
make_url(struct flow *f, struct buf *url, struct err *e)
{
	struct buf *params = buf_new(RP_FORM_MAX);
	enum errcode r = params == NULL ? E_NOMEM : put_request(f, params);

	if (r != E_OK)
		(void)err_set(e, r, "sys.job", "no memory, no randomness or no room for a request");
	else if (is_pushed(f))
		r = push(f, params, e);
	if (r == E_OK)
		r = join_url(f, url, params, e);
	buf_free(params);
	return r;
}

static enum errcode
report_url(const struct flow *f, const struct buf *url, struct err *e)
{
	struct ipc_msg m = { .type = IPC_BROWSE };
	enum errcode r;

	if ((m.browse.url = strndup((const char *)buf_data(url), buf_len(url))) == NULL)
		return err_set(e, E_NOMEM, NULL, "no memory for a message");
	r = channel_send(f->channel, &m, e);
	ipc_clear(&m);
	return r;
}

/* Up to the address on the screen. */
static enum errcode
prepare(struct flow *f, struct err *e)
{
	struct buf *url = buf_new(AUTHREQ_URL_MAX);
	enum errcode r = E_OK;

	if (url == NULL)
		r = err_set(e, E_NOMEM, NULL, "no memory for a URL");
	if (r == E_OK && (r = rp_discover(&f->rp, e)) == E_OK && (r = check_offer(f, e)) == E_OK &&
	    (r = check_presence(f, e)) == E_OK &&
	    (r = loopback_open(&f->loopback, f->job->redirect_uri, e)) == E_OK &&
	    (r = make_url(f, url, e)) == E_OK)
		r = report_url(f, url, e);
	buf_free(url);
	return rp_prepared(&f->rp, r);
}

static enum errcode
await_code(struct flow *f, struct err *e)
{
	const struct loopback_wanted w = { .state = f->state,
		.issuer = f->job->issuer,
		.iss_required = f->rp.metadata->iss_always };
	enum errcode r = http_hang_up(f->rp.http, e);

	return r != E_OK ? r
	                 : loopback_wait(f->loopback, &w, f->channel, f->job->deadline, f->code, e);
}

static enum errcode
put_code(const struct flow *f, struct buf *form)
{
	enum errcode r;

	if ((r = url_put_param(form, "grant_type", "authorization_code")) != E_OK ||
	    (r = url_put_param(form, "code", f->code)) != E_OK ||
	    (r = url_put_param(form, "redirect_uri", loopback_uri(f->loopback))) != E_OK)
		return r;
	return url_put_param(form, "code_verifier", f->pkce.verifier);
}

/*
 * What an answer means here, where nothing is asked twice. None is an outage: whoever asks for a
 * login knows the state, and can bring the listener any text for a code, also one that the provider
 * or a proxy before it answers with a 5xx.
 */
static enum errcode
judge_answer(enum token_outcome o, long status, struct err *e)
{
	switch (o) {
	case TOKEN_SUCCESS:
		return E_OK;
	case TOKEN_REFUSED:
		return e->code;
	case TOKEN_RETRY:
		if (status == 429)
			return err_set(
			    e, E_BUSY, "tok.busy", "the token endpoint was asked too often (429)");
		if (status >= 500)
			return err_set(
			    e, E_DENY, "tok.net", "the token endpoint failed: HTTP %ld", status);
		break;
	case TOKEN_PENDING:
	case TOKEN_SLOW_DOWN:
	case TOKEN_SERVER_ERROR:
		break;
	}
	return err_set(e, E_DENY, "tok.err.other",
	    "the token endpoint refuses the code: HTTP %ld without an error code of this flow",
	    status);
}

/*
 * The code for tokens: once, whatever comes of it, for a code that comes twice is a stolen one (RFC
 * 6749 section 4.1.2). So on a connection that is new, see http_hang_up. C-046, C-168.
 */
static enum errcode
redeem(struct flow *f, struct err *e)
{
	struct http_response a = { 0 };
	struct buf *form = buf_new(RP_FORM_MAX);
	enum errcode r = form == NULL ? E_NOMEM : put_code(f, form);

	if (r != E_OK) {
		buf_free(form);
		return err_set(e, r, NULL, "no memory for a request");
	}
	r = rp_post(&f->rp, f->rp.metadata->token_endpoint, form, TOKEN_MAX, &a, e);
	buf_free(form);
	if (r == E_OK)
		r = rp_expect_json(&a, E_PROTO, "tok.ctype", e);
	if (r == E_OK)
		r = rp_explain(&f->rp,
		    judge_answer(
		        token_parse(&f->token, a.status, buf_data(a.body), buf_len(a.body), e),
		        a.status, e),
		    e);
	http_response_clear(&a);
	return r;
}

/* From the address on the screen to the facts. */
static enum errcode
complete(struct flow *f, struct err *e)
{
	enum errcode r;

	if ((r = await_code(f, e)) == E_OK && (r = redeem(f, e)) == E_OK &&
	    (r = identify(&f->rp, f->token, f->code, &f->facts, e)) == E_OK)
		r = farewell(&f->rp, f->token, f->facts, e);
	/* as in the device flow: whoever approved chose what the answers hold */
	return r == E_PROTO ? E_CLM : r;
}

enum errcode
flow_loopback_run(const struct channel *c, const struct rp_start *start, struct err *e)
{
	struct flow f = { .channel = c, .job = start->job };
	enum errcode r;

	if ((r = rp_open(&f.rp, c, start, e)) == E_OK && (r = prepare(&f, e)) == E_OK)
		r = complete(&f, e);
	free(f.facts);
	pkce_clear(&f.pkce);
	token_free(f.token);
	loopback_close(f.loopback);
	rp_close(&f.rp);
	explicit_bzero(f.code, sizeof(f.code));
	return r;
}
