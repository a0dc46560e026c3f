/* The device grant, with Authelia's answers. RFC 8628 sections 3.4 and 3.5. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/ep/grant.h"
#include "mock_idp/ep/issue.h"
#include "mock_idp/ep/oauth.h"

/* RFC 8628 section 3.5: the client waits interval seconds between two polls; the first poll waits
 * for the device response. */
static void
judge_pace(const struct world *w, struct exchange *x, const struct code *c)
{
	int64_t now = world_ms(w), gap = now - c->last_answer;
	char detail[32];

	if (gap < (int64_t)w->interval * 1000) {
		(void)snprintf(detail, sizeof(detail), "%lldms", (long long)gap);
		msg_violation(x, "early_poll", detail);
	}
	if (now >= c->expires && c->state == CODE_PENDING)
		msg_violation(x, "poll_after_expiry", NULL);
}

static void
exchange_code(struct world *w, struct exchange *x, struct code *c)
{
	struct grant_for what = { .client_id = c->client_id,
		.username = c->username,
		.scope = c->scope,
		.nonce = c->nonce,
		.auth_time = c->auth_time };

	if (issue_tokens(w, x, &what) != NULL)
		c->state = CODE_USED;
}

/* A code that was denied or used is to Authelia an error of its own, before it asks whose it is. */
static void
answer_state(struct world *w, struct exchange *x, const struct client *client, struct code *c)
{
	if (c == NULL || c->state == CODE_DENIED || c->state == CODE_USED)
		oauth_fail(x, OAUTH_SERVER_ERROR, NULL);
	else if (strcmp(c->client_id, client->id) != 0)
		oauth_fail(x, OAUTH_INVALID_GRANT, NULL);
	else if (c->state == CODE_PENDING)
		oauth_fail(
		    x, OAUTH_AUTHORIZATION_PENDING, "The user has not authorized the request.");
	else if (world_ms(w) >= c->expires)
		oauth_fail(x, OAUTH_EXPIRED_TOKEN, NULL);
	else
		exchange_code(w, x, c);
}

void
grant_device(struct world *w, struct exchange *x, const struct client *client)
{
	const char *device = pairs_get(&x->req.form, "device_code");
	struct code *c;

	if (device == NULL || *device == '\0') {
		oauth_fail(x, OAUTH_INVALID_REQUEST, "The parameter device_code is missing.");
		return;
	}
	if ((c = codes_by_device(&w->codes, device)) != NULL)
		judge_pace(w, x, c);
	answer_state(w, x, client, c);
	if (c != NULL) {
		c->polls++;
		c->last_answer = world_ms(w);
	}
}
