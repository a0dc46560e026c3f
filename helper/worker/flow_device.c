/* The device flow from start to facts. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/url.h"
#include "helper/oidc/devauth.h"
#include "helper/oidc/pkce.h"
#include "helper/oidc/poll.h"
#include "helper/oidc/token.h"
#include "helper/worker/flow_device.h"
#include "helper/worker/farewell.h"
#include "helper/worker/identify.h"

#define GRANT_DEVICE "urn:ietf:params:oauth:grant-type:device_code"

struct flow {
	const struct channel *channel;
	const struct ipc_job *job;
	struct rp rp;
	struct pkce pkce; /* empty unless device_pkce */
	struct devauth *devauth;
	struct poll poll;
	struct token *token;
	struct identity *facts;
};

/* The configured one wins: GitLab serves it and does not say so. */
static const char *
device_endpoint(const struct flow *f)
{
	return f->job->device_endpoint[0] != '\0' ? f->job->device_endpoint
	                                          : f->rp.metadata->device_authorization_endpoint;
}

static enum errcode
check_offer(const struct flow *f, struct err *e)
{
	if (device_endpoint(f) == NULL)
		return err_set(e, E_PROTO, "disc.ep.missing",
		    "the provider offers no device_authorization_endpoint; if it has one all the "
		    "same, name it in [provider]");
	return E_OK;
}

static enum errcode
put_some(struct buf *form, const char *name, const char *value)
{
	return value[0] == '\0' ? E_OK : url_put_param(form, name, value);
}

/* What the ID token shall be about; the nonce comes back in it where the provider is able to. */
static enum errcode
ask_for(struct flow *f, struct buf *form)
{
	const struct ipc_job *j = f->job;
	char age[16] = "";
	enum errcode r;

	if (j->device_pkce && !pkce_make(&f->pkce))
		return E_SYS;
	if (j->max_age > 0)
		(void)snprintf(age, sizeof(age), "%u", j->max_age);
	if ((r = url_put_param(form, "scope", j->scopes)) != E_OK ||
	    (r = url_put_param(form, "nonce", j->nonce)) != E_OK ||
	    (r = put_some(form, "max_age", age)) != E_OK ||
	    (r = put_some(form, "acr_values", j->acr_values)) != E_OK ||
	    (r = put_some(form, "code_challenge", f->pkce.challenge)) != E_OK)
		return r;
	return put_some(form, "code_challenge_method", j->device_pkce ? "S256" : "");
}

static enum errcode
authorize_device(struct flow *f, struct err *e)
{
	struct http_response a = { 0 };
	struct buf *form = buf_new(RP_FORM_MAX);
	enum errcode r;

	if (form == NULL || ask_for(f, form) != E_OK) {
		buf_free(form);
		return err_set(e, E_SYS, "sys.job", "no memory or no randomness for a request");
	}
	r = rp_post(&f->rp, device_endpoint(f), form, DEVAUTH_MAX, &a, e);
	if (r == E_OK)
		r = rp_expect_json(&a, E_PROTO, "dev.ctype", e);
	if (r == E_OK && a.status == 200)
		r = devauth_parse(&f->devauth, buf_data(a.body), buf_len(a.body), f->job->issuer,
		    &f->job->verification_origins, e);
	else if (r == E_OK)
		r = rp_explain(
		    &f->rp, devauth_refusal(a.status, buf_data(a.body), buf_len(a.body), e), e);
	if (r == E_OK)
		poll_start(&f->poll, f->devauth->interval, f->devauth->expires_in, f->job->deadline,
		    clock_boot_ms(f->channel->clock));
	http_response_clear(&a);
	buf_free(form);
	return r;
}

static enum errcode
report_code(const struct flow *f, struct err *e)
{
	const struct devauth *d = f->devauth;
	char none[] = "";
	const struct ipc_msg m = { .type = IPC_CODE,
		.code = { .user_code = d->user_code,
		    .verification_uri = d->verification_uri,
		    .verification_uri_complete =
		        d->verification_uri_complete != NULL ? d->verification_uri_complete : none,
		    .expires_in = d->expires_in,
		    .interval = d->interval } };

	return channel_send(f->channel, &m, e);
}

/* One token request; a network failure is an outcome here, not an end (D-11), but a certificate's
 * is (D-12). */
