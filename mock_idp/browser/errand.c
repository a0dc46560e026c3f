/* The browser's command line. */
#include "config.h"

#include <stddef.h>
#include <string.h>

#include "common/num.h"
#include "common/text.h"
#include "mock_idp/browser/errand.h"
#include "mock_idp/browser/junk.h"

/* What a descriptor limit of 1024 has room for, twice. */
#define CROWD_MAX 400

const char errand_usage[] =
    "usage: latchkey-mock-idp browser --ca FILE|--insecure [OPTION ...] URL\n"
    "person:   --user NAME  --deny  --user-code CODE  --timeout SECONDS\n"
    "query:    --set P=V|P  --drop P  --duplicate P[=V]  --prepend P=V  --case P  --prefix P\n"
    "          --rename P=NAME  --stretch P=N  --percent  --fragment\n"
    "request:  --method M  --host V  --path PATH  --version V  --absolute-form  --long N\n"
    "          --raw TEXT\n"
    "others:   --junk N  --junk-kind favicon|query|state|scan|bare|tls  --idle N  --parallel N\n"
    "          --slow MS  --then-good  --twice  --never\n";

enum kind { FLAG, TEXT, COUNT };

static bool
good_method(const char *s)
{
	return *s != '\0' && text_is_ascii(s, strlen(s), false);
}

/* The rows of rawquery.c are options too. */
static const struct row {
	const char *name;
	enum kind kind;
	size_t offset;
	size_t min, max;            /* of a COUNT */
	bool (*good)(const char *); /* of a TEXT; NULL: anything */
} rows[] = {
#define AT(member) offsetof(struct errand, member)
	{ "--user", TEXT, AT(user), 0, 0, NULL },
	{ "--user-code", TEXT, AT(user_code), 0, 0, NULL },
	{ "--ca", TEXT, AT(ca), 0, 0, NULL },
	{ "--insecure", FLAG, AT(insecure), 0, 0, NULL },
	{ "--deny", FLAG, AT(deny), 0, 0, NULL },
	{ "--timeout", COUNT, AT(timeout), 1, 3600, NULL },
	{ "--never", FLAG, AT(never), 0, 0, NULL },
	{ "--junk", COUNT, AT(junk), 1, 10000, NULL },
	{ "--junk-kind", TEXT, AT(junk_kind), 0, 0, junk_known },
	{ "--idle", COUNT, AT(idle), 1, CROWD_MAX, NULL },
	{ "--parallel", COUNT, AT(parallel), 1, CROWD_MAX, NULL },
	{ "--slow", COUNT, AT(slow), 1, 60000, NULL },
	{ "--then-good", FLAG, AT(then_good), 0, 0, NULL },
	{ "--twice", FLAG, AT(twice), 0, 0, NULL },
	{ "--method", TEXT, AT(shape.method), 0, 0, good_method },
	{ "--host", TEXT, AT(shape.host), 0, 0, NULL },
	{ "--path", TEXT, AT(shape.path), 0, 0, NULL },
	{ "--version", TEXT, AT(shape.version), 0, 0, NULL },
	{ "--absolute-form", FLAG, AT(shape.absolute), 0, 0, NULL },
	{ "--fragment", FLAG, AT(shape.fragment), 0, 0, NULL },
	{ "--long", COUNT, AT(shape.size), 1, SHAPE_MAX, NULL },
	{ "--raw", TEXT, AT(shape.raw), 0, 0, shape_good_raw },
	{ "--help", FLAG, AT(help), 0, 0, NULL },
#undef AT
};

/* A word taken apart: "--name" or "--name=value". */
struct option {
	char name[32];
	const char *value; /* NULL: none */
};

static void
read_option(const char *word, struct option *o)
{
	size_t n = strcspn(word, "=");

	o->value = word[n] == '=' ? word + n + 1 : NULL;
	n = n < sizeof(o->name) ? n : 0; /* no name is that long */
	memcpy(o->name, word, n);
	o->name[n] = '\0';
}

static const struct row *
find_row(const char *name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (strcmp(rows[i].name, name) == 0)
			return &rows[i];
	return NULL;
}

static bool
store(struct errand *a, const struct row *row, const char *value)
{
	char *at = (char *)a + row->offset;
	uint64_t v;

	switch (row->kind) {
	case FLAG:
		memcpy(at, &(bool){ true }, sizeof(bool));
		return true;
	case TEXT:
		memcpy(at, &value, sizeof(value));
		return row->good == NULL || row->good(value);
	case COUNT:
		if (!num_parse(value, row->min, row->max, &v))
			return false;
		memcpy(at, &(size_t){ (size_t)v }, sizeof(size_t));
		return true;
	}
	return false;
}

static bool
store_change(struct errand *a, const struct rawquery_row *change, const char *value)
{
	if (a->nchanges == ERRAND_CHANGES_MAX || !rawquery_good_value(change, value))
		return false;
	a->changes[a->nchanges++] = (struct rawquery_change){ change, value };
	return true;
}

static enum errcode
take_option(struct errand *a, int n, char *const words[], int *i, struct err *e)
{
	const struct rawquery_row *change;
	const struct row *row;
	struct option o;
	bool takes;

	read_option(words[*i], &o);
	row = find_row(o.name);
	change = rawquery_row(o.name);
	if (row == NULL && change == NULL)
		return err_set(e, E_CFG, NULL, "unknown option %.64s", words[*i]);
	takes = row != NULL ? row->kind != FLAG : rawquery_takes_value(change);
	if (takes && o.value == NULL && *i + 1 < n)
		o.value = words[++*i];
	if (takes != (o.value != NULL))
		return err_set(
		    e, E_CFG, NULL, "%s takes %s", o.name, takes ? "a value" : "no value");
	if (!(row != NULL ? store(a, row, o.value) : store_change(a, change, o.value)))
		return err_set(e, E_CFG, NULL, "%s cannot be \"%.64s\"", o.name,
		    o.value == NULL ? "" : o.value);
	return E_OK;
}

static enum errcode
take_url(struct errand *a, const char *word, struct err *e)
{
	if (a->url.target != NULL)
		return err_set(e, E_CFG, NULL, "one URL, not %.64s too", word);
	if (loopurl_parse(word, &a->url, e) != E_OK)
		return E_CFG;
	return a->url.tls ? E_OK : err_set(e, E_CFG, NULL, "the URL is not https");
}

enum errcode
errand_parse(struct errand *out, int n, char *const words[], struct err *e)
{
	struct errand a = { .user = "alice", .timeout = 30, .parallel = 1 };
	enum errcode r = E_OK;

	for (int i = 0; i < n && r == E_OK; i++)
		r = strncmp(words[i], "--", 2) == 0 ? take_option(&a, n, words, &i, e)
		                                    : take_url(&a, words[i], e);
	if (r == E_OK && !a.help && a.url.target == NULL)
		r = err_set(e, E_CFG, NULL, "no URL");
	if (r == E_OK && !a.help && (a.ca != NULL) == a.insecure)
		r = err_set(e, E_CFG, NULL, "either --ca or --insecure");
	if (r != E_OK) {
		errand_clear(&a);
		return r;
	}
	*out = a;
	return E_OK;
}

void
errand_clear(struct errand *a)
{
	loopurl_clear(&a->url);
	memset(a, 0, sizeof(*a));
}
