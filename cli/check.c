/* latchkey check: every mistake of the configuration at once, and what is legal and unwise. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>

#include "cli/cli.h"
#include "cli/host.h"
#include "cli/place.h"
#include "cli/words.h"

static const char usage[] = "usage: latchkey check [--conf FILE] [--strict] [--json]\n";

struct check {
	struct place place;
	bool strict, json;
	struct faults faults;
	struct strlist warnings;
};

/* "FILE:LINE: text" or "FILE: text" as {"level", "reason"?, "file", "line"?, "text"}. */
static json_t *
finding(const char *level, const char *reason, const char *text)
{
	const char *colon = strstr(text, ": "), *number;
	size_t len = colon == NULL ? 0 : (size_t)(colon - text);
	json_t *o = json_pack("{s:s}", "level", level);

	if (reason != NULL)
		(void)json_object_set_new(o, "reason", json_string(reason));
	number = memrchr(text, ':', len);
	if (number != NULL && number + 1 < colon &&
	    strspn(number + 1, "0123456789") == (size_t)(colon - number - 1)) {
		(void)json_object_set_new(o, "line", json_integer(atol(number + 1)));
		len = (size_t)(number - text);
	}
	if (colon != NULL)
		(void)json_object_set_new(o, "file", json_stringn(text, len));
	(void)json_object_set_new(o, "text", json_string(colon == NULL ? text : colon + 2));
	return o;
}

static void
print_json(const struct check *c)
{
	json_t *all = json_array();

	for (size_t i = 0; i < c->faults.n; i++)
		(void)json_array_append_new(
		    all, finding("error", c->faults.v[i].reason, c->faults.v[i].text));
	for (size_t i = 0; i < c->warnings.n; i++)
		(void)json_array_append_new(all, finding("warning", NULL, c->warnings.v[i]));
	(void)json_dumpf(all, stdout, JSON_INDENT(1) | JSON_PRESERVE_ORDER);
	(void)putchar('\n');
	json_decref(all);
}

static void
print_text(const struct check *c)
{
	for (size_t i = 0; i < c->faults.n; i++)
		(void)printf("error: %s\n", c->faults.v[i].text);
	for (size_t i = 0; i < c->warnings.n; i++)
		(void)printf("warning: %s\n", c->warnings.v[i]);
	if (c->faults.n == 0)
		(void)printf("%s: the configuration is valid\n", c->place.conf);
	else
		(void)printf("%zu %s\n", c->faults.n, c->faults.n == 1 ? "mistake" : "mistakes");
}

static enum errcode
look(struct check *c, struct err *e)
{
	const struct host host = { .pam = SYSCONFDIR "/pam.d",
		.ssh = SYSCONFDIR "/ssh",
		.login_defs = SYSCONFDIR "/login.defs",
		.cache = LOCALSTATEDIR "/cache/latchkey",
		.conf = c->place.conf };
	struct settings *s = NULL;
	enum errcode r;

	r = settings_survey(
	    &s, &c->faults, PKGDATADIR "/latchkey.conf", c->place.conf, geteuid(), e);
	if (r == E_OK && s != NULL) {
		c->warnings = s->warnings;
		s->warnings = (struct strlist){ NULL, 0 };
		r = host_warn(&c->warnings, s, &host, e);
	}
	settings_free(s);
	return r;
}

int
check_main(int argc, char *argv[])
{
	struct check c = { .strict = false };
	const struct words_row rows[] = {
		{ "--conf", &c.place.conf, NULL },
		{ "--strict", NULL, &c.strict },
		{ "--json", NULL, &c.json },
	};
	struct err e = { .code = E_OK };
	bool bad;

	if (!words_take(rows, sizeof(rows) / sizeof(rows[0]), argc, argv)) {
		(void)fputs(usage, stderr);
		return CLI_USAGE;
	}
	place_fill(&c.place);
	if (look(&c, &e) != E_OK)
		return place_complain("check", CLI_USAGE, &e);
	(c.json ? print_json : print_text)(&c);
	bad = c.faults.n > 0 || (c.strict && c.warnings.n > 0);
	faults_clear(&c.faults);
	strlist_clear(&c.warnings);
	return bad ? CLI_REFUSED : CLI_OK;
}
