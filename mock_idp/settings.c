/* What of the provider can be set. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/num.h"
#include "mock_idp/profile/profile.h"
#include "mock_idp/script/script.h"
#include "mock_idp/script/shape.h"
#include "mock_idp/settings.h"

#define DAY 86400
#define YES_OR_NO "yes or no"
#define ALGS "one of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA"
#define PROFILES                                                                                   \
	"one of authelia, authelia-next, rfc, keycloak, keycloak-pkce, authentik, pocketid, "      \
	"zitadel, dex, rauthy, google, entra, kanidm, okta, gitlab, glewlwyd"

static bool
yes_or_no(bool *to, const char *v)
{
	*to = strcmp(v, "yes") == 0;
	return *to || strcmp(v, "no") == 0;
}

/* Before all the others: it says what they are where nothing is said of them. */
static bool
set_profile(struct world *w, const char *v)
{
	const struct profile *p = profile_find(v);

	if (p != NULL)
		world_use_profile(w, p);
	return p != NULL;
}

static bool
set_issuer_path(struct world *w, const char *v)
{
	return *v == '/' && world_set_path(w, v);
}

static bool
set_interval(struct world *w, const char *v)
{
	uint64_t n;

	if (!num_parse(v, 1, 3600, &n))
		return false;
	w->interval = (unsigned)n;
	return true;
}

static bool
set_expires_in(struct world *w, const char *v)
{
	uint64_t n;

	if (!num_parse(v, 2, DAY, &n))
		return false;
	w->expires_in = (unsigned)n;
	return true;
}

static bool
set_alg(struct world *w, const char *v)
{
	const struct alg *alg = alg_find(v);

	if (alg == NULL || alg->id >= ALG_PUBLIC)
		return false;
	w->alg = alg->id;
	return true;
}

static bool
set_groups(struct world *w, const char *v)
{
	return yes_or_no(&w->groups_in_id_token, v);
}

static bool
set_nonce_echo(struct world *w, const char *v)
{
	return yes_or_no(&w->nonce_echo, v);
}

/* Either way: what tokens look like to a host whose clock is wrong. */
static bool
set_clock_offset(struct world *w, const char *v)
{
	bool behind = *v == '-';
	uint64_t n;

	if (!num_parse(v + behind, 0, 366 * DAY, &n))
		return false;
	w->offset = behind ? -(int64_t)n : (int64_t)n;
	return true;
}

static bool
set_require_par(struct world *w, const char *v)
{
	return yes_or_no(&w->require_par, v);
}

static bool
set_odd_codes(struct world *w, const char *v)
{
	return yes_or_no(&w->odd_codes, v);
}

static bool
set_rate_limit(struct world *w, const char *v)
{
	return limiter_set(&w->limiter, v);
}

/* Whether there is such a user is seen when all is set. */
static bool
set_auto(struct world *w, const char *v)
{
	char *name = strcmp(v, "off") == 0 ? NULL : strdup(v);

	free(w->auto_user);
	w->auto_user = name;
	return *v != '\0';
}

const struct settings_row settings_rows[] = {
	{ "profile", SETTINGS_WORD, "NAME", "answer as authelia, rfc, keycloak, entra, ... does",
	    PROFILES, set_profile },
	{ "issuer-path", SETTINGS_WORD, "PATH", "before the profile's own issuer and endpoints",
	    "a path with a slash in front", set_issuer_path },
	{ "interval", SETTINGS_NUMBER, "SECONDS", "between two polls, as announced",
	    "a number from 1 to 3600", set_interval },
	{ "expires-in", SETTINGS_NUMBER, "SECONDS", "that a user code lives",
	    "a number from 2 to 86400", set_expires_in },
	{ "alg", SETTINGS_WORD, "RS256|ES256|...", "of ID tokens: RS, PS, ES and EdDSA", ALGS,
	    set_alg },
	{ "groups-in-id-token", SETTINGS_FLAG, NULL, "groups stand in the ID token too", YES_OR_NO,
	    set_groups },
	{ "nonce-echo", SETTINGS_SWITCH, "yes|no", "a device request's nonce comes back", YES_OR_NO,
	    set_nonce_echo },
	{ "clock-offset", SETTINGS_NUMBER, "[-]SECONDS", "by which the provider's clock is ahead",
	    "a number of seconds, a year at most", set_clock_offset },
	{ "require-par", SETTINGS_FLAG, NULL, "authorization requests have to be pushed", YES_OR_NO,
	    set_require_par },
	{ "odd-codes", SETTINGS_FLAG, NULL, "codes end in what a form has to encode", YES_OR_NO,
	    set_odd_codes },
	{ "rate-limit", SETTINGS_WORD, "on|off|SECONDS/REQUESTS,...",
	    "Authelia's limiter, or its buckets", "on, off, or buckets like 60/30,120/40",
	    set_rate_limit },
	{ "auto", SETTINGS_WORD, "USER|off", "who approves everything at once", "a user, or off",
	    set_auto },
	{ NULL, SETTINGS_WORD, NULL, NULL, NULL, NULL },
};

