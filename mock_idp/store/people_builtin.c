/* The users and clients that are there before anybody said who. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "mock_idp/store/people.h"

#define SCOPES "openid profile email groups"
#define GRANTS PEOPLE_CODE_GRANT " " PEOPLE_DEVICE_GRANT
#define LOOPBACK "http://127.0.0.1/callback http://[::1]/callback"

static const struct known {
	const char *id, *secret;
	enum auth_method method;
	const char *redirects, *scopes, *grants;
} known_clients[] = {
	{ "linux-login", NULL, AUTH_NONE, LOOPBACK, SCOPES, GRANTS },
	{ "linux-basic", "basic-secret", AUTH_BASIC, LOOPBACK, SCOPES, GRANTS },
	{ "linux-post", "post-secret", AUTH_POST, LOOPBACK, SCOPES, GRANTS },
	{ "linux-jwt", "jwt-secret-of-32-characters-or-so", AUTH_SECRET_JWT, LOOPBACK, SCOPES,
	    GRANTS },
	{ PEOPLE_KEY_CLIENT, NULL, AUTH_KEY_JWT, LOOPBACK, SCOPES, GRANTS },
	{ "linux-refresh", NULL, AUTH_NONE, LOOPBACK, SCOPES " offline_access",
	    GRANTS " " PEOPLE_REFRESH_GRANT },
	/* RFC 6749 section 2.3.1: both halves of Basic are form-encoded, and only these two show it
	 */
	{ "odd client+1%3A", "s:%+&=/ \303\274", AUTH_BASIC, LOOPBACK, SCOPES, GRANTS },
	/* word for word, with the device grant that the guide has no use for */
	{ "jellyseerr", "insecure_secret", AUTH_POST,
	    "https://jellyseerr.example.com/login/oidc/callback/authelia", SCOPES, GRANTS },
};

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
take_client(struct people *p, const struct known *k)
{
	struct client c = { .id = strdup(k->id), .method = k->method };
	enum errcode r = c.id == NULL ? E_NOMEM : E_OK;

	if (k->secret != NULL && (c.secret = strdup(k->secret)) == NULL)
		r = E_NOMEM;
	if (r == E_OK && (r = add_words(&c.scopes, k->scopes)) == E_OK &&
	    (r = add_words(&c.grants, k->grants)) == E_OK &&
	    (r = add_words(&c.redirects, k->redirects)) == E_OK)
		return people_put_client(p, &c);
	people_clear_client(&c);
	return r;
}

static enum errcode
builtin_clients(struct people *p)
{
	enum errcode r = E_OK;

	for (size_t i = 0; i < sizeof(known_clients) / sizeof(known_clients[0]) && r == E_OK; i++)
		r = take_client(p, &known_clients[i]);
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
