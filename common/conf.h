/*
 * The configuration grammar: sections, keys, values, and where each of them stood. Nothing is
 * skipped: what is not understood is an error. doc: latchkey.conf(5).
 *
 *	[section] or [section name ...]     a name may stand in double quotes
 *	key = value                         to the end of the line
 *	<blank>more of the value            a line that begins with a blank continues it
 *	# comment                           at the beginning of a line, or after a blank
 *
 * Empty lines end a value; comment lines do not. UTF-8 without control characters.
 */
#ifndef COMMON_CONF_H
#define COMMON_CONF_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "common/conf_word.h"
#include "common/err.h"
#include "common/faults.h"
#include "common/strlist.h"

#define CONF_FILE_MAX (256 * 1024) /* bytes */
#define CONF_LINE_MAX 4096         /* bytes without the newline */
#define CONF_SECTIONS_MAX 1024     /* different ones in a file */
#define CONF_KEYS_MAX 256          /* in a section */
#define CONF_KEY_MAX 64
#define CONF_NAMES_MAX 16 /* words of a section's header */

struct conf_key {
	char *key; /* [a-z][a-z0-9_]* */
	unsigned line;
	struct conf_value value;
};

/* One section of one file; a header that comes twice goes on with the same section. */
struct conf_section {
	char *section;
	struct strlist name; /* the words behind it in the header */
	uint32_t hash;       /* of all of them; the parser's */
	unsigned line;       /* of the first header */
	struct conf_key *key;
	size_t n;
};

struct conf {
	char *file;
	struct conf_section *section;
	size_t n;
};

/*
 * Pure: bytes in, struct out. The error begins with "FILE:LINE: "; E_CFG with cfg.syntax,
 * cfg.bytes, cfg.quote, cfg.twice, cfg.size; or E_NOMEM. Where faults lists them, a line that is
 * wrong is left out, with a header all that stands below it, and the others are read. Free with
 * conf_free.
 */
enum errcode conf_parse(struct conf **out, const char *file, const void *bytes, size_t len,
    struct faults *faults, struct err *e) __attribute__((warn_unused_result));

/* The same from a file, as safefile_read opens it; a missing one is E_CLOSED. */
enum errcode conf_read(struct conf **out, const char *file, uid_t owner, struct faults *faults,
    struct err *e) __attribute__((warn_unused_result));
void conf_free(struct conf *c);

/*
 * The value as one text: as written, or the one word in quotes; "" when empty. NULL, with a
 * sentence without position in *e, where quotes stand around a part of it. Borrowed.
 */
const char *conf_text(const struct conf_key *k, struct err *e);

/* The value as a list; NULL, with a sentence in *e, where a comma stands beside nothing. Borrowed.
 */
const struct strlist *conf_list(const struct conf_key *k, struct err *e);

#endif
