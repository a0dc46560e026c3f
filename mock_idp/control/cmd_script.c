/* Commands about the script. */
#include "config.h"

#include "mock_idp/control/cmd.h"
#include "mock_idp/script/scenario.h"
#include "mock_idp/settings.h"

static json_t *
told(const struct world *w)
{
	return json_pack(
	    "{s:b, s:I}", "ok", 1, "rules", (json_int_t)(w->script == NULL ? 0 : w->script->n));
}

/* more, which is taken over, in the place of the script or behind it. What cannot be set is tried
 * before anything is lost. */
static json_t *
install(struct world *w, struct script *more, bool replace)
{
	struct script *old = w->script;
	struct err e = { .code = E_OK };
	enum errcode r;

	w->script = more;
	r = settings_renew(w, &e);
	if (r == E_OK && replace) {
		script_free(old);
		script_restart(w->script);
		return told(w);
	}
	w->script = old;
	if (r == E_OK)
		r = script_append(&w->script, more, &e);
	else
		script_free(more);
	if (settings_renew(w, &e) != E_OK || r != E_OK)
		return cmd_failed(e.text);
	return told(w);
}

static json_t *
load(struct cmd *cmd, bool replace)
{
	struct err e = { .code = E_OK };
	struct script *s = NULL;

	return script_read(&s, cmd->word[1], &e) == E_OK ? install(cmd->w, s, replace)
	                                                 : cmd_failed(e.text);
}

json_t *
cmd_load(struct cmd *cmd)
{
	return load(cmd, true);
}

json_t *
cmd_append(struct cmd *cmd)
{
	return load(cmd, false);
}

json_t *
cmd_scenario(struct cmd *cmd)
{
	struct err e = { .code = E_OK };
	struct script *s = NULL;

	return scenario_script(&s, texts_builtin, cmd->word[1], &e) == E_OK
	    ? install(cmd->w, s, true)
	    : cmd_failed(e.text);
}

json_t *
cmd_unload(struct cmd *cmd)
{
	struct err e = { .code = E_OK };

	script_free(cmd->w->script);
	cmd->w->script = NULL;
	return settings_renew(cmd->w, &e) == E_OK ? told(cmd->w) : cmd_failed(e.text);
}
