/* A world with a clock that a test turns, and requests without a wire. */
#ifndef TESTS_UNIT_MOCK_IDP_FIXTURE_H
#define TESTS_UNIT_MOCK_IDP_FIXTURE_H

#include "mock_idp/control/control.h"

#define FIXTURE_HOST "127.0.0.1:4711"
#define FIXTURE_ISSUER "https://" FIXTURE_HOST
#define FIXTURE_AUTHORIZATION "/api/oidc/authorization" /* Authelia's, like the next */
#define FIXTURE_VERIFICATION "/consent/openid/device-authorization"
#define FIXTURE_LIFE_MS 600000 /* of a code: Authelia's ten minutes */
#define FIXTURE_WALL 1800000000 /* at ms 0 */

struct fixture {
	struct world w;
	struct exchange x;
	int64_t ms;   /* what the clock shows */
	json_t *kept; /* what the test got out of replies */
	char why[320];
};

/* One for a whole group: keys cost a while. Both as cmocka wants them. */
int fixture_open(void **state);
int fixture_close(void **state);
/* Before each test: an empty world at 1000 ms with its defaults. */
int fixture_reset(void **state);

/* From now on, and until the next test, that provider. */
void fixture_profile(struct fixture *f, const char *name);

/* A fresh x of that method and path; form text or NULL; the right Host and content type. */
struct exchange *fixture_ask(
    struct fixture *f, const char *method, const char *path, const char *form);

/* The same from bytes, as the wire reads them; text stays where it is while x is looked at. False
 * when they are no request, and x is what route_bad gets then. */
bool fixture_bytes(struct fixture *f, const char *text);

/* Those bytes came to that endpoint (NULL: none), us after the start; they are in the journal, and
 * the entry's number is in f->x. What is no request there is one without method. */
void fixture_heard(
    struct fixture *f, const char *listener, const char *ep, int64_t us, const char *text);
/* "" when the journal holds up to "count token 1", else why it does not; until the next call. */
const char *fixture_expect(struct fixture *f, const char *line);

/* A control command's error, "" when it is ok, NULL when the answer comes later. wait and quit may
 * be NULL. The fixture keeps the answer. */
const char *fixture_run(
    struct fixture *f, const char *command, struct control_wait *wait, bool *quit);

/* The reply's body as JSON; the fixture keeps it until the next test. */
json_t *fixture_body(struct fixture *f);
const char *fixture_string(struct fixture *f, const char *member);
bool fixture_violated(const struct fixture *f, const char *id);

/* A code of linux-login for that scope; approved by the user unless it is NULL. */
struct code *fixture_code(struct fixture *f, const char *scope, const char *user);

/* A token of linux-login for that scope and user. */
struct grant *fixture_grant(struct fixture *f, const char *scope, const char *user);

/* A JWT of that header and those claims (taken over): HS256 with secret, or ES256 with key where
 * secret is NULL. The caller's to free. */
char *fixture_jwt(const char *header, json_t *claims, const char *secret, EVP_PKEY *key);

/* Claims by which that client proves itself for a minute; jti as given. */
json_t *fixture_claims(const struct fixture *f, const char *client, const char *jti);

/* Adds the query's parameters and our cookie (NULL: none) to what fixture_ask made. */
void fixture_query(struct fixture *f, const char *query);
void fixture_cookie(struct fixture *f, const struct session *s);

/* A post of our own page: the session's cookie, the right token for what the form is about, and
 * more of the form. */
void fixture_press(struct fixture *f, const struct session *s, const char *path, const char *name,
    const char *value, const char *more);
/* A session in which that user signed in now. */
struct session *fixture_session(struct fixture *f, const char *user);
/* Does the reply's body hold that text? */
bool fixture_shows(struct fixture *f, const char *text);
/* Does the reply's Location? */
bool fixture_leads(const struct fixture *f, const char *text);

#endif
