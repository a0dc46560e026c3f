/* Where the browser is. */
#include "config.h"

#include "helper/policy/flow.h"

static bool
comes_from_elsewhere(const struct flow_facts *f)
{
	return f->elsewhere;
}

static bool
has_no_session(const struct flow_facts *f)
{
	return !f->session;
}

static bool
session_is_remote(const struct flow_facts *f)
{
	return f->remote;
}

static bool
has_no_display(const struct flow_facts *f)
{
	return !f->display;
}

static bool
is_a_strangers(const struct flow_facts *f)
{
	return f->owner != f->account && f->owner != f->caller;
}

static bool
account_sits_elsewhere(const struct flow_facts *f)
{
	return f->owner != f->account && f->account_is_here;
}

/* Why the browser may be on another machine; the first that holds. */
static const struct {
	bool (*holds)(const struct flow_facts *);
	bool always; /* flow = loopback is no way around it */
	const char *why;
} device[] = {
	{ comes_from_elsewhere, true, "the login comes from another machine" },
	{ session_is_remote, true, "its session came from another machine" },
	{ has_no_session, false, "it is part of no login session" },
	{ has_no_display, false, "its session has no display" },
	{ is_a_strangers, false, "its session is neither the account's nor the caller's" },
	{ account_sits_elsewhere, false, "the account has sessions of its own on this host" },
};

enum errcode
flow_choose(struct flow *out, enum settings_flow setting, const struct flow_facts *f, struct err *e)
{
	bool forced = setting == SETTINGS_FLOW_LOOPBACK;
	size_t i = 0, n = sizeof(device) / sizeof(device[0]);

	if (setting != SETTINGS_FLOW_AUTO && !forced) {
		*out = (struct flow){ IDENTITY_DEVICE, "flow = device" };
		return E_OK;
	}
	while (i < n && ((forced && !device[i].always) || !device[i].holds(f)))
		i++;
	if (i < n && forced)
		return err_set(e, E_DENY, "flow.remote", "flow = loopback, but %s", device[i].why);
	if (i < n)
		*out = (struct flow){ IDENTITY_DEVICE, device[i].why };
	else
		*out = (struct flow){ IDENTITY_LOOPBACK,
			forced ? "flow = loopback"
			       : "its session is on this machine and has a display" };
	return E_OK;
}
