/* latchkey explain: what a login would come to, and which rule decides; nobody is asked, nothing is
 * changed. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/outcome.h"
#include "cli/place.h"
#include "cli/words.h"

static const char usage[] =
    "usage: latchkey explain USER [--service NAME] [--account NAME] [--groups LIST]\n"
    "           [--claim NAME=VALUE ...] [--conf FILE] [--pins DIR] [--json]\n"
    "       latchkey explain [ACCOUNT] --from FILE [the same]\n";

/* Allowed, refused, or none of our business. */
static int
status_of(const struct outcome *o)
{
	return o->end == MSG_ALLOW ? CLI_OK : o->end == MSG_IGNORE ? CLI_EXEMPT : CLI_REFUSED;
}

static int
explain(const struct outcome_ask *a, const struct settings *s, bool json)
{
	struct err e = { .code = E_OK };
	struct outcome o;
	int status;

	if (outcome_find(&o, a, s, &e) != E_OK)
		status = place_complain("explain", CLI_USAGE, &e);
	else if (!(json ? outcome_print_json : outcome_print)(&o, stdout))
		status = place_complain("explain", CLI_USAGE,
		    &(struct err){ .text = "what there is to say cannot be written" });
	else
		status = status_of(&o);
	outcome_clear(&o);
	return status;
}

int
explain_main(int argc, char *argv[])
{
	struct outcome_ask a = { .service = NULL, .clock = &clock_system };
	const char *bare = NULL;
	struct place place = { NULL, NULL };
	struct settings *s = NULL;
	struct err e = { .code = E_OK };
	bool json = false;
	int status;
	const struct words_row rows[] = {
		{ NULL, &bare, NULL },
		{ "--service", &a.service, NULL },
		{ "--account", &a.account, NULL },
		{ "--groups", &a.person.groups, NULL },
		{ "--from", &a.person.from, NULL },
		{ "--conf", &place.conf, NULL },
		{ "--pins", &place.pins, NULL },
		{ "--json", NULL, &json },
		/* as often as there are places: PERSON_CLAIMS_MAX */
		{ "--claim", &a.person.claim[0], NULL },
		{ "--claim", &a.person.claim[1], NULL },
		{ "--claim", &a.person.claim[2], NULL },
		{ "--claim", &a.person.claim[3], NULL },
		{ "--claim", &a.person.claim[4], NULL },
		{ "--claim", &a.person.claim[5], NULL },
		{ "--claim", &a.person.claim[6], NULL },
		{ "--claim", &a.person.claim[7], NULL },
	};

	if (!words_take(rows, sizeof(rows) / sizeof(rows[0]), argc, argv) ||
	    (bare == NULL && a.person.from == NULL) ||
	    (bare != NULL && a.account != NULL && a.person.from != NULL)) {
		(void)fputs(usage, stderr);
		return CLI_USAGE;
	}
	/* a document says who it is; beside it, the bare word can only be the account */
	if (a.person.from == NULL)
		a.person.name = bare;
	else if (bare != NULL)
		a.account = bare;
	if (a.service == NULL)
		a.service = "sshd";
	place_fill(&place);
	a.pins = place.pins;
	if (place_settings(&s, &place, &e) != E_OK)
		return place_complain("explain", CLI_USAGE, &e);
	status = explain(&a, s, json);
	settings_free(s);
	return status;
}
