/* The words of a value: bare or in double quotes, apart by blanks or commas. */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "common/conf_word.h"

static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._:/@+-";

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static enum errcode
no_memory(struct err *e)
{
	return err_set(e, E_NOMEM, NULL, "out of memory");
}

static enum errcode
add_word(struct conf_value *v, const char *s, size_t len, struct err *e)
{
	enum errcode r = strlist_add(&v->word, s, len, CONF_WORDS_MAX);

	v->open = false;
	if (r == E_LIMIT)
		return err_set(
		    e, E_CFG, "cfg.size", "a value of more than %d words", CONF_WORDS_MAX);
	return r == E_OK ? E_OK : no_memory(e);
}

/* The word that begins behind the quote at s[0]; *used counts both quotes. */
static enum errcode
quoted_word(struct conf_value *v, const char *s, size_t len, size_t *used, struct err *e)
{
	char *word = malloc(len);
	size_t at = 0, i;
	enum errcode r;

	if (word == NULL)
		return no_memory(e);
	for (i = 1; i < len && s[i] != '"'; i++) {
		if (s[i] == '\\' && (i + 1 == len || (s[i + 1] != '"' && s[i + 1] != '\\'))) {
			r = err_set(e, E_CFG, "cfg.quote",
			    "a lone \\ in double quotes; write \\\\ for a backslash");
			goto out;
		}
		if (s[i] == '\\')
			i++;
		word[at++] = s[i];
	}
	if (i >= len) {
		r = err_set(e, E_CFG, "cfg.quote", "a double quote that is not closed on its line");
		goto out;
	}
	*used = i + 1;
	v->quoted = true;
	if (*used < len && !is_blank(s[*used]) && s[*used] != ',') {
		r = err_set(e, E_CFG, "cfg.quote",
		    "text right behind a closing quote; expected a blank, a comma or the end");
		goto out;
	}
	r = add_word(v, word, at, e);
out:
	free(word);
	return r;
}

static enum errcode
bare_word(struct conf_value *v, const char *s, size_t len, size_t *used, struct err *e)
{
	size_t n = 0;

	while (n < len && !is_blank(s[n]) && s[n] != ',' && s[n] != '"')
		n++;
	if (n < len && s[n] == '"')
		return err_set(e, E_CFG, "cfg.quote",
		    "a double quote inside a word; put the whole word in quotes and write \\\" for "
		    "it");
	*used = n;
	return add_word(v, s, n, e);
}

/* Appends to the text as written, parts of two lines apart by one blank. */
static enum errcode
add_text(struct conf_value *v, const char *s, size_t len, struct err *e)
{
	size_t old = v->text == NULL ? 0 : strlen(v->text), gap = old > 0;
	char *p;

	while (len > 0 && is_blank(s[len - 1]))
		len--;
	while (len > 0 && is_blank(s[0])) {
		s++;
		len--;
	}
	if (len == 0)
		return E_OK;
	if ((p = realloc(v->text, old + gap + len + 1)) == NULL)
		return no_memory(e);
	if (gap > 0)
		p[old] = ' ';
	memcpy(p + old + gap, s, len);
	p[old + gap + len] = '\0';
	v->text = p;
	return E_OK;
}

enum errcode
conf_word_gather(struct conf_value *v, const char *s, size_t len, struct err *e)
{
	enum errcode r = E_OK;
	size_t i = 0, used;

	while (i < len && r == E_OK) {
		used = 1;
		if (s[i] == '#' && (i == 0 || is_blank(s[i - 1])))
			break;
		if (s[i] == ',') {
			v->gap = v->gap || v->open || v->word.n == 0;
			v->comma = v->open = true;
		} else if (s[i] == '"') {
			r = quoted_word(v, s + i, len - i, &used, e);
		} else if (!is_blank(s[i])) {
			r = bare_word(v, s + i, len - i, &used, e);
		}
		i += used;
	}
	return r == E_OK ? add_text(v, s, i, e) : r;
}

void
conf_word_clear(struct conf_value *v)
{
	free(v->text);
	strlist_clear(&v->word);
	*v = (struct conf_value){ .text = NULL };
}

size_t
conf_word_print(FILE *f, const char *word)
{
	size_t n = strlen(word), extra = 2;

	if (n > 0 && strspn(word, safe) == n) {
		(void)fputs(word, f);
		return n;
	}
	(void)fputc('"', f);
	for (const char *p = word; *p != '\0'; p++) {
		if (*p == '"' || *p == '\\') {
			(void)fputc('\\', f);
			extra++;
		}
		(void)fputc(*p, f);
	}
	(void)fputc('"', f);
	return n + extra;
}
