/* The faults of one rule, out of a script's list. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/text.h"
#include "mock_idp/wire/fault.h"

#define ARGS_MAX 2
#define SHOWN 80 /* characters of a foreign word in an error, with the NUL */

/* One argument, as its word wants it; text is borrowed from the list. */
struct arg {
	size_t n;
	const char *text;
	size_t len;
};

enum want { NOTHING, NUMBER, TEXT };

enum { ANSWER = 1 << FAULT_OF_ANSWER, CONNECTION = 1 << FAULT_OF_CONNECTION };

struct word {
	const char *name;
	const char *usage; /* its arguments */
	unsigned places;
	struct {
		enum want want;
		size_t min, max; /* of a number */
	} arg[ARGS_MAX];
	size_t
	    field; /* what it decides in struct fault: two words for one field exclude each other */
	unsigned value;
	/* false: out of memory, one too many, or no word that it knows */
	bool (*set)(const struct word *w, struct fault *f, const struct arg *a);
};

/* "hex:0d0a" is bytes that JSON has no way to say; n is even. */
static bool
put_hex(struct fault_text *to, const char *s, size_t n)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		const char *d = s[i] == '\0' ? NULL : strchr(digits, s[i]);

		if (d == NULL)
			return false;
		to->p[to->len] = (char)((i % 2 == 0 ? 0 : to->p[to->len] << 4) | (d - digits));
		to->len += i % 2;
	}
	to->p[to->len] = '\0';
	return true;
}

static bool
set_text(const struct word *w, struct fault *f, const struct arg *a)
{
	static const char hex[] = "hex:";
	struct fault_text *to = (struct fault_text *)(void *)((char *)f + w->field);

	if ((to->p = malloc(a->len + 1)) == NULL)
		return false;
	if (strncmp(a->text, hex, sizeof(hex) - 1) == 0)
		return a->len % 2 == 0 &&
		    put_hex(to, a->text + sizeof(hex) - 1, a->len - (sizeof(hex) - 1));
	memcpy(to->p, a->text, a->len + 1);
	to->len = a->len;
	return true;
}

static bool
set_flag(const struct word *w, struct fault *f, const struct arg *a)
{
	(void)a;
	return *(bool *)((char *)f + w->field) = true;
}

static bool
set_delay(const struct word *w, struct fault *f, const struct arg *a)
{
	(void)w;
	f->delay_ms = (int64_t)a[0].n;
	return true;
}

static bool
set_drip(const struct word *w, struct fault *f, const struct arg *a)
{
	(void)w;
	f->drip = a[0].n;
	f->drip_ms = (int64_t)a[1].n;
	return true;
}

static bool
set_end(const struct word *w, struct fault *f, const struct arg *a)
{
	f->end = (enum fault_end)w->value;
	f->end_at = a[0].n;
	return true;
}

/* "+10" and "-5" are relative to the truth; anything else is a value as it stands. */
static bool
set_length(const struct word *w, struct fault *f, const struct arg *a)
{
	static const struct word text = { .field = offsetof(struct fault, length_text) };
	const char *s = a->text;
	size_t n = a->len;

	(void)w;
	if (n >= 2 && n <= 9 && (*s == '+' || *s == '-') && strspn(s + 1, "0123456789") == n - 1) {
		f->length = FAULT_LENGTH_OFF;
		f->length_off = strtol(s, NULL, 10);
		return true;
	}
	f->length = strcmp(s, "none") == 0 ? FAULT_LENGTH_NONE : FAULT_LENGTH_TEXT;
	return f->length == FAULT_LENGTH_NONE || set_text(&text, f, a);
}

static bool
set_endless(const struct word *w, struct fault *f, const struct arg *a)
{
	(void)a;
	f->endless = (enum fault_endless)w->value;
	return true;
}

static bool
set_big_header(const struct word *w, struct fault *f, const struct arg *a)
{
	(void)w;
	f->big_header = a[0].n;
	return true;
}

static bool
set_header_raw(const struct word *w, struct fault *f, const struct arg *a)
{
	struct word line = *w;

	if (f->nheader_raw == FAULT_LINES_MAX)
		return false;
	line.field += f->nheader_raw++ * sizeof(f->header_raw[0]);
	return set_text(&line, f, a);
}

static bool
set_encoding(const struct word *w, struct fault *f, const struct arg *a)
{
	f->encoding = w->value != FAULT_IDENTITY ? (enum fault_encoding)w->value
	    : strcmp(a->text, "gzip") == 0       ? FAULT_GZIP
	    : strcmp(a->text, "br") == 0         ? FAULT_BR
	                                         : FAULT_IDENTITY;
	return f->encoding != FAULT_IDENTITY;
}

