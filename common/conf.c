/* The configuration grammar: sections, keys, values, and where each of them stood. */
#include "config.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "common/buf.h"
#include "common/conf.h"
#include "common/safefile.h"
#include "common/text.h"

/* What the parser holds between two lines. */
struct state {
	struct conf *c;
	struct conf_section *section; /* NULL before the first header */
	struct conf_key *open;        /* the value that a line with a blank before it continues */
	bool lost;                    /* below a header that nobody understood */
	unsigned line;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static size_t
key_len(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len &&
	    ((s[n] >= 'a' && s[n] <= 'z') ||
	        (n > 0 && ((s[n] >= '0' && s[n] <= '9') || s[n] == '_'))))
		n++;
	return n;
}

static size_t
skip_blanks(const char *s, size_t len, size_t i)
{
	while (i < len && is_blank(s[i]))
		i++;
	return i;
}

static enum errcode
no_memory(struct err *e)
{
	return err_set(e, E_NOMEM, NULL, "out of memory");
}

/* Bytes that have no business in a text file, C1 controls among them. */
static enum errcode
check_bytes(const char *s, size_t len, struct err *e)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c == '\r' && i + 1 == len)
			return err_set(e, E_CFG, "cfg.bytes",
			    "the line ends in CR LF; write the file with Unix line ends "
			    "(dos2unix FILE)");
		if ((c < 0x20 && c != '\t') || c == 0x7f ||
		    (c == 0xc2 && i + 1 < len && (unsigned char)s[i + 1] < 0xa0))
			return err_set(e, E_CFG, "cfg.bytes",
			    "control character 0x%02x at column %zu; take it away",
			    c == 0xc2 ? (unsigned char)s[i + 1] : c, i + 1);
	}
	if (!text_is_utf8(s, len))
		return err_set(
		    e, E_CFG, "cfg.bytes", "not valid UTF-8; save the file in that encoding");
	return E_OK;
}

static bool
same_names(const struct strlist *a, const struct strlist *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (strcmp(a->v[i], b->v[i]) != 0)
			return false;
	return true;
}

/* FNV-1a over the header's words, so that a thousand sections are told apart by a number each. */
static uint32_t
hash_words(const struct strlist *word)
{
	uint32_t h = 2166136261U;

	for (size_t i = 0; i < word->n; i++)
		for (const char *s = word->v[i];; s++) {
			h = (h ^ (uint8_t)*s) * 16777619U;
			if (*s == '\0')
				break;
		}
	return h;
}

/* Goes on with the section of this name, or makes it; word[0] is the section, the rest its name. */
static enum errcode
enter_section(struct state *st, const struct strlist *word, struct err *e)
{
	struct strlist name = { word->v + 1, word->n - 1 };
	uint32_t hash = hash_words(word);
	struct conf_section *p;

	for (size_t i = 0; i < st->c->n; i++) {
		p = &st->c->section[i];
		if (p->hash == hash && strcmp(p->section, word->v[0]) == 0 &&
		    same_names(&p->name, &name)) {
			st->section = p;
			return E_OK;
		}
	}
	if (st->c->n >= CONF_SECTIONS_MAX)
		return err_set(
		    e, E_CFG, "cfg.size", "more than %d sections in a file", CONF_SECTIONS_MAX);
	if ((p = reallocarray(st->c->section, st->c->n + 1, sizeof(*p))) == NULL)
		return no_memory(e);
	st->c->section = p;
	p += st->c->n;
	*p = (struct conf_section){ .line = st->line, .hash = hash };
	if ((p->section = strdup(word->v[0])) == NULL)
		return no_memory(e);
	st->c->n++;
	for (size_t i = 0; i < name.n; i++)
		if (strlist_add(&p->name, name.v[i], strlen(name.v[i]), CONF_NAMES_MAX) != E_OK)
			return no_memory(e);
	st->section = p;
	return E_OK;
}

/* Where the header's ']' stands, outside quotes; len if nowhere. */
static size_t
find_end(const char *s, size_t len)
{
	bool in = false;

	for (size_t i = 1; i < len; i++) {
		if (s[i] == '\\' && in)
			i++;
		else if (s[i] == '"')
			in = !in;
		else if (s[i] == ']' && !in)
			return i;
	}
	return len;
}

