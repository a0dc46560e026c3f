/* latchkey-mock-idp: an Authelia for tests. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "mock_idp/browser/browser.h"
#include "mock_idp/client_key.h"
#include "mock_idp/control/ctl.h"
#include "mock_idp/options.h"
#include "mock_idp/script/scenario.h"
#include "mock_idp/settings.h"
#include "mock_idp/store/people_file.h"
#include "mock_idp/wire/server.h"
#include "mock_idp/statedir.h"

/* Takes line over. */
static bool
print_line(json_t *line)
{
	bool ok = line != NULL && json_dumpf(line, stdout, JSON_COMPACT) == 0 &&
	    fputc('\n', stdout) == '\n' && fflush(stdout) == 0;

	json_decref(line);
	return ok;
}

static bool
print_ready(const struct world *w, const struct statedir *dir)
{
	return print_line(json_pack("{s:b, s:s, s:s, s:s, s:s, s:s, s:s, s:s, s:i, s:b}", "ready",
	    1, "issuer", w->issuer, "origin2", w->origin2, "evil_http", w->evil_http, "evil_https",
	    w->evil_https, "ca", dir->ca, "client_key", dir->client_key, "control", dir->control,
	    "pid", (int)getpid(), "test_keys", 1));
}

/* What was seen in all that time; a standard output that is gone by now is no failure. */
static void
print_summary(const struct world *w)
{
	const struct journal_totals *t = &w->journal.total;

	(void)print_line(json_pack("{s:b, s:I, s:I, s:I, s:I, s:I}", "summary", 1, "requests",
	    (json_int_t)t->requests, "logins", (json_int_t)t->logins, "violations",
	    (json_int_t)t->violations, "evil", (json_int_t)t->evil, "ms",
	    (json_int_t)(clock_boot_ms(&w->clock) - w->start)));
}

static void
warn_of_strangers(const struct world *w)
{
	(void)fprintf(stderr,
	    "****************************************************************************\n"
	    "* latchkey-mock-idp is a TEST provider, and others can reach it:\n"
	    "*     %s\n"
	    "* Everybody's password is their name, every secret is in the manual page, and\n"
	    "* whoever asks becomes whoever they like. Nothing real may trust it.\n"
	    "****************************************************************************\n",
	    w->issuer);
}

static enum errcode
serve(struct world *w, const struct options *o, const struct statedir *dir, struct certs *certs,
    struct err *e)
{
	struct address at = o->listen;
	struct server s;
	enum errcode r;

	address_set_port(&at, o->port);
	if ((r = certs_write_ca(certs, dir->ca, e)) != E_OK ||
	    (r = client_key_write(w->client_key, dir->client_key, e)) != E_OK ||
	    (r = server_open(&s, certs, &at, dir->control, e)) != E_OK)
		return r;
	server_tell(&s, w);
	if (o->exit_with_stdin)
		s.leash = STDIN_FILENO;
	if (!address_is_loopback(&at))
		warn_of_strangers(w);
	r = print_ready(w, dir) ? server_run(&s, w, e)
	                        : err_set(e, E_SYS, NULL, "cannot write the ready line");
	if (r == E_OK)
		print_summary(w);
	server_close(&s);
	return r;
}

static enum errcode
add_script(struct world *w, bool scenario, const char *word, struct err *e)
{
	struct script *s = NULL;
	enum errcode r =
	    scenario ? scenario_script(&s, texts_builtin, word, e) : script_read(&s, word, e);

	return r == E_OK ? script_append(&w->script, s, e) : r;
}

/* People before the script: it may say who of them approves everything. */
static enum errcode
set_up(struct world *w, const struct options *o, struct err *e)
{
	enum errcode r = E_OK;

	w->stopped = o->now;
	if (o->journal != NULL)
		r = journal_open_file(&w->journal, o->journal, o->journal_raw, e);
	for (size_t i = 0; i < o->ngiven && r == E_OK; i++)
		r = pairs_add(&w->given, o->given[i].name, o->given[i].value);
	if (r == E_OK && o->users != NULL)
		r = people_file_load(&w->people, &w->ids, o->users, e);
	for (size_t i = 0; i < o->nscripts && r == E_OK; i++)
		r = add_script(w, o->scripts[i].scenario, o->scripts[i].word, e);
	return r == E_OK ? settings_renew(w, e) : r;
}

static enum errcode
run(const struct options *o, struct err *e)
{
	struct statedir dir = { .made = false };
	struct certs certs = { .host = "" };
	const uint64_t *seed = o->seeded ? &o->seed : NULL;
	struct world w;
	enum errcode r;

	if ((r = world_init(&w, seed, e)) != E_OK)
		return r;
	if ((r = set_up(&w, o, e)) == E_OK &&
	    (r = certs_make(&certs, o->listen.bare, o->host == NULL ? "localhost" : o->host, seed,
	         clock_wall(&w.clock), e)) == E_OK &&
	    (r = statedir_open(&dir, o->state, o->control, e)) == E_OK)
		r = serve(&w, o, &dir, &certs, e);
	statedir_close(&dir);
	certs_clear(&certs);
	world_clear(&w);
	return r;
}

int
main(int argc, char *argv[])
{
	struct err e = { .code = E_OK };
	struct options o;

	if (argc >= 4 && strcmp(argv[1], "ctl") == 0)
		return ctl_run(argv[2], argc - 3, argv + 3, STDOUT_FILENO);
	if (argc >= 2 && strcmp(argv[1], "browser") == 0)
		return browser_run(argc - 2, argv + 2, stdout);
	if (options_parse(&o, argc, argv, &e) != E_OK) {
		(void)fprintf(stderr, "latchkey-mock-idp: %s\n%s", e.text, options_usage);
		return 2;
	}
	if (o.help)
		return options_help(stdout) && fflush(stdout) == 0 ? 0 : 1;
	if (o.version)
		return puts("latchkey-mock-idp " PACKAGE_VERSION) >= 0 && fflush(stdout) == 0 ? 0
		                                                                              : 1;
	if (o.list && scenario_list(stdout, texts_builtin, o.json, &e) == E_OK)
		return 0;
	if (o.list || run(&o, &e) != E_OK) {
		(void)fprintf(stderr, "latchkey-mock-idp: %s\n", e.text);
		return 1;
	}
	return 0;
}
