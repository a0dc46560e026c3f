/* Requests as they may be shown to anybody. */
#include "config.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "common/secmem.h"
#include "common/text.h"
#include "mock_idp/control/redact.h"
#include "mock_idp/form.h"

#define SHOWN_MAX 512                  /* characters of a value */
#define TARGET_MAX ((size_t)64 * 1024) /* a request head, and what hiding adds to it */
#define PRESENT "present"

static bool
listed(const char *const list[], const char *name)
{
	for (; *list != NULL; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

static bool
is_secret(const char *name)
{
	static const char *const secret[] = { "access_token", "actor_token", "assertion",
		"client_assertion", "client_secret", "code", "code_verifier", "csrf", "device_code",
		"id_token", "id_token_hint", "password", "refresh_token", "request",
		"subject_token", "token", "user_code", NULL };

	return listed(secret, name);
}

json_t *
redact_text(const char *value)
{
	char safe[SHOWN_MAX];
	size_t len = strlen(value);

	if (len < sizeof(safe) && text_is_utf8(value, len))
		return json_string(value);
	return json_string(text_escape(safe, sizeof(safe), value, len));
}

json_t *
redact_params(const struct pairs *p)
{
	json_t *o = json_object();
	char key[128];

	for (size_t i = 0; i < p->n; i++) {
		const char *name = p->v[i].name, *value = p->v[i].value;

		(void)text_escape(key, sizeof(key), name, strlen(name));
		if (json_object_get(o, key) == NULL)
			(void)json_object_set_new(o, key,
			    is_secret(name) && *value != '\0' ? json_string(PRESENT)
			                                      : redact_text(value));
	}
	return o;
}

/* The scheme says all that a test may want to know. */
static json_t *
authorization(const char *value)
{
	return json_sprintf("%.*s " PRESENT,
	    (int)(text_is_ascii(value, strlen(value), true) ? strcspn(value, " ") : 0), value);
}

json_t *
redact_headers(const struct pairs *p)
{
	static const char *const harmless[] = { "accept", "accept-charset", "accept-encoding",
		"accept-language", "cache-control", "connection", "content-encoding",
		"content-length", "content-type", "expect", "host", "origin", "pragma",
		"sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site", "sec-fetch-user", "te",
		"transfer-encoding", "upgrade", "user-agent", "via", NULL };
	json_t *o = json_object();

	for (size_t i = 0; i < p->n; i++) {
		const char *name = p->v[i].name, *value = p->v[i].value;

		if (json_object_get(o, name) == NULL)
			(void)json_object_set_new(o, name,
			    listed(harmless, name)                   ? redact_text(value)
			        : strcmp(name, "authorization") == 0 ? authorization(value)
			                                             : json_string(PRESENT));
	}
	return o;
}

/* One piece of a query into b. */
static bool
put_piece(struct buf *b, const char *piece, size_t len)
{
	const char *eq = memchr(piece, '=', len);
	char *name = eq == NULL ? NULL : form_decode(piece, (size_t)(eq - piece));
	bool hide = name != NULL && is_secret(name) && (size_t)(eq - piece) + 1 < len, ok;

	if (hide)
		len = (size_t)(eq - piece) + 1;
	ok = buf_put(b, piece, len) == E_OK && (!hide || buf_puts(b, PRESENT) == E_OK);
	secmem_freestr(name);
	return ok;
}

json_t *
redact_target(const char *target)
{
	struct buf *b = buf_new(TARGET_MAX);
	size_t n = strcspn(target, "?");
	bool fits = b != NULL && buf_put(b, target, n) == E_OK;
	json_t *shown = NULL;

	for (target += n; *target != '\0' && fits; target += n) {
		/* the mark before it, then the piece */
		fits = buf_put(b, target++, 1) == E_OK;
		n = strcspn(target, "&");
		fits = fits && put_piece(b, target, n);
	}
	if (fits)
		shown = json_stringn((const char *)buf_data(b), buf_len(b));
	buf_free(b);
	return shown;
}
