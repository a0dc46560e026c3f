/* What no single row can tell: required settings, those that belong together, safe files. */
#include "config.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "common/safefile.h"
#include "common/secmem.h"
#include "common/text.h"
#include "helper/identity.h"
#include "helper/settings_check.h"

#define SECRET_MAX 512
#define SECRET_JWT_MIN 32 /* RFC 7518 section 3.2: HS256 takes no shorter key */
#define KEY_MAX (16 * 1024)
#define NAMES_BYTES_MAX                                                                            \
	(64 * 1024) /* all of them travel in one packet of [B], which is twice as large */
#define CA_MAX (4 * 1024 * 1024)

struct check {
	struct settings *s;
	const struct settings_origin *origin;
	const char *conf;
	uid_t owner;
	struct faults *faults;
};

/* "FILE:LINE: " where this key was set, "CONF: " where it has its default. */
static enum errcode
fail(const struct check *c, enum settings_section section, const char *key, enum errcode code,
    const char *reason, const char *text, struct err *e)
{
	const struct settings_row *row = settings_table_find(section, key);
	const struct settings_origin *at = &c->origin[row - settings_table];

	if (at->file == NULL)
		return err_set(e, code, reason, "%s: %s", c->conf, text);
	return err_set(e, code, reason, "%s:%u: %s", at->file, at->line, text);
}

static enum errcode
check_required(const struct check *c, struct err *e)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < SETTINGS_ROWS && r == E_OK; i++) {
		const struct settings_row *row = &settings_table[i];
		struct err why = { .code = E_OK };

		if (row->section < SETTINGS_SERVICE && row->initial == NULL &&
		    c->origin[i].file == NULL)
			(void)err_set(&why, E_CFG, "cfg.required", "%s: %s is missing in [%s]; %s",
			    c->conf, row->key, settings_table_section(row->section), row->missing);
		r = faults_pass(c->faults, &why, e);
	}
	return r;
}

/* A host of shared accounts alone names nobody in [login]. */
static enum errcode
check_anybody(const struct check *c, struct err *e)
{
	const struct settings *s = c->s;

	if (s->demand.allow.groups.n + s->demand.allow.users.n + s->account_count == 0)
		return err_set(e, E_CFG, "cfg.required",
		    "%s: allow_groups is missing in [login]; nobody could log in: set it to the "
		    "provider's groups whose members may, or allow_users to their names",
		    c->conf);
	return E_OK;
}

static enum errcode
check_accounts(const struct check *c, struct err *e)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < c->s->account_count && r == E_OK; i++) {
		const struct settings_account *a = &c->s->account[i];
		struct err why = { .code = E_OK };

		if (a->who.groups.n + a->who.users.n == 0)
			(void)err_set(&why, E_CFG, "cfg.required",
			    "%s: [account %s] names nobody; set groups or users to those of the "
			    "provider's who may use this account",
			    a->at, a->name);
		r = faults_pass(c->faults, &why, e);
	}
	return r;
}

static enum errcode
check_scopes(const struct check *c, struct err *e)
{
	if (strlist_has(&c->s->provider.scopes, "openid"))
		return E_OK;
	return fail(c, SETTINGS_PROVIDER, "scopes", E_CFG, "cfg.value",
	    "scopes lacks openid, without which no provider names the person; add it", e);
}

/* The words of a file's only line; the newline behind it is not part of the secret. */
static enum errcode
take_secret(const struct check *c, struct buf *b, struct err *e)
{
	const uint8_t *p = buf_data(b);
	size_t len = buf_len(b);

	if (len > 0 && p[len - 1] == '\n')
		len--;
	if (len == 0 || len > SECRET_MAX || !text_is_ascii((const char *)p, len, true))
		return fail(c, SETTINGS_PROVIDER, "client_secret_file", E_CFG, "cfg.secret",
		    "client_secret_file: the file must hold one line of 1 to 512 printable ASCII "
		    "characters",
		    e);
	/* -fanalyzer: the settings own it */
	if ((c->s->provider.client_secret = strndup((const char *)p, len)) == NULL)
		return err_set(e, E_NOMEM, NULL, "%s: out of memory", c->conf);
	return E_OK;
}

/* A file that a setting names; the failure of safefile_read gets the setting's place. */
static enum errcode
read_file(const struct check *c, const char *key, const char *path, enum safefile_kind kind,
    size_t max, struct buf **out, struct err *e)
{
	struct err why = { .code = E_OK };
	char text[ERR_TEXT_MAX];
	enum errcode r = safefile_read(path, kind, c->owner, max, out, &why);

	if (r == E_OK)
		return E_OK;
	(void)snprintf(text, sizeof(text), "%s: %.*s", key, (int)sizeof(text) - 40, why.text);
	if (r != E_NOMEM && r != E_SYS)
		r = E_CFG;
	return fail(c, SETTINGS_PROVIDER, key, r, why.reason, text, e);
}

