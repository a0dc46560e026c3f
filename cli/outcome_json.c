/* An outcome as one JSON object; the members are those of latchkey(8), and stay. */
#include "config.h"

#include <jansson.h>

#include "cli/outcome.h"
#include "helper/report.h"

static json_t *
list(const struct strlist *l)
{
	json_t *a = json_array();

	for (size_t i = 0; i < l->n; i++)
		(void)json_array_append_new(a, json_string(l->v[i]));
	return a;
}

/* null: the provider sends none. */
static json_t *
groups(const struct outcome *o)
{
	struct strlist l = { NULL, 0 };
	json_t *a = NULL;

	if (!o->id.has_groups)
		return json_null();
	if (outcome_groups(&l, o) == E_OK)
		a = list(&l);
	strlist_clear(&l);
	return a;
}

static json_t *
amr(const struct identity *id)
{
	json_t *a = json_array();

	for (size_t i = 0; i < id->amr_count; i++)
		(void)json_array_append_new(a, json_string(id->amr[i]));
	return a;
}

static json_t *
person(const struct outcome *o)
{
	const struct identity *id = &o->id;

	return json_pack("{s:s?, s:s?, s:s?, s:o, s:o, s:o, s:I}", "name",
	    id->has_name ? id->name : NULL, "sub", o->sub_known ? id->sub : NULL, "acr",
	    id->has_acr ? id->acr : NULL, "amr", amr(id), "auth_time",
	    id->has_auth_time ? json_integer(id->auth_time) : json_null(), "groups", groups(o),
	    "other_groups", (json_int_t)id->other_groups);
}

static json_t *
account(const struct outcome *o)
{
	return json_pack("{s:s, s:b, s:o, s:b, s:o}", "name", o->account, "exists",
	    (int)o->host.exists, "uid",
	    o->host.exists ? json_integer((json_int_t)o->host.uid) : json_null(), "shared",
	    (int)o->shared, "groups", list(&o->own));
}

static json_t *
rules(const struct outcome *o)
{
	static const char *const word[] = { "yes", "no", "unknown", "spared", "unasked" };
	json_t *all = json_array();
	const char *words;

	for (unsigned i = 0; i < OUTCOME_RULES; i++) {
		enum outcome_answer a = outcome_answer(o, (enum verdict_step)i, &words);

		(void)json_array_append_new(all,
		    json_pack("{s:s, s:s, s:s}", "rule", verdict_step_name((enum verdict_step)i),
		        "answer", word[a], "text", words));
	}
	return all;
}

bool
outcome_print_json(const struct outcome *o, FILE *f)
{
	bool allowed = o->end == MSG_ALLOW;
	const struct strlist none = { NULL, 0 };
	json_t *all = json_pack("{s:s, s:s, s:s, s:s, s:s?, s:s, s:o, s:o, s:o, s:o, s:o}",
	    "verdict", report_verdict_name(o->end), "pam", outcome_pam(o->end), "reason", o->reason,
	    "text", o->text, "rule", outcome_entry(o), "service", o->service, "person", person(o),
	    "account", account(o), "rules", rules(o), "groups",
	    list(allowed ? &o->verdict.groups : &none), "environment",
	    list(allowed ? &o->verdict.env : &none));
	bool done = all != NULL && json_dumpf(all, f, JSON_INDENT(1) | JSON_PRESERVE_ORDER) == 0;

	json_decref(all);
	(void)putc('\n', f);
	return done;
}