static enum errcode
section_line(struct state *st, const char *s, size_t len, struct err *e)
{
	struct conf_value v = { .text = NULL };
	size_t end = find_end(s, len), rest;
	enum errcode r;

	st->open = NULL;
	st->section = NULL;
	st->lost = true;
	rest = skip_blanks(s, len, end + 1);
	if (end == len)
		return err_set(e, E_CFG, "cfg.syntax", "a section without its ]; write [section]");
	if (rest < len && (s[rest] != '#' || rest == end + 1))
		return err_set(e, E_CFG, "cfg.syntax",
		    "text behind the ] of a section; put it on a line of its own");
	if ((r = conf_word_gather(&v, s + 1, end - 1, e)) != E_OK)
		goto out;
	if (v.word.n == 0 || v.word.n > CONF_NAMES_MAX || v.comma || strlist_has(&v.word, "")) {
		r = err_set(
		    e, E_CFG, "cfg.syntax", "not a section; expected [section] or [section name]");
		goto out;
	}
	if (v.text == NULL || memchr(s, '#', end) != NULL || strchr(v.text, '[') != NULL) {
		r = err_set(e, E_CFG, "cfg.syntax", "a section's name holds no # and no [");
		goto out;
	}
	if ((r = enter_section(st, &v.word, e)) == E_OK)
		st->lost = false;
out:
	conf_word_clear(&v);
	return r;
}

/* A fresh key in the current section. */
static enum errcode
add_key(struct state *st, const char *key, size_t len, struct err *e)
{
	struct conf_section *s = st->section;
	struct conf_key *k;

	for (size_t i = 0; i < s->n; i++)
		if (strlen(s->key[i].key) == len && memcmp(s->key[i].key, key, len) == 0)
			return err_set(e, E_CFG, "cfg.twice",
			    "%s is set a second time in [%s], first on line %u; keep one of them",
			    s->key[i].key, s->section, s->key[i].line);
	if (s->n >= CONF_KEYS_MAX)
		return err_set(
		    e, E_CFG, "cfg.size", "more than %d keys in a section", CONF_KEYS_MAX);
	if ((k = reallocarray(s->key, s->n + 1, sizeof(*k))) == NULL)
		return no_memory(e);
	s->key = k;
	k += s->n;
	*k = (struct conf_key){ .line = st->line };
	if ((k->key = strndup(key, len)) == NULL)
		return no_memory(e);
	s->n++;
	st->open = k;
	return E_OK;
}

static enum errcode
key_line(struct state *st, const char *s, size_t len, struct err *e)
{
	size_t n = key_len(s, len), i = skip_blanks(s, len, n);
	char shown[64];
	enum errcode r;

	st->open = NULL;
	if (st->line == 1 && len >= 3 && memcmp(s, "\xef\xbb\xbf", 3) == 0)
		return err_set(e, E_CFG, "cfg.bytes",
		    "the file begins with a byte order mark; save it as UTF-8 without one "
		    "(dos2unix FILE)");
	if (n == 0 || n > CONF_KEY_MAX || i >= len || s[i] != '=')
		return err_set(e, E_CFG, "cfg.syntax",
		    "found \"%s\"; expected [section], key = value or # comment (keys are small "
		    "letters, digits and _)",
		    text_escape(shown, sizeof(shown), s, len));
	if (st->lost)
		return E_OK; /* that header is the mistake, and noted */
	if (st->section == NULL)
		return err_set(e, E_CFG, "cfg.syntax",
		    "a key before the first section; write [section] above it");
	if ((r = add_key(st, s, n, e)) != E_OK)
		return r;
	i = skip_blanks(s, len, i + 1);
	/* the blank before it makes "key = # text" a comment */
	return i < len && s[i] == '#' && !is_blank(s[i - 1])
	    ? err_set(e, E_CFG, "cfg.syntax", "a value that begins with #; put it in double quotes")
	    : conf_word_gather(&st->open->value, s + i, len - i, e);
}

