/* The rate limiter, for one request. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "mock_idp/throttle.h"

/* As Authelia's own middleware does, whose word on the address is the proxy's. */
static void
address_of(const struct exchange *x, char out[LIMITER_ADDRESS])
{
	const char *via = pairs_get(&x->req.headers, "x-forwarded-for");
	size_t n = via == NULL ? 0 : strcspn(via, ", ");

	(void)snprintf(out, LIMITER_ADDRESS, "%.*s", n > 0 ? (int)n : (int)strlen(x->peer),
	    n > 0 ? via : x->peer);
}

static bool
counted(const char *ep)
{
	static const char *const words[] = { "token", "par", "userinfo", "introspection",
		"revocation" };

	for (size_t i = 0; ep != NULL && i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], ep) == 0)
			return true;
	return false;
}

bool
throttle(struct world *w, struct exchange *x)
{
	char address[LIMITER_ADDRESS], seconds[24];
	int64_t wait;

	if (!counted(x->ep))
		return false;
	address_of(x, address);
	if ((wait = limiter_charge(&w->limiter, x->ep, address, world_ms(w))) == 0)
		return false;
	msg_reply_text(&x->rep, 429, MSG_JSON,
	    "{\"error\":\"temporarily_unavailable\",\"error_description\":\"Too many requests. The "
	    "endpoint is temporarily unavailable. Try again later.\"}");
	(void)snprintf(seconds, sizeof(seconds), "%lld", (long long)((wait + 999) / 1000));
	msg_reply_header(&x->rep, "Retry-After", seconds);
	x->rep.error = "temporarily_unavailable";
	return true;
}

void
throttle_settle(struct world *w, const struct exchange *x)
{
	char address[LIMITER_ADDRESS];

	address_of(x, address);
	if (counted(x->ep) && x->rep.status / 100 == 2)
		limiter_refund(&w->limiter, x->ep, address);
}