const struct settings_row *
settings_find(const char *name, size_t len)
{
	for (const struct settings_row *row = settings_rows; row->name != NULL; row++)
		if (strlen(row->name) == len && strncmp(row->name, name, len) == 0)
			return row;
	return NULL;
}

bool
settings_fits(const struct settings_row *row, const char *value)
{
	struct world *scratch = calloc(1, sizeof(*scratch));
	bool ok = scratch != NULL && strlen(value) < SETTINGS_TEXT_SIZE && row->set(scratch, value);

	if (scratch != NULL)
		free(scratch->auto_user);
	free(scratch);
	return ok;
}

static unsigned
types_of(enum settings_kind kind)
{
	switch (kind) {
	case SETTINGS_NUMBER:
		return SHAPE_INTEGER;
	case SETTINGS_WORD:
		return SHAPE_TEXT;
	case SETTINGS_FLAG:
	case SETTINGS_SWITCH:
		return SHAPE_BOOL;
	}
	return 0;
}

enum errcode
settings_text(const char *name, const json_t *v, char out[SETTINGS_TEXT_SIZE],
    const struct where *at, struct err *e)
{
	const struct settings_row *row = settings_find(name, strlen(name));
	enum errcode r;

	if (row == NULL)
		return where_err(at, e, "unknown option; --help lists what a script can set");
	if ((r = shape_type(v, types_of(row->kind), at, e)) != E_OK)
		return r;
	if (json_string_length(v) >= SETTINGS_TEXT_SIZE)
		return where_err(at, e, "is too long");
	if (json_is_integer(v))
		(void)snprintf(out, SETTINGS_TEXT_SIZE, "%lld", (long long)json_integer_value(v));
	else
		(void)snprintf(out, SETTINGS_TEXT_SIZE, "%s",
		    json_is_string(v)     ? json_string_value(v)
		        : json_is_true(v) ? "yes"
		                          : "no");
	return settings_fits(row, out)
	    ? E_OK
	    : where_err(at, e, "cannot be \"%.64s\": must be %s", out, row->wanted);
}

/* The last word of a script counts, and the command line's before it. */
static const char *
value_of(const struct world *w, const char *name)
{
	const char *value = NULL;

	for (size_t i = 0; w->script != NULL && i < w->script->options.n; i++)
		if (strcmp(w->script->options.v[i].name, name) == 0)
			value = w->script->options.v[i].value;
	for (size_t i = 0; i < w->given.n; i++)
		if (strcmp(w->given.v[i].name, name) == 0)
			value = w->given.v[i].value;
	return value;
}

enum errcode
settings_renew(struct world *w, struct err *e)
{
	world_defaults(w);
	for (const struct settings_row *row = settings_rows; row->name != NULL; row++) {
		const char *value = value_of(w, row->name);

		if (value != NULL && !row->set(w, value))
			return err_set(e, E_CFG, NULL, "%s cannot be \"%.64s\": must be %s",
			    row->name, value, row->wanted);
	}
	if (w->auto_user != NULL && people_user(&w->people, w->auto_user) == NULL)
		return err_set(e, E_CFG, NULL,
		    "auto: no such user: %.64s; without --users there are alice, bob and mallory",
		    w->auto_user);
	return E_OK;
}
