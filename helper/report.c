/* How a login ended. */
#include "config.h"

#include <inttypes.h>
#include <stdio.h>
#include <syslog.h>

#include "helper/report.h"

enum msg_verdict
report_verdict(enum errcode code)
{
	switch (code) {
	case E_OK:
		return MSG_ALLOW;
	case E_NOMEM:
	case E_SYS:
	case E_LIMIT:
	case E_FORMAT:
		return MSG_SYSTEM;
	case E_CFG:
	case E_NET:
	case E_TLS:
	case E_PROTO:
		return MSG_UNAVAILABLE;
	case E_TIMEOUT:
	case E_KEYS:
	case E_TOK:
	case E_CLM:
	case E_CB:
	case E_DENY:
	case E_EXP:
	case E_NAME:
		return MSG_REFUSED;
	case E_POL:
		return MSG_FORBIDDEN;
	case E_CLOSED:
	case E_CONV:
		return MSG_CANCELLED;
	case E_BUSY:
		return MSG_TOO_OFTEN;
	case E_UNKNOWN:
		return MSG_USER_UNKNOWN;
	}
	return MSG_SYSTEM;
}

const char *
report_verdict_name(enum msg_verdict v)
{
	switch (v) {
	case MSG_ALLOW:
		return "allow";
	case MSG_IGNORE:
		return "ignore";
	case MSG_USER_UNKNOWN:
		return "unknown";
	case MSG_UNAVAILABLE:
		return "unavailable";
	case MSG_SYSTEM:
		return "error";
	case MSG_REFUSED:
	case MSG_FORBIDDEN:
		return "deny";
	case MSG_CANCELLED:
		return "cancel";
	case MSG_TOO_OFTEN:
		return "limit";
	}
	return "none";
}

const char *
report_flow_name(enum identity_flow flow)
{
	switch (flow) {
	case IDENTITY_DEVICE:
		return "device";
	case IDENTITY_LOOPBACK:
		return "loopback";
	}
	return "";
}

int
report_priority(enum msg_verdict v, enum errcode code)
{
	if (code == E_CFG)
		return LOG_CRIT;
	switch (v) {
	case MSG_ALLOW:
	case MSG_IGNORE:
		return LOG_INFO;
	case MSG_UNAVAILABLE:
		return LOG_WARNING;
	case MSG_SYSTEM:
		return LOG_ERR;
	case MSG_USER_UNKNOWN:
	case MSG_REFUSED:
	case MSG_FORBIDDEN:
	case MSG_CANCELLED:
	case MSG_TOO_OFTEN:
		break;
	}
	return LOG_NOTICE;
}

/* A sentence for people: '90 seconds' reads better in the log's quotes than \x2290 seconds\x22. */
static void
add_why(struct logline *l, const char *why)
{
	char text[ERR_TEXT_MAX];

	(void)snprintf(text, sizeof(text), "%s", why == NULL ? "" : why);
	for (char *p = text; *p != '\0'; p++)
		if (*p == '"')
			*p = '\'';
	if (text[0] != '\0')
		logline_add(l, "why", text);
}

static void
add_known(struct logline *l, const char *key, const char *value)
{
	if (value != NULL && value[0] != '\0')
		logline_add(l, key, value);
}

void
report_line(struct logline *l, const struct report *r)
{
	logline_init(l);
	logline_add(l, "login", r->login_id);
	logline_add(l, "verdict", report_verdict_name(r->verdict));
	logline_add(l, "reason", r->reason);
	logline_add(l, "user", r->user);
	logline_add(l, "service", r->service);
	add_known(l, "rhost", r->rhost);
	add_known(l, "tty", r->tty);
	add_known(l, "ruser", r->ruser);
	add_known(l, "flow", r->flow);
	add_known(l, "sub", r->sub);
	add_known(l, "name", r->name);
	add_known(l, "groups", r->groups);
	add_known(l, "rule", r->rule);
	logline_addf(l, "ms", "%" PRId64, r->ms);
	if (r->verdict != MSG_ALLOW)
		add_why(l, r->why);
}
