/* The relying party of one login. */
#include "config.h"

#include "common/secmem.h"
#include "helper/oidc/client_auth.h"
#include "helper/worker/rp.h"

enum errcode
rp_open(struct rp *p, const struct channel *c, const struct rp_start *start, struct err *e)
{
	const struct ipc_job *job = start->job;
	enum errcode r;

	*p = (struct rp){ .channel = c, .job = job };
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
	}
	return CLIENT_AUTH_NONE;
}

/* C-013: a method that the provider does not list would only fail later, with a worse message. */
static enum errcode
check_method(const struct rp *p, struct err *e)
{
	static const char *const name[] = { "none", "client_secret_basic", "client_secret_post" };
	const struct strlist *offered = &p->metadata->auth_methods;
	const char *mine = name[method_of(p->job)];

	if (offered->n > 0 && !strlist_has(offered, mine))
		return err_set(e, E_CFG, "disc.auth",
		    "client_auth = %s, but the provider does not offer that method", mine);
	return E_OK;
}

enum errcode
rp_discover(struct rp *p, struct err *e)
{
	enum errcode r;

	if ((r = discover_metadata(&p->metadata, &p->cached_metadata, &p->discover, e)) != E_OK)
		return r;
	return check_method(p, e);
}

enum errcode
rp_post(const struct rp *p, const char *url, struct buf *form, size_t max,
    struct http_response *out, struct err *e)
{
	const struct ipc_job *j = p->job;
	char *header = NULL;
	enum errcode r;

	if ((r = client_auth_apply(form, &header, method_of(j), j->client_id, j->client_secret)) !=
	    E_OK)
		return err_set(e, r, NULL, "the client's proof does not fit");
	r = http_request(p->http, url, form, header, max, j->deadline, out, e);
	secmem_freestr(header);
	return r;
}
