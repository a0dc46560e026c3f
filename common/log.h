/* One line an event: key=value pairs, every value made safe. */
#ifndef COMMON_LOG_H
#define COMMON_LOG_H

#include <stddef.h>

#define LOG_LINE_MAX 1024 /* with the NUL; what does not fit is left out at a pair's border */

struct logline {
	char text[LOG_LINE_MAX];
	size_t len;
};

void logline_init(struct logline *l);

/*
 * Appends key=value. A value that is empty or holds a blank, '"' or '=' stands in double quotes,
 * '"' as \x22; what is not printable ASCII becomes \xNN (H-48: no forged lines). A NULL value adds
 * nothing. Values are cut at 256 bytes.
 */
void logline_add(struct logline *l, const char *key, const char *value);
void logline_addf(struct logline *l, const char *key, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
