/* Whether a URL from the provider leads where the operator agreed to go. */
#include "config.h"

#include "helper/oidc/origin.h"

bool
origin_allowed(const struct url *u, const struct url *issuer, const struct strlist *extra)
{
	struct url o;

	if (url_same_origin(u, issuer))
		return true;
	for (size_t i = 0; extra != NULL && i < extra->n; i++)
		if (url_parse(extra->v[i], &o, NULL) == E_OK && url_same_origin(u, &o))
			return true;
	return false;
}
