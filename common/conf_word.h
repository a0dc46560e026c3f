/* The words of a value: bare or in double quotes, apart by blanks or commas; and their way back to
 * text. */
#ifndef COMMON_CONF_WORD_H
#define COMMON_CONF_WORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "common/err.h"
#include "common/strlist.h"

#define CONF_WORDS_MAX 4096 /* words of one value */

/* A value, gathered from one line or more. Zeroed memory is an empty one. */
struct conf_value {
	char *text;          /* as written, without comment and outer blanks; NULL when empty */
	struct strlist word; /* quotes taken off */
	bool quoted;         /* some word stood in quotes */
	bool comma;          /* there was a comma */
	bool gap;            /* a comma had no word before it */
	bool open;           /* the last word is followed by a comma */
};

/*
 * Appends one line's part of a value: len bytes without control characters. What follows '#' at the
 * beginning or after a blank, outside quotes, is a comment. Inside quotes \" is a quote and \\ a
 * backslash. Errors (E_CFG cfg.quote, E_NOMEM, cfg.size) carry no position.
 */
enum errcode conf_word_gather(struct conf_value *v, const char *s, size_t len, struct err *e)
    __attribute__((warn_unused_result));
void conf_word_clear(struct conf_value *v);

/* Writes one word (or a whole one-word value) so that it reads back the same; returns the bytes
 * written. */
size_t conf_word_print(FILE *f, const char *word);

#endif
