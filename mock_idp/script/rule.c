/* One rule of a script, read. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mock_idp/control/control.h"
#include "mock_idp/jose/jwkset.h"
#include "mock_idp/jose/mint.h"
#include "mock_idp/script/expand.h"
#include "mock_idp/script/location.h"
#include "mock_idp/script/patch.h"
#include "mock_idp/script/rule.h"
#include "mock_idp/script/shape.h"
#include "mock_idp/script/textfile.h"

#define COMMANDS_MAX 32
#define NAME_MAX_LEN 128

struct reading {
	struct rule *rule;
	const char *dir;
};

static bool
is_connect(const struct rule *r)
{
	return strcmp(r->match.ep, MATCH_CONNECT) == 0;
}

static enum errcode
take_command(void *arg, json_t *v, const struct where *at, struct err *e)
{
	char why[CONTROL_WHY_SIZE];

	(void)arg;
	return control_refusal(json_string_value(v), why) == NULL ? E_OK
	                                                          : where_err(at, e, "%s", why);
}

static enum errcode
take_do(void *arg, json_t *v, const struct where *at, struct err *e)
{
	((struct reading *)arg)->rule->run = v;
	return shape_array(v, SHAPE_TEXT, COMMANDS_MAX, take_command, NULL, at, e);
}

static enum errcode
take_reply(void *arg, json_t *v, const struct where *at, struct err *e)
{
	const struct reading *r = arg;
	const char *file = json_string_value(json_object_get(v, "file"));
	const struct where here = { at, "file", 0 };
	enum errcode code = patch_check(v, at, e);

	r->rule->reply = v;
	r->rule->instead = patch_replaces(v);
	if (code != E_OK || file == NULL)
		return code;
	if (r->dir == NULL)
		return where_err(&here, e, "a built-in scenario has no files");
	return textfile_read(&r->rule->content, r->dir, file, &here, e);
}

static enum errcode
take_redirect(void *arg, json_t *v, const struct where *at, struct err *e)
{
	((struct reading *)arg)->rule->redirect = v;
	return location_check(v, at, e);
}

static enum errcode
take_token(void *arg, json_t *v, const struct where *at, struct err *e)
{
	struct err inner = { .code = E_OK };

	((struct reading *)arg)->rule->token = v;
	if (mint_check(v, &inner) != E_OK)
		return where_inside(at, e, &inner);
	return expand_check(v, at, e);
}

static enum errcode
take_jwks(void *arg, json_t *v, const struct where *at, struct err *e)
{
	struct err inner = { .code = E_OK };

	((struct reading *)arg)->rule->jwks = v;
	if (jwkset_check(v, &inner) != E_OK)
		return where_inside(at, e, &inner);
	return expand_check(v, at, e);
}

static enum errcode
take_wire(void *arg, json_t *v, const struct where *at, struct err *e)
{
	struct rule *r = ((struct reading *)arg)->rule;
	struct err inner = { .code = E_OK };

	r->has_fault = true;
	return fault_parse(v, is_connect(r) ? FAULT_OF_CONNECTION : FAULT_OF_ANSWER, &r->fault,
	           &inner) == E_OK
	    ? E_OK
	    : where_inside(at, e, &inner);
}

static enum errcode
take_tls(void *arg, json_t *v, const struct where *at, struct err *e)
{
	struct rule *r = ((struct reading *)arg)->rule;
	struct err inner = { .code = E_OK };

	r->has_tls = true;
	return tlsfault_parse(v, &r->tls, &inner) == E_OK ? E_OK : where_inside(at, e, &inner);
}

/* What a rule can want, and of which endpoints; NULL: of every request. */
static const struct facet {
	const char *name;
	const char *eps[3];
	bool of_connect;
	shape_fn *fn;
} facets[] = {
	{ "do", { NULL }, true, take_do },
	{ "reply", { NULL }, false, take_reply },
	{ "redirect", { "authorization" }, false, take_redirect },
	{ "token", { "token", "userinfo" }, false, take_token },
	{ "jwks", { "jwks" }, false, take_jwks },
	{ "wire", { NULL }, true, take_wire },
	{ "tls", { MATCH_CONNECT }, true, take_tls },
};

