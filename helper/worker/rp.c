/* The relying party of one login. */
#include "config.h"

#include <string.h>

#include "common/secmem.h"
#include "common/text.h"
#include "helper/oidc/assertion.h"
#include "helper/oidc/client_auth.h"
#include "helper/worker/rp.h"

enum errcode
rp_open(struct rp *p, const struct channel *c, const struct rp_start *start, struct err *e)
{
	const struct ipc_job *job = start->job;
	enum errcode r;

	*p = (struct rp){
		.channel = c, .job = job, .deadline = job->deadline, .auth = CLIENT_AUTH_AUTO
	};
	if (job->client_key[0] != '\0' &&
	    (r = client_key_read(&p->key, job->client_key, e)) != E_OK)
		return r;
	r = http_new(&p->http,
	    &(struct http_options){ .ca_file = job->ca_file,
	        .proxy = job->http_proxy,
	        .timeout_ms = (int64_t)job->http_timeout * 1000,
	        .watch = c->fd,
	        .clock = c->clock },
	    e);
	p->discover = (struct discover){ c, job, start->cached, start->ncached, p->http };
	return r;
}

void
rp_close(struct rp *p)
{
	client_key_free(p->key);
	metadata_free(p->metadata);
	http_free(p->http);
	*p = (struct rp){ .http = NULL };
}

static enum client_auth_method
method_of(const struct ipc_job *j)
{
	switch (j->client_auth) {
	case IPC_AUTH_NONE:
		return CLIENT_AUTH_NONE;
	case IPC_AUTH_BASIC:
		return CLIENT_AUTH_BASIC;
	case IPC_AUTH_POST:
		return CLIENT_AUTH_POST;
	case IPC_AUTH_SECRET_JWT:
		return CLIENT_AUTH_SECRET_JWT;
	case IPC_AUTH_KEY_JWT:
		return CLIENT_AUTH_KEY_JWT;
	case IPC_AUTH_AUTO:
		break;
	}
	return CLIENT_AUTH_AUTO;
}

enum errcode
rp_discover(struct rp *p, struct err *e)
{
	enum errcode r;

	if ((r = discover_metadata(&p->metadata, &p->cached_metadata, &p->discover, e)) != E_OK)
		return r;
	return client_auth_choose(&p->auth, method_of(p->job), p->job->client_secret,
	    p->key != NULL, &p->metadata->auth_methods, e);
}

enum errcode
rp_prepared(const struct rp *p, enum errcode r)
{
	if (r != E_OK && p->cached_metadata)
		discover_forget(&p->discover, IPC_METADATA);
	return r == E_TIMEOUT ? E_NET : r;
}

static const char *
audience(const struct rp *p, const char *url)
{
	switch (p->job->audience) {
	case IPC_AUDIENCE_ISSUER:
		return p->job->issuer;
	case IPC_AUDIENCE_TOKEN:
		return p->metadata->token_endpoint;
	case IPC_AUDIENCE_ENDPOINT:
		return url;
	}
	return p->job->issuer;
}

static enum errcode
make_assertion(const struct rp *p, const char *url, char **out, struct err *e)
{
	const struct ipc_job *j = p->job;
	const struct assertion a = { .key = p->auth == CLIENT_AUTH_KEY_JWT ? p->key : NULL,
		.secret = j->client_secret,
		.key_id = j->client_key_id[0] != '\0' ? j->client_key_id : NULL,
		.client_id = j->client_id,
		.audience = audience(p, url),
		.now = clock_wall(p->channel->clock) };

	if (p->auth != CLIENT_AUTH_SECRET_JWT && p->auth != CLIENT_AUTH_KEY_JWT)
		return E_OK;
	return assertion_make(out, &a, e);
}

enum errcode
rp_post(const struct rp *p, const char *url, struct buf *form, size_t max,
    struct http_response *out, struct err *e)
{
	const struct ipc_job *j = p->job;
	char *header = NULL, *assertion = NULL;
	enum errcode r;

	if ((r = make_assertion(p, url, &assertion, e)) != E_OK)
		return r;
	r = client_auth_apply(form, &header,
	    &(struct client_auth){ p->auth, j->client_id, j->client_secret, assertion });
	secmem_freestr(assertion);
	if (r != E_OK)
		return err_set(e, r, NULL, "the client's proof does not fit");
	r = http_request(p->http, url, form, header, max, p->deadline, out, e);
	secmem_freestr(header);
	return r;
}

enum errcode
rp_explain(const struct rp *p, enum errcode r, struct err *e)
{
	const struct err why = *e;
	const char *dot = strrchr(why.reason, '.');

	if (dot == NULL || strcmp(dot, ".client") != 0)
		return r;
	*e = (struct err){ .code = E_OK };
	return err_set(e, r, why.reason, "as %.64s by %s%s: %s", p->job->client_id,
	    client_auth_name(p->auth), p->job->client_auth == IPC_AUTH_AUTO ? " (auto)" : "",
	    why.text);
}

enum errcode
rp_expect_json(const struct http_response *a, enum errcode class, const char *reason, struct err *e)
{
	char type[48];

	if (a->status != 200 || strcmp(a->content_type, "application/json") == 0)
		return E_OK;
	(void)text_escape(type, sizeof(type), a->content_type, strlen(a->content_type));
	return err_set(e, class, reason,
	    "found %s, expected application/json; is a proxy or a captive portal in between?",
	    a->content_type[0] == '\0' ? "no media type" : type);
}
