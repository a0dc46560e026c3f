/* The way of a relying party through one provider. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/idp/fetch.h"
#include "tests/support/idp/fill.h"
#include "tests/support/idp/shows.h"
#include "tests/support/idp/steps.h"
#include "tests/support/idp/walk.h"

static bool
refreshes(const struct walk *w)
{
	return steps_asks(w, "token", "grant");
}

static void
get_tokens(struct walk *w)
{
	size_t n = steps_times(w, "token");

	if (w->loopback)
		steps_authorization(w);
	else
		steps_device(w);
	for (size_t i = 0; i == 0 || i < n; i++)
		steps_token(w, false);
	if (refreshes(w)) {
		/* what the facts are about */
		(void)json_object_del(w->seen, "token");
		steps_token(w, true);
	}
	if (steps_asks(w, "token", "verifies"))
		steps_jwks_later(w);
}

void
walk_go(struct walk *w)
{
	bool after = steps_times(w, "userinfo") > 0 || steps_times(w, "revocation") > 0;

	if (steps_times(w, "connect") > 0)
		steps_connection(w, "connect", NULL);
	if (json_array_size(w->shows) == steps_times(w, "connect"))
		return;
	steps_discovery(w);
	if (steps_times(w, "jwks") > 0 || steps_asks(w, "token", "verifies"))
		steps_jwks(w);
	if (steps_times(w, "token") > 0 || after)
		get_tokens(w);
	else if (steps_times(w, "device") > 0)
		steps_device(w);
	else if (steps_times(w, "authorization") > 0 || steps_times(w, "par") > 0)
		steps_authorization(w);
	if (steps_times(w, "userinfo") > 0)
		steps_userinfo(w);
	if (steps_times(w, "revocation") > 0)
		steps_revocation(w);
}

bool
walk_shows(struct walk *w, char why[300])
{
	for (size_t i = 0; i < json_array_size(w->shows); i++) {
		json_t *e = fill(json_array_get(w->shows, i), w->known);
		const char *ep = json_string_value(json_object_get(e, "at"));
		size_t nth = (size_t)json_integer_value(json_object_get(e, "nth"));
		const json_t *seen =
		    json_array_get(json_object_get(w->seen, ep), nth == 0 ? 0 : nth - 1);
		char inner[256];
		bool ok = shows_hold(e, seen, inner);

		(void)snprintf(why, 300, "%.20s: %s", ep, ok ? "" : inner);
		json_decref(e);
		if (!ok)
			return false;
	}
	return true;
}

static const json_t *
last_token(const struct walk *w)
{
	const json_t *list = json_object_get(w->seen, "token");

	return json_array_get(list, json_array_size(list) - 1);
}

bool
walk_unverified(const struct walk *w)
{
	const json_t *last = last_token(w);

	return json_object_get(last, "look") != NULL && w->jwks != NULL &&
	    json_is_false(json_object_get(last, "verifies"));
}

const json_t *
walk_token(const struct walk *w)
{
	return json_object_get(last_token(w), "token");
}

const json_t *
walk_jwks(const struct walk *w)
{
	return w->jwks;
}

struct walk *
walk_new(const struct process *p, const json_t *shows, bool loopback)
{
	static const char *const origins[] = { "issuer", "origin2", "evil_http", "evil_https" };
	struct walk *w = calloc(1, sizeof(*w));
	const char *issuer = process_says(p, "issuer"), *host = issuer + 8;
	char text[64];

	if (w == NULL)
		return NULL;
	*w = (struct walk){ .p = p, .shows = shows, .loopback = loopback };
	w->client = refreshes(w) ? "linux-refresh" : "linux-login";
	w->seen = json_object();
	w->curl = fetch_new(process_says(p, "ca"));
	w->known = json_pack("{s:s, s:s, s:s, s:s, s:s, s:i}", "client_id", w->client, "nonce",
	    STEPS_NONCE, "state", STEPS_STATE, "redirect_uri", STEPS_REDIRECT, "user", "alice",
	    "now", 1800000000);
	for (size_t i = 0; i < sizeof(origins) / sizeof(origins[0]); i++)
		(void)json_object_set_new(
		    w->known, origins[i], json_string(process_says(p, origins[i])));
	(void)snprintf(text, sizeof(text), "%.*s", (int)strcspn(host, "/"), host);
	(void)json_object_set_new(w->known, "host", json_string(text));
	(void)json_object_set_new(w->known, "port", json_string(strrchr(text, ':') + 1));
	return w;
}

void
walk_free(struct walk *w)
{
	if (w == NULL)
		return;
	curl_easy_cleanup(w->curl);
	json_decref(w->known);
	json_decref(w->seen);
	json_decref(w->metadata);
	json_decref(w->jwks);
	free(w);
}