static bool
fits(const struct facet *f, const struct rule *r)
{
	if (f->eps[0] == NULL)
		return f->of_connect || !is_connect(r);
	for (size_t i = 0; f->eps[i] != NULL; i++)
		if (strcmp(f->eps[i], r->match.ep) == 0)
			return true;
	return false;
}

static enum errcode
misplaced(const struct facet *f, const char *ep, const struct where *at, struct err *e)
{
	if (f->eps[0] == NULL)
		return where_err(at, e, "is not for ep %s", ep);
	return where_err(at, e, "is for ep %s%s%s, not for %s", f->eps[0],
	    f->eps[1] == NULL ? "" : " or ", f->eps[1] == NULL ? "" : f->eps[1], ep);
}

static enum errcode
take_facets(struct reading *r, const struct where *at, struct err *e)
{
	enum errcode code = E_OK;

	for (size_t i = 0; i < sizeof(facets) / sizeof(facets[0]) && code == E_OK; i++) {
		const struct facet *f = &facets[i];
		const struct where here = { at, f->name, 0 };
		json_t *v = json_object_get(r->rule->doc, f->name);

		if (v == NULL)
			continue;
		if (!fits(f, r->rule))
			return misplaced(f, r->rule->match.ep, &here, e);
		code = f->fn(r, v, &here, e);
	}
	return code;
}

/* An endpoint that hands out nothing has no token and no Location to change. */
static enum errcode
check_together(const struct rule *r, const struct where *at, struct err *e)
{
	if (r->instead && (r->token != NULL || r->jwks != NULL || r->redirect != NULL))
		return where_err(at, e, "reply replaces the answer: %s has nothing to change",
		    r->token != NULL      ? "token"
		        : r->jwks != NULL ? "jwks"
		                          : "redirect");
	return E_OK;
}

static enum errcode
take_name(struct rule *r, size_t index, const struct where *at, struct err *e)
{
	const struct where here = { at, "name", 0 };
	const json_t *v = json_object_get(r->doc, "name");
	char text[32];

	(void)snprintf(text, sizeof(text), "rules[%zu]", index);
	if (v != NULL && (json_string_length(v) == 0 || json_string_length(v) > NAME_MAX_LEN))
		return where_err(&here, e, "must have 1 to %d bytes", NAME_MAX_LEN);
	r->name = strdup(v == NULL ? text : json_string_value(v));
	return r->name != NULL ? E_OK : err_set(e, E_NOMEM, NULL, "out of memory");
}

enum errcode
rule_parse(struct rule *out, json_t *doc, size_t index, const char *dir, const struct where *at,
    struct err *e)
{
	static const struct shape_member members[] = {
		{ "name", SHAPE_TEXT, false, NULL },
		{ "match", SHAPE_OBJECT, true, NULL },
		{ "do", SHAPE_ARRAY, false, NULL },
		{ "reply", SHAPE_OBJECT, false, NULL },
		{ "redirect", SHAPE_OBJECT, false, NULL },
		{ "token", SHAPE_OBJECT, false, NULL },
		{ "jwks", SHAPE_OBJECT, false, NULL },
		{ "wire", SHAPE_ARRAY, false, NULL },
		{ "tls", SHAPE_OBJECT, false, NULL },
		{ NULL, 0, false, NULL },
	};
	const struct where match = { at, "match", 0 };
	struct reading r = { out, dir };
	enum errcode code;

	out->doc = json_incref(doc);
	if ((code = shape_object(doc, members, NULL, at, e)) != E_OK ||
	    (code = take_name(out, index, at, e)) != E_OK ||
	    (code = match_parse(&out->match, json_object_get(doc, "match"), &match, e)) != E_OK ||
	    (code = take_facets(&r, at, e)) != E_OK)
		return code;
	return check_together(out, at, e);
}

void
rule_clear(struct rule *r)
{
	if (r->has_fault)
		fault_clear(&r->fault);
	buf_free(r->content);
	free(r->name);
	json_decref(r->doc);
	memset(r, 0, sizeof(*r));
}
