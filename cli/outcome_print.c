/* An outcome for people: the decision first, then everything that led to it. */
#include "config.h"

#include <string.h>

#include "cli/outcome.h"
#include "common/conf_word.h"
#include "common/text.h"

static void
print_safe(FILE *f, const char *text)
{
	char shown[ERR_TEXT_MAX];

	(void)fputs(text_escape(shown, sizeof(shown), text, strlen(text)), f);
}

static const char *
end_word(enum msg_verdict end)
{
	switch (end) {
	case MSG_ALLOW:
		return "allowed";
	case MSG_IGNORE:
		return "exempt, the modules after Latchkey decide";
	case MSG_UNAVAILABLE:
	case MSG_SYSTEM:
		return "not possible";
	case MSG_USER_UNKNOWN:
	case MSG_REFUSED:
	case MSG_FORBIDDEN:
	case MSG_CANCELLED:
	case MSG_TOO_OFTEN:
		break;
	}
	return "refused";
}

static void
print_head(const struct outcome *o, FILE *f)
{
	print_safe(f, o->id.has_name ? o->id.name : "somebody");
	(void)fputs(" as ", f);
	print_safe(f, o->account);
	(void)fputs(" by ", f);
	print_safe(f, o->service);
	(void)fprintf(f, ": %s (%s)\n", end_word(o->end), outcome_pam(o->end));
	if (o->end != MSG_ALLOW || strcmp(o->reason, "ok") != 0) {
		(void)fprintf(f, "%-13s%s: ", "because", o->reason);
		print_safe(f, o->text);
		(void)putc('\n', f);
	}
	if (outcome_entry(o) != NULL)
		(void)fprintf(f, "%-13s%s\n", "decided by", outcome_entry(o));
}

static void
print_words(FILE *f, const char *title, const struct strlist *l)
{
	(void)fprintf(f, "%-12s", title);
	for (size_t i = 0; i < l->n; i++) {
		(void)putc(' ', f);
		(void)conf_word_print(f, l->v[i]);
	}
	if (l->n == 0)
		(void)fputs(" none", f);
}

/* Their names are the directory's, and come as they are. */
static void
print_own(const struct outcome *o, FILE *f)
{
	(void)fprintf(f, "%-12s", "its groups");
	for (size_t i = 0; i < o->own.n; i++) {
		const char *name = o->own.v[i];

		(void)putc(' ', f);
		if (text_is_ascii(name, strlen(name), true))
			(void)conf_word_print(f, name);
		else
			print_safe(f, name);
	}
	(void)putc('\n', f);
}

static bool
print_person(const struct outcome *o, FILE *f)
{
	struct strlist groups = { NULL, 0 };

	if (outcome_groups(&groups, o) != E_OK)
		return false;
	if (!o->id.has_groups)
		(void)fprintf(f, "%-13snot said", "groups");
	else
		print_words(f, "groups", &groups);
	if (o->id.other_groups > 0)
		(void)fprintf(f, " (and %u that no rule names)", (unsigned)o->id.other_groups);
	(void)putc('\n', f);
	strlist_clear(&groups);
	return true;
}

static void
print_account(const struct outcome *o, FILE *f)
{
	(void)fprintf(f, "%-13s", "account");
	print_safe(f, o->account);
	if (o->host.exists)
		(void)fprintf(f, ", uid %lu", (unsigned long)o->host.uid);
	else
		(void)fputs(", which this host does not know", f);
	if (o->shared)
		(void)fprintf(f, ", shared by [account %.64s]", o->account);
	(void)putc('\n', f);
	if (o->own.n > 0)
		print_own(o, f);
}

static void
print_rules(const struct outcome *o, FILE *f)
{
	static const char *const word[] = { "yes", "NO", "?", "-", "-" };
	const char *words;

	for (unsigned i = 0; i < OUTCOME_RULES; i++) {
		enum outcome_answer a = outcome_answer(o, (enum verdict_step)i, &words);

		(void)fprintf(f, "  %-10s %-4s", verdict_step_name((enum verdict_step)i), word[a]);
		print_safe(f, a == OUTCOME_NO ? o->reason : words);
		(void)putc('\n', f);
	}
}

static void
print_session(const struct outcome *o, FILE *f)
{
	print_words(f, "gets", &o->verdict.groups);
	(void)putc('\n', f);
	for (size_t i = 0; i < o->verdict.env.n; i++)
		(void)fprintf(f, "%-13s%s\n", i == 0 ? "environment" : "", o->verdict.env.v[i]);
}

/* Who is not root sees less, and must know what that hides. */
static void
print_note(const struct outcome *o, FILE *f)
{
	if (o->judged && o->record_unseen && o->verdict.step >= VERDICT_CEILING && !o->shared)
		(void)fprintf(f,
		    "%-13swhose the account is by the record, and whether latchkey pin approved "
		    "it, was not looked at: run this as root\n",
		    "note");
}

bool
outcome_print(const struct outcome *o, FILE *f)
{
	print_head(o, f);
	print_account(o, f);
	if (o->judged && !print_person(o, f))
		return false;
	if (o->judged)
		print_rules(o, f);
	if (o->end == MSG_ALLOW)
		print_session(o, f);
	print_note(o, f);
	return true;
}
