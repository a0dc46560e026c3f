/* The requests of a walk, one function an endpoint. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "common/url.h"
#include "tests/support/idp/fetch.h"
#include "tests/support/idp/shake.h"
#include "tests/support/idp/steps.h"
#include "tests/support/idp/token.h"

#define VERIFIER "a-code-verifier-of-43-characters-and-no-less"
#define CHALLENGE "z6jg9DDIn7Fg9zIRyzGsetkws2xmfpgXeD8OEvwE-rE"
#define PATIENCE_MS 8000
#define HANG_MS 700 /* for what is said never to be answered */

/* How often the facts name an endpoint; 0: never. */
size_t
steps_times(const struct walk *w, const char *ep)
{
	size_t n = 0;

	for (size_t i = 0; i < json_array_size(w->shows); i++) {
		const json_t *e = json_array_get(w->shows, i);
		size_t nth = (size_t)json_integer_value(json_object_get(e, "nth"));

		if (strcmp(json_string_value(json_object_get(e, "at")), ep) == 0 &&
		    n < (nth == 0 ? 1 : nth))
			n = nth == 0 ? 1 : nth;
	}
	return n;
}

/* Whether any fact at that endpoint is of this name. */
bool
steps_asks(const struct walk *w, const char *ep, const char *fact)
{
	for (size_t i = 0; i < json_array_size(w->shows); i++) {
		const json_t *e = json_array_get(w->shows, i);

		if (strcmp(json_string_value(json_object_get(e, "at")), ep) == 0 &&
		    json_object_get(e, fact) != NULL)
			return true;
	}
	return false;
}

/* One of the facts at ep says that libcurl's time runs out. */
static bool
hangs(const struct walk *w, const char *ep)
{
	for (size_t i = 0; i < json_array_size(w->shows); i++) {
		const json_t *e = json_array_get(w->shows, i), *c = json_object_get(e, "curl");

		if (strcmp(json_string_value(json_object_get(e, "at")), ep) == 0 &&
		    (json_integer_value(c) == 28 || json_integer_value(json_array_get(c, 0)) == 28))
			return true;
	}
	return false;
}

static void
know(struct walk *w, const char *name, const json_t *text)
{
	if (json_is_string(text))
		(void)json_object_set(w->known, name, (json_t *)(uintptr_t)text);
}

static json_t *
write_down(struct walk *w, const char *ep, json_t *seen)
{
	json_t *list = json_object_get(w->seen, ep);

	if (list == NULL) {
		list = json_array();
		(void)json_object_set_new(w->seen, ep, list);
	}
	(void)json_array_append_new(list, seen);
	return seen;
}

static json_t *
ask(struct walk *w, const char *ep, struct fetch f)
{
	f.timeout_ms = hangs(w, ep) ? HANG_MS : PATIENCE_MS;
	f.fresh = steps_asks(w, ep, "curl");
	return write_down(w, ep, fetch(w->curl, &f));
}

/* Where an endpoint is: as the metadata say, if that is one of the provider's own listeners. */
static const char *
place(const struct walk *w, const char *member, const char *path, char url[512])
{
	const char *s = json_string_value(json_object_get(w->metadata, member));
	const char *other = process_says(w->p, "origin2"), *issuer = process_says(w->p, "issuer");
	size_t origin = 8 + strcspn(issuer + 8, "/");

	if (s != NULL && strlen(s) < 512 && strpbrk(s, " \r\n#") == NULL &&
	    (strncmp(s, issuer, origin) == 0 ||
	        (*other != '\0' && strncmp(s, other, strlen(other)) == 0)))
		(void)snprintf(url, 512, "%s", s);
	else
		(void)snprintf(url, 512, "%.*s%s", (int)origin, issuer, path);
	return url;
}

static void
param(struct buf *b, const char *name, const char *value)
{
	if (url_put_param(b, name, value) != E_OK)
		abort();
}

