/* What of the provider can be set, by the command line and by a script: one table for both. */
#ifndef MOCK_IDP_SETTINGS_H
#define MOCK_IDP_SETTINGS_H

#include "mock_idp/script/where.h"
#include "mock_idp/world.h"

#define SETTINGS_TEXT_SIZE 256 /* of a value, with the NUL */

enum settings_kind {
	SETTINGS_NUMBER, /* 5 in a script */
	SETTINGS_WORD,   /* "RS256" in a script */
	SETTINGS_FLAG,   /* true or false in a script, no value on the command line */
	SETTINGS_SWITCH, /* true or false in a script, yes or no on the command line */
};

struct settings_row {
	const char *name; /* without dashes; NULL ends the table */
	enum settings_kind kind;
	const char *argument, *help; /* for --help; no argument: NULL */
	const char *wanted;          /* behind "must be" when a value is none of it */
	/* "yes" or "no" for a flag and a switch. False: the value is none of it. */
	bool (*set)(struct world *w, const char *value);
};

extern const struct settings_row settings_rows[];

/* The row of the first len characters of name, or NULL. */
const struct settings_row *settings_find(const char *name, size_t len);

/* Would the row take that value? */
bool settings_fits(const struct settings_row *row, const char *value);

/* A script's value as the command line spells it, which fits. */
enum errcode settings_text(const char *name, const json_t *v, char out[SETTINGS_TEXT_SIZE],
    const struct where *at, struct err *e) __attribute__((warn_unused_result));

/*
 * Everything that can be set as at the start: the defaults, then what the script says, then what
 * the command line says (w->given). E_CFG: the user who approves everything is none of ours.
 */
enum errcode settings_renew(struct world *w, struct err *e) __attribute__((warn_unused_result));

#endif
