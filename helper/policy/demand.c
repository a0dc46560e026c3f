/* How and when the person signed in, against what is demanded. */
#include "config.h"

#include <string.h>

#include "helper/policy/demand.h"

static bool
has_method(const struct identity *id, const char *method)
{
	for (size_t i = 0; i < id->amr_count; i++)
		if (strcmp(id->amr[i], method) == 0)
			return true;
	return false;
}

static enum errcode
check_methods(const struct settings_demand *d, const struct identity *id, struct err *e)
{
	for (size_t i = 0; i < d->amr.n; i++)
		if (!has_method(id, d->amr.v[i]))
			return err_set(e, E_POL, "pol.amr",
			    "the sign-in was not by %s, which is demanded: the provider names %u "
			    "other "
			    "methods%s",
			    d->amr.v[i], (unsigned)id->amr_count,
			    id->amr_count == 0 ? "; does it send amr?" : "");
	return E_OK;
}

static enum errcode
check_age(const struct settings_demand *d, const struct identity *id, int64_t now, int64_t skew,
    struct err *e)
{
	if (d->max_auth_age == 0)
		return E_OK;
	if (!id->has_auth_time)
		return err_set(e, E_POL, "pol.authtime",
		    "the provider does not say when the person signed in, which is demanded");
	if (id->auth_time > now + skew || now - id->auth_time > (int64_t)d->max_auth_age + skew)
		return err_set(e, E_POL, "pol.authtime",
		    "the person signed in %lld s ago, %llu s are allowed",
		    (long long)(now - id->auth_time), (unsigned long long)d->max_auth_age);
	return E_OK;
}

enum errcode
demand_met(const struct settings_demand *d, const struct identity *id, int64_t now, int64_t skew,
    const char **key, struct err *e)
{
	enum errcode r;

	*key = "require_acr";
	if (d->acr.n > 0 && !(id->has_acr && strlist_has(&d->acr, id->acr)))
		return err_set(e, E_POL, "pol.acr",
		    "the sign-in has acr %.64s, which is none of those demanded",
		    id->has_acr ? id->acr : "absent");
	*key = "require_amr";
	if ((r = check_methods(d, id, e)) != E_OK)
		return r;
	*key = "max_auth_age";
	return check_age(d, id, now, skew, e);
}
