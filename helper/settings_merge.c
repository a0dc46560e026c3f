/* Files over defaults, key by key. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "helper/policy/names.h"
#include "helper/settings_merge.h"
#include "helper/settings_set.h"
#include "helper/settings_value.h"

#define SHOWN 100

/* A file's section on its way into the settings. */
struct part {
	const struct conf *file;
	const struct conf_section *conf;
	enum settings_section section;
	struct faults *faults;
	size_t accounts, groups; /* of earlier files: a header comes once in a file */
};

static enum errcode
no_memory(struct err *e)
{
	return err_set(e, E_NOMEM, NULL, "out of memory");
}

static enum errcode
unknown_key(const struct part *p, const struct conf_key *k, struct err *e)
{
	const char *near = settings_table_nearest(p->section, k->key);
	const char *here = settings_table_section(p->section);

	for (unsigned i = 0; i <= SETTINGS_GROUP; i++)
		if (settings_table_find((enum settings_section)i, k->key) != NULL)
			return err_set(e, E_CFG, "cfg.key",
			    "%s:%u: %s is no key of [%s]; it belongs in [%s]", p->file->file,
			    k->line, k->key, here,
			    settings_table_section((enum settings_section)i));
	return err_set(e, E_CFG, "cfg.key", "%s:%u: unknown key %s in [%s]; %s%s%s", p->file->file,
	    k->line, k->key, here, near == NULL ? "" : "did you mean ",
	    near == NULL ? "latchkey.conf(5) lists them" : near, near == NULL ? "" : "?");
}

/* One key into the struct at base, by offset of at or at_service. */
static enum errcode
apply_key(const struct part *p, const struct conf_key *k, void *base,
    struct settings_origin *origin, struct err *e)
{
	const struct settings_row *row = settings_table_find(p->section, k->key);
	struct err why = { .code = E_OK };
	size_t at;

	if (row == NULL)
		return unknown_key(p, k, e);
	if (origin != NULL)
		origin[row - settings_table] = (struct settings_origin){ p->file->file, k->line };
	at = p->section == SETTINGS_SERVICE ? row->at_service : row->at;
	if (settings_set((char *)base + at, row, k, &why) != E_OK)
		return err_set(
		    e, why.code, why.reason, "%s:%u: %s", p->file->file, k->line, why.text);
	return E_OK;
}

/* Every key of a section. */
static enum errcode
apply(const struct part *p, void *base, struct settings_origin *origin, struct err *e)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < p->conf->n && r == E_OK; i++) {
		struct err why = { .code = E_OK };

		(void)!apply_key(p, &p->conf->key[i], base, origin, &why);
		r = faults_pass(p->faults, &why, e);
	}
	return r;
}

/* A name that a section of this kind may have. */
static enum errcode
check_name(const struct part *p, const char *name, struct err *e)
{
	const char *at = p->file->file;
	unsigned line = p->conf->line;
	char shown[SHOWN];

	text_escape(shown, sizeof(shown), name, strlen(name));
	if ((p->section == SETTINGS_GROUP && !names_is_group(name)) ||
	    (p->section == SETTINGS_ACCOUNT && !names_is_account(name)))
		return err_set(e, E_CFG, "cfg.section",
		    "%s:%u: \"%s\" cannot be a local %s; expected small letters, digits, _ . -, "
		    "at most %d",
		    at, line, shown, p->conf->section, NAMES_ACCOUNT_MAX);
	if (p->section == SETTINGS_SERVICE && strcmp(settings_family(name), name) != 0)
		return err_set(e, E_CFG, "cfg.section",
		    "%s:%u: use [service %s], which covers %s too", at, line, settings_family(name),
		    shown);
	if (p->section == SETTINGS_SERVICE && !settings_value_service(name))
		return err_set(e, E_CFG, "cfg.section",
		    "%s:%u: \"%s\" cannot be a PAM service; expected small letters, digits, . _ -",
		    at, line, shown);
	return E_OK;
}

