/* latchkey forget: an account belongs to nobody again, or all of an issuer's do. */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/place.h"
#include "cli/words.h"
#include "helper/policy/names.h"
#include "helper/sys/pins.h"

static const char usage[] = "usage: latchkey forget ACCOUNT [--pins DIR]\n"
                            "       latchkey forget --all --issuer URL [--pins DIR]\n";

static enum errcode
forget(const char *dir, const char *account, struct err *e)
{
	bool was = false;
	enum errcode r = pins_forget(dir, account, &was, &clock_system, e);

	if (r != E_OK)
		return r;
	if (!was)
		return err_set(e, E_POL, NULL, "%s is not on record", account);
	place_audit("forgotten", account);
	(void)printf("%s: forgotten\n", account);
	return E_OK;
}

/* Approvals go too: whoever takes such a name at the new provider must be approved anew. */
static enum errcode
forget_if(const char *dir, const char *account, const char *issuer, struct err *e)
{
	struct pin p = { .bound = false };
	enum errcode r = pins_load(&p, dir, account, e);

	if (r != E_OK || !p.bound || strcmp(p.issuer, issuer) != 0)
		return r;
	return forget(dir, account, e);
}

/* One that cannot be read is told of, and the others go on. */
static int
forget_all(const char *dir, const char *issuer)
{
	struct strlist names = { NULL, 0 };
	struct err e = { .code = E_OK };
	int status = CLI_OK;

	if (pins_list(&names, dir, &e) != E_OK)
		return place_complain("forget", CLI_REFUSED, &e);
	for (size_t i = 0; i < names.n; i++) {
		e = (struct err){ .code = E_OK };
		if (forget_if(dir, names.v[i], issuer, &e) != E_OK)
			status = place_complain("forget", CLI_REFUSED, &e);
	}
	strlist_clear(&names);
	return status;
}

int
forget_main(int argc, char *argv[])
{
	const char *account = NULL, *issuer = NULL;
	struct err e = { .code = E_OK };
	struct place place = { NULL, NULL };
	bool all = false;
	const struct words_row rows[] = {
		{ NULL, &account, NULL },
		{ "--all", NULL, &all },
		{ "--issuer", &issuer, NULL },
		{ "--pins", &place.pins, NULL },
	};

	if (!words_take(rows, sizeof(rows) / sizeof(rows[0]), argc, argv))
		return CLI_USAGE;
	if (all ? account != NULL || issuer == NULL
	        : account == NULL || issuer != NULL || !names_is_account(account)) {
		(void)fputs(usage, stderr);
		return CLI_USAGE;
	}
	place_fill(&place);
	if (all)
		return forget_all(place.pins, issuer);
	if (forget(place.pins, account, &e) != E_OK)
		return place_complain("forget", CLI_REFUSED, &e);
	return CLI_OK;
}
