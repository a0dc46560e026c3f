/* What is legal and unwise. */
#include "config.h"

#include <string.h>

#include "helper/settings_warn.h"
#include "tests/support/settings_text.h"

/* text behind the least settings gives this many warnings, the first of which holds part */
static void
warns(const char *text, size_t n, const char *part)
{
	char whole[1024];
	struct settings *s;

	(void)snprintf(whole, sizeof(whole), "%s%s", SETTINGS_LEAST, text);
	s = settings_text_good(whole);
	if (s->warnings.n != n)
		fail_msg(
		    "%zu warnings: %s", s->warnings.n, s->warnings.n > 0 ? s->warnings.v[0] : "");
	if (n > 0 && strstr(s->warnings.v[0], part) == NULL)
		fail_msg("found    %s\nexpected %s", s->warnings.v[0], part);
	settings_free(s);
}

static void
a_section_without_its_sibling(void **state)
{
	(void)state;
	warns("", 0, NULL);
	warns("[service sudo]\nallow_groups = a\n", 1,
	    "conf:6: [service sudo] narrows who may, [service polkit-1] does not, and pkexec");
	warns("[service polkit-1]\nrequire_amr = mfa\n", 1, "[service sudo] does not");
	warns("[service cockpit]\nmax_auth_age = 1h\n", 1, "[service sshd] does not");
	warns("[service sshd]\ndeny_groups = a\n", 1, "[service cockpit] does not");
	warns("[service sshd]\nallow_users = a\n[service cockpit]\ntime_limit = 25s\n", 1,
	    "[service cockpit] does not");
	warns("[service sudo polkit-1]\nallow_groups = a\n", 0, NULL);
	warns("[service sudo]\nallow_groups = a\n[service polkit-1]\nallow_users = b\n", 0, NULL);
	warns("services = sudo\n[service sudo]\nallow_groups = a\n", 0, NULL);
	warns("[service sudo]\ntime_limit = 30s\n", 0, NULL);
	warns("[service su]\nallow_groups = a\n", 0, NULL);
}

static void
a_section_that_gives_root_away(void **state)
{
	(void)state;
	warns("ignore_users =\n[account root]\ngroups = a\n", 1,
	    "conf:7: [account root] makes root of whoever the provider says");
	warns("[service su]\nignore_users =\n[account root]\ngroups = a\n", 1, "makes root of");
	warns("ignore_users =\n[account deploy]\ngroups = a\n", 0, NULL);
}

static void
an_account_that_is_ignored_all_the_same(void **state)
{
	(void)state;
	warns("[account root]\ngroups = a\n", 1,
	    "conf:6: [account root] has no effect, since ignore_users leaves root to other");
	warns("ignore_users = deploy\n[account deploy]\ngroups = a\n", 1,
	    "[account deploy] has no effect");
	warns("ignore_users = deploy\n[service su]\nignore_users = root\n"
	      "[account deploy]\ngroups = a\n",
	    0, NULL);
}

static void
a_loopback_flow_for_those_who_are_elsewhere(void **state)
{
	(void)state;
	warns("flow = loopback\n", 2,
	    "flow = loopback holds for sshd too and refuses whoever comes from another machine");
	warns("flow = loopback\n[service sshd cockpit]\nflow = device\n", 0, NULL);
	warns("flow = loopback\nservices = sudo su\n", 0, NULL);
	warns("[service cockpit]\nflow = loopback\n", 1, "holds for cockpit too");
	warns("[service sudo]\nflow = loopback\n", 0, NULL);
	warns("flow = auto\n", 0, NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_section_without_its_sibling),
		cmocka_unit_test(a_section_that_gives_root_away),
		cmocka_unit_test(an_account_that_is_ignored_all_the_same),
		cmocka_unit_test(a_loopback_flow_for_those_who_are_elsewhere),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