/* One name for an account or a group, one or more for services, none for the rest. */
static enum errcode
check_names(const struct part *p, struct err *e)
{
	bool named = p->section >= SETTINGS_SERVICE, many = p->section == SETTINGS_SERVICE;
	size_t n = p->conf->name.n;
	enum errcode r = E_OK;

	if (named ? n == 0 || (n > 1 && !many) : n != 0)
		return err_set(e, E_CFG, "cfg.section", "%s:%u: expected [%s%s%s]", p->file->file,
		    p->conf->line, p->conf->section, named ? " NAME" : "", many ? " ..." : "");
	for (size_t i = 0; i < n && r == E_OK; i++)
		r = check_name(p, p->conf->name.v[i], e);
	return r;
}

static enum errcode
check_section(struct part *p, struct err *e)
{
	char shown[SHOWN];
	const char *s = p->conf->section;

	if (!settings_table_find_section(s, &p->section))
		return err_set(e, E_CFG, "cfg.section",
		    "%s:%u: unknown section [%s]; expected [provider], [login], [limits], [service "
		    "NAME ...], [account NAME] or [group NAME]",
		    p->file->file, p->conf->line, text_escape(shown, sizeof(shown), s, strlen(s)));
	return check_names(p, e);
}

static enum errcode
copy_list(struct strlist *to, const struct strlist *from)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < from->n && r == E_OK; i++)
		r = strlist_add(to, from->v[i], strlen(from->v[i]), from->n);
	return r;
}

static char *
place(const struct part *p)
{
	char *at = NULL;

	return asprintf(&at, "%s:%u", p->file->file, p->conf->line) < 0 ? NULL : at;
}

/* The position of name among n structs of this size that begin with their names, or n. */
static size_t
find_named(const void *v, size_t n, size_t size, const char *name)
{
	const char *known;
	size_t i = 0;

	for (; i < n; i++) {
		memcpy(&known, (const char *)v + i * size, sizeof(known));
		if (strcmp(known, name) == 0)
			break;
	}
	return i;
}

/* The service's struct, fresh ones with [login]'s values. */
static enum errcode
find_service(struct settings_service **out, struct settings *s, const struct part *p,
    const char *name, struct err *e)
{
	size_t i = find_named(s->service, s->service_count, sizeof(*s->service), name);
	struct settings_service *v = s->service;

	if (i == s->service_count) {
		if ((v = reallocarray(v, i + 1, sizeof(*v))) == NULL)
			return no_memory(e);
		s->service = v;
		v[i] = (struct settings_service){
			.name = strdup(name), .at = place(p), .login = s->login
		};
		v[i].login.ignore_users = (struct strlist){ NULL, 0 };
		s->service_count++;
		if (v[i].name == NULL || v[i].at == NULL ||
		    copy_list(&v[i].login.ignore_users, &s->login.ignore_users) != E_OK)
			return no_memory(e);
	}
	*out = &v[i];
	return E_OK;
}

/* Legal, for a host may be taken out of services for a while, and unwise: -t says so. */
static enum errcode
warn_unserved(struct settings *s, const struct part *p, const char *name, struct err *e)
{
	char text[ERR_TEXT_MAX];

	(void)snprintf(text, sizeof(text),
	    "%s:%u: [service %s] has no effect, since services in [login] does not name %s; add it "
	    "there or take the section away",
	    p->file->file, p->conf->line, name, name);
	return strlist_add(&s->warnings, text, strlen(text), SETTINGS_WARNINGS_MAX) == E_NOMEM
	    ? no_memory(e)
	    : E_OK;
}

static enum errcode
merge_service(struct settings *s, const struct part *p, bool vendor, struct err *e)
{
	struct settings_service *v = NULL;
	enum errcode r = E_OK;

	for (size_t i = 0; i < p->conf->name.n && r == E_OK; i++) {
		const char *name = p->conf->name.v[i];

		if (!vendor && !settings_serves(s, name))
			r = warn_unserved(s, p, name, e);
		if (r == E_OK && (r = find_service(&v, s, p, name, e)) == E_OK)
			r = apply(p, v, NULL, e);
	}
	return r;
}

