/* The command line. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "common/num.h"
#include "mock_idp/options.h"
#include "mock_idp/settings.h"
#include "mock_idp/wire/certs.h"

const char options_usage[] = "usage: latchkey-mock-idp [OPTION ...]\n"
                             "       latchkey-mock-idp --list [--json]\n"
                             "       latchkey-mock-idp ctl SOCKET COMMAND [WORD ...]\n"
                             "       latchkey-mock-idp browser [OPTION ...] URL\n";

/* long enough that nobody types it by mistake, and that a reviewer stops at it */
#define BEYOND "--listen-beyond-loopback-i-know-this-is-a-test-provider"
#define HELP_COLUMN 28
#define A_FILE "a file"
#define FOLDER "a folder"
#define NOW_MAX 4102444799       /* 2099-12-31, the end of a seed's certificates */
#define NOW_OF_A_SEED 1800000000 /* 2027-01-15 08:00:00 UTC */

static bool
set_port(struct options *o, const char *v)
{
	uint64_t n;

	if (!num_parse(v, 0, 65535, &n))
		return false;
	o->port = (uint16_t)n;
	return true;
}

/* As a certificate and a URL may say it, in lower case. */
static bool
set_host(struct options *o, const char *v)
{
	size_t n = strspn(v, "abcdefghijklmnopqrstuvwxyz0123456789-.");

	o->host = v;
	return n > 0 && n < CERTS_HOST_MAX && v[n] == '\0' && v[0] != '.' && v[0] != '-';
}

static bool
set_listen(struct options *o, const char *v)
{
	return address_parse(&o->listen, v);
}

static bool
set_beyond_loopback(struct options *o, const char *v)
{
	(void)v;
	o->beyond_loopback = true;
	return true;
}

static bool
set_exit_with_stdin(struct options *o, const char *v)
{
	(void)v;
	o->exit_with_stdin = true;
	return true;
}

static bool
set_users(struct options *o, const char *v)
{
	o->users = v;
	return true;
}

static bool
set_state(struct options *o, const char *v)
{
	o->state = v;
	return *v != '\0';
}

static bool
set_control(struct options *o, const char *v)
{
	o->control = v;
	return *v != '\0';
}

static bool
set_journal(struct options *o, const char *v)
{
	o->journal = v;
	return *v != '\0';
}

static bool
set_journal_raw(struct options *o, const char *v)
{
	(void)v;
	o->journal_raw = true;
	return true;
}

static bool
add_script(struct options *o, bool scenario, const char *v)
{
	if (*v == '\0' || o->nscripts == OPTIONS_WORDS)
		return false;
	o->scripts[o->nscripts].scenario = scenario;
	o->scripts[o->nscripts++].word = v;
	return true;
}

static bool
set_script(struct options *o, const char *v)
{
	return add_script(o, false, v);
}

static bool
set_scenario(struct options *o, const char *v)
{
	return add_script(o, true, v);
}

static bool
set_list(struct options *o, const char *v)
{
	(void)v;
	o->list = true;
	return true;
}

static bool
set_json(struct options *o, const char *v)
{
	(void)v;
	o->json = true;
	return true;
}

static bool
set_seed(struct options *o, const char *v)
{
	o->seeded = num_parse(v, 0, UINT64_MAX, &o->seed);
	return o->seeded;
}

static bool
set_now(struct options *o, const char *v)
{
	uint64_t n;

	if (!num_parse(v, 1, NOW_MAX, &n))
		return false;
	o->now = (int64_t)n;
	return true;
}

static bool
set_help(struct options *o, const char *v)
{
	(void)v;
	o->help = true;
	return true;
}

static bool
set_version(struct options *o, const char *v)
{
	(void)v;
	o->version = true;
	return true;
}

static const struct option_row {
	const char *name;
	const char *argument; /* NULL: takes none */
	bool (*set)(struct options *, const char *);
	const char *help;
	const char *wanted; /* behind "must be" when a value is none of it */
} rows[] = {
	{ "--port", "N", set_port, "listen there; 0, the default: any that is free",
	    "a number from 0 to 65535" },
	{ "--listen", "ADDRESS", set_listen, "not 127.0.0.1, but [::1] or another of 127/8",
	    "an address, not a name" },
	{ "--host", "NAME", set_host, "the issuer's, in place of that address",
	    "a name in lower case" },
	{ BEYOND, NULL, set_beyond_loopback, "--listen takes what others can reach, too", NULL },
	{ "--exit-with-stdin", NULL, set_exit_with_stdin, "end when standard input closes", NULL },
	{ "--users", "FILE", set_users, "more users and clients, or others", NULL },
	{ "--state", "DIR", set_state, "for ca.pem and control.sock; default: a fresh one",
	    FOLDER },
	{ "--control", "PATH", set_control, "where the control socket is put", "a path" },
	{ "--journal", "FILE", set_journal, "append each request as a line of JSON", A_FILE },
	{ "--journal-raw", NULL, set_journal_raw, "with secrets in it", NULL },
	{ "--script", "FILE", set_script, "answer by its rules; may stand there again", A_FILE },
	{ "--scenario", "NAME", set_scenario, "the same, from the built-in list",
	    "a name of the list (--list)" },
	{ "--list", NULL, set_list, "print that list: name, class, reason, what is served", NULL },
	{ "--json", NULL, set_json, "print all that is known of each", NULL },
	{ "--seed", "N", set_seed, "draw keys, codes and all else from that number",
	    "a number from 0 to 18446744073709551615" },
	{ "--now", "SECONDS", set_now, "the clock stands there, since 1970",
	    "a number of seconds since 1970, 2099 at most" },
	{ "--help", NULL, set_help, "this", NULL },
	{ "--version", NULL, set_version, "which one it is", NULL },
};