void
steps_connection(struct walk *w, const char *ep, const char *path)
{
	json_t *list = json_object_get(w->seen, ep), *last, *seen;
	int ms = path != NULL ? 1500 : steps_asks(w, ep, "raw") ? 300 : 0;

	seen = shake(process_says(w->p, "issuer"), path, process_says(w->p, "ca"), ms);
	/* facts about bytes stand beside those that libcurl found */
	if ((last = json_array_get(list, 0)) == NULL) {
		(void)write_down(w, ep, seen);
		return;
	}
	(void)json_object_update(last, seen);
	json_decref(seen);
}

void
steps_discovery(struct walk *w)
{
	char url[512], path[300];
	const char *issuer = process_says(w->p, "issuer");
	size_t len = strlen(issuer) - (issuer[strlen(issuer) - 1] == '/');
	size_t n = steps_times(w, "discovery");

	(void)snprintf(url, sizeof(url), "%.*s/.well-known/openid-configuration", (int)len, issuer);
	(void)snprintf(path, sizeof(path), "%s", strchr(url + 8, '/'));
	for (size_t i = 0; i == 0 || i < n; i++) {
		json_t *seen = ask(w, "discovery", (struct fetch){ .url = url });

		if (w->metadata == NULL)
			w->metadata = json_incref(json_object_get(seen, "json"));
	}
	if (steps_asks(w, "discovery", "raw") || steps_asks(w, "discovery", "raw_bytes") ||
	    steps_asks(w, "discovery", "records"))
		steps_connection(w, "discovery", path);
}

void
steps_jwks(struct walk *w)
{
	char url[512];
	size_t n = steps_times(w, "jwks");

	(void)place(w, "jwks_uri", "/jwks.json", url);
	for (size_t i = 0; i == 0 || i < n; i++) {
		json_t *seen = ask(w, "jwks", (struct fetch){ .url = url });

		json_decref(w->jwks);
		w->jwks = json_incref(json_object_get(seen, "json"));
	}
}

static const char *
scope_of(const struct walk *w)
{
	return steps_asks(w, "token", "grant") ? "openid profile email groups offline_access"
	                                       : "openid profile email groups";
}

void
steps_device(struct walk *w)
{
	struct buf *b = buf_new(4096);
	char url[512];
	size_t n = steps_times(w, "device");

	param(b, "client_id", w->client);
	param(b, "scope", scope_of(w));
	param(b, "nonce", STEPS_NONCE);
	(void)place(w, "device_authorization_endpoint", "/api/oidc/device-authorization", url);
	for (size_t i = 0; i == 0 || i < n; i++) {
		json_t *seen = ask(w, "device", (struct fetch){ .url = url, .form = buf_cstr(b) });
		const json_t *body = json_object_get(seen, "json");

		know(w, "device_code", json_object_get(body, "device_code"));
		know(w, "user_code", json_object_get(body, "user_code"));
	}
	buf_free(b);
}

static void
put_authorization(const struct walk *w, struct buf *b)
{
	param(b, "client_id", w->client);
	param(b, "response_type", "code");
	param(b, "redirect_uri", STEPS_REDIRECT);
	param(b, "scope", scope_of(w));
	param(b, "state", STEPS_STATE);
	param(b, "nonce", STEPS_NONCE);
	param(b, "code_challenge", CHALLENGE);
	param(b, "code_challenge_method", "S256");
}

/* The code in a Location, as the client's listener would take it. */
static void
take_code(struct walk *w, const json_t *seen)
{
	const char *s = json_string_value(json_object_get(seen, "location"));
	const char *at = s == NULL ? NULL : strstr(s, "code=");
	int len = 0;
	char *code;

	if (at == NULL || (at != s && at[-1] != '?' && at[-1] != '&' && at[-1] != '#'))
		return;
	if ((code = curl_easy_unescape(w->curl, at + 5, (int)strcspn(at + 5, "&"), &len)) != NULL)
		(void)json_object_set_new(w->known, "code", json_string(code));
	curl_free(code);
}

