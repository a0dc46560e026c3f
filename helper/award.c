/* What an allowed login gives to its session. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "helper/award.h"
#include "helper/sys/account.h"

#define NAME_MAX_SHOWN (GRANT_STRING_MAX - 32) /* so that NAME=VALUE fits as well */

static bool
put_variable(struct grant *g, const char *name, const char *value)
{
	char *line = NULL;
	bool ok = asprintf(&line, "%s=%s", name, value) >= 0 &&
	    strlist_add(&g->env, line, strlen(line), GRANT_ENV_MAX) == E_OK;

	free(line);
	return ok;
}

enum errcode
award_grant(struct grant *g, const struct verdict_login *login, const struct identity *id,
    const struct verdict *v, bool session_env, struct err *e)
{
	char name[NAME_MAX_SHOWN];

	(void)text_escape(name, sizeof(name), id->name, strlen(id->name));
	*g = (struct grant){ .login_id = strdup(login->login_id),
		.account = strdup(login->account),
		.service = strdup(login->service),
		.subject = strdup(id->sub),
		.username = strdup(name) };
	if (g->login_id == NULL || g->account == NULL || g->service == NULL || g->subject == NULL ||
	    g->username == NULL ||
	    (session_env &&
	        (!put_variable(g, "LATCHKEY_SUBJECT", id->sub) ||
	            !put_variable(g, "LATCHKEY_USERNAME", name))))
		return err_set(e, E_NOMEM, NULL, "no memory for the grant");
	return account_gids(&g->gids, &g->gid_count, &v->groups, e);
}
