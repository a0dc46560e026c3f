/* scenario_table PROGRAM: doc/scenarios.md, made of what PROGRAM --list --json says. */
#include "config.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/idp/process.h"

static const struct {
	const char *name, *title;
} family[] = {
	{ "disc", "Discovery" },
	{ "dev", "The device flow" },
	{ "tok", "Answers of the token endpoint" },
	{ "idt", "ID tokens: claims, algorithms, signatures" },
	{ "jws", "ID tokens: their spelling and their header" },
	{ "jwks", "Key sets" },
	{ "ui", "UserInfo" },
	{ "usr", "Who it was" },
	{ "grp", "Groups" },
	{ "cb", "The loopback redirect" },
	{ "par", "Pushed authorization requests" },
	{ "rev", "Revocation" },
	{ "rt", "Refresh" },
	{ "net", "Bytes, connections, HTTP" },
	{ "tls", "Certificates and versions" },
	{ "pace", "The pace of polls" },
	{ "cfg", "What the relying party is set to" },
};
#define FAMILIES (sizeof(family) / sizeof(family[0]))

static const char *
text(const json_t *s, const char *name)
{
	const char *v = json_string_value(json_object_get(s, name));

	return v == NULL ? "" : v;
}

static bool
is_of(const json_t *s, const char *name)
{
	size_t n = strlen(name);

	return strncmp(text(s, "id"), name, n) == 0 && text(s, "id")[n] == '.';
}

/* A '|' would end the cell. */
static void
put(const char *s)
{
	for (; *s != '\0'; s++)
		(void)printf(*s == '|' ? "\\|" : "%c", *s);
}

static void
put_code(const char *s)
{
	if (*s != '\0')
		(void)printf("`%s`", s);
}

static void
put_row(const json_t *s)
{
	const json_t *rows = json_object_get(s, "rows");

	(void)fputs("| ", stdout);
	put_code(text(s, "id"));
	(void)fputs(" | ", stdout);
	put(text(s, "serves"));
	if (text(s, "needs")[0] != '\0') {
		(void)fputs(" (needs ", stdout);
		put(text(s, "needs"));
		(void)fputs(")", stdout);
	}
	(void)printf(" | %s | ", text(s, "class"));
	put_code(text(s, "reason"));
	(void)fputs(" | ", stdout);
	put_code(text(s, "twin"));
	(void)fputs(" | ", stdout);
	for (size_t i = 0; i < json_array_size(rows); i++)
		(void)printf("%s%s", i == 0 ? "" : " ", json_string_value(json_array_get(rows, i)));
	(void)fputs(" |\n", stdout);
}

static size_t
members(const json_t *all, const char *name)
{
	size_t n = 0;

	for (size_t i = 0; i < json_array_size(all); i++)
		n += is_of(json_array_get(all, i), name);
	return n;
}

/* The address of a heading within the page: small letters, blanks as dashes, no punctuation. */
static void
put_anchor(const char *title)
{
	for (; *title != '\0'; title++)
		if (*title == ' ')
			(void)putchar('-');
		else if (isalnum((unsigned char)*title))
			(void)putchar(tolower((unsigned char)*title));
}

static void
put_contents(const json_t *all)
{
	(void)fputs("\n| names | what they are about | how many |\n|---|---|---|\n", stdout);
	for (size_t k = 0; k < FAMILIES; k++) {
		(void)printf("| `%s.*` | [%s](#", family[k].name, family[k].title);
		put_anchor(family[k].title);
		(void)printf(") | %zu |\n", members(all, family[k].name));
	}
}

static void
put_head(size_t n)
{
	(void)printf(
	    "# Scenarios of the mock provider\n\n"
	    "%zu answers, good and hostile, by name: `latchkey-mock-idp --scenario NAME` "
	    "serves one, and `--list` prints them all. This page is made of\n"
	    "`--list --json` by `tests/component/mock/scenario_table`; a test holds the "
	    "two together. [mock-idp-in-ci.md](mock-idp-in-ci.md) runs the list.\n\n"
	    "- **expected**: what a relying party has to make of it. OK: the login "
	    "succeeds. REQ: it succeeds, and the journal tells whether the requests were\n"
	    "  right. Else there must be no login. CFG (set up wrongly), NET (not reached), "
	    "TLS, PROTO (nonsense), BUSY (asked too often): the provider cannot\n"
	    "  be used. KEYS, TOK (structure or signature of a token), CLM (claims), CB (the "
	    "way back), DENY, EXP (too late), NAME (somebody else): refused.\n"
	    "  POL: known, but not allowed.\n"
	    "- **reason**: the id that Latchkey gives for it. Its own tests try every one that "
	    "needs no browser; once the code was shown it refuses PROTO as it\n"
	    "  does CLM, since whoever approves chooses what the answers hold.\n"
	    "- **twin**: the scenario that must succeed, and differs from this one in one "
	    "thing.\n"
	    "- **needs**: what the relying party has to be set to, or has to meet; "
	    "`loopback` is the authorization code flow, `userinfo` that groups or name\n"
	    "  are asked for there.\n"
	    "- **rows**: numbers of the test matrix that this list was made from; tests "
	    "name them.\n",
	    n);
}

int
main(int argc, char *argv[])
{
	char list[] = "--list", json[] = "--json";
	char *words[] = { argc == 2 ? argv[1] : NULL, list, json, NULL };
	json_t *all = argc == 2 ? process_json(words) : NULL;
	size_t shown = 0;

	if (all == NULL)
		return 99;
	put_head(json_array_size(all));
	put_contents(all);
	for (size_t k = 0; k < FAMILIES; k++) {
		(void)printf("\n## %s\n\n| scenario | served | expected | reason | twin | rows |\n"
		             "|---|---|---|---|---|---|\n",
		    family[k].title);
		for (size_t i = 0; i < json_array_size(all); i++)
			if (is_of(json_array_get(all, i), family[k].name)) {
				put_row(json_array_get(all, i));
				shown++;
			}
	}
	if (shown != json_array_size(all))
		(void)fprintf(stderr, "%zu of %zu scenarios are of an unknown family\n",
		    json_array_size(all) - shown, json_array_size(all));
	shown -= json_array_size(all);
	json_decref(all);
	return shown == 0 ? 0 : 1;
}