static bool
set_greeting(const struct word *w, struct fault *f, const struct arg *a)
{
	static const struct word text = { .field = offsetof(struct fault, greeting_text) };

	f->greeting = (enum fault_greeting)w->value;
	f->greeting_n = a[0].n;
	return f->greeting != FAULT_PLAIN || set_text(&text, f, a);
}

#define AT(field) offsetof(struct fault, field)
#define NONE NOTHING, 0, 0
#define MS NUMBER, 0, FAULT_MS_MAX
#define UPTO(max) NUMBER, 0, max
#define SOME(max) NUMBER, 1, max
#define TEXTUAL TEXT, 0, 0

/* a greeting takes the place of an end */
static const struct word words[] = {
	{ "delay", " MS", ANSWER | CONNECTION, { { MS } }, AT(delay_ms), 0, set_delay },
	{ "drip", " BYTES MS", ANSWER, { { SOME(FAULT_TEXT_MAX) }, { MS } }, AT(drip), 0,
	    set_drip },
	{ "cut", " BYTES", ANSWER, { { UPTO(FAULT_BYTES_MAX) } }, AT(end), FAULT_CUT, set_end },
	{ "reset", " BYTES", ANSWER, { { UPTO(FAULT_BYTES_MAX) } }, AT(end), FAULT_RESET, set_end },
	{ "reset", " 0", CONNECTION, { { UPTO(0) } }, AT(end), FAULT_RESET, set_end },
	{ "close", "", ANSWER, { { NONE } }, AT(end), FAULT_CLOSE, set_end },
	{ "hang", "", ANSWER, { { NONE } }, AT(end), FAULT_HANG, set_end },
	{ "drop", "", ANSWER | CONNECTION, { { NONE } }, AT(end), FAULT_DROP, set_end },
	{ "no-close-notify", "", ANSWER, { { NONE } }, AT(no_close_notify), 0, set_flag },
	{ "length", " TEXT", ANSWER, { { TEXTUAL } }, AT(length), 0, set_length },
	{ "length-twice", " TEXT", ANSWER, { { TEXTUAL } }, AT(length_twice), 0, set_text },
	{ "chunked", "", ANSWER, { { NONE } }, AT(chunked), 0, set_flag },
	{ "chunk-size", " TEXT", ANSWER, { { TEXTUAL } }, AT(chunk_size), 0, set_text },
	{ "no-last-chunk", "", ANSWER, { { NONE } }, AT(no_last_chunk), 0, set_flag },
	{ "endless-headers", "", ANSWER, { { NONE } }, AT(endless), FAULT_ENDLESS_HEADERS,
	    set_endless },
	{ "endless-body", "", ANSWER, { { NONE } }, AT(endless), FAULT_ENDLESS_BODY, set_endless },
	{ "endless-103", "", ANSWER, { { NONE } }, AT(endless), FAULT_ENDLESS_103, set_endless },
	{ "big-header", " BYTES", ANSWER, { { SOME(FAULT_HEADER_MAX) } }, AT(big_header), 0,
	    set_big_header },
	{ "status-line", " TEXT", ANSWER, { { TEXTUAL } }, AT(status_line), 0, set_text },
	{ "header-raw", " TEXT, 16 times at most", ANSWER, { { TEXTUAL } }, AT(header_raw), 0,
	    set_header_raw },
	{ "encoding", " gzip|br", ANSWER, { { TEXTUAL } }, AT(encoding), 0, set_encoding },
	{ "gzip-bomb", "", ANSWER, { { NONE } }, AT(encoding), FAULT_GZIP_BOMB, set_encoding },
	{ "extra", " TEXT", ANSWER, { { TEXTUAL } }, AT(extra), 0, set_text },
	{ "early", " TEXT", CONNECTION, { { TEXTUAL } }, AT(early), 0, set_text },
	{ "stall", "", CONNECTION, { { NONE } }, AT(end), FAULT_STALL, set_greeting },
	{ "silent", "", CONNECTION, { { NONE } }, AT(end), FAULT_SILENT, set_greeting },
	{ "plain", " TEXT", CONNECTION, { { TEXTUAL } }, AT(end), FAULT_PLAIN, set_greeting },
	{ "garbage", " BYTES", CONNECTION, { { SOME(FAULT_TEXT_MAX) } }, AT(end), FAULT_GARBAGE,
	    set_greeting },
	{ "records", " N", CONNECTION, { { SOME(FAULT_RECORDS_MAX) } }, AT(end), FAULT_RECORDS,
	    set_greeting },
};

#define NWORDS (sizeof(words) / sizeof(words[0]))

/* The word of that name and place; if only the place is wrong, *elsewhere. */
static const struct word *
find_word(const char *name, enum fault_place place, bool *elsewhere)
{
	*elsewhere = false;
	for (size_t i = 0; i < NWORDS; i++)
		if (strcmp(words[i].name, name) == 0) {
			if ((words[i].places & (1U << place)) != 0)
				return &words[i];
			*elsewhere = true;
		}
	return NULL;
}