static enum errcode
merge_account(struct settings *s, const struct part *p, struct err *e)
{
	const char *name = p->conf->name.v[0];
	size_t i = find_named(s->account, p->accounts, sizeof(*s->account), name);
	struct settings_account *v = s->account;

	if (i == p->accounts) {
		i = s->account_count;
		if ((v = reallocarray(v, i + 1, sizeof(*v))) == NULL)
			return no_memory(e);
		s->account = v;
		v[i] = (struct settings_account){ .name = strdup(name), .at = place(p) };
		s->account_count++;
		if (v[i].name == NULL || v[i].at == NULL)
			return no_memory(e);
	}
	return apply(p, &v[i], NULL, e);
}

static enum errcode
merge_group(struct settings *s, const struct part *p, struct err *e)
{
	const char *name = p->conf->name.v[0];
	size_t i = find_named(s->group, p->groups, sizeof(*s->group), name);
	struct settings_group *v = s->group;

	if (i == p->groups) {
		i = s->group_count;
		if ((v = reallocarray(v, i + 1, sizeof(*v))) == NULL)
			return no_memory(e);
		s->group = v;
		v[i] = (struct settings_group){ .name = strdup(name) };
		s->group_count++;
		if (v[i].name == NULL)
			return no_memory(e);
	}
	/* a section alone in its file must say something; a later one may only repeat the header */
	if (p->conf->n == 0 && v[i].groups.n == 0)
		return err_set(e, E_CFG, "cfg.required",
		    "%s:%u: [group %s] has no groups; set it to the provider's groups that grant "
		    "this local group",
		    p->file->file, p->conf->line, name);
	return apply(p, &v[i], NULL, e);
}

static void
drop_unserved(struct settings *s)
{
	size_t kept = 0;

	for (size_t i = 0; i < s->service_count; i++) {
		struct settings_service *v = &s->service[i];

		if (settings_serves(s, v->name)) {
			s->service[kept++] = *v;
			continue;
		}
		settings_clear_service(v);
	}
	s->service_count = kept;
}

static enum errcode
merge_named(struct settings *s, const struct part *p, bool vendor, struct err *e)
{
	switch (p->section) {
	case SETTINGS_SERVICE:
		return merge_service(s, p, vendor, e);
	case SETTINGS_ACCOUNT:
		return merge_account(s, p, e);
	case SETTINGS_GROUP:
		return merge_group(s, p, e);
	case SETTINGS_PROVIDER:
	case SETTINGS_LOGIN:
	case SETTINGS_LIMITS:
		break;
	}
	return E_OK;
}

/* One pass over all sections: first those that [service] sections copy from, then the rest. The
 * first one says what is wrong with a header. */
static enum errcode
pass(struct settings *s, struct settings_origin *origin, const struct settings_files *f, bool named,
    struct err *e)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < f->n; i++) {
		struct part p = { .file = f->v[i],
			.faults = f->faults,
			.accounts = s->account_count,
			.groups = s->group_count };

		for (size_t j = 0; j < f->v[i]->n && r == E_OK; j++) {
			struct err why = { .code = E_OK };

			p.conf = &f->v[i]->section[j];
			if (check_section(&p, &why) == E_OK && named)
				(void)!merge_named(s, &p, f->vendor && i == 0, &why);
			else if (why.code == E_OK && p.section < SETTINGS_SERVICE)
				(void)!apply(&p, s, origin, &why);
			r = faults_pass(f->faults, &why, e);
		}
	}
	return r;
}

enum errcode
settings_merge(struct settings *s, struct settings_origin *origin, const struct settings_files *f,
    struct err *e)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < SETTINGS_ROWS; i++) {
		const struct settings_row *row = &settings_table[i];

		origin[i] = (struct settings_origin){ NULL, 0 };
		if (row->section < SETTINGS_SERVICE &&
		    settings_set_initial((char *)s + row->at, row) != E_OK)
			return no_memory(e);
	}
	if ((r = pass(s, origin, f, false, e)) != E_OK || (r = pass(s, origin, f, true, e)) != E_OK)
		return r;
	drop_unserved(s);
	return E_OK;
}
