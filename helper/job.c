/* What the worker is told, and what it may show. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "common/secmem.h"
#include "common/text.h"
#include "common/url.h"
#include "helper/job.h"

#define INTERVAL_MAX 3600 /* seconds; a decoy would wait as long */

static char *
make_nonce(void)
{
	uint8_t random[JOB_NONCE_BYTES];
	char *s = malloc(2 * sizeof(random) + 1);

	if (s == NULL || !secmem_random(random, sizeof(random))) {
		free(s);
		return NULL;
	}
	for (size_t i = 0; i < sizeof(random); i++)
		(void)snprintf(s + 2 * i, 3, "%02x", random[i]);
	return s;
}

static char *
join(const struct strlist *l)
{
	struct buf *b = buf_new(2 * IPC_ITEM_MAX);
	const char *text;
	char *s = NULL;

	if (b == NULL)
		return NULL;
	for (size_t i = 0; i < l->n; i++)
		if ((i > 0 && buf_put_u8(b, ' ') != E_OK) || buf_puts(b, l->v[i]) != E_OK)
			goto out;
	if ((text = buf_cstr(b)) != NULL)
		s = strdup(text);
out:
	buf_free(b);
	return s;
}

static bool
copy_list(struct strlist *to, const struct strlist *from)
{
	for (size_t i = 0; i < from->n; i++)
		if (strlist_add(to, from->v[i], strlen(from->v[i]), IDENTITY_GROUPS_MAX) != E_OK)
			return false;
	return true;
}

static char *
copy(const char *s)
{
	return strdup(s == NULL ? "" : s);
}

static enum ipc_client_auth
wire_auth(enum settings_client_auth a)
{
	switch (a) {
	case SETTINGS_AUTH_AUTO:
		return IPC_AUTH_AUTO;
	case SETTINGS_AUTH_NONE:
		return IPC_AUTH_NONE;
	case SETTINGS_AUTH_BASIC:
		return IPC_AUTH_BASIC;
	case SETTINGS_AUTH_POST:
		return IPC_AUTH_POST;
	case SETTINGS_AUTH_SECRET_JWT:
		return IPC_AUTH_SECRET_JWT;
	case SETTINGS_AUTH_KEY_JWT:
		return IPC_AUTH_KEY_JWT;
	}
	return IPC_AUTH_NONE;
}

static enum ipc_audience
wire_audience(enum settings_audience a)
{
	switch (a) {
	case SETTINGS_AUDIENCE_ISSUER:
		return IPC_AUDIENCE_ISSUER;
	case SETTINGS_AUDIENCE_TOKEN:
		return IPC_AUDIENCE_TOKEN;
	case SETTINGS_AUDIENCE_ENDPOINT:
		return IPC_AUDIENCE_ENDPOINT;
	}
	return IPC_AUDIENCE_ISSUER;
}

/* acr_values and max_age of the service's demands, else of [login]'s; both ages hold, so the
 * smaller one is asked for. */
static bool
ask_for(struct ipc_job *j, const struct settings *s, const char *service)
{
	const struct settings_demand *d[2];
	uint64_t age;

	settings_demands(s, service, d);
	age = d[0]->max_auth_age;
	if (d[1] != NULL && d[1]->max_auth_age > 0 && (age == 0 || d[1]->max_auth_age < age))
		age = d[1]->max_auth_age;
	j->max_age = (uint32_t)age;
	j->acr_values = join(d[1] != NULL && d[1]->acr.n > 0 ? &d[1]->acr : &d[0]->acr);
	return j->acr_values != NULL;
}

