/* conf: each complaint has its place; what was read, printed, reads the same. */
#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/conf.h"
#include "common/faults.h"
#include "fuzz/fuzz.h"

static void
must(int holds)
{
	if (!holds)
		abort();
}

static void
word_round_trip(const char *word)
{
	struct conf_value v = { .text = NULL };
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	must(f != NULL);
	must(conf_word_print(f, word) > 0);
	must(fclose(f) == 0);
	must(conf_word_gather(&v, text, len, NULL) == E_OK);
	must(v.word.n == 1 && !v.comma && strcmp(v.word.v[0], word) == 0);
	conf_word_clear(&v);
	free(text);
}

static void
look(const struct conf *c)
{
	for (size_t i = 0; i < c->n; i++) {
		must(c->section[i].section[0] != '\0');
		for (size_t j = 0; j < c->section[i].name.n; j++)
			word_round_trip(c->section[i].name.v[j]);
		for (size_t j = 0; j < c->section[i].n; j++) {
			const struct conf_key *k = &c->section[i].key[j];
			const struct strlist *l = conf_list(k, NULL);
			const char *text = conf_text(k, NULL);

			must(k->key[0] >= 'a' && k->key[0] <= 'z' && k->line > 0);
			if (text != NULL)
				word_round_trip(text);
			for (size_t n = 0; l != NULL && n < l->n; n++)
				word_round_trip(l->v[n]);
		}
	}
}

/* Where all mistakes are listed: whether there is one does not change, each has its place, and the
 * rest can be looked at. */
static void
survey(const uint8_t *data, size_t size, int good)
{
	struct faults f = { .n = 0 };
	struct err e = { .code = E_OK };
	struct conf *c = NULL;
	unsigned line = 0;
	int r = conf_parse(&c, "F", data, size, &f, &e) == E_OK;

	must((r && f.n == 0) == good && r == (c != NULL));
	for (size_t i = 0; i < f.n; i++)
		must(f.v[i].code == E_CFG && sscanf(f.v[i].text, "F:%u: ", &line) == 1 && line > 0);
	if (c != NULL)
		look(c);
	conf_free(c);
	faults_clear(&f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err e = { .code = E_OK };
	struct conf *c = NULL;
	unsigned line = 0;

	if (conf_parse(&c, "F", data, size, NULL, &e) != E_OK) {
		must(c == NULL && e.code == E_CFG);
		must(sscanf(e.text, "F:%u: ", &line) == 1 && line > 0);
		survey(data, size, 0);
		return 0;
	}
	look(c);
	conf_free(c);
	survey(data, size, 1);
	return 0;
}
