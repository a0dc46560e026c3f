/* Where the configuration and the records are, and what subcommands over them share. */
#ifndef CLI_PLACE_H
#define CLI_PLACE_H

#include "common/err.h"
#include "helper/settings.h"

struct place {
	const char *conf; /* --conf */
	const char *pins; /* --pins: the folder of records */
};

/* What was not given gets the place of this installation. */
void place_fill(struct place *p);

/* As the monitor loads them; the files may be the caller's own as well as root's. settings_free. */
enum errcode place_settings(struct settings **out, const struct place *p, struct err *e)
    __attribute__((warn_unused_result));

/* One line for the log of who changed what about an account (authpriv). */
void place_audit(const char *what, const char *account);

/* "latchkey NAME: sentence" on standard error; the status that goes with a failure. */
int place_complain(const char *name, int status, const struct err *e);

#endif
