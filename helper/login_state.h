/* One login, as the steps of login.c share it. */
#ifndef HELPER_LOGIN_STATE_H
#define HELPER_LOGIN_STATE_H

#include <sys/utsname.h>

#include "helper/keep.h"
#include "helper/login.h"
#include "helper/policy/flow.h"
#include "helper/policy/verdict.h"
#include "helper/session.h"
#include "helper/settings.h"
#include "helper/sys/account.h"
#include "helper/toll.h"
#include "helper/worker_proc.h"
#include "proto/ticket.h"

struct login {
	const struct login_paths *paths;
	const struct clock *clock;
	struct session session;
	struct msg start; /* MSG_START once the session is open */
	struct settings *settings;
	const struct settings_login *rules; /* borrowed from settings */
	struct account account;
	const char *exempt;      /* reason id of an IGNORE, NULL: none */
	int64_t began, deadline; /* boot ms */
	int64_t expires;         /* boot ms; of the code, never behind deadline */
	int64_t began_wall;
	struct utsname host;
	struct worker_proc worker;
	struct flow flow;
	struct ipc_msg job, code, browse, facts;
	struct keep keep;
	struct toll toll;
	bool quiet; /* the log has its line about this already */
	uint32_t prepare_ms;
	int64_t next_ask; /* a decoy's pace, boot ms */
	struct verdict verdict;
	struct grant grant;
	char ticket[TICKET_NAME_LEN + 1];
	struct err err;
};

#endif