static bool
fill(struct ipc_job *j, const struct settings *s, const struct job_login *login)
{
	const struct settings_provider *p = &s->provider;

	return (j->login_id = copy(login->login_id)) != NULL &&
	    (j->issuer = copy(p->issuer)) != NULL && (j->client_id = copy(p->client_id)) != NULL &&
	    (j->client_secret = copy(p->client_secret)) != NULL &&
	    (j->client_key = copy(p->client_key)) != NULL &&
	    (j->client_key_id = copy(p->client_key_id)) != NULL &&
	    (j->scopes = join(&p->scopes)) != NULL && (j->ca_file = copy(p->ca_file)) != NULL &&
	    (j->username_claim = copy(p->username_claim)) != NULL &&
	    (j->groups_claim = copy(p->groups_claim)) != NULL &&
	    (j->device_endpoint = copy(p->device_authorization_endpoint)) != NULL &&
	    (j->groups_format = copy(p->groups_format)) != NULL &&
	    (j->http_proxy = copy(p->http_proxy)) != NULL &&
	    (j->redirect_uri = copy(p->redirect_uri)) != NULL &&
	    (j->nonce = make_nonce()) != NULL &&
	    (j->login_hint = copy(p->login_hint ? login->account : NULL)) != NULL &&
	    copy_list(&j->algorithms, &p->algorithms) &&
	    copy_list(&j->extra_origins, &p->extra_origins) &&
	    copy_list(&j->verification_origins, &p->verification_origins) &&
	    copy_list(&j->trusted_audiences, &p->trusted_audiences) &&
	    copy_list(&j->group_names, &s->group_names);
}

enum errcode
job_make(
    struct ipc_msg *job, const struct settings *s, const struct job_login *login, struct err *e)
{
	const struct settings_provider *p = &s->provider;
	struct ipc_msg m = { .type = IPC_JOB };

	if (!fill(&m.job, s, login) || !ask_for(&m.job, s, login->service)) {
		ipc_clear(&m);
		return err_set(e, E_SYS, "sys.job", "no memory or no randomness for a login");
	}
	m.job.flow = login->flow;
	m.job.par = p->par_required;
	m.job.client_auth = wire_auth(p->client_auth);
	m.job.nonce_required = login->flow == IDENTITY_LOOPBACK || p->device_nonce_required;
	m.job.audience = wire_audience(p->assertion_audience);
	m.job.device_pkce = p->device_pkce;
	m.job.revoke = p->revoke;
	m.job.skew = (uint32_t)p->clock_skew;
	m.job.iat_leeway = (uint32_t)p->iat_leeway;
	m.job.http_timeout = (uint32_t)p->http_timeout;
	m.job.started = login->started;
	m.job.deadline = login->deadline;
	*job = m;
	return E_OK;
}

static bool
is_allowed(const char *uri, const struct settings_provider *p, const struct strlist *more)
{
	struct url u, o;

	if (url_parse(uri, &u, NULL) != E_OK)
		return false;
	if (url_parse(p->issuer, &o, NULL) == E_OK && url_same_origin(&u, &o))
		return true;
	for (size_t i = 0; i < more->n; i++)
		if (url_parse(more->v[i], &o, NULL) == E_OK && url_same_origin(&u, &o))
			return true;
	return false;
}

enum errcode
job_check_code(const struct ipc_code *c, const struct settings_provider *p, struct err *e)
{
	size_t n = strlen(c->user_code);

	if (!is_allowed(c->verification_uri, p, &p->verification_origins) ||
	    (c->verification_uri_complete[0] != '\0' &&
	        !is_allowed(c->verification_uri_complete, p, &p->verification_origins)))
		return err_set(e, E_PROTO, "mon.uri",
		    "the verification page is not https on the issuer's origin or in "
		    "verification_origins");
	if (n < 4 || n > IPC_USER_CODE_MAX || !text_is_ascii(c->user_code, n, true) ||
	    c->user_code[0] == ' ' || c->user_code[n - 1] == ' ')
		return err_set(e, E_PROTO, "mon.code",
		    "the user code is not 4 to %d printable ASCII characters", IPC_USER_CODE_MAX);
	if (c->expires_in == 0 || c->interval > INTERVAL_MAX)
		return err_set(e, E_PROTO, "mon.times",
		    "a code that expires after %u s and may be asked for every %u s", c->expires_in,
		    c->interval);
	return E_OK;
}

enum errcode
job_check_browse(const struct ipc_browse *b, const struct settings_provider *p, struct err *e)
{
	size_t n = strcspn(b->url, "?"), all = strlen(b->url);
	char page[URL_MAX + 1]; /* what url_parse takes; the query may be longer */

	if (n < sizeof(page))
		(void)snprintf(page, sizeof(page), "%.*s", (int)n, b->url);
	if (n >= sizeof(page) || all > IPC_BROWSE_MAX || !is_allowed(page, p, &p->extra_origins) ||
	    !text_is_ascii(b->url, all, false) || strchr(b->url, '#') != NULL)
		return err_set(e, E_PROTO, "mon.url",
		    "the page to sign in is not https on the issuer's origin or in extra_origins");
	return E_OK;
}