/* The monitor is root. Whoever else asks what it would do has no use for the secret. */
static bool
is_roots_alone(const struct check *c, const char *path)
{
	return c->owner != 0 && access(path, R_OK) != 0 && errno == EACCES;
}

static enum errcode
pass_over(const struct check *c, const char *key, struct err *e)
{
	struct err why = { .code = E_OK };
	char text[80];

	(void)snprintf(text, sizeof(text), "%s was not looked at, since only root may", key);
	(void)fail(c, SETTINGS_PROVIDER, key, E_CFG, NULL, text, &why);
	return strlist_add(&c->s->warnings, why.text, strlen(why.text), SETTINGS_WARNINGS_MAX) ==
	        E_NOMEM
	    ? err_set(e, E_NOMEM, NULL, "%s: out of memory", c->conf)
	    : E_OK;
}

/* Which files go with which method: what is set and not used was meant for something. */
static const struct {
	bool secret, key; /* may be there */
	bool needed;      /* one of them must be */
} files_of[] = {
	[SETTINGS_AUTH_AUTO] = { true, true, false },
	[SETTINGS_AUTH_NONE] = { false, false, false },
	[SETTINGS_AUTH_BASIC] = { true, false, true },
	[SETTINGS_AUTH_POST] = { true, false, true },
	[SETTINGS_AUTH_SECRET_JWT] = { true, false, true },
	[SETTINGS_AUTH_KEY_JWT] = { false, true, true },
};

static enum errcode
check_files(const struct check *c, struct err *e)
{
	const struct settings_provider *p = &c->s->provider;
	bool secret = p->client_secret_file != NULL, key = p->client_key_file != NULL;

	if (secret && !files_of[p->client_auth].secret)
		return fail(c, SETTINGS_PROVIDER, "client_secret_file", E_CFG, "cfg.secret",
		    "client_secret_file is set, but client_auth is one that uses no secret; take "
		    "it "
		    "away, or set client_auth as the client is registered",
		    e);
	if (key && !files_of[p->client_auth].key)
		return fail(c, SETTINGS_PROVIDER, "client_key_file", E_CFG, "cfg.client_key",
		    "client_key_file is set, but client_auth is not private_key_jwt; take it away, "
		    "or "
		    "set client_auth as the client is registered",
		    e);
	if (key && secret)
		return fail(c, SETTINGS_PROVIDER, "client_key_file", E_CFG, "cfg.client_key",
		    "client_key_file and client_secret_file are both set; keep the one that the "
		    "client is registered with",
		    e);
	if (!files_of[p->client_auth].needed || key || secret)
		return E_OK;
	if (files_of[p->client_auth].key)
		return fail(c, SETTINGS_PROVIDER, "client_auth", E_CFG, "cfg.client_key",
		    "client_auth needs a key; set client_key_file in [provider] to a PEM file of "
		    "root's with mode 0600",
		    e);
	return fail(c, SETTINGS_PROVIDER, "client_auth", E_CFG, "cfg.secret",
	    "client_auth needs a secret; set client_secret_file in [provider] to a file of root's "
	    "with mode 0600, or client_auth to none for a public client",
	    e);
}

static enum errcode
check_secret(const struct check *c, struct err *e)
{
	const struct settings_provider *p = &c->s->provider;
	struct buf *b = NULL;
	enum errcode r;

	if (p->client_secret_file == NULL)
		return E_OK;
	if (is_roots_alone(c, p->client_secret_file))
		return pass_over(c, "client_secret_file", e);
	r = read_file(
	    c, "client_secret_file", p->client_secret_file, SAFEFILE_SECRET, SECRET_MAX + 1, &b, e);
	if (r == E_OK)
		r = take_secret(c, b, e);
	buf_free(b);
	if (r == E_OK && p->client_auth == SETTINGS_AUTH_SECRET_JWT &&
	    strlen(p->client_secret) < SECRET_JWT_MIN)
		r = fail(c, SETTINGS_PROVIDER, "client_secret_file", E_CFG, "cfg.secret",
		    "client_secret_file: client_secret_jwt needs a secret of 32 characters or more",
		    e);
	return r;
}