/* "--name" or "--name=...": how long the name is; *value stands behind the '=', or is NULL. */
static size_t
split(const char *word, const char **value)
{
	size_t n = strcspn(word, "=");

	*value = word[n] == '=' ? word + n + 1 : NULL;
	return n;
}

static const struct option_row *
find_row(const char *word, size_t n)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strlen(rows[i].name) == n && strncmp(rows[i].name, word, n) == 0)
			return &rows[i];
	return NULL;
}

static const struct settings_row *
find_setting(const char *word, size_t n)
{
	return n < 3 || strncmp(word, "--", 2) != 0 ? NULL : settings_find(word + 2, n - 2);
}

static bool
give(struct options *o, const struct settings_row *row, const char *value)
{
	if (row->kind == SETTINGS_FLAG)
		value = "yes";
	if (!settings_fits(row, value) || o->ngiven == OPTIONS_WORDS)
		return false;
	o->given[o->ngiven].name = row->name;
	o->given[o->ngiven++].value = value;
	return true;
}

static enum errcode
unknown(const char *word, struct err *e)
{
	if (strcmp(word, "ctl") == 0)
		return err_set(e, E_CFG, NULL, "ctl takes a socket and a command, before all else");
	if (*word != '-')
		return err_set(e, E_CFG, NULL, "unexpected word \"%.64s\"", word);
	return err_set(e, E_CFG, NULL, "unknown option %.64s; --help lists them", word);
}

/* One option at argv[*i], which moves to the last word of it. */
static enum errcode
take(struct options *o, int argc, char *const argv[], int *i, struct err *e)
{
	const char *word = argv[*i], *value;
	size_t n = split(word, &value);
	const struct option_row *row = find_row(word, n);
	const struct settings_row *setting = row == NULL ? find_setting(word, n) : NULL;
	bool takes_value;

	if (row == NULL && setting == NULL)
		return unknown(word, e);
	takes_value = row != NULL ? row->argument != NULL : setting->kind != SETTINGS_FLAG;
	if (takes_value && value == NULL && *i + 1 < argc)
		value = argv[++*i];
	if (takes_value != (value != NULL))
		return err_set(e, E_CFG, NULL, "%.*s takes %s", (int)n, word,
		    takes_value ? "a value" : "no value");
	if (row != NULL ? !row->set(o, value) : !give(o, setting, value))
		return err_set(e, E_CFG, NULL, "%.*s cannot be \"%.64s\": must be %s", (int)n, word,
		    value, row != NULL ? row->wanted : setting->wanted);
	return E_OK;
}

enum errcode
options_parse(struct options *out, int argc, char *const argv[], struct err *e)
{
	struct options o = { .port = 0 };
	enum errcode r;

	address_loopback(&o.listen, 0);
	for (int i = 1; i < argc; i++)
		if ((r = take(&o, argc, argv, &i, e)) != E_OK)
			return r;
	if (!address_is_loopback(&o.listen) && !o.beyond_loopback)
		return err_set(e, E_CFG, NULL,
		    "--listen %s lets others in, and all keys and passwords of a test provider are "
		    "public: if you mean it, add " BEYOND,
		    o.listen.bare);
	if (o.host != NULL)
		(void)snprintf(o.listen.host, sizeof(o.listen.host), "%s", o.host);
	if (o.journal_raw && o.journal == NULL)
		return err_set(e, E_CFG, NULL, "--journal-raw needs --journal");
	if (o.json && !o.list)
		return err_set(e, E_CFG, NULL, "--json belongs to --list");
	if (o.seeded && o.now == 0)
		o.now = NOW_OF_A_SEED;
	*out = o;
	return E_OK;
}

static bool
print_row(FILE *to, const char *dashes, const char *name, const char *argument, const char *help)
{
	int width = (int)(strlen(dashes) + strlen(name));
	bool whole_line;

	if (argument != NULL)
		width += 1 + (int)strlen(argument);
	/* a name that fills the column has a line of its own */
	whole_line = width > HELP_COLUMN - 1;
	return fprintf(to, "  %s%s%s%s%s%*s%s\n", dashes, name, argument == NULL ? "" : " ",
	           argument == NULL ? "" : argument, whole_line ? "\n  " : "",
	           whole_line ? HELP_COLUMN : HELP_COLUMN - width, "", help) > 0;
}

bool
options_help(FILE *to)
{
	bool ok = fprintf(to, "%s\nA test provider: OpenID Connect as Authelia speaks it.\n\n",
	              options_usage) > 0;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]) && ok; i++)
		ok = print_row(to, "", rows[i].name, rows[i].argument, rows[i].help);
	ok = ok && fputs("\nWhat a script can set too:\n\n", to) >= 0;
	for (const struct settings_row *r = settings_rows; r->name != NULL && ok; r++)
		ok = print_row(to, "--", r->name, r->argument, r->help);
	return ok &&
	    fputs("\nlatchkey-mock-idp(1) has it all; `ctl SOCKET help` lists the commands.\n",
	        to) >= 0;
}
