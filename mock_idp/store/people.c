/* The users and clients that the provider knows. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "mock_idp/store/people.h"

static const char *const method_name[] = { "none", "client_secret_basic", "client_secret_post" };

const char *
people_method_name(enum auth_method m)
{
	return method_name[m];
}

bool
people_method(const char *name, enum auth_method *m)
{
	for (size_t i = 0; i < sizeof(method_name) / sizeof(method_name[0]); i++)
		if (strcmp(method_name[i], name) == 0) {
			*m = (enum auth_method)i;
			return true;
		}
	return false;
}

void
people_clear_user(struct user *u)
{
	free(u->name);
	free(u->sub);
	free(u->display_name);
	free(u->email);
	json_decref(u->groups);
	memset(u, 0, sizeof(*u));
}

void
people_clear_client(struct client *c)
{
	free(c->id);
	secmem_freestr(c->secret);
	strlist_clear(&c->scopes);
	strlist_clear(&c->grants);
	strlist_clear(&c->redirects);
	memset(c, 0, sizeof(*c));
}

void
people_clear(struct people *p)
{
	for (size_t i = 0; i < p->nusers; i++)
		people_clear_user(&p->users[i]);
	for (size_t i = 0; i < p->nclients; i++)
		people_clear_client(&p->clients[i]);
	free(p->users);
	free(p->clients);
	memset(p, 0, sizeof(*p));
}

struct user *
people_user(const struct people *p, const char *name)
{
	for (size_t i = 0; i < p->nusers; i++)
		if (strcmp(p->users[i].name, name) == 0)
			return &p->users[i];
	return NULL;
}

const struct client *
people_client(const struct people *p, const char *id)
{
	for (size_t i = 0; i < p->nclients; i++)
		if (strcmp(p->clients[i].id, id) == 0)
			return &p->clients[i];
	return NULL;
}

const struct user *
people_present(const struct people *p, const char *name)
{
	const struct user *u = people_user(p, name);

	return u == NULL || u->removed ? NULL : u;
}

bool
people_password(const struct user *u, const char *password)
{
	return strcmp(u->name, password) == 0;
}

bool
people_scopes_allowed(const struct client *c, const char *asked)
{
	while (*asked != '\0') {
		size_t n = strcspn(asked, " ");
		char word[128];

		if (n >= sizeof(word))
			return false;
		memcpy(word, asked, n);
		word[n] = '\0';
		if (n > 0 && !strlist_has(&c->scopes, word))
			return false;
		asked += n;
		asked += strspn(asked, " ");
	}
	return true;
}

enum errcode
people_put_user(struct people *p, struct user *u)
{
	struct user *at = people_user(p, u->name), *v;
	enum errcode r = E_LIMIT;

	if (at != NULL) {
		people_clear_user(at);
		*at = *u;
		return E_OK;
	}
	if (p->nusers < PEOPLE_MAX) {
		r = E_NOMEM;
		if ((v = reallocarray(p->users, p->nusers + 1, sizeof(*v))) != NULL) {
			p->users = v;
			v[p->nusers++] = *u;
			return E_OK;
		}
	}
	people_clear_user(u);
	return r;
}

enum errcode
people_put_client(struct people *p, struct client *c)
{
	enum errcode r = E_LIMIT;
	struct client *v;

	for (size_t i = 0; i < p->nclients; i++)
		if (strcmp(p->clients[i].id, c->id) == 0) {
			people_clear_client(&p->clients[i]);
			p->clients[i] = *c;
			return E_OK;
		}
	if (p->nclients < PEOPLE_MAX) {
		r = E_NOMEM;
		if ((v = reallocarray(p->clients, p->nclients + 1, sizeof(*v))) != NULL) {
			p->clients = v;
			v[p->nclients++] = *c;
			return E_OK;
		}
	}
	people_clear_client(c);
	return r;
}

static enum errcode
builtin_users(struct people *p, const struct ids *ids)
{
	static const struct {
		const char *name, *display_name, *email, *groups[2];
	} known[] = {
		{ "alice", "Alice Liddell", "alice@example.test",
		    { "linux-users", "linux-admins" } },
		{ "bob", "Bob Cratchit", "bob@example.test", { "linux-users", NULL } },
		{ "mallory", "Mallory Archer", "mallory@example.test", { NULL, NULL } },
	};
	enum errcode r = E_OK;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]) && r == E_OK; i++) {
		char sub[IDS_UUID_SIZE];
		struct user u = { 0 };

		if (!ids_uuid(ids, sub))
			return E_SYS;
		u.name = strdup(known[i].name);
		u.sub = strdup(sub);
		u.display_name = strdup(known[i].display_name);
		u.email = strdup(known[i].email);
		u.groups = known[i].groups[0] == NULL ? json_null() : json_array();
		for (size_t k = 0; k < 2 && known[i].groups[k] != NULL; k++)
			(void)json_array_append_new(u.groups, json_string(known[i].groups[k]));
		if (u.name == NULL || u.sub == NULL || u.display_name == NULL || u.email == NULL) {
			people_clear_user(&u);
			return E_NOMEM;
		}
		r = people_put_user(p, &u);
	}
	return r;
}

static enum errcode
add_words(struct strlist *l, const char *words)
{
	enum errcode r = E_OK;

	while (*words != '\0' && r == E_OK) {
		size_t n = strcspn(words, " ");

		r = strlist_add(l, words, n, PEOPLE_MAX);
		words += n;
		words += strspn(words, " ");
	}
	return r;
}

static enum errcode
builtin_clients(struct people *p)
{
	static const char loopback[] = "http://127.0.0.1/callback http://[::1]/callback",
	                  grants[] = PEOPLE_CODE_GRANT " " PEOPLE_DEVICE_GRANT;
	static const struct {
		const char *id, *secret, *redirects;
		enum auth_method method;
	} known[] = {
		{ "linux-login", NULL, loopback, AUTH_NONE },
		{ "linux-basic", "basic-secret", loopback, AUTH_BASIC },
		{ "linux-post", "post-secret", loopback, AUTH_POST },
		/* word for word, with the device grant that the guide has no use for */
		{ "jellyseerr", "insecure_secret",
		    "https://jellyseerr.example.com/login/oidc/callback/authelia", AUTH_POST },
	};
	enum errcode r = E_OK;

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]) && r == E_OK; i++) {
		struct client c = { .id = strdup(known[i].id), .method = known[i].method };

		if (known[i].secret != NULL)
			c.secret = strdup(known[i].secret);
		if ((r = add_words(&c.scopes, "openid profile email groups")) == E_OK &&
		    (r = add_words(&c.grants, grants)) == E_OK)
			r = add_words(&c.redirects, known[i].redirects);
		if (r != E_OK || c.id == NULL || (known[i].secret != NULL && c.secret == NULL)) {
			people_clear_client(&c);
			return E_NOMEM;
		}
		r = people_put_client(p, &c);
	}
	return r;
}

enum errcode
people_builtin(struct people *p, const struct ids *ids, struct err *e)
{
	enum errcode r = builtin_users(p, ids);

	if (r == E_OK)
		r = builtin_clients(p);
	if (r != E_OK)
		(void)err_set(e, r, NULL, "cannot set up the built-in users and clients");
	return r;
}
