/* A configuration and a folder of records, for the subcommands over them. */
#ifndef TESTS_UNIT_CLI_RECORDS_H
#define TESTS_UNIT_CLI_RECORDS_H

#include "helper/sys/pins.h"
#include "tests/unit/cli/captured.h"

#define RECORDS_ISSUER "https://auth.example.com"

static struct captured c;
static char conf[SCRATCH_PATH], pins[SCRATCH_PATH];

/* daemon (uid 1) is the one account that every host has; min_uid makes a person of it. */
static inline int
set_up(void **state)
{
	(void)state;
	scratch_make(&c.dir);
	(void)scratch_write(&c.dir, conf, "conf",
	    "[provider]\nissuer = " RECORDS_ISSUER "\nclient_id = linux-login\n"
	    "[login]\nallow_groups = linux-users\nmin_uid = 1\n"
	    "[account deploy]\ngroups = ops \"Domain Admins\"\nusers = zoe\n",
	    0644);
	(void)scratch_path(&c.dir, pins, "lib/pins");
	return 0;
}

static inline int
tear_down(void **state)
{
	(void)state;
	scratch_remove(&c.dir);
	return 0;
}

/* Puts a record in the place of whatever is there; sub NULL: approved for nobody yet. */
static inline void
record(const char *account, const char *issuer, const char *sub)
{
	struct pin seen, p = { .approved = sub == NULL, .bound = sub != NULL, .since = 1700000000 };
	bool changed;

	(void)snprintf(p.issuer, sizeof(p.issuer), "%s", issuer);
	(void)snprintf(p.sub, sizeof(p.sub), "%s", sub == NULL ? "" : sub);
	assert_int_equal(pins_load(&seen, pins, account, NULL), E_OK);
	assert_int_equal(
	    pins_replace(pins, account, &seen, &p, &changed, &clock_system, NULL), E_OK);
}

static inline struct pin
recorded(const char *account)
{
	struct pin p;

	assert_int_equal(pins_load(&p, pins, account, NULL), E_OK);
	return p;
}

#endif
