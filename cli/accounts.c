/* latchkey accounts: whose accounts are whose: the records, and the [account] sections. */
#include "config.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "cli/place.h"
#include "cli/words.h"
#include "common/conf_word.h"
#include "helper/sys/pins.h"

static const char usage[] = "usage: latchkey accounts [--conf FILE] [--pins DIR]\n";

static void
print_pin(const char *account, const struct pin *p)
{
	const char *kind = !p->bound ? "approved" : p->approved ? "approved, pinned" : "pinned";
	time_t since = (time_t)p->since;
	struct tm tm = { .tm_year = 0 };
	char day[32] = "";

	if (gmtime_r(&since, &tm) == NULL || strftime(day, sizeof(day), "%F", &tm) == 0)
		day[0] = '\0';
	(void)printf("%-20s %-16s ", account, kind);
	if (p->bound)
		(void)printf("sub=%s issuer=%s since=%s\n", p->sub, p->issuer, day);
	else
		(void)printf("to be bound by the next login, since=%s\n", day);
}

/* What cannot be read is told in its place, for its account is shut. */
static int
print_pins(const char *dir)
{
	struct strlist names = { NULL, 0 };
	struct err e = { .code = E_OK };
	int status = CLI_OK;
	struct pin p;

	if (pins_list(&names, dir, &e) != E_OK)
		return place_complain("accounts", CLI_REFUSED, &e);
	for (size_t i = 0; i < names.n; i++) {
		e = (struct err){ .code = E_OK };
		if (pins_load(&p, dir, names.v[i], &e) == E_OK)
			print_pin(names.v[i], &p);
		else
			status = place_complain("accounts", CLI_REFUSED, &e);
	}
	strlist_clear(&names);
	return status;
}

static void
print_words(const char *key, const struct strlist *l)
{
	if (l->n == 0)
		return;
	(void)printf(" %s =", key);
	for (size_t i = 0; i < l->n; i++) {
		(void)putchar(' ');
		(void)conf_word_print(stdout, l->v[i]);
	}
}

static int
print_shared(const struct place *p)
{
	struct err e = { .code = E_OK };
	struct settings *s = NULL;

	if (place_settings(&s, p, &e) != E_OK)
		return place_complain("accounts", CLI_REFUSED, &e);
	for (size_t i = 0; i < s->account_count; i++) {
		(void)printf("%-20s %-16s", s->account[i].name, "shared");
		print_words("groups", &s->account[i].who.groups);
		print_words("users", &s->account[i].who.users);
		(void)putchar('\n');
	}
	settings_free(s);
	return CLI_OK;
}

int
accounts_main(int argc, char *argv[])
{
	struct place place = { NULL, NULL };
	const struct words_row rows[] = {
		{ "--conf", &place.conf, NULL },
		{ "--pins", &place.pins, NULL },
	};
	int pins, shared;

	if (!words_take(rows, sizeof(rows) / sizeof(rows[0]), argc, argv)) {
		(void)fputs(usage, stderr);
		return CLI_USAGE;
	}
	place_fill(&place);
	pins = print_pins(place.pins);
	shared = print_shared(&place);
	return pins != CLI_OK ? pins : shared;
}
