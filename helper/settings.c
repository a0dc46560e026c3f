/* Every setting, from the files to the struct; and what holds for a service. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "helper/settings.h"
#include "helper/settings_check.h"
#include "helper/settings_files.h"
#include "helper/settings_merge.h"
#include "helper/settings_warn.h"

static enum errcode
load(struct settings **out, struct settings_files *f, const char *conf, uid_t owner, struct err *e)
{
	struct settings_origin origin[SETTINGS_ROWS];
	struct settings *s = NULL;
	enum errcode r;

	if ((s = calloc(1, sizeof(*s))) == NULL)
		return err_set(e, E_NOMEM, NULL, "%s: out of memory", conf);
	if ((r = settings_merge(s, origin, f, e)) == E_OK &&
	    (r = settings_check(s, origin, conf, owner, f->faults, e)) == E_OK &&
	    (r = settings_warn(s, e)) == E_OK && (f->faults == NULL || f->faults->n == 0)) {
		*out = s;
		s = NULL;
	}
	settings_free(s);
	return r;
}

/*
 * No memory or descriptors left is no fault of the configuration: a caller can bring that about by
 * its limits, and must not get the answer that leads a stack to break-glass.
 */
enum errcode
settings_survey(struct settings **out, struct faults *faults, const char *vendor, const char *conf,
    uid_t owner, struct err *e)
{
	struct settings_files f = { .v = NULL };
	struct err why = { .code = E_OK };
	enum errcode r;

	if ((r = settings_files_read(&f, vendor, conf, owner, faults, &why)) == E_OK)
		r = load(out, &f, conf, owner, &why);
	settings_files_clear(&f);
	if (r == E_OK)
		return E_OK;
	return err_set(e, r == E_NOMEM || r == E_SYS ? r : E_CFG, why.reason, "%s", why.text);
}

enum errcode
settings_load(
    struct settings **out, const char *vendor, const char *conf, uid_t owner, struct err *e)
{
	return settings_survey(out, NULL, vendor, conf, owner, e);
}

static void
clear_provider(struct settings_provider *p)
{
	free(p->name);
	free(p->issuer);
	free(p->client_id);
	free(p->client_secret_file);
	secmem_freestr(p->client_secret);
	free(p->client_key_file);
	secmem_freestr(p->client_key);
	free(p->client_key_id);
	strlist_clear(&p->scopes);
	strlist_clear(&p->algorithms);
	free(p->ca_file);
	free(p->username_claim);
	free(p->groups_claim);
	free(p->strip_domain);
	strlist_clear(&p->extra_origins);
	strlist_clear(&p->verification_origins);
	free(p->device_authorization_endpoint);
	free(p->redirect_uri);
	strlist_clear(&p->trusted_audiences);
	free(p->groups_format);
	free(p->http_proxy);
}

static void
clear_who(struct settings_who *w)
{
	strlist_clear(&w->groups);
	strlist_clear(&w->users);
}

static void
clear_demand(struct settings_demand *d)
{
	clear_who(&d->allow);
	strlist_clear(&d->deny_groups);
	strlist_clear(&d->acr);
	strlist_clear(&d->amr);
}

void
settings_clear_service(struct settings_service *v)
{
	free(v->name);
	free(v->at);
	strlist_clear(&v->login.ignore_users);
	clear_demand(&v->demand);
}

static void
clear_account(struct settings_account *a)
{
	free(a->name);
	free(a->at);
	clear_who(&a->who);
}

static void
clear_group(struct settings_group *g)
{
	free(g->name);
	strlist_clear(&g->groups);
}

void
settings_free(struct settings *s)
{
	if (s == NULL)
		return;
	clear_provider(&s->provider);
	strlist_clear(&s->login.ignore_users);
	clear_demand(&s->demand);
	strlist_clear(&s->services);
	strlist_clear(&s->root_groups);
	for (size_t i = 0; i < s->service_count; i++)
		settings_clear_service(&s->service[i]);
	free(s->service);
	for (size_t i = 0; i < s->account_count; i++)
		clear_account(&s->account[i]);
	free(s->account);
	for (size_t i = 0; i < s->group_count; i++)
		clear_group(&s->group[i]);
	free(s->group);
	strlist_clear(&s->group_names);
	strlist_clear(&s->warnings);
	free(s);
}

const char *
settings_family(const char *service)
{
	static const char *const family[][2] = {
		{ "sudo-i", "sudo" },
		{ "su-l", "su" },
		{ "remote", "login" },
	};

	for (size_t i = 0; i < sizeof(family) / sizeof(family[0]); i++)
		if (strcmp(family[i][0], service) == 0)
			return family[i][1];
	return service;
}

bool
settings_serves(const struct settings *s, const char *service)
{
	return strlist_has(&s->services, settings_family(service));
}

static const struct settings_service *
find_service(const struct settings *s, const char *service)
{
	const char *family = settings_family(service);

	for (size_t i = 0; i < s->service_count; i++)
		if (strcmp(s->service[i].name, family) == 0)
			return &s->service[i];
	return NULL;
}

const struct settings_login *
settings_login_for(const struct settings *s, const char *service)
{
	const struct settings_service *v = find_service(s, service);

	return v == NULL ? &s->login : &v->login;
}

const struct settings_account *
settings_account_for(const struct settings *s, const char *account)
{
	for (size_t i = 0; i < s->account_count; i++)
		if (strcmp(s->account[i].name, account) == 0)
			return &s->account[i];
	return NULL;
}

static int
by_bytes(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;

	return strcmp(*x, *y);
}

long
settings_group_index(const struct settings *s, const char *group)
{
	const struct strlist *l = &s->group_names;
	char **at = l->n == 0 ? NULL : bsearch(&group, l->v, l->n, sizeof(*l->v), by_bytes);

	return at == NULL ? -1 : (long)(at - l->v);
}

void
settings_demands(
    const struct settings *s, const char *service, const struct settings_demand *out[2])
{
	const struct settings_service *v = find_service(s, service);

	out[0] = &s->demand;
	out[1] = v == NULL ? NULL : &v->demand;
}