void
steps_authorization(struct walk *w)
{
	struct buf *b = buf_new(8192), *query = buf_new(8192);
	char url[512];
	json_t *seen;
	const char *pushed = NULL;

	put_authorization(w, b);
	if (steps_times(w, "par") > 0) {
		(void)place(w, "pushed_authorization_request_endpoint",
		    "/api/oidc/pushed-authorization-request", url);
		seen = ask(w, "par", (struct fetch){ .url = url, .form = buf_cstr(b) });
		pushed = json_string_value(
		    json_object_get(json_object_get(seen, "json"), "request_uri"));
	}
	if (pushed != NULL) {
		buf_reset(b);
		param(b, "client_id", w->client);
		param(b, "request_uri", pushed);
	}
	if (buf_printf(query, "%s?%s",
	        place(w, "authorization_endpoint", "/api/oidc/authorization", url),
	        buf_cstr(b)) != E_OK)
		abort();
	seen = ask(w, "authorization", (struct fetch){ .url = buf_cstr(query) });
	take_code(w, seen);
	buf_free(b);
	buf_free(query);
}

static const char *
known(const struct walk *w, const char *name)
{
	const char *s = json_string_value(json_object_get(w->known, name));

	return s == NULL ? "" : s;
}

static void
look(struct walk *w, json_t *seen)
{
	const json_t *token = json_object_get(seen, "token");
	json_t *look = token_look(token);

	know(w, "access_token", json_object_get(seen, "at"));
	if (look == NULL)
		return;
	(void)json_object_set_new(seen, "look", look);
	know(w, "sub", json_object_get(json_object_get(look, "claims"), "sub"));
	if (w->jwks != NULL)
		(void)json_object_set_new(
		    seen, "verifies", json_boolean(token_verifies(token, w->jwks)));
}

void
steps_token(struct walk *w, bool again)
{
	struct buf *b = buf_new(65536 + 4096);
	char url[512];
	json_t *seen;

	param(b, "client_id", w->client);
	if (again) {
		param(b, "grant_type", "refresh_token");
		param(b, "refresh_token", known(w, "refresh_token"));
	} else if (w->loopback) {
		param(b, "grant_type", "authorization_code");
		param(b, "code", known(w, "code"));
		param(b, "redirect_uri", STEPS_REDIRECT);
		param(b, "code_verifier", VERIFIER);
	} else {
		param(b, "grant_type", "urn:ietf:params:oauth:grant-type:device_code");
		param(b, "device_code", known(w, "device_code"));
	}
	seen = ask(w, "token",
	    (struct fetch){
	        .url = place(w, "token_endpoint", "/api/oidc/token", url), .form = buf_cstr(b) });
	know(w, "refresh_token", json_object_get(json_object_get(seen, "json"), "refresh_token"));
	look(w, seen);
	buf_free(b);
}

/* Under the keys of before it does not verify, under those of after it does. */
void
steps_jwks_later(struct walk *w)
{
	json_t *token = json_array_get(json_object_get(w->seen, "token"), 0);

	if (!json_is_false(json_object_get(token, "verifies")))
		return;
	steps_jwks(w);
	if (token_verifies(json_object_get(token, "token"), w->jwks))
		(void)json_object_set_new(token, "verifies", json_string("later"));
}

void
steps_userinfo(struct walk *w)
{
	char url[512];

	(void)place(w, "userinfo_endpoint", "/api/oidc/userinfo", url);
	for (size_t i = 0; i < steps_times(w, "userinfo"); i++)
		(void)ask(w, "userinfo",
		    (struct fetch){ .url = url, .bearer = known(w, "access_token") });
}

void
steps_revocation(struct walk *w)
{
	struct buf *b = buf_new(65536);
	char url[512];

	param(b, "client_id", w->client);
	param(b, "token", known(w, "access_token"));
	param(b, "token_type_hint", "access_token");
	(void)ask(w, "revocation",
	    (struct fetch){ .url = place(w, "revocation_endpoint", "/api/oidc/revocation", url),
	        .form = buf_cstr(b) });
	buf_free(b);
}
