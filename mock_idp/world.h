/* Everything the provider knows and is: who there is, what was handed out, what time it is. */
#ifndef MOCK_IDP_WORLD_H
#define MOCK_IDP_WORLD_H

#include "common/clock.h"
#include "mock_idp/drbg.h"
#include "mock_idp/store/assertions.h"
#include "mock_idp/store/codes.h"
#include "mock_idp/store/flows.h"
#include "mock_idp/store/grants.h"
#include "mock_idp/control/journal.h"
#include "mock_idp/jose/keys.h"
#include "mock_idp/limiter.h"
#include "mock_idp/store/people.h"
#include "mock_idp/store/pushed.h"
#include "mock_idp/store/sessions.h"

#define WORLD_ORIGIN_SIZE 80      /* with room for any address of IPv6 */
#define WORLD_PATH_SIZE 64
#define WORLD_ISSUER_SIZE 192

struct profile; /* profile/profile.h */
struct script;  /* script/script.h */

struct world {
	/* as the command line says */
	const struct profile *profile;  /* whose answers these are; never NULL */
	char origin[WORLD_ORIGIN_SIZE]; /* "https://127.0.0.1:PORT" */
	char path[WORLD_PATH_SIZE];     /* before all paths of the profile: "", "/auth" */
	bool slash;                     /* the issuer ends in one, whatever the profile says */
	char issuer[WORLD_ISSUER_SIZE];
	/* origins of the listeners beside it; empty until they listen */
	char origin2[WORLD_ORIGIN_SIZE];   /* the same world */
	char evil_http[WORLD_ORIGIN_SIZE]; /* where nobody may ever go */
	char evil_https[WORLD_ORIGIN_SIZE];
	unsigned interval;
	unsigned expires_in; /* seconds that a device code lives */
	enum alg_id alg;     /* of ID tokens */
	bool groups_in_id_token;
	bool nonce_echo;
	bool require_par; /* authorization requests have to be pushed */
	bool odd_codes;   /* codes end in what has to be encoded in a form */
	struct limiter limiter;

	struct pairs given; /* options of the command line that a script can set too; they win */

	struct script *script; /* owned; NULL: none */
	struct people people;
	EVP_PKEY *client_key; /* of the built-in client that authenticates by one */
	struct keys keys;
	struct assertions assertions; /* that clients used */
	struct codes codes;
	struct flows flows;
	struct pushed pushed;
	struct sessions sessions;
	struct grants grants;
	struct journal journal;
	/* approves every new code and authorization request at once; NULL: nobody */
	char *auto_user;

	char *user_agent;   /* of the first client's request; NULL: there was none yet */
	unsigned drop_next; /* so many requests get no answer */

	struct ids ids;
	unsigned starts;      /* device authorization requests in this hour, */
	int64_t starts_until; /* which ends then (ms) */

	struct drbg drbg; /* what ids draws from when there is a seed */
	struct clock clock;
	int64_t stopped;  /* wall seconds at which the clock stands; 0: it runs */
	int64_t offset;   /* seconds that this provider is ahead of its clock */
	int64_t moved;    /* idem, by the command clock */
	int64_t start;    /* boot ms */
	int64_t start_us; /* idem in microseconds */
};

/*
 * Authelia's defaults, the built-in people, fresh keys, the system's clock and generator; issuer is
 * empty. With a seed: keys, and everything that is drawn later, by the seed. w stays where it is.
 */
enum errcode world_init(struct world *w, const uint64_t *seed, struct err *e)
    __attribute__((warn_unused_result));
void world_clear(struct world *w);

/* Takes over everything of the profile that the command line can say otherwise: call it first. */
void world_use_profile(struct world *w, const struct profile *p);

/* Where the provider is reached; path ("/auth", "/auth/") is put before the profile's own issuer
 * and endpoints, and a slash at its end becomes one of the issuer. False: path is none. */
void world_set_origin(struct world *w, const char *origin);
bool world_set_path(struct world *w, const char *path);

/* What can be set (settings.h), as without a command line; nobody approves by himself. */
void world_defaults(struct world *w);

/* Forgets codes, authorization requests, sessions, tokens, journal, removals, auto approval and
 * requests to drop; people, keys and script stay, whose counters begin anew. The clock goes back to
 * where the command line had put it. */
void world_reset(struct world *w);

/* Wall seconds, and milliseconds for intervals and expiry, both with the offset. */
int64_t world_wall(const struct world *w);
int64_t world_ms(const struct world *w);

/* Boot microseconds, without the offset: for the journal. */
int64_t world_us(const struct world *w);

#endif
