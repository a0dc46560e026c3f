/*
 * Where the browser is: on this machine (loopback flow, RFC 8252) or perhaps on another (device
 * flow, RFC 8628). RFC 10027 wants the first wherever it can be had. Pure.
 *
 * Whoever is shown a loopback flow's URL can have any browser open it, and a browser on this
 * machine in which its owner is signed in completes it, perhaps without a click. So it is shown
 * only to those who sit at a display of this machine, and not for an account that has a session of
 * its own here which is not theirs.
 */
#ifndef HELPER_POLICY_FLOW_H
#define HELPER_POLICY_FLOW_H

#include <stdbool.h>
#include <sys/types.h>

#include "common/err.h"
#include "helper/identity.h"
#include "helper/settings.h"

/* What the host, the kernel and logind say; zeroed, nothing is known. No user chooses any of it but
 * for processes of their own. */
struct flow_facts {
	bool elsewhere; /* PAM_RHOST, or an address of sshd's */
	bool session;   /* the host process is part of a login session */
	bool remote;    /* which, or another of its owner's that it may be used from, came from
	                   elsewhere */
	bool display;   /* a person's, graphical, and not about to close */
	uid_t owner;    /* of that session */
	uid_t caller;   /* who runs the host process */
	uid_t account;  /* whose account is asked for; (uid_t)-1 where there is none */
	bool account_is_here; /* the account has sessions of its own */
};

struct flow {
	enum identity_flow flow;
	const char *why; /* a sentence, static */
};

/* E_DENY flow.remote: flow = loopback, and the login comes from another machine. The setting is not
 * none: that is gate_judge's. */
enum errcode flow_choose(struct flow *out, enum settings_flow setting, const struct flow_facts *f,
    struct err *e) __attribute__((warn_unused_result));

#endif
