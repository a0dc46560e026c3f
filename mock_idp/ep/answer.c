/* An outcome, as the provider tells it. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "mock_idp/ep/answer.h"

/* What Authelia never says, and Microsoft's numbers (0: none). */
static const struct {
	const char *error, *text;
	int number;
} known[] = {
	{ "authorization_pending", NULL, 70016 },
	{ "expired_token", NULL, 70020 },
	{ "invalid_client", NULL, 7000215 },
	{ "unauthorized_client", NULL, 700016 },
	{ "slow_down", "The device polls too often.", 0 },
	{ "access_denied", "The end user or the authorization server denied the request.", 0 },
	{ "authorization_declined", "The end user denied the authorization request.", 70018 },
	{ "bad_verification_code", "The device_code is not known, or was used already.", 70019 },
	{ "unsupported_grant_type", "There is no such grant.", 70003 },
	{ "temporarily_unavailable", "Too many requests.", 0 },
};

static const char *
text_of(const char *error)
{
	const char *text = oauth_text(error);

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]) && text == NULL; i++)
		if (strcmp(known[i].error, error) == 0)
			text = known[i].text;
	return text == NULL ? "The request was refused." : text;
}

static int
number_of(const char *error)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].error, error) == 0)
			return known[i].number;
	return 0;
}

static json_t *
full(const char *error, const char *hint)
{
	const char *text = text_of(error);

	return json_pack("{s:s, s:o}", "error", error, "error_description",
	    hint == NULL ? json_string(text) : json_sprintf("%s %s", text, hint));
}

static json_t *
microsoft(const struct world *w, const char *error, const char *hint)
{
	time_t now = (time_t)world_wall(w);
	char at[32] = "", trace[IDS_UUID_SIZE] = "", correlation[IDS_UUID_SIZE] = "";
	json_t *body = full(error, hint);
	struct tm tm;

	if (gmtime_r(&now, &tm) == NULL ||
	    strftime(at, sizeof(at), "%Y-%m-%d %H:%M:%SZ", &tm) == 0 || !ids_uuid(&w->ids, trace) ||
	    !ids_uuid(&w->ids, correlation)) {
		json_decref(body);
		return NULL;
	}
	(void)json_object_update_new(body,
	    json_pack("{s:[i], s:s, s:s, s:s, s:o}", "error_codes", number_of(error), "timestamp",
	        at, "trace_id", trace, "correlation_id", correlation, "error_uri",
	        json_sprintf("%s/error?code=%d", w->origin, number_of(error))));
	return body;
}

static json_t *
body_of(const struct world *w, const struct profile_answer *a, const char *hint)
{
	switch (a->body) {
	case BODY_FULL:
		return full(a->error, hint);
	case BODY_ERROR:
		return json_pack("{s:s}", "error", a->error);
	case BODY_BLANK:
		return json_pack("{s:s, s:s}", "error", a->error, "error_description", "");
	case BODY_MESSAGE:
		return json_pack("{s:I, s:s, s:s}", "timestamp", (json_int_t)world_wall(w), "error",
		    a->error, "message", text_of(a->error));
	case BODY_MICROSOFT:
		return microsoft(w, a->error, hint);
	case BODY_OBJECT:
	case BODY_NOTHING:
		return json_object();
	}
	return NULL;
}

void
answer_fail(const struct world *w, struct exchange *x, enum profile_outcome o, const char *hint)
{
	const struct profile_answer *a = profile_answer(w->profile, o);
	json_t *body = body_of(w, a, hint);

	if (a->body == BODY_NOTHING)
		x->rep.status = a->status;
	else
		msg_reply_json(&x->rep, a->status, body);
	x->rep.error = a->error;
	json_decref(body);
	if ((o == OUTCOME_CLIENT || o == OUTCOME_START_CLIENT) && w->profile->polls->challenge &&
	    pairs_get(&x->req.headers, "authorization") != NULL)
		msg_reply_header(&x->rep, "WWW-Authenticate", "Basic realm=\"latchkey\"");
}

void
answer_fail_client(const struct world *w, struct exchange *x, enum oauth_error error)
{
	if (error == OAUTH_INVALID_CLIENT)
		answer_fail(w, x, OUTCOME_CLIENT, NULL);
	else
		oauth_fail(x, error, NULL);
}

void
answer_fail_bearer(const struct world *w, struct exchange *x, enum profile_outcome o)
{
	const char *error = profile_answer(w->profile, o)->error;
	char value[256];

	answer_fail(w, x, o, NULL);
	(void)snprintf(value, sizeof(value), "Bearer error=\"%s\",error_description=\"%s\"", error,
	    text_of(error));
	msg_reply_header(&x->rep, "WWW-Authenticate", value);
}
