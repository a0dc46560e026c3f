/* What a client's request says about the client. */
#include "config.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "mock_idp/habits.h"

static void
judge_agent(struct world *w, struct exchange *x)
{
	const char *agent = pairs_get(&x->req.headers, "user-agent");

	if (agent == NULL)
		agent = "";
	if (w->user_agent == NULL)
		w->user_agent = strdup(agent);
	else if (strcmp(w->user_agent, agent) != 0)
		msg_violation(x, "user_agent_changed", agent);
}

/* Is one of the media ranges of an Accept value that? Its weight does not matter. */
static bool
accepts(const char *value, const char *range)
{
	size_t want = strlen(range);

	while (*value != '\0') {
		size_t all = strcspn(value, ","), blank = strspn(value, " \t"),
		       n = blank > all ? 0 : strcspn(value + blank, ",; \t");

		if (n == want && strncasecmp(value + blank, range, n) == 0)
			return true;
		value += all + (value[all] == ',');
	}
	return false;
}

/* Absent is anything (RFC 9110 section 12.5.1). */
static void
judge_accept(struct exchange *x)
{
	static const struct {
		const char *ep; /* NULL: all */
		const char *range;
	} fits[] = {
		{ NULL, "*/*" },
		{ NULL, "application/*" },
		{ NULL, "application/json" },
		{ "jwks", "application/jwk-set+json" },
		{ "userinfo", "application/jwt" },
		{ "introspection", "application/token-introspection+jwt" },
	};
	const char *value = pairs_get(&x->req.headers, "accept");

	if (value == NULL)
		return;
	for (size_t i = 0; i < sizeof(fits) / sizeof(fits[0]); i++)
		if ((fits[i].ep == NULL || (x->ep != NULL && strcmp(fits[i].ep, x->ep) == 0)) &&
		    accepts(value, fits[i].range))
			return;
	msg_violation(x, "accept", value);
}

void
habits_judge(struct world *w, struct exchange *x)
{
	judge_agent(w, x);
	judge_accept(x);
}
