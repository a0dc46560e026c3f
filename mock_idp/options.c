/* The command line. */
#include "config.h"

#include <string.h>

#include "common/num.h"
#include "mock_idp/jose/alg.h"
#include "mock_idp/options.h"

const char options_usage[] =
    "usage: latchkey-mock-idp [--port N] [--users FILE] [--state DIR] [--control PATH]\n"
    "                         [--journal FILE [--journal-raw]]\n"
    "                         [--profile NAME] [--issuer-path PATH]\n"
    "                         [--interval SECONDS] [--alg RS256|...|EdDSA]\n"
    "                         [--groups-in-id-token] [--nonce-echo yes|no]\n"
    "                         [--clock-offset [-]SECONDS]\n"
    "                         [--seed N] [--now SECONDS]\n"
    "       latchkey-mock-idp ctl SOCKET COMMAND [WORD ...]\n"
    "       latchkey-mock-idp browser [OPTION ...] URL\n";

/* long enough that nobody types it by mistake, and that a reviewer stops at it */
#define BEYOND "--listen-beyond-loopback-i-know-this-is-a-test-provider"
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
set_interval(struct options *o, const char *v)
{
	uint64_t n;

	if (!num_parse(v, 1, 3600, &n))
		return false;
	o->interval = (unsigned)n;
	return true;
}

static bool
set_alg(struct options *o, const char *v)
{
	const struct alg *a = alg_find(v);

	o->alg = v;
	return a != NULL && a->id < ALG_PUBLIC;
}

static bool
set_profile(struct options *o, const char *v)
{
	o->profile = profile_find(v);
	return o->profile != NULL;
}

static bool
set_issuer_path(struct options *o, const char *v)
{
	o->issuer_path = v;
	return *v == '/';
}

static bool
set_groups(struct options *o, const char *v)
{
	(void)v;
	o->groups_in_id_token = true;
	return true;
}

static bool
set_nonce_echo(struct options *o, const char *v)
{
	o->nonce_echo = strcmp(v, "yes") == 0;
	return o->nonce_echo || strcmp(v, "no") == 0;
}

/* Either way: what tokens look like to a host whose clock is wrong. */
static bool
set_clock_offset(struct options *o, const char *v)
{
	bool behind = *v == '-';
	uint64_t n;

	if (!num_parse(v + behind, 0, 366 * 86400, &n))
		return false;
	o->clock_offset = behind ? -(int64_t)n : (int64_t)n;
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
	bool takes_value;
	bool (*set)(struct options *, const char *);
} rows[] = {
	{ "--port", true, set_port },
	{ "--listen", true, set_listen },
	{ BEYOND, false, set_beyond_loopback },
	{ "--exit-with-stdin", false, set_exit_with_stdin },
	{ "--users", true, set_users },
	{ "--state", true, set_state },
	{ "--control", true, set_control },
	{ "--journal", true, set_journal },
	{ "--journal-raw", false, set_journal_raw },
	{ "--profile", true, set_profile },
	{ "--issuer-path", true, set_issuer_path },
	{ "--interval", true, set_interval },
	{ "--alg", true, set_alg },
	{ "--groups-in-id-token", false, set_groups },
	{ "--nonce-echo", true, set_nonce_echo },
	{ "--clock-offset", true, set_clock_offset },
	{ "--seed", true, set_seed },
	{ "--now", true, set_now },
	{ "--help", false, set_help },
	{ "--version", false, set_version },
};

/* The row of "--name" or "--name=..."; *value is what stands behind the '=', or NULL. */
static const struct option_row *
find_row(const char *word, const char **value)
{
	size_t n = strcspn(word, "=");

	*value = word[n] == '=' ? word + n + 1 : NULL;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strlen(rows[i].name) == n && strncmp(rows[i].name, word, n) == 0)
			return &rows[i];
	return NULL;
}

enum errcode
options_parse(struct options *out, int argc, char *const argv[], struct err *e)
{
	struct options o = {
		.profile = profile_at(PROFILE_AUTHELIA), .issuer_path = "", .nonce_echo = true
	};

	address_loopback(&o.listen, 0);
	for (int i = 1; i < argc; i++) {
		const char *word = argv[i], *value;
		const struct option_row *row = find_row(word, &value);

		if (row == NULL)
			return err_set(e, E_CFG, NULL, "unknown option %.64s", word);
		if (row->takes_value && value == NULL && i + 1 < argc)
			value = argv[++i];
		if (row->takes_value != (value != NULL))
			return err_set(e, E_CFG, NULL, "%s takes %s", row->name,
			    row->takes_value ? "a value" : "no value");
		if (!row->set(&o, value))
			return err_set(e, E_CFG, NULL, "%s cannot be \"%.64s\"", row->name, value);
	}
	if (!address_is_loopback(&o.listen) && !o.beyond_loopback)
		return err_set(e, E_CFG, NULL,
		    "--listen %s lets others in, and all keys and passwords of a test provider are "
		    "public: if you mean it, add " BEYOND,
		    o.listen.bare);
	if (o.journal_raw && o.journal == NULL)
		return err_set(e, E_CFG, NULL, "--journal-raw needs --journal");
	if (o.seeded && o.now == 0)
		o.now = NOW_OF_A_SEED;
	*out = o;
	return E_OK;
}
