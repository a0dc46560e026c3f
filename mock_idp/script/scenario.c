/* Scenarios of the built-in list: their scripts, and the list itself. */
#include "config.h"

#include <string.h>

#include "mock_idp/script/heads.h"
#include "mock_idp/script/scenario.h"

/* The script without the head. */
static json_t *
body_of(const json_t *head)
{
	static const char *const of_script[] = { "options", "rules" };
	json_t *o = json_object();

	for (size_t i = 0; i < sizeof(of_script) / sizeof(of_script[0]); i++)
		if (json_object_get(head, of_script[i]) != NULL)
			(void)json_object_set(o, of_script[i], json_object_get(head, of_script[i]));
	return o;
}

static enum errcode
take_script(struct script **out, const json_t *head, const char *name, struct err *e)
{
	const struct where at = { NULL, name, 0 };
	json_t *body = body_of(head);
	enum errcode r = script_take(out, body, &at, NULL, e);

	json_decref(body);
	if (r == E_OK && pairs_get(&(*out)->options, "auto") == NULL &&
	    (r = pairs_add(&(*out)->options, "auto", SCENARIO_AUTO)) != E_OK) {
		script_free(*out);
		*out = NULL;
		(void)err_set(e, r, NULL, "too many options");
	}
	return r;
}

enum errcode
scenario_script(struct script **out, const struct text *texts, const char *name, struct err *e)
{
	json_t *all = NULL, *head;
	enum errcode r = heads_read_file(&all, texts, name, e);

	if (r != E_OK)
		return r;
	if ((head = heads_find(all, name)) != NULL)
		r = take_script(out, head, name, e);
	else
		r = err_set(e, E_CFG, NULL, "no such scenario: %.64s; --list names them", name);
	json_decref(all);
	return r;
}

static bool
print_lines(FILE *to, const json_t *all)
{
	static const char *const column[] = { "name", "class", "reason" };
	int width[3] = { 0 };
	bool ok = true;

	for (size_t i = 0; i < json_array_size(all); i++)
		for (size_t k = 0; k < 3; k++) {
			int len = (int)strlen(heads_text(json_array_get(all, i), column[k]));

			width[k] = len > width[k] ? len : width[k];
		}
	for (size_t i = 0; i < json_array_size(all) && ok; i++) {
		const json_t *o = json_array_get(all, i);

		ok = fprintf(to, "%-*s  %-*s  %-*s  %s\n", width[0], heads_text(o, "name"),
		         width[1], heads_text(o, "class"), width[2], heads_text(o, "reason"),
		         heads_text(o, "serves")) > 0;
	}
	return ok;
}

static json_t *
shown(const json_t *head)
{
	static const char *const names[] = { "rows", "serves", "class", "reason", "twin", "needs",
		"then", "browser", "options", "shows" };
	json_t *o = json_pack("{s:O}", "id", json_object_get(head, "name"));

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (json_object_get(head, names[i]) != NULL)
			(void)json_object_set(o, names[i], json_object_get(head, names[i]));
	/* the provider as it is: needs or browser say what else is asked */
	if (json_array_size(json_object_get(head, "rules")) == 0 &&
	    json_object_size(json_object_get(head, "options")) == 0)
		(void)json_object_set_new(o, "plain", json_true());
	return o;
}

static bool
print_json(FILE *to, const json_t *all)
{
	json_t *list = json_array();
	bool ok;

	for (size_t i = 0; i < json_array_size(all); i++)
		(void)json_array_append_new(list, shown(json_array_get(all, i)));
	ok = json_dumpf(list, to, JSON_INDENT(1)) == 0 && fputc('\n', to) == '\n';
	json_decref(list);
	return ok;
}

enum errcode
scenario_list(FILE *to, const struct text *texts, bool as_json, struct err *e)
{
	json_t *all = NULL;
	enum errcode r = heads_read(&all, texts, e);
	bool ok = r == E_OK && (as_json ? print_json(to, all) : print_lines(to, all));

	json_decref(all);
	if (r == E_OK && (!ok || fflush(to) != 0))
		r = err_set(e, E_SYS, NULL, "cannot write");
	return r;
}
