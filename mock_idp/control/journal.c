/* What came in, in order, and what was wrong with it. */
#include "config.h"

#include <string.h>

#include "common/text.h"
#include "mock_idp/control/journal.h"

#define SHOWN_MAX 512 /* characters of a value */

bool
journal_init(struct journal *j)
{
	j->seq = 0;
	return (j->entries = json_array()) != NULL;
}

void
journal_reset(struct journal *j)
{
	(void)json_array_clear(j->entries);
	j->seq = 0;
}

void
journal_clear(struct journal *j)
{
	json_decref(j->entries);
	j->entries = NULL;
}

static bool
is_secret(const char *name)
{
	static const char *const secret[] = { "client_secret", "device_code", "access_token",
		"refresh_token", "client_assertion", "code", "code_verifier", "user_code",
		"password", "csrf" };

	for (size_t i = 0; i < sizeof(secret) / sizeof(secret[0]); i++)
		if (strcmp(secret[i], name) == 0)
			return true;
	return false;
}

/* Foreign bytes as a JSON string; what is no text is escaped. */
static json_t *
shown(const char *value)
{
	char safe[SHOWN_MAX];
	size_t len = strlen(value);

	if (len < sizeof(safe) && text_is_utf8(value, len))
		return json_string(value);
	return json_string(text_escape(safe, sizeof(safe), value, len));
}

/* The first value of each name, as endpoints see it; a second one is a violation. */
static json_t *
params(const struct pairs *p)
{
	json_t *o = json_object();
	char key[128];

	for (size_t i = 0; i < p->n; i++) {
		const char *name = p->v[i].name, *value = p->v[i].value;

		(void)text_escape(key, sizeof(key), name, strlen(name));
		if (json_object_get(o, key) == NULL)
			(void)json_object_set_new(o, key,
			    is_secret(name) && *value != '\0' ? json_string("present")
			                                      : shown(value));
	}
	return o;
}

static json_t *
headers(const struct pairs *p)
{
	static const char *const keep[] = { "host", "user-agent", "accept", "content-type",
		"content-length", "connection" };
	const char *auth = pairs_get(p, "authorization");
	json_t *o = json_object();

	for (size_t i = 0; i < sizeof(keep) / sizeof(keep[0]); i++)
		if (pairs_get(p, keep[i]) != NULL)
			(void)json_object_set_new(o, keep[i], shown(pairs_get(p, keep[i])));
	/* the scheme says all that a test may want to know */
	if (auth != NULL)
		(void)json_object_set_new(o, "authorization",
		    json_sprintf("%.*s present",
		        (int)(text_is_ascii(auth, strlen(auth), true) ? strcspn(auth, " ") : 0),
		        auth));
	if (pairs_get(p, "cookie") != NULL)
		(void)json_object_set_new(o, "cookie", json_string("present"));
	return o;
}

void
journal_record(struct journal *j, const struct exchange *x, int64_t ms)
{
	json_t *entry = json_pack("{s:I, s:I, s:I, s:o, s:o, s:o, s:i}", "seq",
	    (json_int_t)++j->seq, "ms", (json_int_t)ms, "conn", (json_int_t)x->conn, "method",
	    shown(x->req.method), "path", shown(x->req.path == NULL ? "" : x->req.path), "headers",
	    headers(&x->req.headers), "status", x->rep.status);

	if (entry == NULL)
		return;
	if (x->req.query.n > 0)
		(void)json_object_set_new(entry, "query", params(&x->req.query));
	if (x->req.form.n > 0)
		(void)json_object_set_new(entry, "form", params(&x->req.form));
	if (x->rep.error != NULL)
		(void)json_object_set_new(entry, "error", json_string(x->rep.error));
	(void)json_object_set_new(entry, "violations", json_copy(x->violations));
	if (json_array_size(j->entries) >= JOURNAL_MAX)
		(void)json_array_remove(j->entries, 0);
	(void)json_array_append_new(j->entries, entry);
}

uint64_t
journal_count(const struct journal *j, const char *path)
{
	uint64_t n = 0;

	if (path == NULL)
		return j->seq;
	for (size_t i = 0; i < json_array_size(j->entries); i++) {
		const json_t *v = json_object_get(json_array_get(j->entries, i), "path");

		n += json_is_string(v) && strcmp(json_string_value(v), path) == 0;
	}
	return n;
}