/* The k-th argument of entry i. */
static enum errcode
read_arg(
    const struct word *w, const json_t *entry, size_t i, size_t k, struct arg *a, struct err *e)
{
	const json_t *v = json_array_get(entry, k + 1);
	json_int_t n = json_integer_value(v);

	if (w->arg[k].want == NUMBER) {
		if (!json_is_integer(v) || n < (json_int_t)w->arg[k].min ||
		    n > (json_int_t)w->arg[k].max)
			return err_set(e, E_CFG, NULL, "[%zu][%zu]: want a number from %zu to %zu",
			    i, k + 1, w->arg[k].min, w->arg[k].max);
		a->n = (size_t)n;
	} else if (w->arg[k].want == TEXT) {
		if (!json_is_string(v) || json_string_length(v) > FAULT_TEXT_MAX)
			return err_set(e, E_CFG, NULL,
			    "[%zu][%zu]: want a text of at most %zu bytes", i, k + 1,
			    FAULT_TEXT_MAX);
		a->text = json_string_value(v);
		a->len = json_string_length(v);
	}
	return E_OK;
}

/* Entry i, whose word is known. */
static enum errcode
apply(const struct word *w, const json_t *entry, size_t i, struct fault *out, struct err *e)
{
	struct arg a[ARGS_MAX] = { { .n = 0 } };
	size_t given = json_is_array(entry) ? json_array_size(entry) - 1 : 0, wanted = 0;
	enum errcode r = E_OK;

	while (wanted < ARGS_MAX && w->arg[wanted].want != NOTHING)
		wanted++;
	if (given != wanted)
		return err_set(e, E_CFG, NULL, "[%zu]: want [%s%s]", i, w->name, w->usage);
	for (size_t k = 0; k < wanted && r == E_OK; k++)
		r = read_arg(w, entry, i, k, &a[k], e);
	if (r == E_OK && !w->set(w, out, a))
		r = err_set(e, E_CFG, NULL, "[%zu]: want [%s%s]", i, w->name, w->usage);
	return r;
}

/* Which word entry i is, and whether it goes with those before it. */
static enum errcode
judge(const json_t *list, size_t i, enum fault_place place, const struct word *before[NWORDS],
    const struct word **w, struct err *e)
{
	const json_t *entry = json_array_get(list, i),
	             *v = json_is_array(entry) ? json_array_get(entry, 0) : entry;
	char shown[SHOWN];
	bool elsewhere;
	size_t field;

	if (!json_is_string(v) || strlen(json_string_value(v)) != json_string_length(v))
		return err_set(e, E_CFG, NULL, "[%zu]: want [name, argument ...]", i);
	(void)text_escape(shown, sizeof(shown), json_string_value(v), json_string_length(v));
	if ((*w = find_word(json_string_value(v), place, &elsewhere)) == NULL)
		return err_set(e, E_CFG, NULL,
		    !elsewhere                     ? "[%zu]: unknown fault %s"
		        : place == FAULT_OF_ANSWER ? "[%zu]: %s is for ep connect only"
		                                   : "[%zu]: %s is not for ep connect",
		    i, shown);
	field = (*w)->field;
	for (size_t k = 0; k < NWORDS; k++)
		if (before[k] != NULL && before[k]->field == field && field != AT(header_raw))
			return err_set(e, E_CFG, NULL, "[%zu]: %s does not go with %s", i, shown,
			    before[k]->name);
	before[*w - words] = *w;
	return E_OK;
}

enum errcode
fault_parse(const json_t *list, enum fault_place place, struct fault *out, struct err *e)
{
	const struct word *before[NWORDS] = { NULL }, *w = NULL;
	enum errcode r = E_OK;

	memset(out, 0, sizeof(*out));
	if (!json_is_array(list))
		return err_set(e, E_CFG, NULL, ": want an array of faults");
	for (size_t i = 0; i < json_array_size(list) && r == E_OK; i++)
		if ((r = judge(list, i, place, before, &w, e)) == E_OK && w != NULL)
			r = apply(w, json_array_get(list, i), i, out, e);
	if (r != E_OK)
		fault_clear(out);
	return r;
}

void
fault_clear(struct fault *f)
{
	free(f->length_text.p);
	free(f->length_twice.p);
	free(f->chunk_size.p);
	free(f->status_line.p);
	for (size_t i = 0; i < f->nheader_raw; i++)
		free(f->header_raw[i].p);
	free(f->extra.p);
	free(f->early.p);
	free(f->greeting_text.p);
	memset(f, 0, sizeof(*f));
}
