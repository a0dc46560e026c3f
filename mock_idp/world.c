/* Everything the provider knows and is. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "mock_idp/client_key.h"
#include "mock_idp/profile/profile.h"
#include "mock_idp/script/script.h"
#include "mock_idp/world.h"

/* The users and clients, one of which has a key. */
static enum errcode
init_people(struct world *w, const uint64_t *seed, struct err *e)
{
	enum errcode r = people_builtin(&w->people, &w->ids, e);

	if (r != E_OK)
		return r;
	if ((w->client_key = client_key_make(seed)) == NULL)
		return err_set(e, E_KEYS, NULL, "cannot make a client's key");
	people_set_key(&w->people, client_key_jwk(w->client_key));
	return E_OK;
}

enum errcode
world_init(struct world *w, const uint64_t *seed, struct err *e)
{
	enum errcode r;

	memset(w, 0, sizeof(*w));
	world_defaults(w);
	w->ids = ids_system;
	if (seed != NULL) {
		drbg_init(&w->drbg, *seed, "ids");
		w->ids = (struct ids){ drbg_fill, &w->drbg };
	}
	w->clock = clock_system;
	w->start = clock_boot_ms(&w->clock);
	w->start_us = world_us(w);
	if (!journal_init(&w->journal))
		r = err_set(e, E_NOMEM, NULL, "out of memory");
	else if ((r = init_people(w, seed, e)) == E_OK)
		r = keys_make(&w->keys, seed, e);
	if (r != E_OK)
		world_clear(w);
	return r;
}

static void
locate(struct world *w)
{
	const char *own = w->profile == NULL ? "" : w->profile->places->issuer;
	size_t len = strlen(own);
	bool has_slash = len > 0 && own[len - 1] == '/';

	(void)snprintf(w->issuer, sizeof(w->issuer), "%s%s%s%s", w->origin, w->path, own,
	    w->slash && !has_slash ? "/" : "");
}

void
world_use_profile(struct world *w, const struct profile *p)
{
	w->profile = p;
	w->interval = p->device->interval;
	w->expires_in = p->device->life;
	w->alg = alg_find(p->tokens->alg)->id;
	w->nonce_echo = true;
	w->groups_in_id_token = false;
	w->codes.form = &p->device->form;
	locate(w);
}

void
world_set_origin(struct world *w, const char *origin)
{
	(void)snprintf(w->origin, sizeof(w->origin), "%s", origin);
	locate(w);
}

bool
world_set_path(struct world *w, const char *path)
{
	static const char chars[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
	size_t len = strlen(path);

	if (len >= sizeof(w->path) || strspn(path, chars) != len || (len > 0 && *path != '/'))
		return false;
	/* cppcheck-suppress arrayIndexOutOfBoundsCond ; path is the argument, not the member */
	w->slash = len > 0 && path[len - 1] == '/';
	(void)snprintf(w->path, sizeof(w->path), "%.*s", (int)(len - w->slash), path);
	locate(w);
	return true;
}

void
world_defaults(struct world *w)
{
	(void)world_set_path(w, "");
	world_use_profile(w, profile_at(PROFILE_AUTHELIA));
	(void)world_set_path(w, "");
	w->offset = 0;
	w->require_par = w->odd_codes = false;
	(void)limiter_set(&w->limiter, "off");
	free(w->auto_user);
	w->auto_user = NULL;
}

void
world_clear(struct world *w)
{
	people_clear(&w->people);
	EVP_PKEY_free(w->client_key);
	keys_clear(&w->keys);
	assertions_clear(&w->assertions);
	codes_clear(&w->codes);
	flows_clear(&w->flows);
	pushed_clear(&w->pushed);
	sessions_clear(&w->sessions);
	grants_clear(&w->grants);
	journal_clear(&w->journal);
	limiter_clear(&w->limiter);
	free(w->auto_user);
	pairs_clear(&w->given);
	script_free(w->script);
	free(w->user_agent);
	memset(w, 0, sizeof(*w));
}

void
world_reset(struct world *w)
{
	assertions_clear(&w->assertions);
	codes_clear(&w->codes);
	flows_clear(&w->flows);
	pushed_clear(&w->pushed);
	sessions_clear(&w->sessions);
	grants_clear(&w->grants);
	journal_reset(&w->journal);
	limiter_reset(&w->limiter);
	w->starts = 0;
	script_restart(w->script);
	free(w->auto_user);
	free(w->user_agent);
	w->auto_user = w->user_agent = NULL;
	w->moved = 0;
	w->drop_next = 0;
	for (size_t i = 0; i < w->people.nusers; i++)
		w->people.users[i].removed = false;
}

int64_t
world_wall(const struct world *w)
{
	return (w->stopped != 0 ? w->stopped : clock_wall(&w->clock)) + w->offset + w->moved;
}

int64_t
world_ms(const struct world *w)
{
	return clock_boot_ms(&w->clock) + (w->offset + w->moved) * 1000;
}

int64_t
world_us(const struct world *w)
{
	struct timespec t = { .tv_sec = 0 };

	/* a test's clock shows milliseconds, and they are the truth there */
	if (w->clock.boot_ms != clock_system.boot_ms)
		return clock_boot_ms(&w->clock) * 1000;
	(void)clock_gettime(CLOCK_BOOTTIME, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}
