/* Who sits at the browser. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/pages/signin.h"

#define ATTRIBUTES "; Path=/; Secure; HttpOnly; SameSite=Lax"

/* The value of our cookie among "a=1; b=2"; false when there is none. RFC 6265 section 4.2.1. */
static bool
cookie_value(const char *cookies, char *out, size_t size)
{
	static const char name[] = SIGNIN_COOKIE "=";

	while (*cookies != '\0') {
		size_t n = strcspn(cookies, ";");

		if (strncmp(cookies, name, sizeof(name) - 1) == 0 && n - sizeof(name) + 1 < size) {
			n -= sizeof(name) - 1;
			memcpy(out, cookies + sizeof(name) - 1, n);
			out[n] = '\0';
			return true;
		}
		cookies += n;
		cookies += strspn(cookies, "; ");
	}
	return false;
}

struct session *
signin_find(const struct world *w, const struct exchange *x)
{
	const char *cookies = pairs_get(&x->req.headers, "cookie");
	char id[IDS_OPAQUE_SIZE];

	if (cookies == NULL || !cookie_value(cookies, id, sizeof(id)))
		return NULL;
	return sessions_find(&w->sessions, id, world_ms(w));
}

bool
signin_somebody(const struct world *w, const struct session *s)
{
	return s != NULL && s->username != NULL && people_present(&w->people, s->username) != NULL;
}

struct session *
signin_try(struct world *w, const struct exchange *x, struct session *old)
{
	const char *name = pairs_get(&x->req.form, "username"),
	           *password = pairs_get(&x->req.form, "password");
	const struct user *u = name == NULL ? NULL : people_present(&w->people, name);
	struct session *s;

	if (u == NULL || password == NULL || !people_password(u, password) ||
	    (s = sessions_new(&w->sessions, &w->ids, world_ms(w))) == NULL)
		return NULL;
	if (sessions_sign_in(s, u->name, world_wall(w), world_ms(w)) != E_OK) {
		sessions_drop(&w->sessions, s);
		return NULL;
	}
	sessions_drop(&w->sessions, old);
	return s;
}

void
signin_keep(struct exchange *x, const struct session *s)
{
	char value[256];

	(void)snprintf(value, sizeof(value), SIGNIN_COOKIE "=%s" ATTRIBUTES, s->id);
	msg_reply_header(&x->rep, "Set-Cookie", value);
}

void
signin_forget(struct exchange *x)
{
	msg_reply_header(&x->rep, "Set-Cookie", SIGNIN_COOKIE "=" ATTRIBUTES "; Max-Age=0");
}
