/* The configuration's files, in the order in which a later one overrides an earlier one. */
#ifndef HELPER_SETTINGS_FILES_H
#define HELPER_SETTINGS_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "common/conf.h"
#include "common/err.h"
#include "common/faults.h"

#define SETTINGS_FILES_MAX 256 /* in CONF.d */

struct settings_files {
	struct conf **v;
	size_t n;
	bool vendor;           /* v[0] is the vendor's: the administrator did not write it */
	struct faults *faults; /* borrowed; NULL: the first mistake ends it */
};

/* As settings_load says, or settings_survey where faults lists what is wrong: a file that cannot be
 * used is left out then. Free with settings_files_clear, after a failure too. */
enum errcode settings_files_read(struct settings_files *f, const char *vendor, const char *conf,
    uid_t owner, struct faults *faults, struct err *e) __attribute__((warn_unused_result));
void settings_files_clear(struct settings_files *f);

#endif
