/* Files over defaults, key by key. */
#ifndef HELPER_SETTINGS_MERGE_H
#define HELPER_SETTINGS_MERGE_H

#include "common/err.h"
#include "helper/settings.h"
#include "helper/settings_files.h"
#include "helper/settings_table.h"

/* Where a [provider] or [login] row's value came from; file is NULL where it is the default. */
struct settings_origin {
	const char *file; /* borrowed from the files */
	unsigned line;
};

/* Fills the zeroed *s; origin has SETTINGS_ROWS entries. settings_free(s) after a failure too. */
enum errcode settings_merge(struct settings *s, struct settings_origin *origin,
    const struct settings_files *f, struct err *e) __attribute__((warn_unused_result));

#endif
