/* The table of settings: one row each, in the order of latchkey.conf(5). */
#ifndef HELPER_SETTINGS_TABLE_H
#define HELPER_SETTINGS_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "helper/settings.h"

enum settings_section {
	SETTINGS_PROVIDER,
	SETTINGS_LOGIN,
	SETTINGS_LIMITS,
	SETTINGS_SERVICE,
	SETTINGS_ACCOUNT,
	SETTINGS_GROUP,
};

enum settings_type {
	SETTINGS_TEXT,    /* char * */
	SETTINGS_LIST,    /* struct strlist */
	SETTINGS_CHOICE,  /* an enum, in the order of choice */
	SETTINGS_SWITCH,  /* bool: choice[0] is false, choice[1] true */
	SETTINGS_SECONDS, /* uint64_t, written 90s, 5m */
	SETTINGS_NUMBER,  /* uint64_t */
};

struct settings_row {
	enum settings_section section;
	const char *key;
	enum settings_type type;
	size_t at;           /* in struct settings, settings_account or settings_group */
	size_t at_service;   /* in struct settings_service; 0: no key of a [service] section */
	const char *initial; /* as a file would say it; NULL: required */
	const char *const *choice;
	uint64_t min, max; /* of a number; of a list's words; min 0 lets a text be empty (NULL) */
	bool (*fits)(const char *); /* a text, each word of a list */
	const char *expected;       /* what fits wants */
	const char *missing;        /* required ones: what to do */
};

#define SETTINGS_ROWS 57
extern const struct settings_row settings_table[SETTINGS_ROWS];

/* The name as a header has it. */
const char *settings_table_section(enum settings_section section);
/* False for a section that does not exist. */
bool settings_table_find_section(const char *name, enum settings_section *out);

/* The row of this key in this section, NULL if there is none. */
const struct settings_row *settings_table_find(enum settings_section section, const char *key);

/* A key of this section that was probably meant, or NULL. */
const char *settings_table_nearest(enum settings_section section, const char *key);

#endif
