/* The token endpoint: which grant, and may this client use it? RFC 6749 section 3.2. */
#include "config.h"

#include <string.h>

#include "mock_idp/ep/answer.h"
#include "mock_idp/ep/client_auth.h"
#include "mock_idp/ep/ep.h"
#include "mock_idp/ep/grant.h"
#include "mock_idp/ep/oauth.h"

static const struct grant_row {
	const char *type;
	grant_fn *fn;
} rows[] = {
	{ PEOPLE_DEVICE_GRANT, grant_device },
	{ PEOPLE_CODE_GRANT, grant_code },
	{ PEOPLE_REFRESH_GRANT, grant_refresh },
};

static const struct grant_row *
find_row(const char *type)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].type, type) == 0)
			return &rows[i];
	return NULL;
}

void
ep_token(struct world *w, struct exchange *x)
{
	const char *type = pairs_get(&x->req.form, "grant_type");
	const struct profile_device *d = w->profile->device;
	const struct client *client;
	const struct grant_row *row;
	enum profile_proof how;
	enum oauth_error error;

	if (type == NULL || *type == '\0') {
		oauth_fail(x, OAUTH_INVALID_REQUEST,
		    x->req.form.n == 0 ? "The body cannot be empty."
		                       : "The parameter grant_type is missing.");
		return;
	}
	row = find_row(type);
	how = row != NULL && row->fn == grant_device ? d->poll : d->other;
	/* who asks for no proof wants no client either: the code is enough */
	client = how == PROOF_NONE ? NULL : client_auth_as(w, x, how, &error);
	if (row == NULL)
		answer_fail(w, x, OUTCOME_TYPE, "The grant type is not known here.");
	else if (client == NULL && how != PROOF_NONE)
		answer_fail_client(w, x, error);
	else if (client != NULL && !strlist_has(&client->grants, type))
		answer_fail(w, x, OUTCOME_GRANT, NULL);
	else
		row->fn(w, x, client);
}