/* Text and no more: whoever is root parses no PEM. The worker judges the key. */
static enum errcode
take_key(const struct check *c, struct buf *b, struct err *e)
{
	const char *text = buf_cstr(b);

	if (text == NULL || (c->s->provider.client_key = strdup(text)) == NULL)
		return err_set(e, E_NOMEM, NULL, "%s: out of memory", c->conf);
	/* -fanalyzer: the settings own client_key */
	if (strlen(text) == buf_len(b) && strstr(text, "-----BEGIN ") != NULL)
		return E_OK;
	return fail(c, SETTINGS_PROVIDER, "client_key_file", E_CFG, "cfg.client_key",
	    "client_key_file: the file must hold a private key in PEM (-----BEGIN PRIVATE "
	    "KEY-----)",
	    e);
}

static enum errcode
check_key(const struct check *c, struct err *e)
{
	const char *path = c->s->provider.client_key_file;
	struct buf *b = NULL;
	enum errcode r;

	if (path == NULL)
		return E_OK;
	if (is_roots_alone(c, path))
		return pass_over(c, "client_key_file", e);
	if ((r = read_file(c, "client_key_file", path, SAFEFILE_SECRET, KEY_MAX, &b, e)) == E_OK)
		r = take_key(c, b, e);
	buf_free(b);
	return r;
}

/* Who can change this file chooses who the provider is. */
static enum errcode
check_ca(const struct check *c, struct err *e)
{
	const char *path = c->s->provider.ca_file;
	struct buf *b = NULL;
	enum errcode r = E_OK;

	if (path != NULL)
		r = read_file(c, "ca_file", path, SAFEFILE_PUBLIC, CA_MAX, &b, e);
	buf_free(b);
	return r;
}

/* At its place in the order, unless it is there. */
static enum errcode
insert(struct strlist *to, const char *name)
{
	size_t low = 0, high = to->n;
	enum errcode r;
	char *fresh;

	while (low < high) {
		size_t middle = (low + high) / 2;
		int order = strcmp(to->v[middle], name);

		if (order == 0)
			return E_OK;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if ((r = strlist_add(to, name, strlen(name), IDENTITY_GROUPS_MAX)) != E_OK)
		return r;
	fresh = to->v[to->n - 1];
	memmove(&to->v[low + 1], &to->v[low], (to->n - 1 - low) * sizeof(*to->v));
	to->v[low] = fresh;
	return E_OK;
}

static enum errcode
too_many(const struct check *c, struct err *e)
{
	return err_set(e, E_CFG, "cfg.size",
	    "%s: allow_groups, deny_groups, [account] and [group] sections name more than %d "
	    "different groups of the provider, or names of more than %d bytes together; name fewer",
	    c->conf, IDENTITY_GROUPS_MAX, NAMES_BYTES_MAX);
}

static enum errcode
add_names(const struct check *c, const struct strlist *from, struct err *e)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < from->n && r == E_OK; i++)
		r = insert(&c->s->group_names, from->v[i]);
	if (r == E_LIMIT)
		return too_many(c, e);
	return r == E_OK ? E_OK : err_set(e, r, NULL, "%s: out of memory", c->conf);
}

static enum errcode
add_demand(const struct check *c, const struct settings_demand *d, struct err *e)
{
	enum errcode r = add_names(c, &d->allow.groups, e);

	return r == E_OK ? add_names(c, &d->deny_groups, e) : r;
}

static enum errcode
list_names(const struct check *c, struct err *e)
{
	const struct strlist *all = &c->s->group_names;
	enum errcode r = add_demand(c, &c->s->demand, e);
	size_t bytes = 0;

	for (size_t i = 0; i < c->s->service_count && r == E_OK; i++)
		r = add_demand(c, &c->s->service[i].demand, e);
	for (size_t i = 0; i < c->s->account_count && r == E_OK; i++)
		r = add_names(c, &c->s->account[i].who.groups, e);
	for (size_t i = 0; i < c->s->group_count && r == E_OK; i++)
		r = add_names(c, &c->s->group[i].groups, e);
	for (size_t i = 0; i < all->n; i++)
		bytes += strlen(all->v[i]) + 4;
	return r == E_OK && bytes > NAMES_BYTES_MAX ? too_many(c, e) : r;
}

enum errcode
settings_check(struct settings *s, const struct settings_origin *origin, const char *conf,
    uid_t owner, struct faults *faults, struct err *e)
{
	static enum errcode (*const step[])(const struct check *, struct err *) = { check_required,
		check_anybody, check_accounts, check_scopes, check_files, check_secret, check_key,
		check_ca, list_names };
	const struct check c = { s, origin, conf, owner, faults };
	enum errcode r = E_OK;

	for (size_t i = 0; i < sizeof(step) / sizeof(step[0]) && r == E_OK; i++) {
		struct err why = { .code = E_OK };

		(void)!step[i](&c, &why);
		r = faults_pass(faults, &why, e);
	}
	return r;
}
