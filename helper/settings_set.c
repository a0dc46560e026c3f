/* A row's value from a file into its field. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/num.h"
#include "common/text.h"
#include "helper/settings_set.h"

#define SHOWN 100

static enum errcode
unfit(struct err *e, const struct settings_row *row, const char *found, const char *expected)
{
	char shown[SHOWN];

	if (found[0] == '\0')
		return err_set(
		    e, E_CFG, "cfg.value", "%s is empty; expected %s", row->key, expected);
	return err_set(e, E_CFG, "cfg.value", "%s: found \"%s\"; expected %s", row->key,
	    text_escape(shown, sizeof(shown), found, strlen(found)), expected);
}

static enum errcode
set_text(void *at, const struct settings_row *row, const char *text, struct err *e)
{
	char *copy = NULL, *old;

	if ((text[0] != '\0' || row->min > 0) && !row->fits(text))
		return unfit(e, row, text, row->expected);
	if (text[0] != '\0' && (copy = strdup(text)) == NULL)
		return err_set(e, E_NOMEM, NULL, "out of memory");
	memcpy(&old, at, sizeof(old));
	free(old);
	memcpy(at, &copy, sizeof(copy));
	/* cppcheck-suppress memleak ; it is at "at" now */
	return E_OK;
}

static enum errcode
add_checked(struct strlist *l, const struct settings_row *row, const char *word, struct err *e)
{
	enum errcode r;
	char shown[SHOWN];

	if (!row->fits(word))
		return unfit(e, row, word, row->expected);
	if (strlist_has(l, word))
		return err_set(e, E_CFG, "cfg.value", "%s: \"%s\" stands there twice; keep one",
		    row->key, text_escape(shown, sizeof(shown), word, strlen(word)));
	if ((r = strlist_add(l, word, strlen(word), row->max)) == E_LIMIT)
		return err_set(e, E_CFG, "cfg.value", "%s: more than %llu words", row->key,
		    (unsigned long long)row->max);
	return r == E_OK ? E_OK : err_set(e, r, NULL, "out of memory");
}

static enum errcode
set_list(void *at, const struct settings_row *row, const struct strlist *word, struct err *e)
{
	struct strlist fresh = { NULL, 0 }, *field = at;
	enum errcode r = E_OK;

	if (word->n < row->min)
		return unfit(e, row, "", row->expected);
	for (size_t i = 0; i < word->n && r == E_OK; i++)
		r = add_checked(&fresh, row, word->v[i], e);
	if (r != E_OK) {
		strlist_clear(&fresh);
		return r;
	}
	strlist_clear(field);
	*field = fresh;
	return E_OK;
}

/* An enum's values are the positions in choice. */
_Static_assert(sizeof(enum settings_flow) == sizeof(unsigned), "enums are stored as unsigned");

static enum errcode
set_choice(void *at, const struct settings_row *row, const char *text, struct err *e)
{
	char all[2 * SHOWN] = "";
	size_t len = 0;
	bool on;

	for (unsigned i = 0; row->choice[i] != NULL; i++) {
		if (strcmp(row->choice[i], text) != 0) {
			len += (size_t)snprintf(all + len, sizeof(all) - len, "%s%s",
			    i == 0                           ? ""
			        : row->choice[i + 1] == NULL ? " or "
			                                     : ", ",
			    row->choice[i]);
			continue;
		}
		on = i != 0;
		if (row->type == SETTINGS_SWITCH)
			memcpy(at, &on, sizeof(on));
		else
			memcpy(at, &i, sizeof(i));
		return E_OK;
	}
	return unfit(e, row, text, all);
}

static enum errcode
set_number(void *at, const struct settings_row *row, const char *text, struct err *e)
{
	bool seconds = row->type == SETTINGS_SECONDS;
	char range[SHOWN];
	uint64_t v = 0;

	if (!(seconds ? num_parse_seconds : num_parse)(text, row->min, row->max, &v)) {
		(void)snprintf(range, sizeof(range), "%llu to %llu%s", (unsigned long long)row->min,
		    (unsigned long long)row->max, seconds ? " seconds, written as 90s or 5m" : "");
		return unfit(e, row, text, range);
	}
	memcpy(at, &v, sizeof(v));
	return E_OK;
}

enum errcode
settings_set(void *at, const struct settings_row *row, const struct conf_key *k, struct err *e)
{
	const struct strlist *word;
	const char *text;

	if (row->type == SETTINGS_LIST) {
		if ((word = conf_list(k, e)) == NULL)
			return E_CFG;
		return set_list(at, row, word, e);
	}
	if ((text = conf_text(k, e)) == NULL)
		return E_CFG;
	switch (row->type) {
	case SETTINGS_CHOICE:
	case SETTINGS_SWITCH:
		return set_choice(at, row, text, e);
	case SETTINGS_SECONDS:
	case SETTINGS_NUMBER:
		return set_number(at, row, text, e);
	case SETTINGS_TEXT:
	case SETTINGS_LIST:
		break;
	}
	return set_text(at, row, text, e);
}

enum errcode
settings_set_initial(void *at, const struct settings_row *row)
{
	struct conf_key k = { .line = 0 };
	enum errcode r = E_OK;

	if (row->initial == NULL || row->initial[0] == '\0')
		return E_OK;
	if ((r = conf_word_gather(&k.value, row->initial, strlen(row->initial), NULL)) == E_OK)
		r = settings_set(at, row, &k, NULL);
	conf_word_clear(&k.value);
	return r;
}
