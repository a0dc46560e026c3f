/* The users and clients that the provider knows. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/secmem.h"
#include "mock_idp/store/people.h"

static const char *const method_name[] = { "none", "client_secret_basic", "client_secret_post",
	"client_secret_jwt", "private_key_jwt" };

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
	json_decref(c->jwks);
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

void
people_set_key(struct people *p, json_t *jwk)
{
	for (size_t i = 0; i < p->nclients; i++)
		if (strcmp(p->clients[i].id, PEOPLE_KEY_CLIENT) == 0) {
			json_decref(p->clients[i].jwks);
			p->clients[i].jwks = json_pack("[O]", jwk);
		}
	json_decref(jwk);
}
