/* Browsers that came by, and who has signed in with them. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "common/b64url.h"
#include "common/secmem.h"
#include "mock_idp/store/sessions.h"

static void
session_free(struct session *s)
{
	if (s == NULL)
		return;
	free(s->username);
	secmem_free(s, sizeof(*s));
}

static void
take_out(struct sessions *s, size_t at)
{
	session_free(s->v[at]);
	memmove(s->v + at, s->v + at + 1, (--s->n - at) * sizeof(struct session *));
}

struct session *
sessions_new(struct sessions *s, const struct ids *ids, int64_t now)
{
	struct session *one = calloc(1, sizeof(*one)), **v;

	if (one == NULL)
		return NULL;
	if (s->n >= SESSIONS_MAX)
		take_out(s, 0);
	if (!ids_opaque(ids, "latchkey_cs_", one->id) ||
	    !ids_opaque(ids, "latchkey_ck_", one->key) ||
	    (v = reallocarray(s->v, s->n + 1, sizeof(*v))) == NULL) {
		session_free(one);
		return NULL;
	}
	one->expires = now + SESSIONS_LIFE_MS;
	s->v = v;
	v[s->n++] = one;
	return one;
}

struct session *
sessions_find(const struct sessions *s, const char *id, int64_t now)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i]->id, id) == 0)
			return now < s->v[i]->expires ? s->v[i] : NULL;
	return NULL;
}

void
sessions_drop(struct sessions *s, struct session *one)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->v[i] == one) {
			take_out(s, i);
			return;
		}
}

void
sessions_clear(struct sessions *s)
{
	for (size_t i = 0; i < s->n; i++)
		session_free(s->v[i]);
	free(s->v);
	s->v = NULL;
	s->n = 0;
}

enum errcode
sessions_sign_in(struct session *s, const char *username, int64_t wall, int64_t now)
{
	char *copy = strdup(username);

	if (copy == NULL)
		return E_NOMEM;
	free(s->username);
	s->username = copy;
	s->auth_time = wall;
	s->auth_ms = now;
	return E_OK;
}

void
sessions_csrf(
    const struct session *s, const char *path, const char *about, char out[SESSIONS_CSRF_SIZE])
{
	char text[512];
	unsigned char md[EVP_MAX_MD_SIZE];
	unsigned int mdlen = 0;
	int n = snprintf(text, sizeof(text), "%.128s\n%.256s", path, about);

	(void)HMAC(EVP_sha256(), s->key, (int)strlen(s->key), (const unsigned char *)text,
	    (size_t)n, md, &mdlen);
	b64url_encode(out, md, 32);
}

bool
sessions_csrf_ok(const struct session *s, const char *path, const char *about, const char *token)
{
	char want[SESSIONS_CSRF_SIZE];

	sessions_csrf(s, path, about, want);
	return strlen(token) == strlen(want) && secmem_equal(token, want, strlen(want));
}
