/* Every setting: name, type, default, check. Read by the monitor alone, as root; libc only. */
#ifndef HELPER_SETTINGS_H
#define HELPER_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

#include "common/err.h"
#include "common/faults.h"
#include "common/strlist.h"

enum settings_client_auth {
	SETTINGS_AUTH_AUTO, /* by the provider's metadata and what is configured */
	SETTINGS_AUTH_NONE,
	SETTINGS_AUTH_BASIC,      /* client_secret_basic */
	SETTINGS_AUTH_POST,       /* client_secret_post */
	SETTINGS_AUTH_SECRET_JWT, /* client_secret_jwt */
	SETTINGS_AUTH_KEY_JWT,    /* private_key_jwt */
};
/* Whom a client assertion is for. */
enum settings_audience {
	SETTINGS_AUDIENCE_ISSUER,
	SETTINGS_AUDIENCE_TOKEN,
	SETTINGS_AUDIENCE_ENDPOINT,
};
enum settings_flow {
	SETTINGS_FLOW_AUTO, /* policy/flow chooses */
	SETTINGS_FLOW_DEVICE,
	SETTINGS_FLOW_LOOPBACK,
	SETTINGS_FLOW_NONE,
};
enum settings_prompt { SETTINGS_PROMPT_AUTO, SETTINGS_PROMPT_ENTER, SETTINGS_PROMPT_NONE };
enum settings_strangers { SETTINGS_STRANGERS_DECOY, SETTINGS_STRANGERS_SERVE };
enum settings_pin { SETTINGS_PIN_YES, SETTINGS_PIN_WARN, SETTINGS_PIN_NO };

#define SETTINGS_WARNINGS_MAX 64

/* [provider] */
struct settings_provider {
	char *name;      /* shown to people; default "the identity provider" */
	char *issuer;    /* required; https, no query, no fragment */
	char *client_id; /* required; printable ASCII without blanks, <= 255 */
	enum settings_client_auth client_auth; /* default auto */
	char *client_secret_file;              /* with the methods that need one, and no other */
	char *client_secret;   /* its content, one line; a secret (wiped by settings_free) */
	char *client_key_file; /* with private_key_jwt, or auto */
	char *client_key;      /* its content, PEM that nobody has judged; a secret as well */
	char *client_key_id;   /* default NULL, none in the header */
	enum settings_audience assertion_audience; /* default the issuer */
	struct strlist scopes;     /* default: openid profile groups; must hold openid */
	struct strlist algorithms; /* default: RS256; of the worker's table */
	char *ca_file;             /* default: NULL, the system's */
	char *username_claim;      /* default preferred_username */
	char *groups_claim;        /* default groups */
	char *strip_domain;        /* default NULL */
	struct strlist
	    extra_origins; /* https origins that endpoints may have besides the issuer's */
	struct strlist verification_origins; /* the same for the verification page */
	bool device_nonce_required;          /* device_nonce = optional | require */
	bool device_pkce;                    /* default no; Keycloak clients can demand it */
	char *device_authorization_endpoint; /* default NULL, the metadata's (GitLab has none) */
	char *redirect_uri; /* default http://127.0.0.1/callback; without a port, any free one */
	bool par_required;  /* par = auto (where the metadata ask for it) | require */
	bool login_hint;    /* default no; loopback: whose sign-in is expected */
	struct strlist trusted_audiences; /* that an ID token may have besides this client */
	char *groups_format;              /* default array; object_keys; objects:MEMBER (Zitadel) */
	uint64_t iat_leeway;              /* seconds, default 60, 0 to 900 */
	char *http_proxy;                 /* default NULL, none */
	uint64_t clock_skew;              /* seconds, default 60, 0 to 300 */
	uint64_t http_timeout;            /* seconds for one request, default 10, 1 to 60 */
	bool revoke; /* the access token, once the login is decided; default no */
};

/* Whoever is in one of the provider's groups, or is one of its users by name. Empty: nobody. */
struct settings_who {
	struct strlist groups, users;
};

/*
 * What a section demands of a person and of the sign-in (C-081). [login]'s and the service's own
 * hold both; a shared account's `who` stands in place of [login]'s allow. Design section 7, rule 1.
 */
struct settings_demand {
	struct settings_who allow;  /* allow_groups, allow_users; a service's may be empty: all */
	struct strlist deny_groups; /* none of them */
	struct strlist acr;         /* require_acr: one of them; default empty, any */
	struct strlist amr;         /* require_amr: all of them; default empty, any */
	uint64_t max_auth_age;      /* seconds since the sign-in; default 0, any */
};