/* A line that begins with a blank. */
static enum errcode
more_line(struct state *st, const char *s, size_t len, struct err *e)
{
	size_t i = skip_blanks(s, len, 0), n = key_len(s + i, len - i);

	if (i == len) {
		st->open = NULL;
		return E_OK;
	}
	if (s[i] == '#')
		return E_OK;
	if (st->open == NULL)
		return err_set(e, E_CFG, "cfg.syntax",
		    "the line begins with a blank, but above it is no value to continue; take the "
		    "blank away");
	n = n == 0 ? 0 : skip_blanks(s, len, i + n);
	if (s[i] == '[' || (n > 0 && n < len && s[n] == '='))
		return err_set(e, E_CFG, "cfg.syntax",
		    "a line that begins with a blank continues %s, and this looks like a %s; take "
		    "the blank away or put the text in double quotes",
		    st->open->key, s[i] == '[' ? "section" : "key");
	return conf_word_gather(&st->open->value, s + i, len - i, e);
}

static enum errcode
one_line(struct state *st, const char *s, size_t len, struct err *e)
{
	enum errcode r;

	if (len > CONF_LINE_MAX)
		return err_set(e, E_CFG, "cfg.size",
		    "longer than %d bytes; continue it on a line that begins with a blank",
		    CONF_LINE_MAX);
	if ((r = check_bytes(s, len, e)) != E_OK)
		return r;
	if (len == 0)
		st->open = NULL;
	if (len == 0 || s[0] == '#')
		return E_OK;
	if (is_blank(s[0]))
		return more_line(st, s, len, e);
	return s[0] == '[' ? section_line(st, s, len, e) : key_line(st, s, len, e);
}

static enum errcode
all_lines(struct state *st, const char *s, size_t len, struct faults *faults, struct err *e)
{
	while (len > 0) {
		struct err why = { .code = E_OK }, at = { .code = E_OK };
		const char *nl = memchr(s, '\n', len);
		size_t n = nl == NULL ? len : (size_t)(nl - s);
		enum errcode r;

		st->line++;
		if ((r = one_line(st, s, n, &why)) != E_OK)
			(void)err_set(
			    &at, r, why.reason, "%s:%u: %s", st->c->file, st->line, why.text);
		if ((r = faults_pass(faults, &at, e)) != E_OK)
			return r;
		n += nl != NULL;
		s += n;
		len -= n;
	}
	return E_OK;
}

enum errcode
conf_parse(struct conf **out, const char *file, const void *bytes, size_t len,
    struct faults *faults, struct err *e)
{
	struct conf *c = calloc(1, sizeof(*c));
	struct state st = { .c = c };
	enum errcode r;

	if (c == NULL || (c->file = strdup(file)) == NULL) {
		r = err_set(e, E_NOMEM, NULL, "%s: out of memory", file);
		goto out;
	}
	if (len > CONF_FILE_MAX) {
		r = err_set(
		    e, E_CFG, "cfg.size", "%s:1: larger than %d bytes", file, CONF_FILE_MAX);
		goto out;
	}
	if ((r = all_lines(&st, bytes, len, faults, e)) != E_OK)
		goto out;
	*out = c;
	c = NULL;
out:
	conf_free(c);
	return r;
}

enum errcode
conf_read(struct conf **out, const char *file, uid_t owner, struct faults *faults, struct err *e)
{
	struct buf *b = NULL;
	enum errcode r;

	if ((r = safefile_read(file, SAFEFILE_PUBLIC, owner, CONF_FILE_MAX, &b, e)) == E_OK)
		r = conf_parse(out, file, buf_data(b), buf_len(b), faults, e);
	buf_free(b);
	return r;
}

static void
clear_section(struct conf_section *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->key[i].key);
		conf_word_clear(&s->key[i].value);
	}
	free(s->key);
	free(s->section);
	strlist_clear(&s->name);
}

void
conf_free(struct conf *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < c->n; i++)
		clear_section(&c->section[i]);
	free(c->section);
	free(c->file);
	free(c);
}

const char *
conf_text(const struct conf_key *k, struct err *e)
{
	const struct conf_value *v = &k->value;

	if (!v->quoted)
		return v->text == NULL ? "" : v->text;
	if (v->word.n == 1 && !v->comma)
		return v->word.v[0];
	(void)err_set(e, E_CFG, "cfg.value",
	    "%s takes one value, and only a part of it stands in double quotes; quote all or "
	    "nothing",
	    k->key);
	return NULL;
}

const struct strlist *
conf_list(const struct conf_key *k, struct err *e)
{
	if (!k->value.gap && !k->value.open)
		return &k->value.word;
	(void)err_set(
	    e, E_CFG, "cfg.value", "%s has a comma beside nothing; take the comma away", k->key);
	return NULL;
}
