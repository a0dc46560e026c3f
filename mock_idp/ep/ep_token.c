/* The token endpoint: which grant, and may this client use it? RFC 6749 section 3.2. */
#include "config.h"

#include <string.h>

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
	const struct client *client;
	const struct grant_row *row;
	enum oauth_error error;

	if (type == NULL || *type == '\0') {
		oauth_fail(x, OAUTH_INVALID_REQUEST,
		    x->req.form.n == 0 ? "The body cannot be empty."
		                       : "The parameter grant_type is missing.");
		return;
	}
	client = client_auth(w, x, &error);
	if ((row = find_row(type)) == NULL)
		oauth_fail(x, OAUTH_INVALID_REQUEST, "The grant type is not known here.");
	else if (client == NULL)
		oauth_fail(x, error, NULL);
	else if (!strlist_has(&client->grants, type))
		oauth_fail(x, OAUTH_UNAUTHORIZED_CLIENT, NULL);
	else
		row->fn(w, x, client);
}
