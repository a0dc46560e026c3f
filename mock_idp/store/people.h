/* The users and clients that the provider knows. */
#ifndef MOCK_IDP_STORE_PEOPLE_H
#define MOCK_IDP_STORE_PEOPLE_H

#include <stdbool.h>

#include <jansson.h>

#include "common/strlist.h"
#include "mock_idp/ids.h"
#include "mock_idp/jose/alg.h"

#define PEOPLE_MAX 1000 /* users, and clients */
#define PEOPLE_CODE_GRANT "authorization_code"
#define PEOPLE_DEVICE_GRANT "urn:ietf:params:oauth:grant-type:device_code"
#define PEOPLE_REFRESH_GRANT "refresh_token"
#define PEOPLE_KEY_CLIENT "linux-key"
#define PEOPLE_JWT_SECRET 32 /* octets of a client_secret_jwt secret, RFC 7518 section 3.2 */

enum auth_method { AUTH_NONE, AUTH_BASIC, AUTH_POST, AUTH_SECRET_JWT, AUTH_KEY_JWT };

struct user {
	char *name;
	char *sub; /* random and stable, as Authelia makes it */
	char *display_name;
	char *email;    /* NULL: none */
	json_t *groups; /* array of strings, or null: the backend knows no groups for this user */
	bool removed;
};

struct client {
	char *id;
	char *secret; /* NULL for a public client, and for private_key_jwt */
	enum auth_method method;
	json_t *jwks; /* array of public keys for private_key_jwt, else NULL */
	struct strlist scopes;
	struct strlist grants;
	struct strlist redirects; /* registered redirect_uris */
	bool require_par, require_pkce;
	const struct alg *userinfo_alg; /* signs UserInfo; NULL: plain JSON */
};

struct people {
	struct user *users;
	size_t nusers;
	struct client *clients;
	size_t nclients;
};

/* alice, bob, mallory; a client for each way to authenticate (the one of private_key_jwt has no key
 * yet), one with refresh tokens, one whose id and secret want encoding, and the one of Authelia's
 * guide for Jellyseerr. */
enum errcode people_builtin(struct people *p, const struct ids *ids, struct err *e)
    __attribute__((warn_unused_result));
void people_clear(struct people *p);

/* The new one replaces one of the same name. Its contents are taken over, also on failure. */
enum errcode people_put_user(struct people *p, struct user *u) __attribute__((warn_unused_result));
enum errcode people_put_client(struct people *p, struct client *c)
    __attribute__((warn_unused_result));
void people_clear_user(struct user *u);
void people_clear_client(struct client *c);

/* NULL when there is none; a removed user is found. */
struct user *people_user(const struct people *p, const char *name);
const struct client *people_client(const struct people *p, const char *id);
/* The user, if there is one who can sign in. */
const struct user *people_present(const struct people *p, const char *name);
/* That is the password of every user: nothing here is worth another. */
bool people_password(const struct user *u, const char *password);

/* Each word of a scope value is registered, letter by letter. */
bool people_scopes_allowed(const struct client *c, const char *asked);

/* linux-key's one public key from now on, which is taken over, also when there is no such client.
 */
void people_set_key(struct people *p, json_t *jwk);

/* By the name in metadata ("client_secret_basic"); false for one that is none. */
bool people_method(const char *name, enum auth_method *m);

#endif
