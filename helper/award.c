/* What an allowed login gives to its session. */
#include "config.h"

#include <string.h>

#include "common/text.h"
#include "helper/award.h"
#include "helper/sys/account.h"

#define NAME_MAX_SHOWN (GRANT_STRING_MAX - 32) /* as in the environment */

static bool
copy(struct strlist *to, const struct strlist *from)
{
	for (size_t i = 0; i < from->n; i++)
		if (strlist_add(to, from->v[i], strlen(from->v[i]), GRANT_ENV_MAX) != E_OK)
			return false;
	return true;
}

enum errcode
award_grant(struct grant *g, const struct verdict_login *login, const struct identity *id,
    const struct verdict *v, struct err *e)
{
	char name[NAME_MAX_SHOWN];

	(void)text_escape(name, sizeof(name), id->name, strlen(id->name));
	*g = (struct grant){ .login_id = strdup(login->login_id),
		.account = strdup(login->account),
		.service = strdup(login->service),
		.subject = strdup(id->sub),
		.username = strdup(name) };
	if (g->login_id == NULL || g->account == NULL || g->service == NULL || g->subject == NULL ||
	    g->username == NULL || !copy(&g->env, &v->env))
		return err_set(e, E_NOMEM, NULL, "no memory for the grant");
	return account_gids(&g->gids, &g->gid_count, &v->groups, e);
}