/* [limits]: how often, within one window. 0 takes a limit away. */
struct settings_limits {
	uint64_t window;                    /* seconds, default 600 */
	uint64_t address, network, account; /* starts of strangers: default 10, 40, 20 */
	uint64_t known, factor, local;      /* starts of others, an account: default 30, 30, 60 */
	uint64_t pending;                   /* polls in vain: default 40 */
	uint64_t remember;                  /* seconds that an address is known: default 30 days */
};

/* [login], and [service NAME] over it. */
struct settings_login {
	enum settings_flow flow;
	enum settings_prompt prompt;
	uint64_t time_limit;         /* seconds, default 90, 10 to 600 */
	struct strlist ignore_users; /* default: root */
	enum settings_strangers strangers;
	uint64_t min_uid; /* system accounts below it are exempt; default 1000 */
	enum settings_pin pin;
	bool session_env; /* LATCHKEY_SUBJECT and _USERNAME in the session; default no */
};

/* What holds for one PAM service: [login] with its [service] section over it. */
struct settings_service {
	char *name; /* the family's name: "sudo" */
	char *at;   /* "FILE:LINE" of its first section */
	struct settings_login login;
	struct settings_demand demand; /* the section's own */
};

/* [account NAME]: a shared local account, and who may use it. It alone decides for its account. */
struct settings_account {
	char *name;
	char *at; /* "FILE:LINE" of its first section */
	struct settings_who who;
};

/* [group NAME]: a local group, and which provider groups grant it. */
struct settings_group {
	char *name;
	struct strlist groups;
};

struct settings {
	struct settings_provider provider;
	struct settings_login login;
	struct settings_demand demand; /* [login]'s own */
	struct settings_limits limits;
	struct strlist services;    /* [login] services: those that can show a code; families */
	struct strlist root_groups; /* [login] root_groups, besides those of policy/ceiling */
	struct settings_service *service;
	size_t service_count;
	struct settings_account *account;
	size_t account_count;
	struct settings_group *group;
	size_t group_count;
	struct strlist
	    warnings; /* sentences "FILE:LINE: ..." about what is legal and unwise; -t shows them */
	struct strlist group_names; /* every provider group that the policy mentions, once each, in
	                               strcmp(3) order: [B]'s indexes */
};

/*
 * Reads the vendor file (skipped when missing), the main file at conf (required), and conf's
 * directory "CONF.d" of
 * *.conf in strcmp(3) order (skipped when missing); a later file overrides an earlier one key by
 * key, lists whole. Files must belong to root or owner and be closed to others' writing; the secret
 * file to reading as well. Whatever is wrong is an error that begins with "FILE:LINE: " (or "FILE:
 * "), class E_CFG, reason cfg.*; but E_NOMEM or E_SYS where memory or descriptors ran out, which a
 * caller's limits can bring about. CONF.d and a ca_file are judged as the files are. A [service]
 * section of the vendor's for a service that is not in `services` is dropped, anybody else's is a
 * warning. With an owner other than root a secret that only root may read is one too, and
 * client_secret stays NULL. Free with settings_free.
 */
enum errcode settings_load(struct settings **out, const char *vendor, const char *conf, uid_t owner,
    struct err *e) __attribute__((warn_unused_result));

/*
 * The same for who mends a configuration: faults lists every mistake at once, and *out is set where
 * there is none. A line, a key, a section or a file that is wrong is left out and the rest judged.
 * Fails where not even that could be done, as with E_NOMEM.
 */
enum errcode settings_survey(struct settings **out, struct faults *faults, const char *vendor,
    const char *conf, uid_t owner, struct err *e) __attribute__((warn_unused_result));
void settings_free(struct settings *s);
/* What one service owns. */
void settings_clear_service(struct settings_service *v);

/* The family that a PAM service belongs to: sudo-i is sudo, su-l is su, remote is login; else
 * itself. */
const char *settings_family(const char *service);

/* Whether the service (its family) is in `services`. */
bool settings_serves(const struct settings *s, const char *service);

/* What holds for this service; never NULL. Borrowed from s. */
const struct settings_login *settings_login_for(const struct settings *s, const char *service);

/* The [account] section of this account, or NULL. Borrowed from s. */
const struct settings_account *settings_account_for(const struct settings *s, const char *account);

/* Where a provider's group stands in group_names, or -1. */
long settings_group_index(const struct settings *s, const char *group);

/* What this service demands: out[0] is [login]'s, out[1] the section's own or NULL. */
void settings_demands(
    const struct settings *s, const char *service, const struct settings_demand *out[2]);

/* Every effective setting in the file's own grammar, so that it reads back the same; the secret
 * itself is never written. */
void settings_print(const struct settings *s, FILE *f);

#endif
