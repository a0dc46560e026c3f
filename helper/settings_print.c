/* The effective settings in the file's own grammar. */
#include "config.h"

#include <string.h>

#include "common/conf_word.h"
#include "helper/settings_table.h"

#define WIDTH                                                                                      \
	72 /* a list goes on in the next line from here: no line of ours is too long to read */

static void
print_list(const struct strlist *l, size_t at, FILE *f)
{
	for (size_t i = 0; i < l->n; i++) {
		if (i > 0 && at > WIDTH) {
			(void)fputs("\n\t", f);
			at = 8;
		} else if (i > 0) {
			(void)fputc(' ', f);
		}
		at += 1 + conf_word_print(f, l->v[i]);
	}
}

static void
print_row(const struct settings_row *row, const void *at, FILE *f)
{
	const char *text;
	unsigned choice;
	uint64_t number;
	bool on;

	/* what cannot be empty was never said */
	if (row->type == SETTINGS_LIST && row->min > 0 && ((const struct strlist *)at)->n == 0)
		return;
	(void)fprintf(f, "%s = ", row->key);
	switch (row->type) {
	case SETTINGS_TEXT:
		memcpy(&text, at, sizeof(text));
		if (text != NULL)
			(void)conf_word_print(f, text);
		break;
	case SETTINGS_LIST:
		print_list(at, strlen(row->key) + 3, f);
		break;
	case SETTINGS_CHOICE:
		memcpy(&choice, at, sizeof(choice));
		(void)fputs(row->choice[choice], f);
		break;
	case SETTINGS_SWITCH:
		memcpy(&on, at, sizeof(on));
		(void)fputs(row->choice[on ? 1 : 0], f);
		break;
	case SETTINGS_SECONDS:
	case SETTINGS_NUMBER:
		memcpy(&number, at, sizeof(number));
		(void)fprintf(f, "%llu%s", (unsigned long long)number,
		    row->type == SETTINGS_SECONDS ? "s" : "");
		break;
	}
	(void)fputc('\n', f);
}

static void
print_section(enum settings_section section, const void *base, FILE *f)
{
	for (size_t i = 0; i < SETTINGS_ROWS; i++)
		if (settings_table[i].section == section)
			print_row(&settings_table[i], (const char *)base + settings_table[i].at, f);
}

static void
print_service(const struct settings_service *s, FILE *f)
{
	for (size_t i = 0; i < SETTINGS_ROWS; i++) {
		const struct settings_row *row = &settings_table[i];

		if (row->at_service != 0)
			print_row(row, (const char *)s + row->at_service, f);
	}
}

static void
print_named(const char *section, const char *name, FILE *f)
{
	(void)fprintf(f, "\n[%s ", section);
	(void)conf_word_print(f, name);
	(void)fputs("]\n", f);
}

void
settings_print(const struct settings *s, FILE *f)
{
	(void)fputs("[provider]\n", f);
	print_section(SETTINGS_PROVIDER, s, f);
	(void)fputs("\n[login]\n", f);
	print_section(SETTINGS_LOGIN, s, f);
	(void)fputs("\n[limits]\n", f);
	print_section(SETTINGS_LIMITS, s, f);
	for (size_t i = 0; i < s->service_count; i++) {
		print_named("service", s->service[i].name, f);
		print_service(&s->service[i], f);
	}
	for (size_t i = 0; i < s->account_count; i++) {
		print_named("account", s->account[i].name, f);
		print_section(SETTINGS_ACCOUNT, &s->account[i], f);
	}
	for (size_t i = 0; i < s->group_count; i++) {
		print_named("group", s->group[i].name, f);
		print_section(SETTINGS_GROUP, &s->group[i], f);
	}
}