static enum errcode
request_token(struct flow *f, enum token_outcome *outcome, int64_t *retry_after, struct err *e)
{
	struct http_response a = { 0 };
	struct buf *form = buf_new(RP_FORM_MAX);
	struct err net = { .code = E_OK };
	enum errcode r;

	*retry_after = -1;
	if (form == NULL || url_put_param(form, "grant_type", GRANT_DEVICE) != E_OK ||
	    url_put_param(form, "device_code", f->devauth->device_code) != E_OK ||
	    put_some(form, "code_verifier", f->pkce.verifier) != E_OK) {
		buf_free(form);
		return err_set(e, E_NOMEM, NULL, "no memory for a request");
	}
	r = rp_post(&f->rp, f->rp.metadata->token_endpoint, form, TOKEN_MAX, &a, &net);
	buf_free(form);
	if (r == E_NET || (r == E_TIMEOUT && clock_left(f->channel->clock, f->job->deadline) > 0)) {
		*outcome = TOKEN_RETRY;
		return E_OK;
	}
	if (r != E_OK)
		return err_set(e, r, net.reason, "%s", net.text);
	*retry_after = a.retry_after;
	*outcome = rp_expect_json(&a, E_PROTO, "tok.ctype", e) != E_OK
	    ? TOKEN_REFUSED
	    : token_parse(&f->token, a.status, buf_data(a.body), buf_len(a.body), e);
	http_response_clear(&a);
	return E_OK;
}

static enum poll_event
event_of(enum token_outcome o, int64_t retry_after)
{
	switch (o) {
	case TOKEN_PENDING:
		return retry_after >= 0 ? POLL_THROTTLED : POLL_PENDING;
	case TOKEN_SLOW_DOWN:
		return POLL_SLOWDOWN;
	case TOKEN_SERVER_ERROR:
		return POLL_SERVER_ERROR;
	case TOKEN_RETRY:
		return retry_after >= 0 ? POLL_THROTTLED : POLL_FAILED;
	case TOKEN_SUCCESS:
	case TOKEN_REFUSED:
		break;
	}
	return POLL_FAILED;
}

static enum errcode
stop(const struct poll_step *s, struct err *e)
{
	const char *why = s->code == E_EXP ? "not approved before the code expired"
	    : s->code == E_NET             ? "the token endpoint did not answer"
	                                   : "denied, or failed at the provider (server_error)";

	return err_set(e, s->code, s->reason, "%s", why);
}

/*
 * Answers one POLL: asks as soon as the interval allows, and again by itself after answers that
 * decide nothing. *done with the tokens; else it is pending.
 */
static enum errcode
ask_until_answered(struct flow *f, bool *done, struct err *e)
{
	struct poll_step step = poll_due(&f->poll, clock_boot_ms(f->channel->clock));

	for (;;) {
		enum token_outcome o = TOKEN_REFUSED;
		int64_t retry_after;
		enum errcode r;

		if (step.action == POLL_STOP)
			return stop(&step, e);
		if ((r = channel_sleep(f->channel, step.at, e)) != E_OK ||
		    (r = request_token(f, &o, &retry_after, e)) != E_OK)
			return r;
		if (o == TOKEN_SUCCESS) {
			*done = true;
			return E_OK;
		}
		if (o == TOKEN_REFUSED)
			return rp_explain(&f->rp, e->code, e);
		step = poll_next(&f->poll, event_of(o, retry_after), retry_after,
		    clock_boot_ms(f->channel->clock));
		if (o == TOKEN_PENDING || o == TOKEN_SLOW_DOWN)
			return E_OK;
	}
}

static enum errcode
await_approval(struct flow *f, struct err *e)
{
	const struct ipc_msg pending = { .type = IPC_PENDING };
	struct ipc_msg poll = { 0 };
	bool done = false;
	enum errcode r;

	for (;;) {
		if ((r = channel_recv(f->channel, IPC_POLL, &poll, f->job->deadline, e)) != E_OK ||
		    (r = ask_until_answered(f, &done, e)) != E_OK || done)
			return r;
		if ((r = channel_send(f->channel, &pending, e)) != E_OK)
			return r;
	}
}

/* Up to the code on the screen. */
static enum errcode
prepare(struct flow *f, struct err *e)
{
	enum errcode r;

	if ((r = rp_discover(&f->rp, e)) == E_OK && (r = check_offer(f, e)) == E_OK &&
	    (r = authorize_device(f, e)) == E_OK)
		r = report_code(f, e);
	return rp_prepared(&f->rp, r);
}

/* From the first poll to the facts. */
static enum errcode
complete(struct flow *f, struct err *e)
{
	enum errcode r;

	if ((r = await_approval(f, e)) == E_OK &&
	    (r = identify(&f->rp, f->token, NULL, &f->facts, e)) == E_OK)
		r = farewell(&f->rp, f->token, f->facts, e);
	/*
	 * Whoever approved chose what the answers hold: a token or UserInfo that nobody can read
	 * must refuse, and never route the stack to break-glass, as a provider that cannot be used
	 * does.
	 */
	return r == E_PROTO ? E_CLM : r;
}

enum errcode
flow_device_run(const struct channel *c, const struct rp_start *start, struct err *e)
{
	struct flow f = { .channel = c, .job = start->job };
	enum errcode r;

	if ((r = rp_open(&f.rp, c, start, e)) == E_OK && (r = prepare(&f, e)) == E_OK)
		r = complete(&f, e);
	free(f.facts);
	pkce_clear(&f.pkce);
	token_free(f.token);
	devauth_free(f.devauth);
	rp_close(&f.rp);
	return r;
}
