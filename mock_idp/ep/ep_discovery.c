/* The two metadata documents. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/ep.h"
#include "mock_idp/place.h"

static json_t *
split(const char *s, const char *between)
{
	json_t *list = json_array();

	while (list != NULL && *s != '\0') {
		size_t n = strcspn(s, between);

		(void)json_array_append_new(list, json_stringn(s, n));
		s += n;
		s += strspn(s, between);
	}
	return list;
}

static json_t *
value_of(const struct world *w, const struct profile_member *m)
{
	switch (m->kind) {
	case META_ISSUER:
		return json_string(w->issuer);
	case META_PLACE:
		return place_url(w, m->place);
	case META_PATH:
		return json_sprintf("%s%s%s", w->origin, w->path, m->value);
	case META_TEXT:
		return json_string(m->value);
	case META_WORDS:
		return split(m->value, " ");
	case META_LIST:
		return split(m->value, "|");
	case META_YES:
		return json_true();
	case META_NO:
		return json_false();
	}
	return NULL;
}

/* A place that there is not has no address, and no member. */
static void
add_members(const struct world *w, json_t *doc, const struct profile_member *m)
{
	for (; m != NULL && m->name != NULL; m++)
		(void)json_object_set_new(doc, m->name, value_of(w, m));
}

/* The one policy that the command line changes. RFC 9126 section 5. */
static void
add_policy(const struct world *w, json_t *doc)
{
	if (w->require_par && json_object_get(doc, "pushed_authorization_request_endpoint") != NULL)
		(void)json_object_set_new(
		    doc, "require_pushed_authorization_requests", json_true());
}

void
ep_discovery(struct world *w, struct exchange *x)
{
	json_t *doc = json_object();

	add_members(w, doc, w->profile->metadata->oauth);
	add_members(w, doc, w->profile->metadata->openid);
	add_policy(w, doc);
	msg_reply_json(&x->rep, 200, doc);
	json_decref(doc);
}

void
ep_discovery_oauth(struct world *w, struct exchange *x)
{
	json_t *doc = json_object();

	add_members(w, doc, w->profile->metadata->oauth);
	add_policy(w, doc);
	msg_reply_json(&x->rep, 200, doc);
	json_decref(doc);
}
